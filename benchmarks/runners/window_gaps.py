"""Measures how long a window's event loop is away: ``python -m benchmarks.runners.window_gaps SIDE PHONES``.

SIDE is ``ours`` (the whole program; PHONES of the practice bench come and are read) or ``bare`` (a QMainWindow with a
label, which shows what the machine itself does to an event loop under the same load). The parent and this process talk
in lines: this one prints ``ready``; the parent plugs the phones in. When all are read and saved, this one has them all
read again while a person answers the checklist, and prints what it found as one JSON object. The bare side measures
from ``ready`` until a line comes in.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from benchmarks.runners.blame import Blame
from benchmarks.runners.first_paint import SIZE

if TYPE_CHECKING:
    from tradein_app.app import App

LONG = 0.030
"""Seconds from which a gap is taken apart."""
SETTLE = 0.5
PATIENCE = 90.0
"""Seconds after which a run that hangs ends without a result."""
ANSWER_EVERY_MS = 150
ANSWERS = 20


class Gaps(QObject):
    """A timer of one millisecond in the window's thread, and the times between its ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.phases: dict[str, dict[str, Any]] = {}
        self.checks: list[Callable[[], object]] = []
        self._blame = Blame() if os.environ.get("BENCH_EXPLAIN") else None
        self._pauses = Pauses()
        self._phase = ""
        self._last = 0.0
        self._before = (b"0 0 0", 0.0)
        self._usage = os.open(f"/proc/self/task/{threading.get_native_id()}/schedstat", os.O_RDONLY)
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def begin(self, phase: str) -> None:
        """Measure from now on under another name; the gap that is open counts for the new one."""
        self.note_memory()
        self.phases[phase] = {"worst": 0.0, "ticks": 0, "gc": 0.0, "long": []}
        if not self._phase:
            self._last, self._before = time.perf_counter(), self._used()
            self._timer.start()
        self._phase = phase

    def note_memory(self) -> None:
        """Note what both processes hold at the end of the phase that runs."""
        if self._phase:
            pids = [os.getpid(), *(child.pid for child in multiprocessing.active_children())]
            self.phases[self._phase]["memory"] = [_resident(pid) for pid in pids]

    def end(self) -> None:
        self.note_memory()
        self._timer.stop()
        self._phase = ""

    def _used(self) -> tuple[bytes, float]:
        """Return the kernel's account of this thread, taken apart only after a long gap, and the process's seconds."""
        return os.pread(self._usage, 100, 0), time.process_time()

    def _tick(self) -> None:
        now, used = time.perf_counter(), self._used()
        gap, phase = now - self._last, self.phases[self._phase]
        phase["ticks"] += 1
        phase["worst"] = max(phase["worst"], gap)
        phase["gc"] = max(phase["gc"], self._pauses.worst())
        if gap > LONG:
            phase["long"].append(self._taken_apart(gap, used))
        self._last, self._before = now, used
        if self._blame is not None:
            self._blame.ticked()
        for check in self.checks:
            check()

    def _taken_apart(self, gap: float, used: tuple[bytes, float]) -> dict[str, Any]:
        ran, waited = (_nanoseconds(used[0], i) - _nanoseconds(self._before[0], i) for i in (0, 1))
        return {
            "gap": gap,
            "window": ran / 1e9,
            "core": waited / 1e9,
            "others": used[1] - self._before[1] - ran / 1e9,
            "stacks": self._blame.found() if self._blame else [],
        }


class Pauses:
    """How long the garbage collector holds everything up."""

    def __init__(self) -> None:
        self._worst = self._started = 0.0
        gc.callbacks.append(self._note)

    def worst(self) -> float:
        """Return the longest pause since this was asked last, in seconds."""
        worst, self._worst = self._worst, 0.0
        return worst

    def _note(self, phase: str, _info: object) -> None:
        if phase == "start":
            self._started = time.perf_counter()
        else:
            self._worst = max(self._worst, time.perf_counter() - self._started)


