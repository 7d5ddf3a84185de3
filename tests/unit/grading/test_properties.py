"""What holds for every phone, whatever is answered and read."""

from __future__ import annotations

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.codec import grade_from_json, grade_to_json
from diagnostics.grading.engine import Grade, GradeResult, grade
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.library import program
from diagnostics.grading.result import SEVERITY
from diagnostics.model import Battery, DeviceId, Locks, LockState, Platform, Reading, State, Transport
from tests.fakes.gradable import BEST

CHECKLIST = load_checklist()
CHOICES = [question for question in CHECKLIST.questions if question.answers]
RATED = {q.id: [answer.id for answer in q.answers if answer.sign != "?"] for q in CHOICES}
"""Answers best first, without "not checked", which stands outside that order."""

lock_states = st.sampled_from(LockState)
readings = st.builds(
    Reading,
    id=st.just(DeviceId("")),
    platform=st.just(Platform.UNKNOWN),
    transport=st.just(Transport.TYPED),
    slot=st.none(),
    state=st.just(State.READY),
    battery=st.builds(Battery, health_percent=st.none() | st.integers(1, 100)),
    locks=st.builds(Locks, **{field.name: lock_states for field in dataclasses.fields(Locks)}),
)
any_answers = st.fixed_dictionaries(
    {},
    optional={q.id: st.sampled_from([answer.id for answer in q.answers]) for q in CHOICES}
    | {"battery_settings": st.integers(1, 100)},
)
# Most phones have a few faults, not thirty: else nearly every example is a repair.
few_faults = any_answers.map(lambda faults: {**BEST, **dict(list(faults.items())[:3])})
inspections = st.builds(
    Inspection, reading=readings, checklist=st.just("phone-1"), answers=st.one_of(any_answers, few_faults)
)
PHONES = [each.id for each in program().newest("phone-1")]
standards = st.sampled_from(PHONES)


def badness(result: GradeResult) -> tuple[int, int]:
    """Return how bad a result is: first what is to be done, then the grade that a phone on hold keeps."""
    best = result.grade or ("repair" if result.disposition == "hold" else None)
    word = result.grade if result.disposition == "sellable" else result.disposition
    assert word is not None
    return SEVERITY[word], SEVERITY[best] if best else 0


@given(inspections, standards)
def test_every_phone_gets_a_result_that_agrees_with_itself(inspection, standard):
    result = grade(inspection, [standard])
    assert (result.grade is not None) == (result.disposition == "sellable") or result.disposition == "hold"
    caps = {cap.cap for cap in result.capped_by}
    words: dict[str, set[str | None]] = {
        "sellable": {result.grade},
        "hold": {"hold", result.grade, "repair", "incomplete"},
    }
    assert caps <= words.get(result.disposition, {result.disposition.value})
    assert all((cap.question is None) != (cap.reading is None) for cap in result.capped_by)


@given(inspections)
def test_what_is_not_premium_has_a_reason(inspection):
    result = grade(inspection)
    assert result.grade == Grade.PREMIUM or result.capped_by or result.unanswered
    if result.grade == Grade.PREMIUM:
        assert not result.unanswered


@given(inspections, standards, st.data())
def test_a_better_answer_never_gives_a_worse_grade(inspection, standard, data):
    question = data.draw(st.sampled_from(sorted(RATED)))
    better, worse = sorted(data.draw(st.tuples(*[st.integers(0, len(RATED[question]) - 1)] * 2)))

    def answering(place):
        answers = {**inspection.answers, question: RATED[question][place]}
        return badness(grade(dataclasses.replace(inspection, answers=answers), [standard]))

    assert answering(better) <= answering(worse)


@given(inspections, standards, st.tuples(st.integers(1, 100), st.integers(1, 100)))
def test_a_better_battery_never_gives_a_worse_grade(inspection, standard, healths):
    def typed(percent):
        answers = {**inspection.answers, "battery_settings": percent}
        return badness(grade(dataclasses.replace(inspection, answers=answers), [standard]))

    assert typed(max(healths)) <= typed(min(healths))


@given(inspections, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(inspection, random):
    shuffled = list(inspection.answers.items())
    random.shuffle(shuffled)
    assert grade(dataclasses.replace(inspection, answers=dict(shuffled))) == grade(inspection)


def changed(inspection: Inspection, lift) -> Inspection:
    """Return the inspection after what a lift asks for."""
    if lift.question is not None:
        value = int(lift.answer) if lift.question == "battery_settings" else lift.answer
        return dataclasses.replace(inspection, answers={**inspection.answers, lift.question: value})
    group, name = lift.reading.split(".")
    value = int(lift.answer) if group == "battery" else LockState(lift.answer)
    part = dataclasses.replace(getattr(inspection.reading, group), **{name: value})
    return dataclasses.replace(inspection, reading=dataclasses.replace(inspection.reading, **{group: part}))


@settings(max_examples=200)
@given(inspections, standards)
def test_a_lift_is_true(inspection, standard):
    before = grade(inspection, [standard])
    for lift in before.lifts:
        after = grade(changed(inspection, lift), [standard])
        assert badness(after) < badness(before)
        assert lift.to in {after.grade, after.disposition}


@settings(max_examples=200)
@given(inspections, standards)
def test_a_lift_is_the_least_change_and_none_is_missing(inspection, standard):
    before = grade(inspection, [standard])
    lifts = {lift.question: lift.answer for lift in before.lifts}
    for cap in before.capped_by:
        if cap.question not in RATED:
            continue
        order = [answer.id for answer in CHECKLIST.question(cap.question).answers_before(cap.answer)]
        tries = {
            answer: grade(
                dataclasses.replace(inspection, answers={**inspection.answers, cap.question: answer}),
                [standard],
            )
            for answer in reversed(order)
        }
        better = [answer for answer, then in tries.items() if badness(then) < badness(before)]
        assert lifts.get(cap.question) == (better[0] if better else None)


@given(inspections, st.permutations(PHONES))
def test_a_grade_goes_through_json_unchanged(inspection, names):
    result = grade(inspection, names)
    assert grade_from_json(grade_to_json(result)) == result
