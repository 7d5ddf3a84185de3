"""What no standard may loosen, and files that would keep all others back."""

from __future__ import annotations

import os
import sys
from dataclasses import replace

import pytest

from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.comparing import compare
from diagnostics.grading.drafts import Draft, program_drafts, whole
from diagnostics.grading.engine import grade
from diagnostics.grading.findings import Finding, finding_words
from diagnostics.grading.library import library_of, open_library, program, version_order
from diagnostics.grading.linting import look_at_file
from diagnostics.grading.parsing import standard_of
from diagnostics.learned import Form, content_of
from diagnostics.model import LockState
from tests.fakes.gradable import flawless
from tests.unit.grading.test_linting import SMALL, written

SAFE = '[answers.safety]\nlifted_screen = { cap = "stop", mark = "ours" }\n'
LOOSE = [
    (
        SAFE
        + 'swollen = { cap = "premium", mark = "ours" }\nhot_or_smell = { cap = "stop", mark = "ours" }\n',
        "answers.safety.swollen",
        "stop",
    ),
    (
        '[readings."locks.blacklist"]\non = { cap = "premium", mark = "ours" }\n',
        'readings."locks.blacklist".on',
        "reject",
    ),
    (
        '[readings."locks.mdm"]\non = { cap = "repair", mark = "ours" }\n',
        'readings."locks.mdm".on',
        "hold",
    ),
    ('[answers.wiped]\nno = { cap = "fair", mark = "ours" }\n', "answers.wiped.no", "hold"),
]


@pytest.mark.parametrize(("rules", "place", "least"), LOOSE, ids=[row[1] for row in LOOSE])
def test_what_endangers_people_or_must_not_be_sold_cannot_be_allowed(tmp_path, rules, place, least):
    found = look_at_file(written(tmp_path, SMALL + rules)).findings
    assert ("loosened", place) in {(each.code, each.place) for each in found}
    assert f"every standard says at least {least}" in finding_words(
        next(each for each in found if each.code == "loosened")
    )


def test_a_standard_that_stands_alone_names_the_blacklist_too(tmp_path):
    backmarket = next(draft for draft in program_drafts() if draft.id == "backmarket-2025")
    alone = whole(backmarket, program_drafts())
    assert not isinstance(alone, Finding)
    readings = {name: row for name, row in alone["readings"].items() if name != "locks.blacklist"}
    standard = standard_of(
        {**alone, "id": "own", "readings": readings}, load_checklist("phone-1"), "own.toml"
    )
    assert judged(standard, blacklist=LockState.ON) == "reject"


def judged(standard, blacklist=LockState.OFF, **answers) -> str:
    phone = flawless(**answers)
    reading = replace(phone.reading, locks=replace(phone.reading.locks, blacklist=blacklist))
    shelf = library_of([standard])
    return grade(replace(phone, reading=reading), [standard.rule_set], shelf).disposition.value


def test_the_engine_never_goes_below_even_where_nobody_looked():
    backmarket = next(draft for draft in program_drafts() if draft.id == "backmarket-2025")
    data = whole(backmarket, program_drafts())
    assert not isinstance(data, Finding)
    free = {"cap": "premium", "mark": "ours"}
    loose = {
        **data,
        "answers": {**data["answers"], "safety": {"swollen": free}, "wiped": {"no": free}},
        "readings": {**data["readings"], "locks.blacklist": {"on": free}},
    }
    standard = standard_of(loose, load_checklist("phone-1"))
    assert judged(standard) == "sellable"
    assert judged(standard, safety="swollen") == "stop"
    assert judged(standard, wiped="no") == "hold"
    assert judged(standard, blacklist=LockState.ON) == "reject"


