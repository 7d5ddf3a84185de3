"""Holds a file of this computer for as long as its program lives: the system lets go of it, also after a kill.

On a network drive that several benches write to, use `diagnostics.locking`.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt
    import os

    _FAR = 1 << 30
    """A byte that nobody reads: there a lock would keep others from reading."""

    def lock(file: int) -> bool:
        """Lock an open file; ``False`` when another program, or another opening of it, holds it."""
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def lock(file: int) -> bool:
        """Lock an open file; ``False`` when another program, or another opening of it, holds it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
