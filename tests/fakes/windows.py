"""A window on a real desk, fed with phones by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from diagnostics.bench import RETRY_AFTER, Phone
from diagnostics.building import ReadingBuilder
from diagnostics.grading.checklist import load_checklist
from diagnostics.model import DeviceId, LockState, Platform, Quality, Reading, State, Transport
from diagnostics.ports import Sighting
from tests.fakes.inspections import best_answers
from tests.fakes.shops import IMEI, NOON, PaperShop
from tests.fakes.sources import FixedClock
from tradein_app.bridge.worker import Worker
from tradein_app.documents.quote_paper import save_quote_pdf
from tradein_app.services.records import InspectionRecord
from tradein_app.ui.main_window import MainWindow
from tradein_app.ui.theme import Theme
from tradein_app.ui.tokens import Mode
from tradein_app.viewmodels.settings import SettingsFile
from tradein_app.viewmodels.workbench import Notice, Workbench

CLEAR = {**best_answers(), "owner_lock": "seen_off", "sim_lock": "unlocked", "battery_settings": 95}


def read_iphone(
    name: str = "A",
    *,
    slot: str | None = None,
    state: State = State.READY,
    model: str = "iPhone 13",
    imei: str | None = IMEI,
) -> Reading:
    """Return a reading made as a source makes it, every value with its evidence."""
    seen = Sighting(
        name, DeviceId(name), Platform.IOS, Transport.USBMUX, slot or f"1-{ord(name[-1])}", State.CONNECTING
    )
    builder = ReadingBuilder(seen, FixedClock())
    builder.state = state
    if state is State.READY:
        _fill(builder, name, model, imei)
    return builder.build()


def _fill(builder: ReadingBuilder, name: str, model: str, imei: str | None) -> None:
    builder.put("identity.manufacturer", "Apple", "lockdown", raw="Apple")
    builder.put("identity.model", model, "lockdown ProductType", raw="iPhone14,5")
    builder.put("identity.colour", "midnight", "lockdown DeviceColor", raw="1")
    if imei is not None:
        builder.put("identity.imei", imei, "lockdown InternationalMobileEquipmentIdentity", raw=imei)
    builder.put("identity.serial", f"F2LX{name}QKL", "lockdown SerialNumber", raw=name)
    builder.put("battery.health_percent", 88, "IORegistry", raw="2808/3227", quality=Quality.ESTIMATE)
    builder.put("battery.cycle_count", 413, "IORegistry CycleCount", raw="413")
    builder.reject("battery.full_mah", "IORegistry", raw="100")
    builder.put("storage.capacity_gb", 128, "lockdown TotalDiskCapacity", raw="127989493760")
    builder.put("locks.activation", LockState.OFF, "lockdown ActivationState", raw="Activated")
    builder.put("locks.mdm", LockState.OFF, "MCInstall", raw="{}")
    builder.problem("locks.find_my", "not_proved_off")


def phone_of(reading: Reading, *, busy: bool = False, step: str = "", key: str = "") -> Phone:
    """Return a phone on the bench that was read so."""
    seen = Sighting(
        key or str(reading.id),
        reading.id,
        reading.platform,
        reading.transport,
        reading.slot,
        reading.state,
    )
    again = None if busy else RETRY_AFTER.get(reading.state)
    return Phone(key or str(reading.id), seen, reading, busy=busy, step=step, started=NOON, again=again)


def gone(phone: Phone) -> Phone:
    """Return a phone after its cable was pulled."""
    return dataclasses.replace(phone, present=False, busy=False, again=None)


class Counter:
    """A workbench on a desk of its own; its window when a test asks for it."""

    def __init__(self, folder: Path, language: str = "en", shop: PaperShop | None = None) -> None:
        self.folder = folder
        self.language = language
        self.shop = shop or PaperShop(folder / "shop.sqlite3")
        self.worker = Worker("desk")
        self.worker.start()
        self.bench = Workbench(self.worker, SettingsFile(folder), language)
        self.notices: list[Notice] = []
        self.bench.noticed.connect(self.notices.append)
        self.window: MainWindow | None = None

    def open(self) -> None:
        """Open the desk as the program does after its first paint."""
        self.bench.load_checklist(load_checklist())
        desk = self.shop.desk
        self.bench.open_desk(desk, desk.open_inspections(), desk.workspace(), self.paper)

    def paper(self, record: InspectionRecord, *, accepted: bool = False) -> Path:
        at = NOON if accepted else None
        return save_quote_pdf(record, self.folder / "quote.pdf", language=self.language, accepted_at=at)

    def show_window(self, mode: Mode = Mode.LIGHT, size: tuple[int, int] = (1360, 860)) -> MainWindow:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme = Theme()
        theme.apply(app, mode)
        self.window = MainWindow(theme, mode, self.language)
        self.window.furnish(self.bench)
        self.window.resize(*size)
        self.window.show()
        self.settle()
        return self.window

    def plug(self, *phones: Phone) -> None:
        self.bench.devices.apply(phones)
        self.settle()

    def settle(self) -> None:
        """Let the desk do all it was given, and the window show it."""
        for _ in range(4):
            done: list[bool] = []
            self.worker.submit(lambda done=done: done.append(True))  # type: ignore[misc]
            _spin_until(lambda done=done: bool(done))  # type: ignore[misc]
            self.bench.pacer.finish()

    def answer_all(self, **different: str | int | None) -> None:
        """Give every answer at once."""
        assert self.bench.record_id is not None
        self.bench.saving.answer(self.bench.record_id, {**CLEAR, **different})
        self.settle()

    def answer_one_by_one(self) -> None:
        """Give every answer by itself, faster than the desk takes them."""
        model = self.bench.checklist
        for question_id, answer in CLEAR.items():
            model.go_to_question(question_id)
            question = model.current
            assert question is not None
            assert question.id == question_id
            model.give(question, answer)
        self.settle()

    def close(self) -> None:
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
        self.settle()
        self.worker.stop()
        self.shop.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _spin_until(done: Callable[[], bool]) -> None:
    while not done():
        QCoreApplication.processEvents()
    QCoreApplication.processEvents()
