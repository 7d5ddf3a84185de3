"""The trainer's small window: plugs practice phones in and out, and taps what a customer would tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tradein_app.bridge.job import Job
from tradein_app.bridge.worker import Worker
from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.panel import Scroll
from tradein_app.viewmodels.language import pick

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from diagnostics.practice.control import PracticeClient
    from diagnostics.practice.records import PracticePhoneInfo

_REFRESH_MS = 1000


class TrainerWindow(QWidget):
    """Lists the practice phones; talks only through the bench's control port.

    Args:
        address: ``host:port`` of the control.
        language: Two letters.
    """

    def __init__(self, address: str, language: str) -> None:
        super().__init__()
        from diagnostics.practice.control import PracticeClient

        self._language = language
        self._client: PracticeClient = PracticeClient(address)
        self._rows: dict[str, tuple[QLabel, QPushButton, QPushButton, QPushButton]] = {}
        self._worker = Worker("trainer")
        self._worker.start()
        self._job = Job(self._worker, self)
        self._job.done.connect(self.show_phones)
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
        self.setWindowTitle(self.tr("Practice bench"))
        self.setAccessibleName(self.tr("Practice bench"))
        self.setProperty("role", "page")
        hint = self.tr("You are the customer: plug phones in and tap what the phone asks.")
        self._error = label(role="strong", wrap=True)
        self._error.setProperty("tone", "bad")
        self._column = vbox(margin=8, spacing=10)
        content = QWidget()
        content.setLayout(vbox(self._column, 1))
        self._scroll = Scroll(self.tr("Practice phones"), content)
        self.setLayout(vbox(label(hint, "dim", wrap=True), self._error, self._scroll, margin=10))
        set_text(self._error, "")
        self.resize(self.fontMetrics().horizontalAdvance("M") * 46, 640)

    def place_beside(self, other: QWidget) -> None:
        """Stand at the right edge of the screen, so that the other window's beginning stays free."""
        room = self.screen().availableGeometry()
        self.move(max(room.left(), room.right() - self.width() - 20), room.top() + 60)
        other.raise_()

    def stop(self) -> None:
        """Stop asking the bench."""
        self._timer.stop()
        self._job.cancel()
        self._worker.stop()
        self.close()

    def show_phones(self, phones: tuple[PracticePhoneInfo, ...]) -> None:
        """Show every phone and what can be done to it."""
        set_text(self._error, "")
        for phone in phones:
            state, plug, trust, deny = self._rows.get(phone.id) or self._add(phone)
            state.setText(self._state(phone))
            plug.setText(self.tr("Pull out") if phone.plugged else self.tr("Plug in"))
            for button in (trust, deny):
                button.setEnabled(phone.plugged and phone.trust != "trusted")

    def _add(self, phone: PracticePhoneInfo) -> tuple[QLabel, QPushButton, QPushButton, QPushButton]:
        name = ElidedLabel(pick(phone.titles, self._language) or phone.title, "strong")
        state = label(role="dim")
        apple = phone.side == "ios"
        plug = QPushButton(self.tr("Plug in"))
        plug.clicked.connect(lambda: self._send_plug(phone.id))
        trust = self._button(self.tr("Tap Trust") if apple else self.tr("Tap Allow"), "trust", phone.id)
        deny = self._button(self.tr("Don't trust") if apple else self.tr("Refuse"), "deny", phone.id)
        lock = self._button(self.tr("Lock"), "lock", phone.id)
        unlock = self._button(self.tr("Unlock"), "unlock", phone.id)
        head = hbox(name, state)
        head.setStretch(0, 1)
        self._column.addLayout(vbox(head, hbox(plug, trust, deny, lock, unlock, 1, spacing=4), spacing=2))
        self._rows[phone.id] = (state, plug, trust, deny)
        self._scroll.updateGeometry()
        return self._rows[phone.id]

    def _button(self, text: str, command: str, phone_id: str) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda: self._send(command, phone_id))
        return button

    def _send_plug(self, phone_id: str) -> None:
        plug = self._rows[phone_id][1]
        self._send("unplug" if plug.text() == self.tr("Pull out") else "plug", phone_id)

    def _send(self, command: str, phone_id: str) -> None:
        client = self._client
        self._commands.run(lambda _report: client.send(command, phone_id))

    def _refresh(self) -> None:
        client = self._client
        if not self._job.running:
            self._job.run(lambda _report: client.phones())

    def _on_failed(self, error: UserError) -> None:
        set_text(self._error, f"{error.message} {error.hint}")

    def _state(self, phone: PracticePhoneInfo) -> str:
        words = {
            "trusted": self.tr("trusts this computer"),
            "asked": self.tr("asks: trust this computer?"),
            "denied": self.tr("refused"),
            "untrusted": self.tr("does not trust yet"),
        }
        return words.get(phone.trust, phone.trust) if phone.plugged else self.tr("not plugged in")
