"""Keeps a trained model, and says in the standing what it is: the champion, or one that waits."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from diagnostics.errors import BadInput
from pricing.model.columns import Columns
from pricing.model.keeping import load, save
from pricing.model.trained import Card, Trained
from pricing.standing.changing import promoted, taken_back, trained
from pricing.standing.judging import of_score
from pricing.standing.keeping import read_standing, write_standing
from pricing.standing.places import model_folder, models_folder, prices_folder, standing_file
from pricing.standing.records import Entry, Reason, Standing, Verdict
from pricing.standing.seen import keep_seen
from tradein_app.training.choosing import Choice
from tradein_app.training.records import Outcome
from tradein_app.training.state import STATE_FILE, standing_held
from tradein_app.training.working import Order

_UNFINISHED = ".new-"
_SET_ASIDE = "damaged"


@dataclass(frozen=True, slots=True)
class Made:
    """What a training made.

    Attributes:
        sources: Names of the files that its prices came from.
        memory_mb: See `tradein_app.training.working.memory_mb`.
    """

    data: Columns
    model: Trained
    sources: tuple[str, ...]
    choice: Choice
    memory_mb: float | None
    seconds: float


def tidy(home: Path) -> None:
    """Take away what a training left half made; only one runs at a time."""
    for folder in models_folder(home).glob(f"{_UNFINISHED}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for file in prices_folder(home).glob(f".{STATE_FILE}.*"):
        file.unlink(missing_ok=True)


def shelve(order: Order, made: Made) -> tuple[Outcome, Verdict | None]:
    """Keep a model, and return what it is now.

    Raises:
        UserError: It cannot be written; what counted before counts.
    """
    _put(order, made)
    if made.choice.verdict is None:
        return Outcome.UNCHANGED, None
    with standing_held(order.home):
        standing = _standing(order.home)
        verdict = _final(standing, made, made.choice.verdict)
        now, entry = datetime.now(UTC), _entry(made, verdict)
        after = trained(standing, entry, at=now, actor=order.actor)
        if verdict.good:
            after = promoted(after, entry.version, at=now, actor=order.actor, by_itself=True)
        write_standing(order.home, after)
    return (Outcome.PROMOTED if verdict.good else Outcome.WAITS), verdict


def _put(order: Order, made: Made) -> None:
    """Put the model into its folder, whole or not at all."""
    new = models_folder(order.home) / f"{_UNFINISHED}{order.run}"
    target = model_folder(order.home, made.model.card.version)
    try:
        save(made.model, new)
        keep_seen(new, made.data)
        load(new)
        _set_aside(target)
        if not target.exists():
            new.rename(target)
    except OSError as error:
        raise BadInput(
            f"The model cannot be written to {target}: {error.strerror or error}.",
            "Make room there or allow writing, and train again; what counted before still counts.",
            "model_not_written",
        ) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _set_aside(target: Path) -> None:
    """Move a model that is damaged out of the way; one that is whole is the same to the bit, and stays."""
    if not target.exists():
        return
    try:
        load(target, target.name)
    except BadInput:
        target.rename(target.with_name(f".{_SET_ASIDE}-{target.name}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"))


def _standing(home: Path) -> Standing:
    """Return the standing; a damaged one is put beside its place, and a new one begins."""
    try:
        return read_standing(home)
    except BadInput:
        path = standing_file(home)
        path.rename(path.with_name(f"{path.name}.{_SET_ASIDE}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"))
        return Standing()


def _final(standing: Standing, made: Made, verdict: Verdict) -> Verdict:
    """Return the verdict, less good where a person meanwhile decided otherwise."""
    champion = standing.champion.version if standing.champion else ""
    if champion != made.choice.against:
        return replace(verdict, better=False, reasons=(Reason("champion_changed"), *verdict.reasons))
    if taken_back(standing, made.model.card.version):
        return replace(verdict, better=False, reasons=(Reason("taken_back"), *verdict.reasons))
    return verdict


def _entry(made: Made, verdict: Verdict) -> Entry:
    card = made.model.card
    first, last = _days(card)
    return Entry(
        version=card.version,
        trained_at=datetime.now(UTC),
        kind="asks",
        rows=card.rows,
        models=card.models,
        first_day=first,
        last_day=last,
        fingerprint=card.fingerprint,
        seed=card.seed,
        sources=made.sources,
        scores=tuple(of_score(score) for score in card.scores),
        verdict=verdict,
        memory_mb=made.memory_mb,
        seconds=round(made.seconds, 2),
    )


def _days(card: Card) -> tuple[date | None, date | None]:
    first, last = card.days
    return (date.fromordinal(first), date.fromordinal(last)) if first > 0 else (None, None)
