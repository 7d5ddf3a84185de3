"""Dated exchange rates: the European Central Bank's, fetched when asked, or those that were shipped."""
