"""Files of prices as the window of prices takes them in: one after the other, and what came of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from diagnostics.errors import UserError
from tradein_app.bridge.job import Job
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice

if TYPE_CHECKING:
    from tradein_app.services.price_page_records import Source
    from tradein_app.viewmodels.price_access import PriceAccess

SUFFIXES = frozenset({".csv", ".tsv", ".txt"})


class Loading(QObject):
    """Takes files of prices into the shop's data.

    Args:
        access: Where prices are asked for.
        language: Of its words.
        training: Whether a training runs, which learns from none of these any more.
    """

    noticed = Signal(object)
    """A `Notice` of what came of the files."""
    done = Signal()
    """All files are looked at, and some of them are taken."""
    not_open = Signal()
    """Nobody answers yet."""

    def __init__(
        self,
        access: PriceAccess,
        language: str,
        training: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._language = language
        self._training = training
        self._job: Job | None = None
        self._waiting: list[Path] = []
        self._taken: list[Source] = []
        self._refused: list[UserError] = []

    def load(self, paths: Sequence[Path]) -> None:
        """Take in files; those that wait already are done first."""
        if self._access.door is None or self._access.worker is None:
            self.not_open.emit()
            return
        if self._job is None:
            self._job = Job(self._access.worker, self, must_happen=True)
            self._job.done.connect(self._on_taken)
            self._job.failed.connect(self._on_refused)
        self._waiting += paths
        if not self._job.running:
            self._next()

    def _next(self) -> None:
        door = self._access.door
        if not self._waiting or self._job is None or door is None:
            self._end()
            return
        path = self._waiting.pop(0)
        self._say_running(path)
        self._job.run(lambda _report: door.load(path))

    def _say_running(self, path: Path) -> None:
        text = translate("prices", "{0} is being looked through\u2026").format(path.name)
        more = translate("prices", "Still to come: {0}").format(len(self._waiting))
        self.noticed.emit(Notice("accent", text, more if self._waiting else ""))

    def _on_taken(self, source: Source) -> None:
        self._taken.append(source)
        self._next()

    def _on_refused(self, error: UserError) -> None:
        self._refused.append(error)
        self._next()

    def _end(self) -> None:
        taken, refused = tuple(self._taken), tuple(self._refused)
        self._taken, self._refused = [], []
        if taken or refused:
            self.noticed.emit(files_notice(taken, refused, self._language, training=self._training()))
        if taken:
            self.done.emit()


def files_notice(
    taken: Sequence[Source], refused: Sequence[UserError], language: str, *, training: bool
) -> Notice:
    """Return what came of files of prices: of one file in its own words, of several in one sum.

    Args:
        taken: What is in the files that were taken.
        refused: Why the others were not.
        language: Of the words.
        training: A training runs, so that another one is needed for these.
    """
    if len(taken) == 1 and not refused:
        from tradein_app.viewmodels.prices_data_words import loaded_words

        said, hint, tone = loaded_words(taken[0], language, training=training)
        return Notice(tone, said, hint)
    if len(refused) == 1 and not taken:
        return Notice("bad", *error_words(refused[0], language))
    return _of_several(taken, refused, language, training=training)


def _of_several(
    taken: Sequence[Source], refused: Sequence[UserError], language: str, *, training: bool
) -> Notice:
    from tradein_app.viewmodels.prices_data_words import train_hint
    from tradein_app.viewmodels.prices_words import count

    text = translate("prices", "{0} of {1} files are taken, with {2} prices.").format(
        len(taken), len(taken) + len(refused), count(sum(each.used for each in taken), language)
    )
    out = sum(each.rows - each.used for each in taken)
    hints = [train_hint(training=training)] if taken else []
    if out:
        hints.append(translate("prices", "Rows left out: {0}; why: Alt+2.").format(count(out, language)))
    hints += [error_words(each, language)[0] for each in refused]
    tone = "bad" if not taken else "warn" if refused or out else "ok"
    return Notice(tone, text, "\n".join(hints))
