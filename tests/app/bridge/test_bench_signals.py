"""Events from the device thread reach the window joined, the newest of each phone, one in a pass of the loop."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QCoreApplication

from diagnostics.bench import BenchEvent, EventKind, Phone
from diagnostics.errors import ServiceMissing
from tests.fakes.windows import gone, phone_of, read_iphone
from tradein_app.bridge.bench_signals import INTERVAL_MS, BenchSignals
from tradein_app.bridge.pacing import Pacer


class Window:
    """What arrived, and when."""

    def __init__(self) -> None:
        self.pacer = Pacer()
        self.signals = BenchSignals(self.pacer)
        self.phones: list[Phone] = []
        self.times: list[float] = []
        self.sources: list[tuple[str, object]] = []
        self.signals.phones_changed.connect(self._take)
        self.signals.source_changed.connect(lambda name, error: self.sources.append((name, error)))

    def _take(self, phones: tuple[Phone, ...]) -> None:
        self.phones.extend(phones)
        self.times.append(time.monotonic())

    def hear(self, *events: BenchEvent) -> None:
        thread = threading.Thread(target=self._send, args=events)
        thread.start()
        thread.join()

    def _send(self, *events: BenchEvent) -> None:
        for event in events:
            self.signals.on_event(event)

    def wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QCoreApplication.processEvents()


def changed(phone: Phone) -> BenchEvent:
    return BenchEvent(EventKind.CHANGED, phone, "fake")


def test_nothing_arrives_but_through_the_loop(qapp):
    window = Window()
    window.hear(changed(phone_of(read_iphone("A"))))
    assert window.phones == []
    window.wait(0.05)
    assert len(window.phones) == 1


def test_a_burst_of_one_phone_arrives_as_its_newest_state(qapp):
    window = Window()
    reading = read_iphone("A")
    steps = [changed(phone_of(reading, busy=True, step=step)) for step in ("identity", "battery", "storage")]
    window.hear(*steps, changed(phone_of(reading)))
    window.wait(0.05)
    assert [phone.busy for phone in window.phones] == [False]


def test_a_slot_changes_at_most_ten_times_a_second(qapp):
    window = Window()
    reading = read_iphone("A")
    for number in range(40):
        window.hear(changed(phone_of(reading, busy=True, step=str(number))))
        window.wait(0.01)
    window.wait(0.2)
    gaps = [after - before for before, after in zip(window.times, window.times[1:], strict=False)]
    assert window.phones[-1].step == "39"
    assert min(gaps) > INTERVAL_MS / 1000 * 0.9


def test_several_phones_come_one_by_one_and_none_is_lost(qapp):
    window = Window()
    first, second = phone_of(read_iphone("A")), phone_of(read_iphone("B"))
    window.hear(changed(first), changed(second), BenchEvent(EventKind.WENT, gone(first), "fake"))
    window.wait(0.05)
    assert [(phone.key, phone.present) for phone in window.phones] == [("A", False), ("B", True)]


def test_a_bus_that_fails_and_comes_back_is_told(qapp):
    window = Window()
    error = ServiceMissing("usbmuxd does not run.")
    window.hear(BenchEvent(EventKind.SOURCE, source="usbmux", error=error))
    window.wait(0.05)
    window.hear(BenchEvent(EventKind.SOURCE, source="usbmux"))
    window.wait(0.2)
    assert window.sources == [("usbmux", error), ("usbmux", None)]
