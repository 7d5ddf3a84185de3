"""Sets the interpreter up for a window: imports without a detour, and a garbage collector that does not hold it up."""

from __future__ import annotations

import builtins
import gc

from PySide6 import QtWidgets

_AT_WORK = (2_000, 10, 100)
"""The garbage collector's thresholds: small rounds, and rarely a full one."""


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
    gc.disable()


def settle() -> None:
    """Let garbage be collected again, but leave what was imported out of it: measured 55 to 167 ms of standstill.

    To be called when everything is open; until then nothing is collected, for nearly nothing is garbage.
    """
    gc.freeze()
    gc.set_threshold(*_AT_WORK)
    gc.enable()
