"""One practice phone in the trainer's window: its port, its character, and the buttons that make sense now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.ui.trainer_choice import ChoiceButton
from tradein_app.ui.trainer_faults import FaultMenu
from tradein_app.ui.trainer_modes import ModeMenu
from tradein_app.viewmodels.language import pick

if TYPE_CHECKING:
    from diagnostics.practice.records import PracticePhoneInfo

_ALL_BUTTONS = ("asked", "untrusted")
"""What a phone says of trust while it has all four buttons; beside fewer there is room for more."""
_TWINS = {"plug": "unplug", "unplug": "plug", "lock": "unlock", "unlock": "lock"}


class TrainerRow(QFrame):
    """Who the phone is, what a customer can do with it now, in which mode it is, and what is wrong with it.

    Args:
        phone: As the bench tells it first.
        language: Two letters.
        faults: What there is to practise; ``None`` where nothing is.
    """

    asked = Signal(str, str)
    """A command of the bench, and the phone's id."""
    fault_chosen = Signal(str, str)
    """A fault's id, empty for none, and the phone's id."""
    mode_chosen = Signal(str, str)
    """A mode's id, and the phone's id."""

    def __init__(self, phone: PracticePhoneInfo, language: str, faults: FaultMenu | None = None) -> None:
        super().__init__()
        self._phone = phone
        title = pick(phone.titles, language) or phone.title
        self.setProperty("role", "row")
        self.setAccessibleName(title)
        self._port = label(role="strong")
        self._title = ElidedLabel(title, "strong")
        self._state = ElidedLabel(role="dim")
        apple = phone.side == "ios"
        self._buttons = {
            "plug": self._button("plug", self.tr("Plug in")),
            "unplug": self._button("unplug", self.tr("Pull out")),
            "trust": self._button("trust", self.tr("Tap Trust") if apple else self.tr("Tap Allow")),
            "deny": self._button("deny", self.tr("Don't trust") if apple else self.tr("Refuse")),
            "lock": self._button("lock", self.tr("Lock")),
            "unlock": self._button("unlock", self.tr("Unlock")),
        }
        head = hbox(self._port, self._title)
        head.setStretch(1, 1)
        row = hbox(*self._buttons.values(), self._state, spacing=4)
        row.setStretch(len(self._buttons), 1)
        self._fault = ChoiceButton(faults, self.tr("Practise…")) if faults else None
        if self._fault is not None:
            self._fault.chosen.connect(lambda fault: self.fault_chosen.emit(fault, self._phone.id))
        self._modes = ModeMenu(language, phone.side, phone.modes, self)
        self._mode = ChoiceButton(self._modes, self.tr("Mode…"))
        self._mode.chosen.connect(lambda mode: self.mode_chosen.emit(mode, self._phone.id))
        self._mode.setVisible(bool(phone.modes))
        chosen = hbox(self._mode, self._fault, spacing=4)
        self.setLayout(vbox(head, row, chosen, margin=4, spacing=4))

    def widest(self) -> int:
        """Return the width in which neither its buttons nor the word beside them are ever cut."""
        together = ("unplug", "trust", "deny", "unlock")
        buttons = sum(self._buttons[name].sizeHint().width() + 4 for name in together)
        words = (self._state_words(trust, locked=True) for trust in _ALL_BUTTONS)
        return buttons + max(map(self.fontMetrics().horizontalAdvance, words)) + 16

    def show_phone(self, phone: PracticePhoneInfo, port: str) -> None:
        """Show a phone as it is now.

        Args:
            phone: The same one.
            port: What the main window calls its port.
        """
        self._phone = phone
        self._port.setText(port)
        self._state.show_text(self._words(phone))
        if self._fault is not None:
            self._fault.show_chosen(phone.fault)
        self._mode.show_chosen(phone.mode)
        offered = _offered(phone)
        self._keep_focus(offered)
        for name, button in self._buttons.items():
            button.setVisible(name in offered)

    def _keep_focus(self, offered: frozenset[str]) -> None:
        """Hold the keyboard in this row when the button that has it goes away: Qt would take it to the next phone."""
        focused = next((name for name, button in self._buttons.items() if button.hasFocus()), None)
        if focused is None or focused in offered:
            return
        twin = _TWINS.get(focused, "")
        if twin in offered:
            self._buttons[twin].show()
            self._buttons[twin].setFocus()
        else:
            self.setFocus()

    def _button(self, command: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda: self.asked.emit(command, self._phone.id))
        return button

    def _words(self, phone: PracticePhoneInfo) -> str:
        if not phone.plugged:
            return self.tr("not plugged in")
        if phone.mode:
            return self._modes.words(phone.mode)
        return self._state_words(phone.trust, locked=phone.locked)

    def _state_words(self, trust: str, *, locked: bool) -> str:
        words = {
            "trusted": self.tr("trusts this computer"),
            "asked": self.tr("asks for trust"),
            "denied": self.tr("refused"),
            "untrusted": self.tr("no trust yet"),
        }
        said = words.get(trust, trust)
        return self.tr("{0}, locked").format(said) if locked else said


def _offered(phone: PracticePhoneInfo) -> frozenset[str]:
    if not phone.plugged:
        return frozenset({"plug"})
    if phone.mode:
        return frozenset({"unplug"})
    taps = {"asked": ("trust", "deny"), "untrusted": ("trust", "deny"), "denied": ("trust",)}
    return frozenset({"unplug", "unlock" if phone.locked else "lock", *taps.get(phone.trust, ())})
