"""Whether a challenger may take the champion's place without being asked: better by more than chance, and calibrated.

*Better*: on the same prices, which neither has seen (`pricing.standing.trying`), the challenger's errors of ln(price)
are smaller. Errors of one phone model are alike, so phone models are drawn, not prices: 1,000 draws with replacement,
the same phones for both models. In 95 of 100 draws the challenger must be ahead, and by one percent in all.

*Calibrated*: of known phone models 76 to 86 % of the prices that were left out lie in the 80 % range, of new ones 75 to
92 %, each with an allowance for chance (twice the standard error with each phone model as one witness, at most ten
percent); and no step to something better lowers a price.

A first model has nobody to be held against: it must explain half of the differences between prices of known phone
models (R² 0.5), and of new ones more than nothing. And no model is put in use by itself that names no currency: it has
no price for any phone.

Nor may it be much worse on what the champion knew, or its errors much larger than the champion's were: new prices that
are nonsense are told best by a model that learned the same nonsense.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pricing.model.columns import Columns
from pricing.model.folding import by_model
from pricing.model.intervals import SHARE
from pricing.model.measures import score, violations
from pricing.model.scoring import Prices, Scorer
from pricing.model.trained import Score, Trained
from pricing.standing.records import Reason, Tried, TriedOn, Verdict
from pricing.standing.trying import Champion, Mask, Progress, Trial, enough, some, tried

BOUNDS = {"sellers": (0.76, 0.86), "models": (0.75, 0.92), "later": (0.75, 0.92)}
"""Of the share of prices in the 80 % range, by what was left out; later prices are of known and new phone models."""
DRAWS = 1000
_DRAWN_FROM = 20
"""The seed of the draws: the same prices give the same verdict."""
_MOST_ALLOWED = 0.1
_LEAST_R2 = 0.5
"""Of a first model: below it the seed's curves say as much."""
_MOST_UNPRICED = 0.2
"""Share of the prices for which the champion has no word; beyond it one that has is better without a count."""
_LEAST_GAIN = 0.01
"""Smaller errors by less are no reason for other prices tomorrow; trees that grow anew differ by as much."""
_MOST_WORSE = 0.1
"""By so much the errors may grow on prices that the champion knew: a new market costs the old one a little."""
_MOST_NOISE = 1.5
"""Times the champion's MAPE on what it left out, at the places that it knew."""
_PRAISE = frozenset({"first_model", "better", "prices_more"})
_PIECE = 100
_NEVER = -1.0


def judge(
    data: Columns, challenger: Trained, champion: Champion | None, *, progress: Progress | None = None
) -> Verdict:
    """Return whether a challenger is better than the champion, and calibrated; the same data, the same verdict.

    Args:
        data: All prices that the challenger learned from.
        challenger: What was trained on them.
        champion: The model that counts; ``None`` where none does, or none that can be used.
        progress: Called with 0 .. 1; may raise to stop.
    """
    tell = progress or _silent
    broken = max(violations(Scorer(challenger).p50, data).values())
    if champion is None:
        return _pricing(challenger, _alone(challenger, broken))
    trial = tried(data, champion, challenger, tell)
    if trial is None:
        return _pricing(challenger, _undecided(data, challenger, champion, broken))
    return _pricing(challenger, _compared(trial, challenger, champion, broken))


def of_score(one: Score, *, violations: float | None = None) -> Tried:
    """Return a score as a record without numpy."""
    broken = one.violations if violations is None else violations
    return Tried(one.split, one.rows, one.r2, one.mape, one.coverage, one.width, broken)


def _pricing(challenger: Trained, verdict: Verdict) -> Verdict:
    """Return the verdict; of a model that has no price in any currency that it is not better, whatever else it is."""
    if any(place.partition("|")[2] for place in challenger.places):
        return verdict
    others = (one for one in verdict.reasons if one.code not in _PRAISE)
    return replace(verdict, better=False, reasons=(Reason("no_currency"), *others))


