"""The whole program over the practice adb: through the steps to a reading, and a name that is taught."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from diagnostics.practice.bench import PracticeThread
from tradein_app.app import App
from tradein_app.config import load_config
from tradein_app.viewmodels.formatting import without_isolates

PATIENCE_MS = 30_000
PHONE = "not-allowed-yet"
UNKNOWN = "P-100 <b>Pro</b>"


class Opened:
    """The program, and the practice bench in front of it."""

    def __init__(self, main: App, bench: PracticeThread) -> None:
        self.main = main
        self.bench = bench

    @property
    def work(self) -> Any:
        assert self.main.session is not None
        return self.main.session.bench

    @property
    def panel(self) -> Any:
        return self.main.window.parts.reading

    def bar(self) -> str:
        """Return what the bar on top would say if only this phone were there."""
        return str(self.work.devices.tiles[self.work.devices.selected].text)

    def unknown_iphone(self) -> int | None:
        """Return the port of the iPhone that no table knows, once it is taken in."""
        ports = enumerate(self.work.devices.board.ports)
        found = (i for i, p in ports if p.record_id and _code(p.phone) == "iPhone99,9" and not p.phone.busy)
        return next(found, None)

    def port(self, state: str = "", model: str = "") -> int | None:
        """Return the port of a phone that is in a state, or calls itself so, once it is taken in."""
        ports = enumerate(self.work.devices.board.ports)
        found = (
            (i, p.phone.reading)
            for i, p in ports
            if p.present and p.phone and not p.phone.busy and p.record_id
        )
        return next(
            (i for i, r in found if str(r.state) == state or (model and r.identity.model == model)), None
        )


def _code(phone: Any) -> str | None:
    return phone.reading.identity.model_code if phone is not None and phone.present else None


@pytest.fixture
def opened(qtbot: Any, qapp: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    with PracticeThread(iphones=1, androids=13) as bench:
        for name, value in bench.environment().items():
            monkeypatch.setenv(name, value)
        main = App(qapp, load_config())
        main.window.resize(1360, 860)
        main.window.show()
        main.start_soon()
        qtbot.waitUntil(lambda: main.session is not None, timeout=PATIENCE_MS)
        yield Opened(main, bench)
        main.stop()
        main.window.close()
        main.window.deleteLater()
        main.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_an_unauthorized_phone_is_followed_until_it_is_read(opened: Opened, qtbot: Any):
    def says(text: str) -> None:
        qtbot.waitUntil(lambda: text in opened.panel.text(), timeout=PATIENCE_MS)

    qtbot.waitUntil(lambda: opened.port("unauthorized") is not None, timeout=PATIENCE_MS)
    opened.work.devices.select(opened.port("unauthorized"))
    says("▸  Unlock\n2  Replug")
    assert "Unlock the phone and tap Allow" in opened.bar()
    opened.bench.unplug(PHONE)
    says("The phone is off the cable. Put it in again.")
    opened.bench.plug(PHONE)
    says("✓  Unlock\n✓  Replug\n▸  Debugging off and on\n")
    assert "Switch USB debugging off and on again" in opened.bar()
    tile = opened.work.devices.tiles[opened.work.devices.selected]
    assert "USB debugging" in (tile.note, tile.trouble)
    opened.bench.trust(PHONE)
    says("Fairphone 5")
    qtbot.waitUntil(opened.panel._steps.isHidden, timeout=PATIENCE_MS)
    says("Owner's account: signed out")


def test_a_name_that_is_typed_shows_at_once_and_is_there_for_the_next_start(opened: Opened, qtbot: Any):
    qtbot.waitUntil(lambda: opened.port(model=UNKNOWN) is not None, timeout=PATIENCE_MS)
    opened.work.devices.select(opened.port(model=UNKNOWN))
    qtbot.waitUntil(opened.panel._offer.isVisible, timeout=PATIENCE_MS)
    opened.panel.name_model()
    sheet = opened.main.window.handling.names
    assert sheet is not None
    assert "Codename: " in sheet.text()
    sheet._field.setText("Training Phone 100 Pro")
    QTest.keyClick(sheet._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.panel.text().startswith("Training Phone 100 Pro"), timeout=PATIENCE_MS)
    qtbot.waitUntil(opened.panel._offer.isHidden, timeout=PATIENCE_MS)
    assert "Training Phone 100 Pro" in (load_config().home / "android-names.toml").read_text(encoding="utf-8")


def test_an_iphone_of_the_next_years_is_named_and_then_its_colour(opened: Opened, qtbot: Any):
    udid = opened.bench.phones()[0].id
    opened.bench.fault(udid, "model-unknown")
    opened.bench.unplug(udid)
    opened.bench.plug(udid)

    def named(words: str, name: str) -> None:
        offer = opened.panel._offer
        qtbot.waitUntil(
            lambda: offer.isVisible() and words in without_isolates(offer._made().text()),
            timeout=PATIENCE_MS,
        )
        opened.panel.name_model()
        sheet = opened.main.window.handling.names
        assert sheet is not None
        sheet._field.setText(name)
        QTest.keyClick(sheet._field, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: opened.unknown_iphone() is not None, timeout=PATIENCE_MS)
    opened.work.devices.select(opened.unknown_iphone())
    named("Unknown model iPhone99,9", "iPhone 30")
    qtbot.waitUntil(lambda: opened.panel.text().startswith("iPhone 30"), timeout=PATIENCE_MS)
    named("Unknown colour plaid of iPhone 30", "plum")
    qtbot.waitUntil(opened.panel._offer.isHidden, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "plum" in opened.panel.text(), timeout=PATIENCE_MS)
    kept = (load_config().home / "iphone-names.toml").read_text(encoding="utf-8")
    assert '"iPhone99,9" = "iPhone 30"' in kept
    assert 'plaid = "plum"' in kept
