"""One inspection under every standard, each with what set its label and where that rule comes from."""

from __future__ import annotations

import pytest

from diagnostics.errors import BadInput
from diagnostics.grading.comparing import compare
from diagnostics.grading.engine import grade
from tests.fakes.gradable import flawless


def by_id(inspection, *wanted):
    return {row.standard: row for row in compare(inspection, wanted or None)}


def test_each_standard_says_its_own_label_and_what_set_it():
    rows = by_id(flawless(back_scratches="not_at_50cm", health=82))
    assert rows["backmarket-2025"].label == "good"
    assert rows["refurbed"].label == "B"
    assert rows["refurbed"].entry == {"grade": "B", "battery": "OPTIMAL"}
    older = rows["backmarket-older"]
    assert (older.label, older.grade, older.disposition) == ("", None, "repair")
    assert [(ground.cap.reading, ground.cap.answer) for ground in older.deciding] == [
        ("battery.health_percent", "82")
    ]


def test_a_reason_says_whether_a_page_of_the_market_or_we_say_so():
    row = by_id(flawless(back_scratches="visible", frame_dents="one_tiny"), "backmarket-2025")[
        "backmarket-2025"
    ]
    marks = {ground.cap.question: (ground.mark, bool(ground.source)) for ground in row.deciding}
    assert marks == {"back_scratches": ("public", True), "frame_dents": ("ours", False)}


def test_what_does_not_set_the_label_is_there_too():
    row = by_id(flawless(back_scratches="not_at_50cm", paint="visible"), "refurbed")["refurbed"]
    assert [(g.cap.question, g.word, g.decides) for g in row.grounds] == [
        ("back_scratches", "B", False),
        ("paint", "C", True),
    ]


def test_a_version_can_be_named_and_is_said_as_it_was_named():
    assert compare(flawless(), ["backmarket-2025@1"])[0].rule_set == "backmarket-2025@1"
    assert list(grade(flawless(), ["backmarket-2025@1"]).standards) == ["backmarket-2025@1"]
    with pytest.raises(BadInput, match="backmarket-2025@1") as caught:
        compare(flawless(), ["backmarket-2025@0"])
    assert caught.value.code == "unknown_standard"