def _alone(challenger: Trained, broken: float) -> Verdict:
    seen = next((one for one in challenger.card.scores if one.split == "sellers"), None)
    poor = tuple(_poor(challenger))
    better = not poor
    doubts = tuple(_doubts(challenger, broken))
    return Verdict(
        better=better,
        calibrated=not doubts,
        tried_on=TriedOn.ALONE,
        rows=seen.rows if seen else 0,
        models=challenger.card.models,
        reasons=(*doubts, Reason("first_model")) if better else (*poor, *doubts),
        challenger=of_score(seen, violations=broken) if seen else None,
    )


def _poor(challenger: Trained) -> Iterator[Reason]:
    """Yield why a model says too little for a first one."""
    r2 = {one.split: one.r2 for one in challenger.card.scores}
    known, new = r2.get("sellers", _NEVER), r2.get("models")
    if not known >= _LEAST_R2:
        yield Reason("too_poor", (("r2", f"{max(known, 0.0):.2f}"),))
    if new is not None and not new > 0.0:
        yield Reason("too_poor_unseen", (("r2", f"{new:.2f}"),))


def _undecided(data: Columns, challenger: Trained, champion: Champion, broken: float) -> Verdict:
    why = Reason("nothing_new") if enough(data) else Reason("too_few_to_tell")
    doubts = tuple(_doubts(challenger, broken))
    return Verdict(
        better=False,
        calibrated=not doubts,
        tried_on=TriedOn.FOLDS,
        rows=0,
        models=0,
        reasons=(why, *doubts),
        against=champion.model.card.version,
    )


def _compared(trial: Trial, challenger: Trained, champion: Champion, broken: float) -> Verdict:
    both = np.isfinite(trial.champion.p50) & np.isfinite(trial.challenger.p50)
    theirs, mine = some(trial.champion, both), some(trial.challenger, both)
    data = trial.data.take(both)
    better, why, draws = _better(trial, both)
    worse = tuple(_worse(trial, champion.model))
    figures = score(trial.tried_on, data.price, mine, broken) if len(data) else None
    doubts = list(_doubts(challenger, broken))
    if figures is not None and trial.tried_on is TriedOn.LATER:
        doubts += _coverage(figures, len(np.unique(by_model(data))))
    return Verdict(
        better=better and not worse,
        calibrated=not doubts,
        tried_on=trial.tried_on,
        rows=len(data),
        models=len(np.unique(by_model(data))),
        reasons=(*worse, *doubts, why) if better else (why, *worse, *doubts),
        gain=draws[0] if draws else None,
        low=draws[1] if draws else None,
        high=draws[2] if draws else None,
        champion=of_score(score(trial.tried_on, data.price, theirs)) if len(data) else None,
        challenger=of_score(figures) if figures else None,
        against=champion.model.card.version,
    )


def _better(trial: Trial, both: Mask) -> tuple[bool, Reason, tuple[float, float, float] | None]:
    unpriced = 1.0 - float(np.isfinite(trial.champion.p50).mean())
    priced = float(np.isfinite(trial.challenger.p50).mean())
    draws = _gain(trial, both) if enough(trial.data.take(both)) else None
    if unpriced > _MOST_UNPRICED and priced > 1.0 - unpriced and (draws is None or draws[2] > 0):
        return True, Reason("prices_more", (("percent", f"{100 * unpriced:.0f}"),)), draws
    if draws is None:
        return False, Reason("too_few_to_tell"), None
    gain, low, _ = draws
    said = tuple(
        (name, f"{100 * each:.1f}") for name, each in zip(("gain", "low", "high"), draws, strict=True)
    )
    if low > 0 and gain >= _LEAST_GAIN:
        return True, Reason("better", said), draws
    if gain < 0:
        loss = (("loss", f"{-100 * gain:.1f}"),)
        return False, Reason("worse", loss) if draws[2] < 0 else Reason("no_better", loss), draws
    return False, Reason("not_better", said), draws


