"""The steps of an explanation are worked out in part only, and are what they would be if each was worked out whole."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from pricing.model.columns import columns
from pricing.model.parts import Parts
from pricing.model.scoring import Scorer
from pricing.model.single import LADDER, Row, rows_of
from pricing.model.terms import Known, terms
from tests.fakes.phone_market import phone_row

_GAPS = ("storage", "grade", "battery", "day", "launch_day", "launch_price", "warranty", "shop")


def some_phone(seed: int) -> dict[str, object]:
    """Return a phone of which some things are not known."""
    chance = random.Random(seed)
    row = phone_row(chance) | {"grade": float(chance.randrange(6)), "shop": chance.choice((0.0, 1.0, None))}
    return {name: value for name, value in row.items() if name not in _GAPS or chance.random() > 0.25}


def as_is(new: Known[float], full: Known[float], names: list[str]) -> Known[float]:
    """Return the new phone with some of the numbers of the phone itself."""
    gaps = {name: full.gaps.get(name, 0.0) for name in names}
    return replace(new, **{name: getattr(full, name) for name in names}, gaps=new.gaps | gaps)


@pytest.mark.parametrize("seed", range(40))
def test_each_step_is_the_sum_of_all_terms_to_the_bit(scorer: Scorer, seed: int) -> None:
    phone, place, told = next(rows_of(columns([some_phone(seed)])))
    row = scorer.completed(phone, told)
    full = scorer.single.known(row)
    new = scorer.single.known(Row(np.nan, 2.0, 87.0, row.day, row.day, row.launch_price, np.nan, np.nan))
    new.gaps["storage"] = 0.0
    names: list[str] = []
    wanted = [scorer.level(phone, place, row, new)]
    for more in LADDER.values():
        names.extend(more)
        wanted.append(scorer.level(phone, place, row, as_is(new, full, names)))
    found = scorer.levels(phone, place, row, full)
    assert found == wanted
    assert found[-1] == scorer.level(phone, place, row, full)


def test_no_term_is_forgotten_where_all_numbers_change(scorer: Scorer) -> None:
    known = terms(scorer.model.shape)
    parts = Parts(known, [1.0] * len(known))
    some = parts.of(("launch", *(name for names in LADDER.values() for name in names), "gaps"))
    assert {each[0] for each in (*some.stretches, *some.steps, *some.others)} == {*range(len(known))}
