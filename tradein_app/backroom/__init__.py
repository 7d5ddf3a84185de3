"""The process beside the window: it reads the phones, keeps the books, grades and prices, and owns no pixel."""
