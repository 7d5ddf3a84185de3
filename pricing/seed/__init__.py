"""Seed prices: published curves, for as long as there are no deals to learn from."""
