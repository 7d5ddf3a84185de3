"""Data files and how to open them; this package imports nothing of ours."""
