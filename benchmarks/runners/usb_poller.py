"""Under the USB bench: how long a look at forty phones takes, what idling costs, how soon a plug is a card; JSON."""

from __future__ import annotations

import asyncio
import contextlib
import json
import statistics
import sys
import time
from collections.abc import AsyncGenerator, Callable

from diagnostics.bench import Bench
from diagnostics.ports import Snapshot, SystemClock
from diagnostics.usb.enumeration import Enumerator
from diagnostics.usb.source import UsbSource
from tests.usb_bench.client import UsbBench
from tests.usb_bench.devices import MTP_PIPES, Device, Interface, hub

HUBS, PORTS = 4, 10
_LOOKS, _IDLE = 100, 10.0
_SPARE = "1-9"
_QUIET = 5.0
"""Seconds in which what was asked of the forty over MTP comes to its end."""


def phone(port: str) -> Device:
    interface = Interface("06/01/01", "MTP", MTP_PIPES)
    return Device(port, "04e8", "6860", (interface,), "SAMSUNG", "SAMSUNG_Android", f"R5CT{port}")


def looks() -> dict[str, float]:
    """Return the first look's seconds, and the median and the worst of the later ones."""
    look = Enumerator()
    first, *later = (_timed(look) for _ in range(1 + _LOOKS))
    return {"first": first, "median": statistics.median(later), "worst": max(later)}


def _timed(look: Enumerator) -> float:
    started = time.perf_counter()
    look()
    return time.perf_counter() - started


async def idling() -> float:
    """Return which part of a core watching takes while nothing happens."""
    watching = UsbSource(SystemClock()).watch()
    await anext(watching)
    waiting = asyncio.create_task(anext(watching))
    started, used = time.perf_counter(), time.process_time()
    await asyncio.sleep(_IDLE)
    share = (time.process_time() - used) / (time.perf_counter() - started)
    waiting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await waiting
    await watching.aclose()
    return share


async def plugs(bench: UsbBench, runs: int) -> list[float]:
    """Return the seconds from each plug to its sighting."""
    watching = UsbSource(SystemClock()).watch()
    await anext(watching)
    found = []
    for _ in range(runs):
        await asyncio.to_thread(bench.plug, phone(_SPARE))
        started = time.perf_counter()
        await _until(watching, there=True)
        found.append(time.perf_counter() - started)
        await asyncio.to_thread(bench.unplug, _SPARE)
        await _until(watching, there=False)
    await watching.aclose()
    return found


async def cards(bench: UsbBench, runs: int) -> list[float]:
    """Return the seconds from each plug to the phone on the joined bench: what the window makes its card of."""
    joined = Bench([UsbSource(SystemClock())])
    running = asyncio.create_task(joined.run())
    changed = asyncio.Event()
    joined.subscribe(lambda _event: changed.set())
    await _holds(changed, lambda: len(joined.phones) == HUBS * PORTS)
    await asyncio.sleep(_QUIET)
    found = []
    for _ in range(runs):
        await asyncio.to_thread(bench.plug, phone(_SPARE))
        started = time.perf_counter()
        await _holds(changed, lambda: _on(joined))
        found.append(time.perf_counter() - started)
        await asyncio.to_thread(bench.unplug, _SPARE)
        await _holds(changed, lambda: not _on(joined))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return found


def _on(joined: Bench) -> bool:
    return any(one.reading.slot == _SPARE for one in joined.phones)


async def _holds(changed: asyncio.Event, done: Callable[[], bool]) -> None:
    while not done():
        changed.clear()
        await changed.wait()


async def _until(watching: AsyncGenerator[Snapshot, None], *, there: bool) -> None:
    async for snapshot in watching:
        if (_SPARE in {sighting.slot for sighting in snapshot.sightings}) is there:
            return


def main(runs: int) -> None:
    with UsbBench() as bench:
        for at in range(1, HUBS + 1):
            bench.plug(hub(f"1-{at}", ports=PORTS))
            for port in range(1, PORTS + 1):
                bench.plug(phone(f"1-{at}.{port}"))
        told = {
            "looks": looks(),
            "idle": asyncio.run(idling()),
            "plugs": asyncio.run(plugs(bench, runs)),
            "cards": asyncio.run(cards(bench, runs)),
        }
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
