"""Android phones of our own behind a server that speaks adb's smart-socket protocol: for training, demos and tests."""
