"""Texts from phones are hostile."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.text import NAME_LIMIT, RAW_LIMIT, plain, raw


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("iPhone 13", "iPhone 13"),
        ("  two\t\tblanks\r\n", "two blanks"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("pay\u202elac", "pay lac"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        (b"caf\xc3\xa9", "café"),
        (b"\xff\xfe", "\N{REPLACEMENT CHARACTER}" * 2),
        (12, "12"),
        (-(2**127), str(-(2**127))),
        (["x"] * 3, "list of 3"),
        ({"a": ["b"]}, "dict of 1"),
    ],
)
def test_a_text_becomes_one_plain_line(given_text, expected):
    assert plain(given_text) == expected


@given(st.text() | st.binary() | st.integers())
def test_nothing_invisible_is_left_and_the_limit_holds(value):
    result = plain(value)
    assert len(result) <= NAME_LIMIT
    assert not {unicodedata.category(c) for c in result} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@given(st.text(), st.integers(1, 30))
def test_plain_twice_is_plain_once(value, limit):
    assert plain(plain(value, limit), limit) == plain(value, limit)


def test_a_number_too_long_to_be_written_out_is_named_by_its_length():
    assert plain(16**5000) == "integer of 20001 bits"


def test_a_list_that_is_endless_when_written_out_costs_nothing():
    shared: list[object] = ["x"]
    for _ in range(60):
        shared = [shared, shared]
    assert plain(shared) == "list of 2"


def test_what_is_cut_says_so():
    assert plain("x" * 500) == "x" * (NAME_LIMIT - 1) + "…"
    assert len(raw("x" * 500)) == RAW_LIMIT
