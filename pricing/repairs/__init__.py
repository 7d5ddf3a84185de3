"""What lifts a grade: repairs as data, what they cost by model, and whether they pay."""
