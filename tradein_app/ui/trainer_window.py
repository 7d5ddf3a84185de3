"""The trainer's small window: plugs practice phones in and out, changes their modes, and taps what customers tap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from tradein_app.bridge.job import Job
from tradein_app.bridge.worker import Worker
from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.panel import Scroll
from tradein_app.ui.trainer_choice import ChoiceButton
from tradein_app.ui.trainer_faults import BUS, PHONE, FaultMenu
from tradein_app.ui.trainer_row import TrainerRow

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from diagnostics.practice.control import PracticeClient
    from diagnostics.practice.records import PracticePhoneInfo

SERVICES = {"usbmuxd": "ios", "adb": "android"}
"""By the name of the service in front of them: which phones."""
_REFRESH_MS = 400
"""What the program does to a phone, such as asking it, is seen before anybody wonders."""
_HEIGHT = 680
_GAP = 8

NumberOf = Callable[[str], int | None]


class TrainerWindow(QWidget):
    """Lists the practice phones; talks only through the bench's control port.

    Args:
        address: ``host:port`` of the control.
        language: Two letters.
        number_of: What number the main window gives a port chain, once it has learned it.
    """

    kept_back = Signal()
    """There was no room beside the main window, so this one was not opened by itself."""

    def __init__(self, address: str, language: str, number_of: NumberOf = lambda _slot: None) -> None:
        super().__init__()
        from diagnostics.practice.control import PracticeClient

        self._language = language
        self._number_of = number_of
        self._client: PracticeClient = PracticeClient(address)
        self._rows: dict[str, TrainerRow] = {}
        self._beside: QWidget | None = None
        self._worker = Worker("trainer")
        self._worker.start()
        self._job = Job(self._worker, self)
        self._job.done.connect(self._show_bench)
        self._job.failed.connect(self._on_failed)
        self._commands = Job(self._worker, self, must_happen=True)
        self._commands.done.connect(self.show_phones)
        self._commands.failed.connect(self._on_failed)
        self._build()
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._timer.start()
        self._refresh()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Practice phones"))
        self.setAccessibleName(self.tr("Practice phones"))
        self.setProperty("role", "page")
        hint = self.tr("You are the customer: plug phones in and tap what the phone asks.")
        self._error = label(role="strong", wrap=True)
        self._error.setProperty("tone", "bad")
        self._column = vbox(margin=4, spacing=4)
        content = QWidget()
        content.setLayout(vbox(self._column, 1))
        self._scroll = Scroll(self.tr("Practice phones"), content)
        self._faults = {side: FaultMenu(self._language, side, PHONE, self) for side in SERVICES.values()}
        idle = {"usbmuxd": self.tr("The iPhone service…"), "adb": self.tr("The adb server…")}
        self._services = {name: self._service_button(name, text) for name, text in idle.items()}
        buttons = hbox(*self._services.values(), spacing=4)
        column = vbox(label(hint, "dim", wrap=True), buttons, self._error, self._scroll, margin=10)
        self.setLayout(column)
        set_text(self._error, "")

    def _service_button(self, name: str, idle: str) -> ChoiceButton:
        menu = FaultMenu(self._language, SERVICES[name], BUS, self)
        button = ChoiceButton(menu, idle)
        button.chosen.connect(lambda fault: self._put(fault, name))
        return button

    def open_beside(self, other: QWidget) -> None:
        """Open beside another window once the phones are known; stay closed where it would cover that window."""
        self._beside = other

    def open(self) -> None:
        """Show this window in front."""
        self.showNormal()
        self.raise_()
        self.activateWindow()

    def stop(self) -> None:
        """Stop asking the bench."""
        self._timer.stop()
        self._job.cancel()
        self._worker.stop()
        self.close()

    def show_phones(self, phones: tuple[PracticePhoneInfo, ...]) -> None:
        """Show every phone and what can be done to it."""
        set_text(self._error, "")
        known = len(self._rows)
        for phone in phones:
            row = self._rows.get(phone.id) or self._add(phone)
            row.show_phone(phone, self._port(phone))
        if len(self._rows) > known:
            self._fit()
        if self._beside is not None:
            other, self._beside = self._beside, None
            self._place(other)

    def _show_bench(self, found: tuple[tuple[PracticePhoneInfo, ...], Mapping[str, str]]) -> None:
        phones, services = found
        for name, button in self._services.items():
            button.setVisible(name in services)
            button.show_chosen(services.get(name, ""))
        self.show_phones(phones)

    def _port(self, phone: PracticePhoneInfo) -> str:
        number = self._number_of(phone.slot)
        return phone.slot if number is None else self.tr("Slot {0}").format(number)

    def _add(self, phone: PracticePhoneInfo) -> TrainerRow:
        row = TrainerRow(phone, self._language, self._faults[phone.side])
        row.asked.connect(self._send)
        row.fault_chosen.connect(self._put)
        row.mode_chosen.connect(self._put_in)
        self._column.addWidget(row)
        self._rows[phone.id] = row
        return row

    def _fit(self) -> None:
        """Be so wide that no button is ever cut, whatever a phone offers."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._scroll.setMinimumWidth(max(row.widest() for row in self._rows.values()) + bar + 8)
        self.adjustSize()
        self.resize(self.width(), min(_HEIGHT, self.screen().availableGeometry().height() - 60))

    def _place(self, other: QWidget) -> None:
        room = self.screen().availableGeometry()
        frame = other.frameGeometry()
        right = room.width() - frame.width() - self.width() - 2 * _GAP >= 0
        if right:
            # Both fit side by side: the main window makes room on its right where it stands in the middle.
            left = min(frame.left(), room.right() - self.width() - frame.width() - 2 * _GAP)
            other.move(max(left, room.left()), frame.top())
            self.move(QPoint(other.frameGeometry().right() + _GAP, max(frame.top(), room.top())))
        elif room.bottom() - frame.bottom() >= self.height() + _GAP:
            self.move(QPoint(frame.left(), frame.bottom() + _GAP))
        else:
            self.kept_back.emit()
            return
        self.show()
        other.activateWindow()

    def _send(self, command: str, phone_id: str) -> None:
        client = self._client
        self._commands.run(lambda _report: client.send(command, phone_id))

    def _put(self, fault: str, target: str) -> None:
        client = self._client

        def put(_report: object) -> tuple[PracticePhoneInfo, ...]:
            return client.fault(target, fault) if fault else client.clear(target)

        self._commands.run(put)

    def _put_in(self, mode: str, phone_id: str) -> None:
        client = self._client
        self._commands.run(lambda _report: client.mode(phone_id, mode))

    def _refresh(self) -> None:
        client = self._client
        if not self._job.running:
            self._job.run(lambda _report: (client.phones(), client.services()))

    def _on_failed(self, error: UserError) -> None:
        set_text(self._error, f"{error.message} {error.hint}")
