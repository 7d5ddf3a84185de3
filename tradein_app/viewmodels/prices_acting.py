"""What a person does to price models from the window: train, cancel, put in use, go back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.notices import Notice

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from pricing.standing.records import Standing
    from tradein_app.services.door import Door
    from tradein_app.services.price_page_records import Overview
    from tradein_app.services.records import Actor
    from tradein_app.viewmodels.saving import Saving


@dataclass(frozen=True, slots=True)
class _Promoted:
    """A model that waited or was kept counts now: where models stand."""

    after: Standing


@dataclass(frozen=True, slots=True)
class _Back:
    """A step back to the model before: which models stood where, and where they stand now."""

    before: Standing
    after: Standing


class Acting(QObject):
    """Has the desk change which model counts, or begin or end a training: one thing at a time.

    Args:
        saving: Where the desk is.
        language: Of all texts.
        overview: Tells how things stand by what is known; ``None`` before anything is.
    """

    changed = Signal()
    """Something was asked for, or is done."""
    done = Signal()
    """It is done: things stand otherwise now."""
    failed = Signal(object)
    """The `diagnostics.errors.UserError` that says why it is not."""
    noticed = Signal(object)
    """A `Notice`."""
    not_open = Signal()
    """There is no desk yet."""

    def __init__(
        self,
        saving: Saving,
        language: str,
        overview: Callable[[], Overview | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._saving = saving
        self._language = language
        self._overview = overview
        self._acts = saving.job(self._on_done, must_happen=True, failed=self._on_failed)

    @property
    def busy(self) -> bool:
        """Whether the desk was asked for something that it has not done yet."""
        return self._acts.running

    def train(self) -> None:
        """Begin a training in a process of its own."""
        self._act(lambda desk: desk.start_training(actor=_person()))

    def cancel(self) -> None:
        """Ask the training to stop; prices stay as they are."""
        self._act(lambda desk: desk.cancel_training(actor=_person()))

    def look(self) -> None:
        """Have the desk look at a training that ended: what it promoted goes into the audit log then."""
        self._act(lambda desk: desk.training())

    def promote(self, version: str = "") -> None:
        """Have a model count from now on; one that is damaged is refused, and that is said.

        Args:
            version: Of a kept one; of the one that waits when empty.
        """
        overview = self._overview()
        waiting = overview.standing.challenger if overview else None
        name = version or (waiting.version if waiting else "")
        if name:
            self._act(lambda desk: _Promoted(desk.promote_price_model(name, actor=_person())))

    def back(self) -> None:
        """Have the model before this one count again; what this one was is kept."""
        overview = self._overview()
        if overview is None or overview.standing.champion is None:
            return
        before, version = overview.standing, overview.standing.champion.version
        self._act(lambda desk: _Back(before, desk.price_model_back(version, actor=_person())))

    def _act(self, work: Callable[[Door], object]) -> None:
        desk = self._saving.desk
        if desk is None:
            self.not_open.emit()
            return
        self._acts.run(lambda _report: work(desk))
        self.changed.emit()

    def _on_done(self, done: object) -> None:
        self.changed.emit()
        if isinstance(done, _Back):
            self._say_back(done)
        if isinstance(done, _Promoted):
            self._say_promoted(done)
        self.done.emit()

    def _say_promoted(self, done: _Promoted) -> None:
        from tradein_app.viewmodels.prices_words import model_name

        if done.after.champion is not None:
            said = translate("prices", "{0} sets the price from now on.")
            self.noticed.emit(Notice("ok", said.format(model_name(done.after.champion, self._language))))

    def _say_back(self, back: _Back) -> None:
        from tradein_app.training.words import back_lines
        from tradein_app.viewmodels.prices_words import model_name

        name = partial(model_name, language=self._language)
        first, *others = back_lines(back.before, back.after, self._language, name, kept="listed")
        self.noticed.emit(Notice("ok", first, " ".join(others)))

    def _on_failed(self, error: UserError) -> None:
        self.changed.emit()
        self.failed.emit(error)


def _person() -> Actor:
    from tradein_app.services.records import THE_PERSON

    return THE_PERSON
