"""The one place where unexpected exceptions of every thread end: kept in a file, told to the window."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from tradein_app.errors import CrashReport


class Crashes(QObject):
    """Catches what nobody expected; the program goes on.

    Args:
        folder: Where reports are saved; made when needed.
    """

    crashed = Signal(object)
    """A `tradein_app.errors.CrashReport`."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._before: tuple[Any, Any, Any] | None = None

    def install(self) -> None:
        """Take over the interpreter's three hooks for exceptions that nobody caught."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._on_exception(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        sys.unraisablehook = lambda args: self._on_exception(
            args.exc_type, args.exc_value, args.exc_traceback
        )

    def uninstall(self) -> None:
        """Give the hooks back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None

    def listen(self, slot: Callable[[CrashReport], None]) -> None:
        """Call ``slot`` with every report, in the window's thread, always through the event loop."""
        self.crashed.connect(slot, Qt.ConnectionType.QueuedConnection)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        problem = error if error is not None else kind()
        if isinstance(problem, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, problem, trace)
            return
        from tradein_app.errors import save_report

        report = save_report(problem.with_traceback(trace), self._folder)
        print(report.text, file=sys.stderr)  # noqa: T201 - the terminal is the last resort
        self.crashed.emit(report)
