"""The page of prices as the window works with it: what is chosen, its curve, and how good the models are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, QTimer, Signal

from diagnostics.errors import UserError
from tradein_app.bridge.job import Job
from tradein_app.services.price_page_records import BATTERIES, Asked, By
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice
from tradein_app.viewmodels.prices_acting import Acting
from tradein_app.viewmodels.prices_fetching import Fetching
from tradein_app.viewmodels.prices_loading import Loading

if TYPE_CHECKING:
    from tradein_app.services.price_fetching import FetchNews
    from tradein_app.services.price_page_door import PriceDoor
    from tradein_app.services.price_page_records import Choice, Choices, Overview, Place, PriceCurve
    from tradein_app.training.records import TrainingState
    from tradein_app.viewmodels.price_access import PriceAccess
    from tradein_app.viewmodels.saving import Saving

LOOK_MS = 1000
"""How often a training that runs is looked at."""
_WAIT_MS = 300
"""After so long it is asked anew while nobody answers yet: the program has only begun."""
_LOOKS = frozenset({"choices", "overview"})
FIRST = "iphone-13"
"""What is shown where the shop has no prices and no phone is chosen: a model that every shop knows."""


class PricesModel(QObject):
    """Asks for prices on a thread of their own, and changes what counts through the desk.

    Args:
        access: Where prices are asked for.
        saving: Where the desk is.
        language: Of all texts.
    """

    choices_changed = Signal()
    asked_changed = Signal()
    curve_changed = Signal()
    overview_changed = Signal()
    training_changed = Signal()
    """How far a training is, or that something was asked for that is not done yet."""
    training_began = Signal()
    """Another training than before: what was said of training now is done."""
    noticed = Signal(object)
    """A `Notice`."""

    def __init__(
        self, access: PriceAccess, saving: Saving, language: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.language = language
        self.choices: Choices | None = None
        self.asked: Asked | None = None
        self.curve: PriceCurve | None = None
        self.trouble: UserError | None = None
        self.overview: Overview | None = None
        self.overview_trouble: UserError | None = None
        self._access = access
        self._saving = saving
        self._wished = ""
        self._taken_out = ""
        self._jobs: dict[str, Job] = {}
        self._until_open = QTimer(self, interval=_WAIT_MS, singleShot=True)
        self._until_open.timeout.connect(lambda: self.open(self._wished))
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._look_at_training)
        # The desk tells it within a millisecond, also while a file of prices is read.
        self._looks = saving.job(self._on_training, failed=lambda _error: self.ask_overview())
        self.models = Acting(saving, language, lambda: self.overview, self)
        self.models.changed.connect(self.training_changed)
        self.models.noticed.connect(self.noticed)
        self.models.done.connect(self.ask_overview)
        self.models.failed.connect(self._fail)
        self.models.not_open.connect(self._say_not_open)
        self.fetching = Fetching(access, self)
        self.fetching.done.connect(self._on_fetched)
        self.fetching.failed.connect(self._fail)
        self.fetching.not_open.connect(self._say_not_open)
        self.loading = Loading(access, language, lambda: self.training, self)
        self.loading.noticed.connect(self.noticed)
        self.loading.done.connect(self.open)
        self.loading.not_open.connect(self._say_not_open)

    def open(self, title: str = "") -> None:
        """Have everything told anew.

        Args:
            title: The phone model to begin with, as the catalogue or a reading calls it; the last one when empty.
        """
        self._wished = title
        self._ask("choices", lambda door: door.choices(), self._on_choices, self._on_no_choices)
        self.ask_overview()

    def close(self) -> None:
        """Look no more; a training goes on."""
        self._look.stop()
        self._until_open.stop()

    def ask_overview(self) -> None:
        """Have told how good the models are, and what the data is like; what failed before is tried anew."""
        if self.overview_trouble is not None:
            self.overview_trouble = None
            self.overview_changed.emit()
        self._ask("overview", lambda door: door.overview(), self._on_overview, self._on_no_overview)

    # --- what is chosen

    @property
    def chosen(self) -> Choice | None:
        """The chosen phone model."""
        if self.choices is None or self.asked is None:
            return None
        return next((each for each in self.choices.models if each.id == self.asked.model), None)

    def choose(self, model: str) -> None:
        """Choose a phone model by its id; its smallest storage."""
        if self.asked is not None and self.asked.model != model:
            self._want(replace(self.asked, model=model, storage_gb=self._least_storage(model)))

    def choose_titled(self, text: str) -> bool:
        """Choose the one phone model that a typed text means; ``False`` where none does."""
        found = self._titled(text)
        if found is None:
            hint = translate("prices", "Type a part of its name, and choose it with the arrow keys.")
            said = translate("prices", "No phone model is called \u201c{0}\u201d.").format(text.strip())
            self.noticed.emit(Notice("warn", said, hint))
            return False
        self.choose(found.id)
        return True

    def set_by(self, by: By) -> None:
        """Show the price along another axis."""
        if self.asked is not None and self.asked.by is not by:
            self._want(replace(self.asked, by=by))

    def set_storage(self, gigabytes: int) -> None:
        """Show the price of another storage."""
        if self.asked is not None and self.asked.storage_gb != gigabytes:
            self._want(replace(self.asked, storage_gb=gigabytes))

    def set_grade(self, grade: str) -> None:
        """Show the price of another grade."""
        if self.asked is not None and self.asked.grade != grade:
            self._want(replace(self.asked, grade=grade))

    def set_battery(self, percent: int) -> None:
        """Show the price with another health of the battery."""
        if self.asked is not None and self.asked.battery != percent:
            self._want(replace(self.asked, battery=percent))

    def set_place(self, place: Place) -> None:
        """Show the price in another market."""
        if self.asked is not None:
            self._want(replace(self.asked, market=place.market, currency=place.currency))

    def next_of(self, what: str) -> None:
        """Go on to the next ``by``, ``grade``, ``storage``, ``battery`` or ``place``; the first follows the last."""
        if self.asked is None or self.choices is None or self.chosen is None:
            return
        asked = self.asked
        if what == "by":
            self.set_by(_after(tuple(By), asked.by))
        elif what == "grade":
            self.set_grade(_after(self.choices.grades, asked.grade))
        elif what == "battery":
            self.set_battery(_after(BATTERIES, asked.battery))
        elif what == "storage":
            self.set_storage(_after(self.chosen.storages, asked.storage_gb))
        else:
            places = self.choices.places
            at = [(each.market, each.currency) for each in places].index((asked.market, asked.currency))
            self.set_place(places[(at + 1) % len(places)])

    def _want(self, asked: Asked) -> None:
        self.asked = asked
        self.asked_changed.emit()
        self._ask("curve", lambda door: door.curve(asked), self._on_curve, self._on_no_curve)

    def _titled(self, text: str) -> Choice | None:
        wanted = " ".join(text.casefold().split())
        close = wanted.replace(" ", "")
        models = self.choices.models if self.choices else ()
        named = [each for each in models if wanted in {each.title.casefold(), each.id}]
        named = named or [each for each in models if each.title.casefold().endswith(f" {wanted}")]
        named = named or [each for each in models if wanted and wanted in each.title.casefold()]
        # "iphone13" is what fingers type.
        named = named or [each for each in models if close and _close(each.title).endswith(close)]
        named = named or [each for each in models if close and close in _close(each.title)]
        return named[0] if named else None

    def _least_storage(self, model: str) -> int:
        found = (
            next((each for each in self.choices.models if each.id == model), None) if self.choices else None
        )
        return found.storages[0] if found else 0

    # --- what a person does

    def load(self, *paths: Path) -> None:
        """Take files of prices into the shop's data."""
        self.loading.load(paths)

    def save_example(self, path: Path) -> None:
        """Write an example file of prices; the separator is the one that this computer's spreadsheet wants."""
        from tradein_app.services.price_page_template import write_template
        from tradein_app.viewmodels.prices_data_words import example_note

        try:
            write_template(path, example_note(), separator=";" if QLocale().decimalPoint() == "," else ",")
        except UserError as error:
            self._fail(error)
            return
        said = translate("prices", "The example file is saved.")
        hint = translate(
            "prices", "Fill in your prices, delete its two rows, and drop the file onto this window."
        )
        self.noticed.emit(Notice("ok", said, hint, path=str(path)))

    def take_out(self, name: str) -> None:
        """Take a loaded file out of the shop's data; the model in use stays until the next training."""
        self._taken_out = name
        self._ask("take_out", lambda door: door.take_out(name), self._on_taken_out)

    @property
    def training(self) -> bool:
        """Whether a training runs."""
        return self.overview is not None and self.overview.training.running

    # --- what is told

    def _on_choices(self, choices: Choices) -> None:
        self.choices = choices
        self.choices_changed.emit()
        wished = self._titled(self._wished) if self._wished else None
        if wished is not None or self.asked is None:
            first = wished or self._most_priced() or choices.models[0]
            before = self.asked or Asked(
                first.id, market=choices.places[0].market, currency=choices.places[0].currency
            )
            self._want(replace(before, model=first.id, storage_gb=first.storages[0]))
        else:
            self._want(self.asked)

    def _most_priced(self) -> Choice | None:
        """Return the phone model of which the shop has most prices; a common one where it has none."""
        models = self.choices.models if self.choices else ()
        best = max(models, key=lambda each: each.rows, default=None)
        if best is not None and best.rows:
            return best
        return next((each for each in models if each.id == FIRST), best)

    def _on_curve(self, curve: PriceCurve) -> None:
        self.curve, self.trouble, self.asked = curve, None, curve.asked
        self.curve_changed.emit()

    def _on_no_curve(self, error: UserError) -> None:
        self.curve, self.trouble = None, error
        self.curve_changed.emit()

    def _on_no_choices(self, error: UserError) -> None:
        """Say it where the price would be; a price that stands there already stays."""
        if self.curve is None:
            self._on_no_curve(error)
        else:
            self.noticed.emit(Notice("bad", *error_words(error, self.language)))

    def _on_no_overview(self, error: UserError) -> None:
        """Say it, and ask no more by itself: what failed now fails in a moment, too."""
        self._look.stop()
        self.overview_trouble = error
        self.overview_changed.emit()

    def _on_overview(self, overview: Overview) -> None:
        before, self.overview = self.overview, overview
        self._look_for_another(before, overview.training)
        if overview.training.running:
            self._look.start()
        else:
            self._look.stop()
            if before is not None and before.training.running:
                self.models.look()
        if before is not None and before.standing != overview.standing and self.asked is not None:
            # Another model counts: the shown price is its price from now on.
            self._want(self.asked)
        self.overview_changed.emit()

    def _look_at_training(self) -> None:
        desk = self._saving.desk
        if desk is not None and not self._looks.running:
            self._looks.run(lambda _report: desk.training())

    def _on_training(self, training: TrainingState) -> None:
        if self.overview is None:
            return
        if not training.running:
            self.ask_overview()
            return
        before, self.overview = self.overview, replace(self.overview, training=training)
        self._look_for_another(before, training)
        self.training_changed.emit()

    def _look_for_another(self, before: Overview | None, now: TrainingState) -> None:
        if before is not None and before.training.started != now.started:
            self.training_began.emit()

    def _on_fetched(self, news: FetchNews) -> None:
        from tradein_app.viewmodels.prices_fetch_words import summary

        said, hint, tone = summary(news, self.language)
        self.noticed.emit(Notice(tone, said, hint))
        self.open()

    def _on_taken_out(self, _done: object) -> None:
        said = translate("prices", "{0} is taken out; it is kept in prices/taken-out.").format(
            self._taken_out
        )
        hint = translate("prices", "Train now, and its prices count no more.")
        self.noticed.emit(Notice("ok", said, hint))
        self.open()

    def _fail(self, error: UserError) -> None:
        self.noticed.emit(Notice("bad", *error_words(error, self.language)))
        self.ask_overview()

    def _say_not_open(self) -> None:
        text = translate("prices", "Prices are not open yet. Try again in a moment.")
        self.noticed.emit(Notice("warn", text))

    def _ask(
        self,
        name: str,
        work: Callable[[PriceDoor], Any],
        done: Callable[[Any], object],
        failed: Callable[[Any], object] | None = None,
    ) -> None:
        door, worker = self._access.door, self._access.worker
        if door is None or worker is None:
            if name in _LOOKS:
                self._until_open.start()
            else:
                self._say_not_open()
            return
        if name not in self._jobs:
            job = self._jobs[name] = Job(worker, self, must_happen=name == "take_out")
            job.done.connect(done)
            job.failed.connect(failed or self._fail)
        self._jobs[name].run(lambda _report: work(door))


def _after(values: tuple[Any, ...], value: Any) -> Any:
    """Return the next value, the first after the last or where the value is none of them."""
    return values[(values.index(value) + 1) % len(values)] if value in values else values[0]


def _close(title: str) -> str:
    """Return a title without blanks, to be compared."""
    return title.casefold().replace(" ", "")
