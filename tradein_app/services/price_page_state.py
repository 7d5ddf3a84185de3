"""Which models stand where, what came of the quotes, and how far a training is: as the page is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.errors import UserError
from tradein_app.services.price_page_records import RatesKnown, Watch

if TYPE_CHECKING:
    from pricing.standing.records import Standing
    from tradein_app.training.records import TrainingState


def standing_of(home: Path | None) -> tuple[Standing, str]:
    """Return which model counts, and why that cannot be told where the file is damaged."""
    from pricing.standing.keeping import read_standing
    from pricing.standing.records import Standing

    if home is None:
        return Standing(), ""
    try:
        return read_standing(home), ""
    except UserError as error:
        return Standing(), error.message


def watch_of(folder: Path, today: date) -> Watch:
    """Return what came of the promises that quotes made."""
    from pricing.drift import drift_of
    from pricing.own_deals import FILE

    found = drift_of(folder / FILE, today)
    if not found.sales:
        return Watch()
    held = round((found.coverage or 0.0) * found.sales)
    return Watch(found.verdict.value, found.sales, found.bias_percent or 0.0, held, found.since)


def training_of(home: Path | None) -> TrainingState:
    """Return the training that runs, or the last one."""
    from tradein_app.training.beginning import current
    from tradein_app.training.records import TrainingState

    return current(home) if home else TrainingState()


def rates_of(home: Path | None, today: date) -> RatesKnown | None:
    """Return how new the exchange rates are that hold today."""
    from pricing.rates.keeping import rates_in
    from pricing.rates.table import NEW_DAYS, SHIPPED

    known = rates_in(home)
    held = known.on(today)
    if held is None:
        return None
    old = (today - held.day).days > NEW_DAYS
    return RatesKnown(held.day, held.origin == SHIPPED, bool(known.wrong), old)


def feeds_named(home: Path | None) -> int:
    """Return how many feeds the shop names; 0 where their file cannot be used, the data's health says why."""
    from pricing.feeds.feed import feeds_of

    try:
        return len(feeds_of(home)) if home else 0
    except UserError:
        return 0
