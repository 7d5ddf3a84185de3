"""Values at the border."""

from __future__ import annotations

import pytest

from diagnostics import checking
from diagnostics.errors import BadInput


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "null"),
        (True, "true"),
        ({"a": 1}, "an object"),
        ([1], "a list"),
        ("red\nblue", "'red blue'"),
        (float("nan"), "nan"),
        (10**60, "integer of 200 bits"),
    ],
)
def test_a_value_stands_in_a_sentence(value, words):
    assert checking.shown(value) == words


@pytest.mark.parametrize("value", [1, 100, 88.0])
def test_whole_numbers_in_range_are_taken(value):
    assert checking.whole_number(value, "percent", 1, 100) == value


@pytest.mark.parametrize("value", [0, 101, True, "88", None, 88.5, float("nan"), float("inf"), 1e308])
def test_all_else_is_refused(value):
    with pytest.raises(BadInput, match="percent must be a whole number from 1 to 100, not"):
        checking.whole_number(value, "percent", 1, 100)


def test_null_is_an_empty_object_or_list():
    assert checking.mapping(None, "x") == {}
    assert checking.items(None, "x") == ()


def test_an_object_has_texts_for_keys():
    with pytest.raises(BadInput):
        checking.mapping({1: 2}, "x")
