"""Price data as CSV: read row by row, checked cell by cell, with every refusal named by line and column."""
