"""Looks from another thread what the window's thread does while its event loop is away."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from types import FrameType

SUSPICIOUS = 0.02
"""Seconds without a tick from which the stacks are looked at."""
_PAUSE = 0.004
_DEPTH = 12


class Blame:
    """Samples stacks during gaps. It costs a little itself, so it only runs when it is asked for."""

    def __init__(self) -> None:
        self._window = threading.get_ident()
        self._last = time.perf_counter()
        self._stacks: list[str] = []
        threading.Thread(target=self._watch, name="blame", daemon=True).start()

    def ticked(self) -> None:
        """Note that the loop came round."""
        self._last = time.perf_counter()
        self._stacks = []

    def found(self) -> list[str]:
        """Return what was seen since the last tick."""
        return list(self._stacks)

    def _watch(self) -> None:
        while True:
            time.sleep(_PAUSE)
            if time.perf_counter() - self._last > SUSPICIOUS:
                me = threading.get_ident()
                names = {thread.ident: thread.name for thread in threading.enumerate()}
                for ident, frame in sys._current_frames().items():  # noqa: SLF001 - the only way to see another thread
                    if ident != me:
                        self._stacks.append(f"{names.get(ident)}: {_words(frame)}")


def _words(frame: FrameType) -> str:
    stack = traceback.extract_stack(frame)[-_DEPTH:]
    return " > ".join(f"{each.filename.rpartition('/')[2]}:{each.lineno} {each.name}" for each in stack)
