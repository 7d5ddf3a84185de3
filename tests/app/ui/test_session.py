"""The whole program, from the empty window to phones that are read, over the practice bench."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from diagnostics.practice.bench import PracticeThread
from diagnostics.practice.control import PracticeClient
from tradein_app.app import App
from tradein_app.config import load_config
from tradein_app.store.journal import Journal
from tradein_app.viewmodels.workbench import Notice, Workbench

PATIENCE_MS = 30_000


@pytest.fixture
def opened(qtbot, qapp, monkeypatch) -> Iterator[App]:
    with PracticeThread(iphones=1, androids=1) as bench:
        for name, value in bench.environment().items():
            monkeypatch.setenv(name, value)
        main = App(qapp, load_config())
        main.window.show()
        main.start_soon()
        qtbot.waitUntil(lambda: main.session is not None, timeout=PATIENCE_MS)
        yield main
        main.stop()
        main.window.close()
        main.window.deleteLater()
        main.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _bench(main: App) -> Workbench:
    assert main.session is not None
    return main.session.bench


def _saved(main: App) -> int:
    """Return how many phones are plugged in, read and taken in."""
    ports = _bench(main).devices.board.ports
    return sum(bool(port.present and port.phone and not port.phone.busy and port.record_id) for port in ports)


def test_phones_that_are_plugged_in_are_read_and_saved(opened, qtbot):
    qtbot.waitUntil(lambda: _saved(opened) == 2, timeout=PATIENCE_MS)
    assert {record.reading.identity.manufacturer for record in _bench(opened).records.values()} == {
        "Apple",
        "Samsung",
    }


def test_a_slot_is_numbered_by_plugging_a_practice_phone_into_it(opened, qtbot):
    bench = _bench(opened)
    qtbot.waitUntil(lambda: _saved(opened) == 2, timeout=PATIENCE_MS)
    opened.window.handling.number_slots()
    sheet = opened.window.handling.numbers
    assert sheet is not None
    assert sheet.text() == "Plug a phone into slot 1 now"
    ports = [port for port in bench.devices.board.ports if port.present]
    iphone = next(port for port in ports if port.phone and port.phone.reading.platform == "ios")
    practice = load_config().practice
    assert practice is not None
    hands = PracticeClient(practice)
    plug = next(phone.id for phone in hands.phones() if phone.slot == iphone.name)
    hands.send("unplug", plug)
    qtbot.waitUntil(lambda: not iphone.present, timeout=PATIENCE_MS)
    hands.send("plug", plug)
    qtbot.waitUntil(lambda: "Slot 1 learnt." in sheet.text(), timeout=PATIENCE_MS)
    assert bench.slots.now.by_number == {1: (iphone.id,)}
    index = bench.devices.board.ports.index(iphone)
    assert bench.devices.board.order()[0] == index
    assert bench.devices.tiles[index].number == 1
    qtbot.waitUntil(lambda: opened.settings.now.numbers_saved, timeout=PATIENCE_MS)


def test_when_the_backroom_dies_it_is_said_and_everything_comes_back(opened, qtbot, capfd):
    qtbot.waitUntil(lambda: _saved(opened) == 2, timeout=PATIENCE_MS)
    before = dict(_bench(opened).records)
    notices: list[Notice] = []
    _bench(opened).noticed.connect(notices.append)
    assert opened.session is not None
    backroom = opened.session._backroom
    assert backroom is not None
    process = backroom._process
    assert process is not None
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: _saved(opened) == 0, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: _saved(opened) == 2, timeout=PATIENCE_MS)
    assert _bench(opened).records.keys() == before.keys()
    assert any(notice.report for notice in notices)
    assert "exit status -9" in capfd.readouterr().err


def test_a_backroom_that_hangs_holds_neither_the_end_nor_an_answer(opened, qtbot, monkeypatch, capfd):
    qtbot.waitUntil(lambda: _saved(opened) == 2, timeout=PATIENCE_MS)
    monkeypatch.setattr("tradein_app.backroom.process.GRACE", 0.2)
    assert opened.session is not None
    worker, backroom = opened.session._worker, opened.session._backroom
    assert backroom is not None
    assert backroom._process is not None
    os.kill(backroom._process.pid, signal.SIGSTOP)
    record_id = _bench(opened).record_id
    assert record_id is not None
    _bench(opened).saving.answer(record_id, {"frame_scratches": "visible"})
    monkeypatch.setattr(worker, "stop", partial(worker.stop, 0.5))
    opened.stop()
    assert not worker._thread.is_alive()
    assert Journal(load_config().home / "unsaved").left_behind()[0].answers == {"frame_scratches": "visible"}
    capfd.readouterr()


def test_a_desk_that_cannot_be_opened_is_tried_again(qtbot, qapp, capfd):
    home = load_config().home
    (home / "tradein.sqlite3").mkdir(parents=True)
    main = App(qapp, load_config())
    main.window.show()
    main.start_soon()
    qtbot.waitUntil(lambda: main.session is not None and main.session._desk_failed, timeout=PATIENCE_MS)
    (home / "tradein.sqlite3").rmdir()
    qtbot.waitUntil(lambda: _bench(main).saving.ready, timeout=PATIENCE_MS)
    main.stop()
    main.window.close()
    main.window.deleteLater()
    main.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
