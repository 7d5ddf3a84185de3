"""A small POSIX-like interpreter: what a phone's shell understands of the scripts that are sent to it.

No real shell and no real program is started: a script is parsed, and every command is a Python function.
"""
