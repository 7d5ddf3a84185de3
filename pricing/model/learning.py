"""The whole training: mistakes left out, the model, its ranges on rows and phone models left out, its card."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from pricing.model.aging import least_falls
from pricing.model.columns import NUMBERS, Columns, Floats
from pricing.model.difficulty import HINTS, hints_of
from pricing.model.folding import FOLDS, alike, by_model, folds
from pricing.model.intervals import Missed, calibrate
from pricing.model.measures import score
from pricing.model.scoring import Prices, Scorer
from pricing.model.terms import EDITION, fill
from pricing.model.trained import KNOWN_FROM, Card, Score, Trained
from pricing.model.training import TREES, absurd, fit, one_thread, too_few

SEED = 20
Progress = Callable[[float], None]
_FITS = 2 * FOLDS + 1
_MISSED = tuple(field.name for field in fields(Missed))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was predicted for rows that were left out of training.

    Attributes:
        rows: Places in the training data.
        fold: In which each was left out.
        missed: By how much each was missed.
    """

    rows: NDArray[np.int64]
    fold: NDArray[np.int64]
    missed: Missed


def train(data: Columns, *, seed: int = SEED, progress: Progress | None = None) -> Trained:
    """Return a model with its ranges and its scores.

    Args:
        data: Rows with positive prices.
        seed: The same rows and seed give the same model to the bit.
        progress: Called with 0 .. 1; may raise to stop the training.

    Raises:
        BadInput: There are too few prices.
    """
    steps = _Steps(progress)
    mistakes = absurd(data)
    kept = data.take(~mistakes)
    if len(kept) == 0:
        raise too_few(0)
    card = _card(kept, seed, int(mistakes.sum()))
    model = fit(kept, seed, card)
    steps.done()
    seen = leave_out(kept, alike(kept), seed, steps.done)
    new = leave_out(kept, by_model(kept), seed, steps.done)
    seen = _pick(seen, _known_rows(kept)[seen.rows])
    with one_thread():
        falls = least_falls(model)
        ranges = {"known": calibrate(seen.missed, falls), "new": calibrate(new.missed, falls)}
        splits = {"sellers": seen, "models": new}
        scores = tuple(_score(kept, name, left, falls) for name, left in splits.items() if len(left.rows))
    return replace(model, ranges=ranges, card=replace(card, scores=scores))


def leave_out(data: Columns, groups: NDArray[np.int64], seed: int, done: Callable[[], None]) -> LeftOut:
    """Return predictions for each row by a model that saw nothing of its group."""
    fold = folds(groups, seed)
    log_price, hints = np.full(len(data), np.nan), np.zeros((len(data), HINTS))
    card = _card(data, seed, 0)
    for number in range(FOLDS):
        tested = fold == number
        rest = data.take(~tested)
        if tested.any() and len(np.unique(groups[~tested])) > 1 and len(rest) >= len(data) // 3:
            log_price[tested], hints[tested] = _predicted(rest, data.take(tested), seed, card)
        done()
    errors = np.log(data.price) - log_price
    brands = np.array([phone.brand for phone in data.phones])[data.phone]
    everything = LeftOut(np.arange(len(data)), fold, Missed(log_price, errors, groups, hints, brands))
    return _pick(everything, np.isfinite(log_price))


def _predicted(rest: Columns, tested: Columns, seed: int, card: Card) -> tuple[Floats, Floats]:
    """Return ln(price) of each tested row, and what tells how hard it is to price."""
    try:
        scorer = Scorer(fit(rest, seed, card))
    except ValueError:
        return np.full(len(tested), np.nan), np.zeros((len(tested), HINTS))
    full = scorer.complete(tested)
    return scorer.log_price(full), np.column_stack(hints_of(fill(scorer.model.shape, full)))


def _known_rows(data: Columns) -> NDArray[np.bool_]:
    """Return which rows belong to models that stay known when a fold is left out."""
    keys = np.array(data.row_keys(), dtype=object)
    names, place, counts = np.unique(keys.astype(str), return_inverse=True, return_counts=True)
    return np.asarray((names[place] != "") & (counts[place] > KNOWN_FROM))


def _pick(left: LeftOut, wanted: NDArray[np.bool_]) -> LeftOut:
    missed = {name: getattr(left.missed, name)[wanted] for name in _MISSED}
    return LeftOut(left.rows[wanted], left.fold[wanted], Missed(**missed))


def _score(data: Columns, name: str, left: LeftOut, falls: Sequence[float]) -> Score:
    """Return the score of rows left out; each fold's ranges come from the other folds."""
    middle = left.missed.log_price
    low, high = np.zeros(len(middle)), np.zeros(len(middle))
    for number in np.unique(left.fold):
        tested = left.fold == number
        ranges, tried = calibrate(_pick(left, ~tested).missed, falls), _pick(left, tested).missed
        low[tested], high[tested] = ranges.reach(tried.log_price, tried.usual_errors(ranges.difficulty))
    known = np.full(len(middle), name != "models")
    prices = Prices(np.exp(middle + low), np.exp(middle), np.exp(middle + high), known)
    return score(name, data.price[left.rows], prices)


class _Steps:
    """Counts the fits that are done."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._count = 0

    def done(self) -> None:
        self._count += 1
        if self._progress is not None:
            self._progress(self._count / _FITS)


def _card(data: Columns, seed: int, mistakes: int) -> Card:
    print_ = fingerprint(data)
    days = data.day[np.isfinite(data.day)]
    return Card(
        version=_version(print_, seed),
        fingerprint=print_,
        seed=seed,
        rows=len(data),
        models=len({key for key in data.row_keys() if key}),
        absurd=mistakes,
        days=(int(days.min()), int(days.max())) if len(days) else (0, 0),
    )


def _version(print_: str, seed: int) -> str:
    """Return a name that another way of learning changes, too, not only other data."""
    way = f"{print_} {seed} {EDITION} {sorted(TREES.items())}"
    return f"model-{hashlib.sha256(way.encode()).hexdigest()[:12]}"


def fingerprint(data: Columns) -> str:
    """Return the SHA-256 of some rows, in their order."""
    digest = hashlib.sha256()
    for phone in data.row_keys():
        digest.update(phone.encode() + b"\n")
    for place in data.place:
        digest.update("|".join(data.places[place]).encode())
    for name in NUMBERS:
        digest.update(np.ascontiguousarray(getattr(data, name)).tobytes())
    return digest.hexdigest()
