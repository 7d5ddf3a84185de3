"""One whole reading of a phone against the bare client that asks the same, and many phones side by side."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from benchmarks.clients import BareAndroids, BareIphones, Lines, Ours, lines_of, trusted
from benchmarks.measuring import Times, interleave, ratio, timed
from benchmarks.practising import PracticeApart
from benchmarks.reporting import Section, Table, verdict
from benchmarks.surroundings import folder
from diagnostics.android.commands import FAST, MEDIUM
from diagnostics.android.source import AndroidSource
from diagnostics.apple.source import AppleSource
from diagnostics.runtime import Runtime

BARS = {"iPhone": 1.15, "Android": 1.3}
IPHONES, ANDROIDS = 48, 48
"""So many on the practice bench, that 40 of each side trust this computer."""
SIDE_BY_SIDE = (8, 40)
_METHOD = (
    "Practice phones in another process; both sides run in the same thread with the same loop and pool (the program's "
    "`Runtime`), interleaved, everything imported before. The bare iPhone client is pymobiledevice3 by its own recipes "
    "with the same queries; the bare Android client is adbutils running the very shell lines that ours sent. *side by "
    "side* is `gather` for iPhones and a thread a phone for Androids, on both sides. Median (best–worst), milliseconds."
)
_DOMAINS = ("com.apple.mobile.battery", "com.apple.disk_usage", "com.apple.fmip")


class Reader(Protocol):
    """One side."""

    def read(self, ids: Sequence[str], /) -> Coroutine[Any, Any, None]:
        """Read phones side by side."""
        ...


def measure(runs: int) -> Section:
    """Measure single readings, many at once, and what people use today."""
    with (
        folder() as place,
        PracticeApart(IPHONES, ANDROIDS) as practice,
        Runtime() as runtime,
    ):
        bench = _Clients(runtime, practice, place)
        bars = [
            *_rows("iPhone", bench, bench.iphones, bench.bare_iphones, runs),
            *_rows("Android", bench, bench.androids, bench.bare_androids, runs),
            *_rows("Android", bench, bench.androids, bench.hurried, runs),
        ]
        today = _today(bench, runs)
    headings = ("", "ours, ms", "bare client, ms", "ratio", "bar", "")
    others = ("what people use today", "ours, ms", "today, ms", "ours takes")
    return Section("Reading", _METHOD, [Table(headings, bars), Table(others, today)], _remarks())


class _Clients:
    """Both clients of both sides, ready to read."""

    def __init__(self, runtime: Runtime, practice: PracticeApart, place: Path) -> None:
        self.runtime = runtime
        self.practice = practice
        lines: Lines = asyncio.run(lines_of(ANDROIDS))
        self.udids: Sequence[str] = asyncio.run(trusted(max(SIDE_BY_SIDE), IPHONES))
        self.serials: Sequence[str] = list(lines)[: max(SIDE_BY_SIDE)]
        self.iphones = Ours(AppleSource(address=practice.usbmuxd, pair_records=place / "ours"))
        self.androids = Ours(AndroidSource(port=practice.adb_port))
        self.bare_iphones = BareIphones(practice.usbmuxd, place / "bare")
        self.bare_androids = BareAndroids(practice.adb_port, lines)
        self.hurried = BareAndroids(practice.adb_port, lines, pauses=False)
        for source in (self.iphones, self.androids):
            runtime.submit(source.look()).result()

    def read(self, reader: Reader, ids: Sequence[str]) -> float:
        """Read phones side by side in the device thread, and return the seconds that it took there."""
        return self.runtime.submit(timed(reader.read(ids))).result()


def _rows(side: str, bench: _Clients, ours: Reader, bare: Reader, runs: int) -> list[tuple[str, ...]]:
    ids = bench.udids if ours is bench.iphones else bench.serials
    rows = []
    for count in (1, *SIDE_BY_SIDE):
        some = ids[:count]
        assert len(some) == count, f"only {len(some)} phones can be read"
        readers = {"ours": ours, "bare": bare}
        found = interleave({name: partial(bench.read, each, some) for name, each in readers.items()}, runs)
        judged = count == 1 or (side == "iPhone" and count == 40)
        bar = BARS[side] if judged and bare is not bench.hurried else None
        name = f"one {side}" if count == 1 else f"{count} {side}s side by side"
        name += ", adbutils without its pauses" if bare is bench.hurried else ""
        rows.append(_row(name, found["ours"], found["bare"], bar))
    return rows


def _row(name: str, ours: Times, bare: Times, bar: float | None) -> tuple[str, ...]:
    times = ratio(ours, bare)
    last = ("–", "") if bar is None else (f"≤ {bar}", verdict(times, bar))
    return name, str(ours), str(bare), f"{times:.2f}", *last


def _today(bench: _Clients, runs: int) -> list[tuple[str, ...]]:
    udid, serial = bench.udids[0], bench.serials[0]
    environ = {**os.environ, **bench.practice.environment}
    tools = (
        ("ideviceinfo, a call a domain, and idevicediagnostics", bench.iphones, udid, _iphone_commands(udid)),
        (
            "adb shell, a call a query",
            bench.androids,
            serial,
            _android_commands(serial, bench.practice.adb_port),
        ),
    )
    rows: list[tuple[str, ...]] = []
    for name, reader, id_, commands in tools:
        if shutil.which(commands[0][0]) is None:
            continue
        sides = {"ours": partial(bench.read, reader, [id_]), "today": partial(_calls, commands, environ)}
        found = interleave(sides, runs)
        share = f"1/{1 / ratio(found['ours'], found['today']):.1f}"
        rows.append((f"{name} ({len(commands)} calls)", str(found["ours"]), str(found["today"]), share))
    return rows


def _iphone_commands(udid: str) -> list[list[str]]:
    info = ["ideviceinfo", "-u", udid, "-x"]
    asked = [
        ["idevicediagnostics", "-u", udid, "ioregentry", name] for name in ("AppleSmartBattery", "options")
    ]
    return [info, *([*info, "-q", domain] for domain in _DOMAINS), *asked]


def _android_commands(serial: str, port: int) -> list[list[str]]:
    adb = ["adb", "-P", str(port), "-s", serial, "shell"]
    return [[*adb, command.text] for command in (*FAST, *MEDIUM)]


def _calls(commands: list[list[str]], environ: dict[str, str]) -> float:
    started = time.perf_counter()
    for command in commands:
        subprocess.run(command, env=environ, capture_output=True, check=False)
    return time.perf_counter() - started


def _remarks() -> list[str]:
    missing = [program for program in ("ideviceinfo", "adb") if shutil.which(program) is None]
    remarks = [f"{program} is not installed here, so that comparison was left out." for program in missing]
    pauses = (
        "Ours reads an iPhone's three services side by side and goes by usbmuxd's DeviceID, which saves connections; "
        "adbutils sleeps for 10 ms whenever it closes a connection, so it is measured once more without that."
    )
    return [pauses, *remarks]
