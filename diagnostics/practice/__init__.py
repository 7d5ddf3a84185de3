"""The practice bench: phones of our own that speak the real protocols, for training, demonstrations and tests."""
