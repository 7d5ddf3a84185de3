"""Slots: the places on the bench that phones are plugged into, which keep their names over restarts."""
