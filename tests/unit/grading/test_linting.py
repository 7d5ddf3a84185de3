"""Standards that a shop wrote itself: what is wrong with one is said in words, and it alone is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from diagnostics.grading.comparing import compare
from diagnostics.grading.drafts import program_drafts
from diagnostics.grading.findings import finding_codes, finding_words
from diagnostics.grading.library import open_library, program
from diagnostics.grading.linting import look_at_draft, look_at_file
from resources.opening import load_toml, read_bytes
from tests.fakes.gradable import flawless

GOOD = read_bytes("standards/backmarket-2025.toml").decode().replace('"backmarket-2025"', '"strict"')
SCALED = read_bytes("standards/ctia.toml").decode().replace('id = "ctia"', 'id = "ours"')
SMALL = """
id = "strict"
version = "1"
valid_from = 2026-01-31
checklist = "phone-1"
extends = "backmarket-2025@1"

[answers.screen_scratches]
tilt_only = { cap = "fair", mark = "ours" }
at_20cm = { cap = "fair", mark = "ours" }
nail_catches = { cap = "repair", mark = "ours" }
"""


def written(folder: Path, text: str | bytes, name: str = "strict.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def said(folder, text):
    return [(found.code, found.place) for found in look_at_file(written(folder, text)).findings]


def changed(old: str, new: str, text: str = GOOD) -> str:
    assert old in text
    return text.replace(old, new, 1)


def test_the_standards_that_come_with_the_program_hold():
    for draft in program_drafts():
        assert look_at_draft(draft).findings == ()


def test_a_shops_standard_of_five_lines_holds_and_grades(tmp_path):
    written(tmp_path, SMALL)
    shelf = open_library(tmp_path)
    assert shelf.findings == ()
    (row,) = compare(flawless(screen_scratches="tilt_only"), ["strict@1"], shelf)
    assert (row.label, row.rule_set) == ("fair", "strict@1")
    assert compare(flawless(), ["backmarket-2025"], shelf)[0].label == "premium"


def test_two_versions_stand_side_by_side_and_the_newest_goes_by_the_id(tmp_path):
    written(tmp_path, SMALL, "strict-1.toml")
    later = SMALL.replace('version = "1"', 'version = "10"', 1).replace('"fair"', '"good"', 1)
    written(tmp_path, later, "strict-10.toml")
    written(tmp_path, SMALL.replace('version = "1"', 'version = "9"', 1), "strict-9.toml")
    shelf = open_library(tmp_path)
    labels = {
        row.rule_set: row.label
        for row in compare(flawless(screen_scratches="tilt_only"), ["strict@1", "strict@9", "strict"], shelf)
    }
    assert labels == {"strict@1": "fair", "strict@9": "fair", "strict@10": "good"}
    # Of all standards the newest version of each stands in a comparison.
    assert [row.rule_set for row in compare(flawless(), None, shelf) if row.standard == "strict"] == [
        "strict@10"
    ]


def test_a_version_of_a_later_day_waits_for_it_and_can_be_asked_for(tmp_path):
    written(tmp_path, SMALL, "strict-1.toml")
    later = SMALL.replace('version = "1"', 'version = "2"', 1).replace("2026-01-31", "2999-01-01")
    written(tmp_path, later, "strict-2.toml")
    shelf = open_library(tmp_path)
    assert shelf.findings == ()
    assert shelf.find("strict").rule_set == "strict@1"
    assert shelf.find("strict@2").rule_set == "strict@2"
    (tmp_path / "strict-1.toml").unlink()
    assert open_library(tmp_path).find("strict").rule_set == "strict@2"


WRONG = [
    ("", "", []),
    ('worn = { cap = "fair", mark = "ours" }\n', "", [("answer_without_rule", "answers.ports.worn")]),
    (
        '[answers.paint]\nnot_at_50cm = { cap = "good", mark = "ours" }\nvisible = { cap = "fair", mark = "ours" }\n',
        "",
        [("question_without_rule", "answers")],
    ),
    (
        "[answers.paint]",
        "[answers.pain]",
        [("unknown_question", "answers.pain"), ("question_without_rule", "answers")],
    ),
    (
        "one_tiny = {",
        "one_little = {",
        [
            ("unknown_answer", "answers.frame_dents.one_little"),
            ("answer_without_rule", "answers.frame_dents.one_tiny"),
        ],
    ),
    ('worn = { cap = "fair"', 'worn = { cap = "far"', [("unknown_cap", "answers.ports.worn")]),
    ('worn = { cap = "fair"', 'worn = { cap = "premium"', [("lower_for_better", "answers.ports.light_wear")]),
    (
        'worn = { cap = "fair", mark = "ours" }',
        'worn = { cap = "fair", mark = "mine" }',
        [("unknown_mark", "answers.ports.worn")],
    ),
    (
        'worn = { cap = "fair", mark = "ours" }',
        'worn = { cap = "fair", mark = "public" }',
        [("public_without_source", "answers.ports.worn")],
    ),
    (
        'worn = { cap = "fair", mark = "ours" }',
        'worn = { cap = "fair", mark = "ours", source = "lab" }',
        [("ours_with_source", "answers.ports.worn")],
    ),
    (
        'worn = { cap = "fair", mark = "ours" }',
        'worn = { cap = "fair", mark = "public", source = "web" }',
        [("unknown_source", "answers.ports.worn")],
    ),
    ('worn = { cap = "fair", mark = "ours" }', "worn = 3", [("wrong_kind", "answers.ports.worn")]),
    (
        'worn = { cap = "fair", mark = "ours" }',
        'worn = { cap = "fair", marks = "ours" }',
        [("unknown_member", "answers.ports.worn.marks"), ("missing", "answers.ports.worn.mark")],
    ),
    (
        "at_least = 80, cap",
        "at_least = 91, cap",
        [("steps_overlap", 'readings."battery.health_percent".steps[1]')],
    ),
    (
        "at_least = 80, cap",
        "at_least = 90, cap",
        [("steps_overlap", 'readings."battery.health_percent".steps[1]')],
    ),
    (
        "at_least = 0, cap",
        "at_least = 50, cap",
        [("steps_with_hole", 'readings."battery.health_percent".steps')],
    ),
    (
        'at_least = 80, cap = "excellent"',
        'at_least = 80, cap = "stop"',
        [("lower_for_more", 'readings."battery.health_percent".steps[2]')],
    ),
    (
        'unknown = { cap = "good", mark = "ours" }\n',
        "",
        [("unknown_without_rule", 'readings."battery.health_percent"')],
    ),
    (
        '[readings."battery.health_percent"]',
        '[readings."battery.level"]',
        [("unknown_reading", 'readings."battery.level"'), ("reading_without_rule", "readings")],
    ),
    (
        'unanswered = { cap = "excellent"',
        'unanswered = { cap = "premium"',
        [("unanswered_best", "unanswered")],
    ),
    ('good = "good"\nfair = "fair"', 'fair = "fair"\ngood = "good"', [("labels_out_of_order", "labels")]),
    ('checklist = "phone-1"', 'checklist = "phone-7"', [("unknown_checklist", "checklist")]),
    ('extends = "common"', 'extends = "commun"', [("unknown_base", "extends")]),
    ("valid_from = 2025-01-01", 'valid_from = "2025-01-01"', [("wrong_kind", "valid_from")]),
    ('version = "1"', "version = 1", [("wrong_kind", "version")]),
    ('id = "strict"', 'id = "Strict one"', [("wrong_kind", "id")]),
    (
        '[entry.battery_ok]\nfield = "battery.health_percent"',
        '[entry.battery_ok]\nfield = "locks.sim"',
        [("entry_of_no_number", "entry.battery_ok")],
    ),
    ("[entry.battery_ok]", "[entry.grade]", [("two_grades", "entry.grade")]),
    ("[labels]", "[labels2]", [("unknown_member", "labels2")]),
]


@pytest.mark.parametrize(("old", "new", "findings"), WRONG, ids=[str(number) for number in range(len(WRONG))])
def test_what_is_wrong_is_found_where_it_is(tmp_path, old, new, findings):
    assert said(tmp_path, changed(old, new)) == findings


WRONG_SCALES = [
    ("", "", []),
    ('form = "{digit}{letter}"', 'form = "{digit}"', [("scale_not_used", "scales.letter")]),
    (
        'form = "{digit}{letter}"',
        'form = "{digit}{colour}"',
        [("scale_not_used", "scales.letter"), ("bad_form", "entry.grade.form")],
    ),
    (
        'form = "{digit}{letter}"',
        'form = "{digit"',
        [
            ("scale_not_used", "scales.digit"),
            ("scale_not_used", "scales.letter"),
            ("bad_form", "entry.grade.form"),
        ],
    ),
    ('{ word = "1", means = "excellent" }', '{ word = "0", means = "excellent" }', None),
    (
        '{ word = "2", means = "repair" }',
        '{ word = "2", means = "premium" }',
        [("words_out_of_order", "scales.digit.words")],
    ),
    (
        '{ word = "A", means = "excellent" }',
        '{ word = "A", means = "nice" }',
        [("unknown_meaning", "scales.letter.words[0]")],
    ),
    ('worn = { cap = "C"', 'worn = { cap = "E"', [("unknown_cap", "scales.letter.answers.ports.worn")]),
    (
        'unanswered = { cap = "B"',
        'unanswered = { cap = "A"',
        [("unanswered_best", "scales.letter.unanswered")],
    ),
    (
        "[scales.digit.open]",
        '[scales.digit.open]\npaint = { cap = "1", mark = "ours" }',
        [("open_without_rules", "scales.digit.open.paint")],
    ),
    (
        'nothing = { cap = "", as = "incomplete"',
        'nothing = { cap = "A"',
        [("unknown_is_better", "scales.letter.nothing")],
    ),
]


@pytest.mark.parametrize(("old", "new", "findings"), WRONG_SCALES, ids=[row[1][:30] for row in WRONG_SCALES])
def test_what_is_wrong_on_a_scale_is_found(tmp_path, old, new, findings):
    found = said(tmp_path, changed(old, new, SCALED))
    if findings is None:
        assert ("word_twice", "scales.digit.words") in found
    else:
        assert found == findings


def test_a_question_left_open_never_gives_more_than_its_best_answer(tmp_path):
    text = changed(
        "[scales.digit.answers.wiped]",
        '[scales.digit.answers.wiped]\nyes = { cap = "1", mark = "ours" }',
        SCALED,
    )
    assert said(tmp_path, text) == []
    text = changed('wiped = { cap = "", as = "incomplete"', 'wiped = { cap = "0"', text)
    assert said(tmp_path, text) == [("unknown_is_better", "scales.digit.open.wiped")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (GOOD[:3000], "not_toml"),
        (b"\xff\xfe" + GOOD.encode("utf-16-le"), "not_utf8"),
        (GOOD.replace("Premium", "Prämium").encode("latin-1"), "not_utf8"),
        (b"\x00" * 100, "not_toml"),
        (b"", "missing"),
        (b"#" * 300_000, "too_large"),
        (GOOD + '\n[answers.paint]\nvisible = { cap = "good", mark = "ours" }\n', "not_toml"),
        ("answers = 3\n", "wrong_kind"),
        ("a = " + "[" * 9000, "not_toml"),
        ("a." * 5000 + "a = 1", "not_toml"),
    ],
)
def test_a_file_that_is_no_standard_is_one_clear_sentence(tmp_path, content, code):
    looked = look_at_file(written(tmp_path, content))
    assert {found.code for found in looked.findings} == {code}
    assert looked.standard is None
    for language in ("en", "fr"):
        said = finding_words(looked.findings[0], language)
        assert said.startswith("strict.toml")
        assert "\n" not in said
        assert "{" not in said.replace("{ cap", "")


def test_a_file_that_is_not_there_is_said(tmp_path):
    assert look_at_file(tmp_path / "none.toml").findings[0].code == "unreadable"


def test_a_bad_standard_is_left_out_and_nothing_else(tmp_path):
    written(tmp_path, SMALL)
    written(tmp_path, GOOD.replace('"strict"', '"broken"')[:4000], "broken.toml")
    written(
        tmp_path, SMALL.replace('"strict"\nversion = "1"', '"backmarket-2025"\nversion = "9"'), "clash.toml"
    )
    written(tmp_path, SMALL.replace("2026-01-31", "2026-02-01"), "twin.toml")
    written(tmp_path, "answers = 3\n", "table.toml")
    shelf = open_library(tmp_path)
    assert {(found.file, found.code) for found in shelf.findings} == {
        ("broken.toml", "not_toml"),
        ("clash.toml", "id_of_program"),
        ("twin.toml", "rule_set_twice"),
        ("table.toml", "wrong_kind"),
    }
    assert set(shelf.by_rule_set) == {*program().by_rule_set, "strict@1"}


def test_standards_that_extend_each_other_are_said(tmp_path):
    written(tmp_path, SMALL.replace("backmarket-2025@1", "two@1"), "one.toml")
    two = SMALL.replace("backmarket-2025@1", "strict@1").replace('id = "strict"', 'id = "two"')
    written(tmp_path, two, "two.toml")
    assert {found.code for found in open_library(tmp_path).findings} == {"base_in_circle"}


def test_a_shop_may_extend_its_own(tmp_path):
    written(tmp_path, SMALL)
    child = SMALL.replace("backmarket-2025@1", "strict@1").replace('id = "strict"', 'id = "two"')
    written(tmp_path, child.replace('tilt_only = { cap = "fair"', 'tilt_only = { cap = "good"'), "two.toml")
    shelf = open_library(tmp_path)
    assert shelf.findings == ()
    assert compare(flawless(screen_scratches="tilt_only"), ["two"], shelf)[0].label == "good"


def test_no_folder_is_no_fault(tmp_path):
    assert open_library(tmp_path / "none") == program() == open_library(None)


def test_every_finding_has_words_in_both_languages_and_says_what_to_do():
    for code, texts in load_toml("messages/standards.toml").items():
        assert set(texts) == {"en", "fr"}, code
        named = [set(re.findall(r"\{(\w+)\}", texts[language])) for language in ("en", "fr")]
        assert named[0] == named[1], code
        assert all(len(re.findall(r"[.:;] \w", texts[language])) >= 1 for language in ("en", "fr")), code


def test_every_finding_that_can_be_made_has_words():
    room = Path(__file__).parents[3] / "diagnostics" / "grading"
    made = {
        code for file in room.glob("*.py") for code in re.findall(r'finding\(\s*"(\w+)"', file.read_text())
    }
    assert made == finding_codes()
