"""Every fault of a practice iPhone at every step, read by the program's own bench, and judged."""
