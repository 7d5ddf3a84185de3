"""Sets the interpreter up for a window: imports without a detour, and a garbage collector that does not hold it up."""

from __future__ import annotations

import builtins
import gc

from PySide6 import QtWidgets

_WHILE_OPENING = (100_000, 50, 100)
_AT_WORK = (5_000, 20, 100)


def prepare() -> None:
    """Do it once, before the window's own modules are imported.

    PySide6 puts a function of its own in place of ``__import__``, which reads the source of every module that anyone
    imports from then on, to see whether it may say ``from __feature__ import …`` (shibokensupport/feature.py; found by
    napari in its issue 8584). Nobody here says that. Without it pymobiledevice3 and SQLAlchemy come in a fifth less
    time, and no import enters PySide6 from a thread that has nothing to do with the window.
    """
    assert QtWidgets.__name__, "PySide6 must be there before its import hook can be taken out"
    before, hook = (getattr(builtins, name, None) for name in ("__orig_import__", "__feature_import__"))
    if before is not None and builtins.__import__ is hook:
        builtins.__import__ = before
    gc.set_threshold(*_WHILE_OPENING)


def settle() -> None:
    """Take what was imported out of the garbage collector's rounds: measured 55 to 99 ms of standstill each."""
    gc.freeze()
    gc.set_threshold(*_AT_WORK)
