"""Reads every practice Android phone, and writes docs/android-makers.md: what was read from which source, by maker.

``python -m benchmarks.makers [--print]``.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path

from benchmarks.makers_table import Row, document
from diagnostics.android.source import AndroidSource
from diagnostics.model import Reading
from diagnostics.practice.android.loading import characters, load_androids
from diagnostics.practice.android.phone import Connection, PracticeAndroid
from diagnostics.practice.android.server import PracticeAdbServer
from tests.fakes.android import FrozenClock

PLACE = Path(__file__).parent.parent / "docs" / "android-makers.md"
_AT_ONCE = 8


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.makers", description=__doc__)
    parser.add_argument("--print", action="store_true", help="print the document instead of writing it")
    text = asyncio.run(written())
    if parser.parse_args().print:
        sys.stdout.write(text)
    else:
        PLACE.write_text(text, encoding="utf-8")
    return 0


async def written() -> str:
    """Return the document as it has to be: each phone is read through the adb server, as a real one is."""
    phones = load_androids(len(characters()))
    for phone in phones:
        phone.state = Connection.DEVICE
    readings = await _read(phones)
    return document([_row(phone, readings[phone.usb]) for phone in phones])


async def _read(phones: Sequence[PracticeAndroid]) -> dict[str, Reading]:
    """Return the readings by port."""
    server = PracticeAdbServer(phones)
    await server.start()
    try:
        return await _read_at(server.port)
    finally:
        await server.stop()


async def _read_at(port: int) -> dict[str, Reading]:
    source, free = AndroidSource(FrozenClock(), port=port), asyncio.Semaphore(_AT_ONCE)
    async with aclosing(source.watch()) as snapshots:
        sightings = (await anext(snapshots)).sightings

    async def read(position: int) -> Reading:
        async with free:
            return await source.read(sightings[position], lambda _: None, ask_trust=False)

    readings = await asyncio.gather(*map(read, range(len(sightings))))
    return {str(reading.slot): reading for reading in readings}


def _row(phone: PracticeAndroid, reading: Reading) -> Row:
    build = phone.character.build
    return Row(reading.identity.manufacturer or build.manufacturer, build.android, reading)


if __name__ == "__main__":
    sys.exit(main())
