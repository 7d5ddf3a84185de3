"""Installs the rule that lets Linux open Android phones, when a person asks for it, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.bridge.job import Job
from tradein_app.bridge.worker import Worker
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice

if TYPE_CHECKING:
    from diagnostics.errors import UserError

Install = Callable[[], Path]


class RuleInstall(QObject):
    """Works on a thread of its own: the password's dialog may stay open for minutes, and answers are saved meanwhile.

    Args:
        language: Two letters.
        install: Writes the rule and returns its file; blocks.
    """

    ended = Signal(object)
    """The `Notice` that says what came of it."""

    def __init__(self, language: str, install: Install | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._install = install or _install
        self._worker: Worker | None = None
        self._job: Job | None = None

    def start(self) -> None:
        """Ask for the administrator's password and write the rule; nothing while that goes on already."""
        if self._worker is not None:
            return
        self._worker = Worker("rule")
        self._worker.start()
        self._job = Job(self._worker, self, must_happen=True)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_failed)
        self._job.run(lambda _report: self._install())

    @property
    def running(self) -> bool:
        """Whether it waits for the password now."""
        return self._worker is not None

    def _on_done(self, file: Path) -> None:
        text = translate("rule", "The rule is installed: {0}").format(file)
        self._end(Notice("ok", text, translate("rule", "Unplug the phone and plug it in again.")))

    def _on_failed(self, error: UserError) -> None:
        written = error.code == "udev_not_taken"
        self._end(Notice("warn" if written else "bad", *error_words(error, self._language)))

    def _end(self, notice: Notice) -> None:
        if self._worker is not None:
            self._worker.stop()
        self._worker = None
        self.ended.emit(notice)


def _install() -> Path:
    from diagnostics.android.permission import install

    return install()
