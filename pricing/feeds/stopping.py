"""A person's wish that a fetch ends now; it comes from another thread than the one that fetches."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pricing.feeds.problems import failed

CANCELLED = "cancelled"
"""The code of the problem that a fetch ends with when it was asked to."""


class Stop:
    """Asked once, it holds for ever; who fetches looks at it between two steps, and is woken where it waits."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._lock = threading.Lock()
        self._wake: list[Callable[[], None]] = []

    @property
    def asked(self) -> bool:
        """Whether it is to end."""
        return self._asked.is_set()

    def ask(self) -> None:
        """Have it end; returns at once."""
        self._asked.set()
        with self._lock:
            for wake in self._wake:
                wake()

    def check(self) -> None:
        """Go on, unless it is to end.

        Raises:
            NotFetched: It is, code ``cancelled``.
        """
        if self.asked:
            raise failed(CANCELLED)

    def pause(self, seconds: float) -> None:
        """Wait, or until it is to end.

        Raises:
            NotFetched: It is, code ``cancelled``.
        """
        self._asked.wait(seconds)
        self.check()

    @contextmanager
    def waking(self, wake: Callable[[], None]) -> Iterator[None]:
        """Have something called when it is asked for meanwhile, and at once where it was.

        Args:
            wake: Called in the thread that asks; it must neither wait nor raise.
        """
        with self._lock:
            self._wake.append(wake)
        if self.asked:
            wake()
        try:
            yield
        finally:
            with self._lock:
                self._wake.remove(wake)
