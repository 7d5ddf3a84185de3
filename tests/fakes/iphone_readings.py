"""Reading practice iPhones, in few words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from pathlib import Path

from diagnostics.apple.asking import Limits
from diagnostics.apple.source import AppleSource
from diagnostics.model import Reading
from diagnostics.ports import Progress, Sighting, Snapshot
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import id_of

READS = {
    ("usbmux", "ListDevices"), ("usbmux", "Listen"), ("usbmux", "Connect"), ("usbmux", "ReadPairRecord"),
    ("usbmux", "ReadBUID"), ("lockdown", "QueryType"), ("lockdown", "GetValue"), ("lockdown", "StartSession"),
    ("lockdown", "StartService"), ("com.apple.mobile.diagnostics_relay", "IORegistry"),
    ("com.apple.mobile.MCInstall", "GetCloudConfiguration"), ("com.apple.mobile.MCInstall", "GetProfileList"),
    ("com.apple.mobile.installation_proxy", "Lookup"),
}  # fmt: skip
PAIRING = {("lockdown", "Pair"), ("usbmux", "SavePairRecord")}
NEW = "iphone-not-trusted"

SHORT = Limits(open=1.5, query=1.5)
"""Short enough for a test, long enough for a busy machine with two cores."""
PATIENT = Limits(open=6.0, query=2.0)
"""A question that stays silent costs little, and to call the phone anew may take long on a busy machine."""


def source_of(bench: PracticeThread, records: Path, limits: Limits | None = None) -> AppleSource:
    return AppleSource(
        address=bench.environment()["USBMUXD_SOCKET_ADDRESS"], pair_records=records, limits=limits
    )


async def look(source: AppleSource) -> Snapshot:
    async with aclosing(source.watch()) as watching:
        return await anext(watching)


async def sighting_of(source: AppleSource, udid: str) -> Sighting:
    return next(sighting for sighting in (await look(source)).sightings if sighting.id == udid)


async def read(
    source: AppleSource, sighting: Sighting, *, ask_trust: bool = False, steps: list[Progress] | None = None
) -> Reading:
    published = [] if steps is None else steps
    return await source.read(sighting, published.append, ask_trust=ask_trust)


async def read_one(bench: PracticeThread, records: Path, name: str) -> Reading:
    source = source_of(bench, records)
    return await read(source, await sighting_of(source, id_of(bench, name)))


def whole(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems if not problem.field]


async def until(condition: Callable[[], bool], limit: float = 1.0) -> float:
    loop = asyncio.get_running_loop()
    started = loop.time()
    while not condition():
        assert loop.time() - started < limit, "not within the limit"
        await asyncio.sleep(0.005)
    return loop.time() - started


async def worst_gap(work: Callable[[], Awaitable[object]]) -> float:
    """Return the longest time that the loop did not come round while something ran."""
    loop, worst, running = asyncio.get_running_loop(), 0.0, True

    async def tick() -> None:
        nonlocal worst
        last = loop.time()
        while running:
            await asyncio.sleep(0.001)
            now = loop.time()
            worst, last = max(worst, now - last), now

    ticking = asyncio.create_task(tick())
    await work()
    running = False
    await ticking
    return worst


def sent(bench: PracticeThread) -> set[tuple[str, str]]:
    return {(request.channel, request.verb) for request in bench.requests()}
