"""Trains the shop's price model in a process of its own, which outlives the window and harms nothing when it dies."""
