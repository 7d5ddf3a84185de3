"""Makes the practice iPhones of one bench."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import partial

from diagnostics.practice.apple.bus import port_chains
from diagnostics.practice.apple.characters import Character, cast, make_ids
from diagnostics.practice.apple.mux import UsbmuxServer
from diagnostics.practice.apple.phone import PracticeIphone
from diagnostics.practice.records import Request

LONGEST_LOG = 50_000
"""So many requests are remembered, some hundred full reads; a bench may run for days."""


def make_server(count: int, *, seed: int = 1) -> UsbmuxServer:
    """Return a usbmuxd with this many phones, all plugged in, not yet started; call it in the loop that will run it.

    Args:
        count: How many phones; beyond the number of characters they come again, with ids of their own.
        seed: The same seed gives the same ids.
    """
    requests: deque[Request] = deque(maxlen=LONGEST_LOG)
    characters, chains = cast(count), port_chains(count)
    phones = [
        PracticeIphone(
            name, character, make_ids(character, f"{seed}:{index}"), chains[index], requests.append
        )
        for index, (name, character) in enumerate(zip(_names(characters), characters, strict=True))
    ]
    server = UsbmuxServer(phones, requests)
    for phone in phones:
        phone.on_pulled = partial(server.bus.unplug, phone)
        phone.on_changed = partial(server.bus.settle, phone)
        server.bus.plug(phone)
    return server


def _names(characters: Iterable[Character]) -> Iterator[str]:
    """Yield ``iphone-worn-battery``, ``ipad-wifi-alone``, and ``iphone-worn-battery-2`` for the next of its kind."""
    met: Counter[str] = Counter()
    for character in characters:
        met[character.name] += 1
        copy = met[character.name]
        yield f"{character.device_class.lower()}-{character.name}" + (f"-{copy}" if copy > 1 else "")
