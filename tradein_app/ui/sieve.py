"""Tells a barcode scanner's keys from a person's, by their timing alone; no Qt, so that a test moves the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

GAP_MS = 35.0
"""Scanners that act as keyboards leave less than 30 ms between keys; nobody types a whole code that fast."""
SHORTEST = 8
"""Keys of the shortest code; fewer fast keys are a person's two fingers, or a bouncing key."""

T = TypeVar("T")


class Sieve(Generic[T]):
    """Holds keys back for as long as they may be a scan, then lets them go on or makes a code of them.

    Args:
        let_go: Takes what a person typed, in order.
        scanned: Takes a code.
        is_typing: Whether keys go into a text field now. There a fast burst without its end is text, say from a
            program that fills in fields; elsewhere it would press buttons, and counts as a code.
    """

    def __init__(
        self,
        let_go: Callable[[list[T]], object],
        scanned: Callable[[str], object],
        is_typing: Callable[[], bool] = lambda: False,
    ) -> None:
        self._let_go = let_go
        self._scanned = scanned
        self._is_typing = is_typing
        self._held: list[T] = []
        self._text = ""
        self._last = 0.0

    @property
    def holds(self) -> bool:
        """Whether keys are held back."""
        return bool(self._held)

    def press(self, item: T, text: str, at: float, *, ends: bool = False) -> bool:
        """Take a key.

        Args:
            item: Stands for it.
            text: What it types: one printable character, or anything when it ``ends`` a code.
            at: When it went down, in ms.
            ends: It is Enter or Tab.

        Returns:
            Whether it was taken; else it goes on its way, after those that were held.
        """
        if self.holds and at - self._last >= GAP_MS:
            self.give_up()
        if ends:
            return self._end()
        self._held.append(item)
        self._text += text
        self._last = at
        return True

    def follow(self, item: T) -> bool:
        """Take a key's release, or Shift, which must not overtake keys that are held; ``False`` when none is."""
        if self.holds:
            self._held.append(item)
        return self.holds

    def give_up(self) -> None:
        """End the wait for more: what is held is no scan, or one that lost its end."""
        held, text = self._take()
        if len(text) >= SHORTEST and not self._is_typing():
            self._scanned(text)
        elif held:
            self._let_go(held)

    def _end(self) -> bool:
        if len(self._text) < SHORTEST:
            self.give_up()
            return False
        self._scanned(self._take()[1])
        return True

    def _take(self) -> tuple[list[T], str]:
        held, text = self._held, self._text
        self._held, self._text = [], ""
        return held, text
