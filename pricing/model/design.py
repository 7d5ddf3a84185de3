"""The training rows as a system to be solved: fixed terms, then the effects that are shrunk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pricing.model.columns import Columns, Floats, Ints
from pricing.model.scoring import month_of
from pricing.model.shape import FIVE_YEARS, Shape
from pricing.model.solving import Problem, Solution
from pricing.model.terms import fill, terms

_MODELS_A_TOKEN = 3
_MODELS_A_SLOPE = 4
_MOST_MONTHS = 60
"""Of all places together, whose number goes into the memory that a training takes."""
_LEAST_MONTHS = 3
"""Of a place that has any."""
_LEVEL_SD = 10.0
_PLACE_SD = 2.0
_SLOPE_SD = 1.0


@dataclass(frozen=True, slots=True)
class Design:
    """Names of what is solved for, in the order of the columns.

    Attributes:
        fixed: How many fixed terms there are, before the level.
        months: Market and currency with a month in which the level may step to another one: the first month of a
            place has none. A month is drawn to the one before it, so that the first price of a new month, which is
            all that is known of it, does not take everything back to the middle of all years. No place's months are
            another's: what one market's prices did in June says nothing of a market that was looked at in May.
        models: Keys of the phone models, by number.
    """

    fixed: int
    places: tuple[str, ...]
    brands: tuple[str, ...]
    tokens: tuple[str, ...]
    months: tuple[tuple[str, int], ...]
    slopes: tuple[str, ...]
    models: tuple[str, ...]

    def parts(self, solution: Solution) -> dict[str, Floats]:
        """Return the coefficients by the part that they belong to."""
        sizes = {
            "fixed": self.fixed,
            "level": 1,
            "places": len(self.places),
            "brands": len(self.brands),
            "tokens": len(self.tokens),
            "months": len(self.months),
            "slopes": len(self.slopes),
            "slope": 1,
        }
        cuts = np.cumsum(list(sizes.values()))[:-1]
        return dict(zip(sizes, np.split(solution.coefficients, cuts), strict=True))


def design(data: Columns, *, fixed: int) -> Design:
    """Return which effects a training set can tell apart, beside a number of fixed terms."""
    used = [data.phones[place] for place in np.unique(data.phone)]
    models = {phone.key: phone for phone in used if phone.key}
    tokens = Counter(token for phone in models.values() for token in phone.tokens)
    makers = Counter(phone.brand for phone in models.values())
    return Design(
        fixed=fixed,
        places=tuple(sorted({"|".join(data.places[place]) for place in np.unique(data.place)})),
        brands=tuple(sorted({phone.brand for phone in used})),
        tokens=tuple(sorted(token for token, count in tokens.items() if count >= _MODELS_A_TOKEN)),
        months=tuple(_months(data)),
        slopes=tuple(sorted(maker for maker, count in makers.items() if count >= _MODELS_A_SLOPE)),
        models=tuple(sorted(models)),
    )


def _months(data: Columns) -> Iterator[tuple[str, int]]:
    """Yield the months of each place but its first, ascending; of very many the last ones of the largest places."""
    found: dict[str, set[int]] = {}
    rows = Counter(data.place.tolist())
    pairs = np.unique(np.column_stack([data.place, month_of(data.day).astype(np.int64)]), axis=0)
    for place, month in pairs.tolist():
        found.setdefault("|".join(data.places[place]), set()).add(month)
    counts = {"|".join(data.places[place]): count for place, count in rows.items()}
    stepping = sorted(
        (place for place in found if len(found[place]) > 1), key=lambda name: (-counts[name], name)
    )
    chosen = stepping[: _MOST_MONTHS // _LEAST_MONTHS]
    for place in sorted(chosen):
        for month in sorted(found[place])[1:][-(_MOST_MONTHS // len(chosen)) :]:
            yield place, month


def problem(shape: Shape, names: Design, data: Columns) -> Problem:
    """Return the system of a training set."""
    fixed = terms(shape)
    known = fill(shape, data)
    blocks = [
        np.column_stack([*(term.value(known) for term in fixed), np.ones(len(data))]),
        _flags(["|".join(place) for place in data.places], names.places)[data.place],
        _flags([phone.brand for phone in data.phones], names.brands)[data.phone],
        _token_flags(data, names.tokens)[data.phone],
        _month_flags(data, names.months),
        _slopes(data, names.slopes, known.age),
    ]
    ends = np.cumsum([block.shape[1] for block in blocks])
    places = [np.arange(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    slopes, shared = places[5][:-1], int(places[5][-1])
    rising = [place for place, term in enumerate(fixed) if term.rising]
    number = {key: place for place, key in enumerate(names.models)}
    free = np.full(int(ends[-1]), np.inf)
    free[: len(fixed)] = [term.sd for term in fixed]
    free[len(fixed)] = _LEVEL_SD
    free[places[1]] = _PLACE_SD
    free[shared] = _SLOPE_SD
    mean = np.zeros(int(ends[-1]))
    mean[: len(fixed)] = [term.mean for term in fixed]
    y = np.log(data.price)
    mean[len(fixed)] = float(y.mean())
    return Problem(
        x=np.hstack(blocks),
        y=y,
        owner=np.array([number.get(phone.key, -1) for phone in data.phones], dtype=np.int64)[data.phone],
        owners=len(names.models),
        rising=np.concatenate([np.array(rising, dtype=np.int64), places[5]]),
        mean=mean,
        sd=free,
        kinds={kind: places[at] for kind, at in {"brands": 2, "tokens": 3, "months": 4}.items()},
        tied=slopes,
        tied_to=shared,
    )


def _flags(own: Sequence[object], wanted: Sequence[object]) -> Floats:
    return np.array([[float(one == each) for each in wanted] for one in own]).reshape(len(own), len(wanted))


def _token_flags(data: Columns, tokens: tuple[str, ...]) -> Floats:
    rows = [[float(token in phone.tokens) for token in tokens] for phone in data.phones]
    return np.array(rows).reshape(len(data.phones), len(tokens))


def _month_flags(data: Columns, months: tuple[tuple[str, int], ...]) -> Floats:
    """Return flags by place and month: whether a price is of that place, and of that month or a later one."""
    numbers = month_of(data.day)
    names = np.array(["|".join(place) for place in data.places], dtype=object)[data.place]
    if not months:
        return np.zeros((len(data), 0))
    flags = [(names == place) & (numbers >= month) for place, month in months]
    return np.array(flags, dtype=np.float64).T


def _slopes(data: Columns, slopes: tuple[str, ...], age: Floats) -> Floats:
    """Return the age for each maker with a slope of its own, and for all others together."""
    makers: Ints = np.array(
        [slopes.index(phone.brand) if phone.brand in slopes else len(slopes) for phone in data.phones],
        dtype=np.int64,
    )[data.phone]
    columns = np.zeros((len(data), len(slopes) + 1))
    columns[np.arange(len(data)), makers] = age / -FIVE_YEARS
    return columns
