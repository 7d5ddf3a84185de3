"""Android phones over adb: seen, read in few round trips, and told apart from what only looks like an answer."""
