"""The two tables of names agree: a family of ours takes no phone in that is sold under another name."""

from __future__ import annotations

import re

from diagnostics.android.rules import name_of
from resources.opening import read_bytes

_WRONG_THERE = {"SM-S906L"}
"""Google Play's list calls this Galaxy S22+ a Galaxy S6."""


def _rows():
    lines = read_bytes("android/names.tsv").decode().splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def _bare(name: str) -> str:
    """Return a name without what the same phone has in one list and not in the other: a year, 5G UW, blanks."""
    return re.sub(r"\(\d{4}\)|5g( uw)?$|[ ()]", "", name.lower())


def test_where_both_tables_have_a_model_they_mean_the_same_phone():
    both = [(model, name_of(model), name) for model, _, name in _rows()]
    known = [(model, own, name) for model, own, name in both if own and model not in _WRONG_THERE]
    assert len(known) > 600
    assert [row for row in known if _bare(row[1] or "") != _bare(row[2])] == []


def test_the_list_of_another_project_says_whose_it_is_and_brings_its_licence():
    head = [
        line for line in read_bytes("android/names.tsv").decode().splitlines()[:5] if line.startswith("#")
    ]
    licence = read_bytes("android/names.LICENSE").decode()
    assert "names.LICENSE" in " ".join(head)
    assert "Peter Bakondy" in licence
    assert "Permission is hereby granted" in licence
