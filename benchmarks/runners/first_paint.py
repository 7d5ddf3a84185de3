"""Opens a window and tells when it was painted: ``python -m benchmarks.runners.first_paint ours|bare``.

``ours`` is the program as a person starts it, ``bare`` a QMainWindow of the same size with a label. In both the window
is watched from the moment it is shown, by an event filter on that one window. Times are CLOCK_MONOTONIC, which all
processes of a machine share, so that the parent can subtract the time at which it started this process.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

SIZE = (1360, 860)


class Watch(QObject):
    """Tells when a window's first picture stands: the first Paint has been handled and the loop came round.

    A window that furnishes itself after that says so by ``furnished``; that moment is told, too.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._times: dict[str, float] = {}
        self._timer = QTimer(self, interval=2)
        self._timer.timeout.connect(self._look)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and watched is self._window:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._note_painted)
        return False

    def _note_painted(self) -> None:
        self._times["painted"] = time.clock_gettime(time.CLOCK_MONOTONIC)
        print("PAINTED", file=sys.stderr, flush=True)
        self._timer.start()

    def _look(self) -> None:
        if getattr(self._window, "furnished", True):
            self._timer.stop()
            QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        self._times["furnished"] = time.clock_gettime(time.CLOCK_MONOTONIC)
        print(json.dumps(self._times), flush=True)
        os._exit(0)  # what comes after that is not measured here


def main() -> None:
    side = sys.argv[1]
    show = QMainWindow.show

    def watched_show(window: QMainWindow) -> None:
        Watch(window)
        show(window)

    QMainWindow.show = watched_show  # type: ignore[method-assign, assignment]
    if side == "ours":
        sys.argv = ["tradein"]
        runpy.run_module("tradein_app", run_name="__main__", alter_sys=True)
    else:
        open_bare()


def open_bare() -> None:
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setWindowTitle("bare")
    window.setCentralWidget(QLabel("A window"))
    window.resize(*SIZE)
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
