"""Whatever standard the linter lets pass: a better answer, battery or lock never costs a grade."""

from __future__ import annotations

import dataclasses
from datetime import date

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.drafts import Draft
from diagnostics.grading.engine import grade
from diagnostics.grading.floor import floor_answers, floor_readings
from diagnostics.grading.library import library_of, program
from diagnostics.grading.linting import look_at_draft
from diagnostics.grading.result import SEVERITY, Grade
from tests.unit.grading.test_properties import RATED, badness, inspections

CHECKLIST = load_checklist()
WORDS = list(SEVERITY)
LOCKS = tuple(f"locks.{lock}" for lock in ("activation", "find_my", "account", "mdm", "sim", "blacklist"))


def rule(cap):
    return {"cap": cap, "mark": "ours"}


def lower(one, other):
    """Return the worse of two rules: nothing is less strict than the floor, or better where nobody knows."""
    return rule(max(one["cap"], other["cap"], key=SEVERITY.__getitem__))


@st.composite
def drafts(draw, tidy=False):
    """Return a standard whose rules are in order; unless it is tidy a few are as they came."""
    random = draw(st.randoms(use_true_random=False))
    wild = set() if tidy else set(random.sample(sorted(RATED), random.choice([0, 0, 1, 2])))

    def ladder(name, number, words=WORDS):
        drawn = random.choices(words, k=number)
        return drawn if name in wild else sorted(drawn, key=SEVERITY.__getitem__)

    answers = {}
    for question in (question for question in CHECKLIST.questions if question.answers):
        below = [answer.id for answer in question.answers[1:]]
        caps = iter(ladder(question.id, len(below)))
        floor = floor_answers().get(question.id, {})
        rules = {answer: rule(next(caps)) for answer in below}
        answers[question.id] = {name: lower(row, floor.get(name, row)) for name, row in rules.items()}
    lows = sorted(random.sample(range(1, 101), random.randrange(4)), reverse=True)
    if wild and random.random() < 0.5:
        random.shuffle(lows)
    steps = list(zip([*lows, 0], ladder("pixels", len(lows) + 1), strict=True))
    floors = floor_readings()
    locks = {f: {"on": lower(rule(random.choice(WORDS[4:])), floors[f]["on"])} for f in LOCKS}
    if wild and random.random() < 0.5:
        locks["locks.sim"]["off"] = rule(random.choice(WORDS))
    battery = {
        "steps": [{"at_least": low, **rule(cap)} for low, cap in steps],
        "unknown": lower(rule(random.choice(WORDS)), rule(max(steps)[1])),
    }
    data = {
        "id": "random",
        "version": "1",
        "valid_from": date(2026, 1, 1),
        "checklist": "phone-1",
        "unanswered": rule(random.choice(WORDS[1:])),
        "needs_one_of": ["safety", "front_crack"],
        "labels": {word.value: word.value for word in Grade},
        "answers": answers,
        "readings": {**locks, "battery.health_percent": battery},
    }
    return Draft("random.toml", "random.toml", data)


@settings(max_examples=60, deadline=None)
@given(drafts(), inspections, st.data())
def test_no_standard_that_passes_lowers_a_grade_for_a_better_answer(draft, inspection, data):
    looked = look_at_draft(draft)
    event("passed" if looked.standard else "found wrong")
    assume(looked.standard is not None)
    assert looked.standard is not None
    shelf = library_of([*program().by_rule_set.values(), looked.standard])

    def result(answers):
        return badness(grade(dataclasses.replace(inspection, answers=answers), ["random"], shelf))

    question = data.draw(st.sampled_from(sorted(RATED)))
    places = sorted(data.draw(st.tuples(*[st.integers(0, len(RATED[question]) - 1)] * 2)))
    better, worse = (result({**inspection.answers, question: RATED[question][place]}) for place in places)
    assert better <= worse
    healths = data.draw(st.tuples(st.integers(1, 100), st.integers(1, 100)))
    lower, higher = (result({**inspection.answers, "battery_settings": each}) for each in sorted(healths))
    assert higher <= lower


@settings(max_examples=40, deadline=None)
@given(drafts(tidy=True), st.data())
def test_two_rules_that_change_places_are_always_found(draft, data):
    answers = draft.data["answers"]
    ends = {q: (names[1], names[-1]) for q, names in RATED.items() if len(names) > 2}
    differ = [q for q, (first, last) in sorted(ends.items()) if answers[q][first] != answers[q][last]]
    assume(differ)
    question = data.draw(st.sampled_from(differ))
    first, last = ends[question]
    rules = answers[question]
    swapped = {**rules, first: rules[last], last: rules[first]}
    wrong = {**draft.data, "answers": {**answers, question: swapped}}
    assert look_at_draft(draft).findings == ()
    codes = {found.code for found in look_at_draft(dataclasses.replace(draft, data=wrong)).findings}
    assert codes == {"lower_for_better"}
