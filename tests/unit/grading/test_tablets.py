"""Tablets are data files alone: the same engine, no word of a phone in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from diagnostics.errors import BadInput
from diagnostics.grading.checklist import checklist_for, load_checklist
from diagnostics.grading.comparing import compare
from diagnostics.grading.engine import grade
from diagnostics.grading.inspection import parse_inspection
from diagnostics.grading.library import program
from diagnostics.grading.words import statement
from diagnostics.messages import message
from diagnostics.model import Problem
from pricing.sale import as_sold
from tests.fakes.gradable import CLEAR, flawless

TABLET = load_checklist("tablet-1")
ROOM = Path(__file__).parents[3] / "diagnostics" / "grading"


def a_tablet(*, health=95, locks=CLEAR, model="iPad Air", **answers):
    best = {q.id: q.answers[0].id for q in TABLET.questions if q.answers and not q.only_if and not q.optional}
    given = {question: answer for question, answer in (best | answers).items() if answer is not None}
    reading = {"identity": {"model": model}, "battery": {"health_percent": health}, "locks": dict(locks)}
    document = {
        "schema": "tradein/inspection-1",
        "checklist": "tablet-1",
        "reading": reading,
        "answers": given,
    }
    return parse_inspection(document)


@pytest.mark.parametrize(
    ("health", "label"), [(90, "premium"), (89, "excellent"), (85, "excellent"), (84, "")]
)
def test_the_battery_floor_of_a_tablet_is_85(health, label):
    (row,) = compare(a_tablet(health=health), ["backmarket-tablet-2025"])
    assert (row.label, row.entry["battery_ok"]) == (label, health >= 85)


def test_a_tablet_is_compared_under_the_standards_of_tablets_alone():
    rows = {row.standard: row.label for row in compare(a_tablet(back_scratches="not_at_50cm"))}
    assert rows == {"backmarket-tablet-2025": "good", "r2-tablet": "F6 C4"}


def test_nobody_asks_a_tablet_without_a_sim_for_its_carrier():
    locks = {**CLEAR, "sim": "unknown"}
    tablet = a_tablet(cellular="wifi_only", locks=locks)
    assert not TABLET.question("sim_lock").applies(tablet.answers)
    result = grade(tablet, ["backmarket-tablet-2025"])
    assert (result.grade, result.unanswered, result.unverified) == ("premium", (), ())
    assert (
        grade(a_tablet(cellular="takes_sim", sim_lock="locked"), ["backmarket-tablet-2025"]).disposition
        == "hold"
    )
    words = [
        text for q in TABLET.questions for text in (*q.text.values(), *q.help.values(), *q.subject.values())
    ]
    assert not [text for text in words if "IMEI" in text]


def test_reasons_are_said_in_the_words_of_tablets():
    result = grade(a_tablet(ports="worn"), ["backmarket-tablet-2025"])
    assert statement(TABLET, result.capped_by[0]) == "Port and meshes: visibly worn, all work"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_word_of_a_phone_is_left_in_the_checklist_of_tablets(language):
    answers = [answer.text[language] for q in TABLET.questions for answer in q.answers]
    texts = [
        text for q in TABLET.questions for text in (q.text[language], q.help[language], q.subject[language])
    ]
    said = [text for text in texts + answers if re.search(r"\b(i?phone|téléphone)s?\b", text, re.IGNORECASE)]
    assert said == []


@pytest.mark.parametrize(
    ("identity", "checklist"),
    [
        ({"model": "iPad Air", "model_code": "iPad13,16"}, "tablet-1"),
        ({"model": None, "model_code": "iPad99,1"}, "tablet-1"),
        ({"model": "Galaxy Tab S9", "model_code": "SM-X710"}, "tablet-1"),
        ({"model": None, "model_code": "SM-T870"}, "tablet-1"),
        ({"model": "Pixel Tablet", "model_code": None}, "tablet-1"),
        ({"model": "Xiaomi Pad 6", "model_code": "23043RP34G"}, "tablet-1"),
        ({"model": "iPhone 13", "model_code": "iPhone14,5"}, "phone-1"),
        ({"model": "Galaxy S23", "model_code": "SM-S911B"}, "phone-1"),
        ({"model": "iPod touch", "model_code": "iPod9,1"}, "phone-1"),
        ({"model": None, "model_code": None}, "phone-1"),
    ],
)
def test_the_device_says_which_checklist_it_is_asked(identity, checklist):
    document = {"schema": "tradein/inspection-1", "reading": {"identity": identity}}
    assert checklist_for(parse_inspection(document).reading) == checklist


def test_the_engine_knows_no_question_and_no_market_by_name():
    """Ids of questions, answers, standards and labels are data; of readings the battery and the carrier lock are known.

    `facts` asks how sure the carrier lock is, which is a matter of readings and not of rules.
    """
    rooms = (
        "evaluation",
        "engine",
        "lifts",
        "reaching",
        "rules",
        "parsing",
        "holding",
        "shapes",
        "quick",
        "comparing",
    )
    text = "\n".join((ROOM / f"{name}.py").read_text() for name in rooms)
    code = re.sub(r'""".*?"""|#.*', "", text, flags=re.DOTALL)
    quoted = set(re.findall(r"[\"']([\w.-]+)[\"']", code))
    ids = {q for name in ("phone-1", "tablet-1") for q in load_checklist(name).by_id}
    assert not quoted & ids
    assert not quoted & {*program().ids, "phone-1", "tablet-1", "locks.sim", "imei"}
    assert not re.search(r"iphone|ipad|tablet|\bsim\b", code, re.IGNORECASE)


def test_a_phones_answers_are_no_tablets():
    with pytest.raises(BadInput, match="is for the checklist tablet-1, not phone-1"):
        grade(flawless(), ["backmarket-tablet-2025"])


@pytest.mark.parametrize(
    ("health", "worn", "sold"), [(84, True, 85), (85, False, 85), (92, False, 92), (None, False, 85)]
)
def test_a_tablet_is_priced_from_its_own_battery_floor(health, worn, sold):
    tablet = a_tablet(health=health)
    sale = as_sold(tablet, grade(tablet, [TABLET.standard]), (TABLET.standard,))
    assert (sale.new_battery, sale.battery_percent) == (worn, sold)


@pytest.mark.parametrize("code", ["tablet_imei", "no_modem"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_is_told_to_dial_on_a_tablet(code, language):
    said = message(Problem("identity.imei", code), language)
    assert "IMEI" in said
    assert "*#06#" not in said
