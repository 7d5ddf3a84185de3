"""`tradein grade` and the bench believe the same of a battery's percent that a person typed."""

from __future__ import annotations

import dataclasses
import json
from contextlib import suppress
from datetime import UTC, datetime
from types import MappingProxyType

import pytest

from diagnostics import codec
from diagnostics.errors import UserError
from diagnostics.model import Evidence, Quality, Reading
from tests.fakes.inspections import best_answers
from tests.fakes.shops import PaperShop, a_reading
from tests.fakes.terminals import Terminal
from tradein_app.services.records import THE_PERSON

HEALTH = "battery.health_percent"
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


def told(percent: int | None, quality: Quality | None) -> Reading:
    proof = {} if quality is None else {HEALTH: Evidence("battery", quality, str(percent), NOON)}
    return dataclasses.replace(a_reading(battery=percent), evidence=MappingProxyType(proof))


def document(reading: Reading, typed: int) -> bytes:
    answers = best_answers() | {"battery_settings": typed}
    known = {"schema": "tradein/inspection-1", "checklist": "phone-1", "answers": answers}
    return json.dumps(known | {"reading": codec.to_json(reading)}).encode()


def on_the_bench(reading: Reading, typed: int) -> str:
    """Grade the same phone where it is answered by hand: what is refused there, does not count."""
    shop = PaperShop()
    record = shop.desk.take_in(reading, actor=THE_PERSON)
    record = shop.desk.answer(record.id, best_answers(), actor=THE_PERSON)
    with suppress(UserError):
        record = shop.desk.answer(record.id, {"battery_settings": typed}, actor=THE_PERSON)
    shop.close()
    assert record.grade is not None
    return str(record.grade.grade or record.grade.disposition)


@pytest.mark.parametrize(
    ("reading", "typed", "grade"),
    [
        (told(95, Quality.EXACT), 70, "repair"),
        (told(95, Quality.EXACT), 95, "premium"),
        (told(70, Quality.ESTIMATE), 95, "premium"),
        (told(70, Quality.TYPED), 95, "premium"),
        (told(70, None), 95, "premium"),
        (told(None, None), 95, "premium"),
    ],
)
def test_a_typed_percent_overrides_what_is_no_better_proof(tradein, reading, typed, grade):
    outcome = tradein("grade", "-", "--json", stdin=document(reading, typed))
    assert (outcome.document["grade"] or outcome.document["disposition"]) == grade
    assert on_the_bench(reading, typed) == grade
    assert "left_out" not in outcome.document
    assert outcome.err == ""


def test_a_percent_better_than_an_exact_reading_is_believed_neither_here_nor_on_the_bench(tradein):
    reading = told(70, Quality.EXACT)
    outcome = tradein("grade", "-", "--json", stdin=document(reading, 95))
    assert outcome.document["disposition"] == on_the_bench(reading, 95) == "repair"
    assert outcome.document["left_out"] == [{"question": "battery_settings", "answer": 95, "why": "cable"}]
    assert "not counted: battery_settings = 95." in outcome.line


@pytest.mark.parametrize("command", ["grade", "quote"])
def test_what_is_not_believed_is_said_in_french(tradein, monkeypatch, command):
    monkeypatch.setenv("TRADEIN_LANG", "fr")
    outcome = tradein(command, "-", stdin=document(told(70, Quality.EXACT), 95))
    assert (
        "Mieux que ce que le téléphone lui-même a dit, et non compté : battery_settings = 95." in outcome.err
    )
