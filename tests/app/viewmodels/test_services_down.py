"""A service goes down, and the bare bus shows its phones still: the window blames the service, not the phones."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from diagnostics.android.source import AndroidSource
from diagnostics.apple.source import AppleSource
from diagnostics.bench import Bench, BenchEvent
from diagnostics.errors import ServiceMissing
from diagnostics.joining import Joining, Trouble
from diagnostics.merging import unserved
from diagnostics.ports import SystemClock
from diagnostics.practice.bench import PracticeThread
from diagnostics.runtime import Runtime
from diagnostics.slots.slot import plain_place
from diagnostics.usb.source import UsbSource
from tests.fakes.windows import Counter, gone, phone_of, read_iphone
from tradein_app.viewmodels.looks import Look
from tradein_app.viewmodels.tile import Tile

SILENT = ServiceMissing("It is down.", "Start it.", "rare")
LIMIT = 60.0


class Shown:
    """What the window shows of the practice bench, whose three buses are joined."""

    def __init__(self, practice: PracticeThread, counter: Counter, folder: Path) -> None:
        self.counter = counter
        self._news: list[BenchEvent] = []
        environment = practice.environment()
        clock = SystemClock()
        self._bench = Bench(
            (
                AppleSource(address=environment["USBMUXD_SOCKET_ADDRESS"], pair_records=folder / "records"),
                AndroidSource(clock, port=int(environment["ANDROID_ADB_SERVER_PORT"])),
                UsbSource(clock, practice.bus),
            ),
            joining=Joining(plain_place),
        )
        self._bench.subscribe(self._news.append)
        self.runtime = Runtime()
        self.runtime.start()
        self.runtime.submit(self._bench.run())

    def until(self, done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + LIMIT
        while not done():
            assert time.monotonic() < deadline, self.counter.bench.devices.as_text()
            while self._news:
                self._take(self._news.pop(0))
            self.counter.settle()
            QApplication.processEvents()
            time.sleep(0.01)

    def tile(self, slot: str) -> Tile | None:
        tiles = self.counter.bench.devices.tiles
        return next((tile for tile in tiles if tile.slot == slot), None)

    def is_read(self, slot: str) -> bool:
        tile = self.tile(slot)
        return tile is not None and tile.look in {Look.NEEDS_YOU, Look.HOLD} and bool(tile.battery)

    def _take(self, event: BenchEvent) -> None:
        devices = self.counter.bench.devices
        if event.kind == "source":
            devices.note_source(event.source, event.error)
        elif event.phone is not None:
            devices.apply([event.phone])


@pytest.fixture
def practice() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=1, androids=3) as bench:
        yield bench


@pytest.fixture
def shown(practice: PracticeThread, counter: Counter, tmp_path: Path) -> Iterator[Shown]:
    made = Shown(practice, counter, tmp_path)
    yield made
    made.runtime.stop()


@pytest.mark.parametrize(("service", "side"), [("usbmuxd", "ios"), ("adb", "android")])
def test_a_service_that_goes_is_named_by_card_bar_and_tile_until_it_is_back(
    practice: PracticeThread, shown: Shown, service: str, side: str
):
    info = next(info for info in practice.phones() if info.side == side and info.plugged)
    practice.trust(info.id)
    shown.until(lambda: shown.is_read(info.slot))
    bench, devices = shown.counter.bench, shown.counter.bench.devices
    index = devices.board.index_of(info.slot)
    devices.select(index)
    before, record = shown.tile(info.slot), bench.record_id
    assert before is not None

    practice.stop_service(service)
    shown.until(lambda: bench.phone is not None and devices.board.ports[index or 0].lacks_service)
    tile, state, action = shown.tile(info.slot), bench.service_state(), bench.next_action()
    assert tile is not None
    assert (tile.look, tile.note, tile.trouble) == (before.look, before.note, "service down")
    assert (tile.act, tile.present) == ("", True)
    assert (tile.number, tile.model, tile.battery) == (before.number, before.model, before.battery)
    assert state is not None
    assert "The service that shows this phone does not answer" in state.text
    assert "cannot be read" in state.more
    assert (action.port, action.act) == (None, "")
    assert "cannot be read" in action.text
    assert action.hint
    assert bench.record_id == record

    practice.start_service(service)
    shown.until(lambda: shown.tile(info.slot) == before)
    assert (bench.service_state(), devices.missing()) == (None, None)


def test_a_service_is_blamed_before_any_phone_has_news(counter: Counter):
    counter.plug(phone_of(read_iphone("A")))
    counter.bench.devices.note_source("usbmux", SILENT)
    assert counter.bench.devices.tiles[0].trouble == "service down"
    assert counter.bench.next_action().text == "It is down."


def test_a_phone_that_the_bare_bus_loses_while_its_service_is_down_was_unplugged(counter: Any, held: Any):
    devices = counter.bench.devices
    devices.note_source("usbmux", SILENT)
    down = replace(held, reading=unserved(held.reading, "usbmux", Trouble.DOWN))
    counter.plug(down)
    assert devices.tiles[0].trouble == "service down"
    counter.plug(gone(down))
    assert devices.tiles[0].note == "unplugged"


def test_a_phone_that_its_service_does_not_list_is_said_to_be_unlisted(counter: Counter):
    phone = phone_of(read_iphone("A"))
    counter.plug(replace(phone, reading=unserved(phone.reading, "usbmux", Trouble.UNLISTED)))
    tile = counter.bench.devices.tiles[0]
    assert (tile.note, tile.act) == ("not listed", "")
    assert "does not show it" in tile.text
