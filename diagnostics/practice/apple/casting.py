"""Makes the practice iPhones of one bench."""

from __future__ import annotations

from diagnostics.practice.apple.bus import port_chains
from diagnostics.practice.apple.characters import cast, make_ids
from diagnostics.practice.apple.mux import UsbmuxServer
from diagnostics.practice.apple.phone import PracticeIphone
from diagnostics.practice.records import Request


def make_server(count: int, *, seed: int = 1) -> UsbmuxServer:
    """Return a usbmuxd with this many phones, all plugged in, not yet started; call it in the loop that will run it.

    Args:
        count: How many phones; beyond the number of characters they come again, with ids of their own.
        seed: The same seed gives the same ids.
    """
    requests: list[Request] = []
    characters, chains = cast(count), port_chains(count)
    phones = [
        PracticeIphone(character, make_ids(character, f"{seed}:{index}"), chains[index], requests.append)
        for index, character in enumerate(characters)
    ]
    server = UsbmuxServer(phones, requests)
    for phone in phones:
        server.bus.plug(phone)
    return server
