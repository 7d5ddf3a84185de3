"""One small pure function for each thing that a phone prints.

Each takes the text of one answer and returns what stands there, or ``None`` for what does not. None of them raises,
and none judges: what is plausible is decided where a value is put into a reading.
"""
