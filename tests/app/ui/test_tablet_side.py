"""A tablet in the window: its own questions, its own outline, and a phone beside it keeps its own."""

from __future__ import annotations

import dataclasses
from typing import Any

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.defects import load_defects
from tests.fakes.windows import phone_of, read_iphone

QUESTION = "cellular"


def an_ipad(name: str = "B"):
    reading = read_iphone(name, model="iPad (9th generation)", imei=None)
    identity = dataclasses.replace(reading.identity, model_code="iPad12,1")
    return dataclasses.replace(reading, identity=identity)


def shown(counter: Any) -> str:
    return str(counter.bench.checklist.checklist.id)


def test_each_device_is_asked_by_its_own_list(counter: Any):
    counter.open()
    counter.plug(phone_of(read_iphone("A")), phone_of(an_ipad()))
    counter.show_window()
    model = counter.bench.checklist
    assert shown(counter) == "phone-1"
    counter.bench.devices.select(1)
    counter.settle()
    assert (shown(counter), model.defects) == ("tablet-1", load_defects("tablet-1"))
    model.go_to_question(QUESTION)
    counter.settle()
    assert model.current is load_checklist("tablet-1").question(QUESTION)
    counter.bench.devices.select(0)
    counter.settle()
    assert shown(counter) == "phone-1"
    assert QUESTION not in {question.id for page in model.checklist.pages for question in page.questions}


def test_the_tiles_count_each_devices_own_questions(counter: Any):
    counter.open()
    counter.plug(phone_of(read_iphone("A")), phone_of(an_ipad()))
    bench = counter.bench
    phone, tablet = (bench.records[port.record_id] for port in bench.devices.board.ports[:2])
    before = bench._count_open(tablet)
    bench.devices.select(1)
    counter.settle()
    assert bench._count_open(tablet) == before == bench.checklist.figures().open
    assert bench._count_open(phone) > 0


def test_a_tablet_is_answered_graded_and_left_without_an_offer_in_words(counter: Any):
    counter.open()
    counter.plug(phone_of(an_ipad("A")))
    counter.show_window()
    tablet = load_checklist("tablet-1")
    best = {q.id: q.answers[0].id for q in tablet.required if q.answers and not q.only_if}
    counter.bench.saving.answer(
        counter.bench.record_id, {**best, "owner_lock": "seen_off", "cellular": "wifi_only"}
    )
    counter.settle()
    record = counter.bench.record
    assert record.grade.rule_set == "backmarket-tablet-2025@1"
    assert record.quote.offer is None
    said = counter.window.parts.quote.text()
    assert "The model “iPad (9th generation)” is not in the catalogue, so it has no price." in said


def test_a_device_that_says_only_now_that_it_is_a_tablet_changes_its_list(counter: Any):
    from diagnostics.model import State

    counter.open()
    counter.plug(phone_of(read_iphone("A", state=State.NEEDS_TRUST)))
    counter.show_window()
    assert shown(counter) == "phone-1"
    counter.plug(phone_of(an_ipad("A")))
    assert shown(counter) == "tablet-1"
    assert counter.notices == []


def test_where_something_was_answered_the_list_stays_and_the_window_says_so(counter: Any):
    from diagnostics.model import State

    counter.open()
    counter.plug(phone_of(read_iphone("A", state=State.NEEDS_TRUST)))
    counter.show_window()
    counter.bench.checklist.press_digit(1)
    counter.settle()
    counter.plug(phone_of(an_ipad("A")))
    assert shown(counter) == "phone-1"
    assert [notice.text for notice in counter.notices] == [
        "This device is asked the questions of another kind: it said too late what it is."
    ]
    assert counter.bench.record.answers["safety"] == "ok"