def _worse(trial: Trial, champion: Trained) -> Iterator[Reason]:
    """Yield why a challenger that is ahead on new prices may have learned nonsense."""
    if trial.known is not None:
        both = np.isfinite(trial.known.champion.p50) & np.isfinite(trial.known.challenger.p50)
        gain, _, high = _gain(trial.known, both)
        if gain < -_MOST_WORSE and high < 0:
            yield Reason("worse_on_known", (("loss", f"{-100 * gain:.0f}"),))
    errors, fits = _at_known_places(trial, champion), _fits_new_places(trial, champion)
    theirs = _mape(champion)
    if errors > _MOST_NOISE * theirs > 0:
        yield Reason("noisier", (("mape", f"{errors:.0f}"), ("before", f"{theirs:.0f}")))
    if fits is not None and fits < _LEAST_R2:
        yield Reason("too_poor", (("r2", f"{max(fits, 0.0):.2f}"),))


def _at_known_places(trial: Trial, champion: Trained) -> float:
    """Return the challenger's MAPE at places of which the champion knows how much prices differ; 0 without any.

    Another market's prices may lie further apart by nature, which makes nothing worse.
    """
    parts = [_left(part, _there(part, champion)) for part in (trial, trial.known) if part is not None]
    errors = np.concatenate([np.abs(data.price - prices.p50) / data.price for data, prices in parts])
    return 100.0 * float(errors.mean()) if len(errors) else 0.0


def _fits_new_places(trial: Trial, champion: Trained) -> float | None:
    """Return R² of the challenger where the champion knew nothing; ``None`` where there are too few prices."""
    data, prices = _left(trial, ~_there(trial, champion))
    return score("sellers", data.price, prices).r2 if enough(data) else None


def _left(trial: Trial, wanted: Mask) -> tuple[Columns, Prices]:
    rows = wanted & np.isfinite(trial.challenger.p50)
    return trial.data.take(rows), some(trial.challenger, rows)


def _there(trial: Trial, champion: Trained) -> Mask:
    known = np.array(["|".join(place) in champion.places for place in trial.data.places], dtype=bool)
    return np.asarray(known[trial.data.place], dtype=bool)


def _mape(model: Trained) -> float:
    return next((one.mape for one in model.card.scores if one.split == "sellers"), 0.0)


def _gain(trial: Trial, both: Mask) -> tuple[float, float, float]:
    """Return how much smaller the challenger's errors are, and between what that lies in nine of ten draws."""
    data = trial.data.take(both)
    theirs = np.abs(np.log(data.price / trial.champion.p50[both]))
    mine = np.abs(np.log(data.price / trial.challenger.p50[both]))
    _, group = np.unique(by_model(data), return_inverse=True)
    sums = np.column_stack([np.bincount(group, each) for each in (theirs - mine, theirs)])
    chance = np.random.default_rng(_DRAWN_FROM)
    count = len(sums)
    parts = [
        chance.multinomial(count, np.full(count, 1.0 / count), size=_PIECE) @ sums
        for _ in range(DRAWS // _PIECE)
    ]
    drawn = np.concatenate(parts)
    shares = np.divide(drawn[:, 0], drawn[:, 1], out=np.zeros(len(drawn)), where=drawn[:, 1] > 0)
    low, high = np.quantile(shares, [0.05, 0.95])
    total = sums.sum(axis=0)
    return float(total[0] / total[1]) if total[1] else 0.0, float(low), float(high)


def _doubts(challenger: Trained, broken: float) -> Iterator[Reason]:
    """Yield why a model's ranges cannot be trusted."""
    if broken > 0:
        yield Reason("violations", (("percent", f"{100 * broken:.2f}"),))
    splits = {one.split: one for one in challenger.card.scores}
    if "sellers" not in splits or challenger.ranges["known"].errors == 0:
        yield Reason("range_assumed")
    for one in splits.values():
        yield from _coverage(one, challenger.card.models)


def _coverage(one: Score, models: int) -> Iterator[Reason]:
    low, high = BOUNDS[one.split]
    allowed = min(_MOST_ALLOWED, 2.0 * math.sqrt(SHARE * (1.0 - SHARE) / max(models, 1)))
    if not low - allowed <= one.coverage <= high + allowed:
        code = "covers_too_little" if one.coverage < low else "covers_too_much"
        yield Reason(code, (("split", one.split), ("percent", f"{100 * one.coverage:.0f}")))


def _silent(_share: float) -> None:
    """Tell nobody."""
