"""Price data that comes by itself: files and web addresses that a shop names, fetched, checked and kept."""
