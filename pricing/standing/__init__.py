"""Which price model counts, which one waits, and how that came about."""