def test_what_nobody_knows_counts_for_no_more_than_the_best_that_is_known(tmp_path):
    battery = """[readings."battery.health_percent"]
steps = [{ at_least = 90, cap = "excellent", mark = "ours" }, { at_least = 0, cap = "repair", mark = "ours" }]
unknown = { cap = "premium", mark = "ours" }
"""
    (found,) = look_at_file(written(tmp_path, SMALL + battery)).findings
    assert (found.code, found.place) == ("unknown_is_better", 'readings."battery.health_percent".unknown')


@pytest.mark.parametrize(
    "text",
    [
        SMALL.replace('version = "1"', f'version = "{"9" * 5000}"'),
        SMALL.replace('version = "1"', f"version = {'9' * 5000}"),
        SMALL.replace('id = "strict"', f"id = 0x{'f' * 5000}"),
        SMALL
        + f'[entry.battery_ok]\nfield = "battery.health_percent"\nat_least = 0x{"f" * 5000}\nmet = true\n',
        SMALL.replace("backmarket-2025@1", "ctia@1")
        + '[entry.grade]\nform = "{digit:>1000000000}{letter}"\n',
    ],
    ids=["version in quotes", "version", "id", "step", "form"],
)
def test_numbers_without_end_keep_no_other_standard_back(tmp_path, text):
    written(tmp_path, SMALL)
    written(tmp_path, text.replace('id = "strict"', 'id = "long"'), "long.toml")
    shelf = open_library(tmp_path)
    assert set(shelf.by_rule_set) == {*program().by_rule_set, "strict@1"}
    assert {found.file for found in shelf.findings} == {"long.toml"}
    assert all(len(finding_words(found)) < 400 for found in shelf.findings)
    assert compare(flawless(), None, shelf)


def test_versions_of_any_length_have_an_order():
    assert version_order("2") < version_order("10") < version_order("9" * 5000)
    assert version_order("1.9") < version_order("1.10") == version_order("1.010")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_or_a_device_that_is_called_a_standard_is_said_and_never_waited_for(tmp_path):
    written(tmp_path, SMALL)
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    (tmp_path / "folder.toml").mkdir()
    shelf = open_library(tmp_path)
    assert {(found.file, found.code) for found in shelf.findings} == {
        ("pipe.toml", "unreadable"),
        ("zero.toml", "unreadable"),
        ("folder.toml", "unreadable"),
    }
    assert "not an ordinary file" in finding_words(shelf.findings[1])
    assert "strict@1" in shelf.by_rule_set


def test_a_circle_is_named_as_it_goes_round(tmp_path):
    for name, base in (("a", "b"), ("b", "c"), ("c", "b")):
        text = SMALL.replace('id = "strict"', f'id = "{name}"').replace("backmarket-2025", base)
        written(tmp_path, text, f"{name}.toml")
    said = {found.file: found.params["circle"] for found in open_library(tmp_path).findings}
    assert said == {
        "a.toml": "a@1 → b@1 → c@1 → b@1",
        "b.toml": "b@1 → c@1 → b@1",
        "c.toml": "c@1 → b@1 → c@1",
    }


def test_what_a_file_says_reaches_no_terminal_as_it_is(tmp_path):
    text = SMALL.replace("backmarket-2025@1", r"\u001b[31m\u202ered")
    (found,) = look_at_file(written(tmp_path, text)).findings
    said = finding_words(found)
    assert "red" in said
    assert not set(said) & {"\x1b", "\u202e"}


def test_a_draft_says_its_name_whatever_that_is():
    assert Draft("a.toml", "a.toml", {"id": 3, "version": []}).rule_set == "3@a list"


@pytest.mark.parametrize("text", [f"x = {'9' * 5000}", "x = " + "[" * 9000], ids=["digits", "depth"])
def test_a_file_of_names_that_python_cannot_hold_is_one_sentence(text):
    with pytest.raises(BadInput, match=r"^names\.toml cannot be used: "):
        Form("names.toml").table(text.encode())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_in_place_of_taught_names_or_prices_is_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "repairs.toml")
    with pytest.raises(OSError, match="not an ordinary file"):
        content_of(tmp_path / "repairs.toml")
