"""A barcode scanner that acts as a keyboard: its codes are caught wherever the focus is, and never answer anything."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from tradein_app.ui.digits import code_typed
from tradein_app.ui.sieve import GAP_MS, Sieve

_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_SHIFTS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr})
_LATE_MS = 15


class Scanner(QObject):
    """Filters a window's keys before any widget sees them.

    A person's key waits 35 ms, which the eye does not notice. The filter sits on the window, since one on the whole
    program would cost every event of every widget some 8 µs.

    Args:
        window: Whose keys; it may still be unshown.
    """

    scanned = Signal(str)
    """A code, without the key that ended it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._target: QObject | None = None
        self._passing = False
        self._clock = QElapsedTimer()
        self._clock.start()
        self._sieve: Sieve[QKeyEvent] = Sieve(self._let_go, self._on_code, _takes_text)
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_quiet)
        self._waiting = QElapsedTimer()
        self._attach()

    def _attach(self) -> None:
        handle: QWindow | None = self._window.windowHandle()
        if handle is None:
            self._window.installEventFilter(self)
        else:
            self._target = handle
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hold keys back that may come from a scanner."""
        kind = event.type()
        if watched is not self._target:
            if self._target is None and kind == QEvent.Type.Show:
                self._window.removeEventFilter(self)
                self._attach()
            return False
        if self._passing:
            return False
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self._make_way(event)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        elif kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._sieve.follow(_copy(event))
        elif kind == QEvent.Type.MouseButtonPress:
            self._sieve.give_up()
        return False

    def _make_way(self, event: QKeyEvent) -> None:
        """Let keys go that were typed before a shortcut: they were meant for what is shown until then."""
        if not (_is_printable(event) or event.key() in _ENDS | _SHIFTS):
            self._sieve.give_up()

    def _press(self, event: QKeyEvent) -> bool:
        if event.isAutoRepeat():
            self._sieve.give_up()
            return False
        if event.key() in _ENDS and not event.modifiers() & _COMMANDS:
            return self._sieve.press(_copy(event), "", self._time(event), ends=True)
        if _is_printable(event):
            self._sieve.press(_copy(event), event.text(), self._time(event))
            self._wait(GAP_MS)
            return True
        if event.key() in _SHIFTS:
            return self._sieve.follow(_copy(event))
        self._sieve.give_up()
        return False

    def _wait(self, ms: float) -> None:
        self._waiting.start()
        self._timer.start(int(ms))

    def _on_quiet(self) -> None:
        """Let keys go, but not before keys that came while the window was busy were looked at."""
        if self._timer.interval() >= GAP_MS and self._waiting.elapsed() > GAP_MS + _LATE_MS:
            self._wait(1)
        else:
            self._sieve.give_up()

    def _time(self, event: QKeyEvent) -> float:
        """Return when the key went down: by the system's stamp, since a busy window hears of it late."""
        return float(event.timestamp() or self._clock.elapsed())

    def _on_code(self, text: str) -> None:
        self.scanned.emit(code_typed(text))

    def _let_go(self, held: list[QKeyEvent]) -> None:
        self._timer.stop()
        self._passing = True
        try:
            for event in held:
                if self._target is not None:
                    QCoreApplication.sendEvent(self._target, event)
        finally:
            self._passing = False


def _is_printable(event: QKeyEvent) -> bool:
    return len(event.text()) == 1 and event.text().isprintable() and not event.modifiers() & _COMMANDS


def _copy(event: QKeyEvent) -> QKeyEvent:
    """Return an event that lives on: Qt's own is gone after it was handled."""
    # With the key's place: what a digit is on a French keyboard is told by nothing else.
    place = (event.nativeScanCode(), event.nativeVirtualKey(), event.nativeModifiers())
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        *place,
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )


def _takes_text() -> bool:
    widget = QApplication.focusWidget()
    return widget is not None and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