def _resident(pid: int | None) -> int:
    """Return how many bytes a process holds in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _nanoseconds(account: bytes, field: int) -> int:
    return int(account.split()[field])


class Scenario(QObject):
    """What a person and eight phones do to the window."""

    def __init__(self, app: App, phones: int, gaps: Gaps) -> None:
        super().__init__(app)
        assert app.session is not None
        self._app = app
        self._bench = app.session.bench
        self._phones = phones
        self._gaps = gaps
        self._left = ANSWERS
        self._checked = 0.0
        self._since: float | None = None
        self._step: Callable[[], None] = self._when_open
        self._answering = QTimer(self, interval=ANSWER_EVERY_MS)
        self._answering.timeout.connect(self._answer)

        gaps.checks.append(self._check)

    def _check(self) -> None:
        """Look every 20 ms whether the next phase may begin."""
        now = time.perf_counter()
        if now - self._checked > 0.02:
            self._checked = now
            self._step()

    def _settled(self, *, condition: bool) -> bool:
        now = time.perf_counter()
        self._since = (self._since or now) if condition else None
        return self._since is not None and now - self._since > SETTLE

    def _when_open(self) -> None:
        bench = self._bench
        if self._settled(condition=bench.saving.ready and bench.checklist.checklist is not None):
            self._since = None
            self._gaps.begin("reading")
            self._step = self._when_read
            print("ready", flush=True)

    def _note_models(self) -> None:
        """Note how long after the first phone all tiles show what they are."""
        phase, ports = self._gaps.phases["reading"], self._bench.devices.board.ports
        if ports and "first" not in phase:
            phase["first"] = time.perf_counter()
        known = [port for port in ports if port.phone and port.phone.reading.identity.model]
        if "models" not in phase and len(known) == self._phones:
            phase["models"] = time.perf_counter() - phase["first"]

    def _all_read(self) -> bool:
        ports = self._bench.devices.board.ports
        done = [port for port in ports if port.phone and not port.phone.busy and port.record_id]
        ready = [port for port in done if port.phone and port.phone.reading.state == "ready"]
        return len(ready) == self._phones

    def _when_read(self) -> None:
        self._note_models()
        if self._settled(condition=self._all_read()):
            self._since = None
            self._gaps.begin("answering")
            self._step = self._when_answered
            self._app.window.open_panel("checklist")
            for index in range(self._phones):
                self._bench.read_again(index)
            self._answering.start()

    def _answer(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._answering.stop()
            return
        checklist = self._bench.checklist
        question = checklist.current
        if question is not None and question.answers:
            checklist.press_digit(1)
        checklist.next_open()

    def _when_answered(self) -> None:
        if self._left <= 0 and self._settled(condition=self._all_read()):
            self._gaps.end()
            self._app.stop()
            tell(self._gaps)


def tell(gaps: Gaps) -> None:
    print(json.dumps(gaps.phases), flush=True)
    os._exit(0)


def open_ours(phones: int) -> None:
    """Open the program as a person does; the scenario begins where the program itself begins its work."""
    from tradein_app import __main__
    from tradein_app.bridge.interpreter import prepare

    prepare()
    from tradein_app import app as module

    class Watched(module.App):
        def start_soon(self) -> None:
            self._gaps = Gaps()
            self._gaps.begin("opening")
            super().start_soon()

        def start(self) -> None:
            super().start()
            Scenario(self, phones, self._gaps)

    module.App = Watched  # type: ignore[misc]
    __main__.main([])


def open_bare() -> None:
    app = QApplication(sys.argv[:1])
    gaps = Gaps()
    window = QMainWindow()
    window.setCentralWidget(QLabel("A window"))
    window.resize(*SIZE)
    window.show()
    wait = threading.Thread(target=sys.stdin.readline, daemon=True)
    gaps.checks.append(lambda: None if wait.is_alive() else tell(gaps))

    def begin() -> None:
        wait.start()
        gaps.begin("reading")
        print("ready", flush=True)

    QTimer.singleShot(300, begin)
    app.exec()


def main() -> None:
    patience = threading.Timer(PATIENCE, os._exit, (3,))
    patience.daemon = True
    patience.start()
    if sys.argv[1] == "ours":
        open_ours(int(sys.argv[2]))
    else:
        open_bare()


if __name__ == "__main__":
    main()
