"""Each fault can be put at each of its steps, happens there and nowhere else, and is gone when it is cleared."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from diagnostics.errors import BadInput
from diagnostics.practice.apple.changes import CHANGES
from diagnostics.practice.apple.faults import FAULTS, fault_groups, fault_steps, matrix
from diagnostics.practice.apple.steps import BUS, STEPS, Step
from diagnostics.practice.bench import PracticeThread
from diagnostics.practice.wires import WIRES
from tests.fakes.apple_client import id_of
from tests.fakes.iphone_talk import Broken, Talk

PHONE = "iphone-worn-battery"
SOON, LATE = 0.4, 2.0
"""Seconds for an answer, and for a whole conversation, of a phone with a fault."""


@pytest.fixture(scope="module")
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=1, androids=0) as running:
        yield running


@pytest.fixture(autouse=True)
def cleared(bench: PracticeThread) -> Iterator[None]:
    yield
    bench.clear(PHONE)
    bench.clear("usbmuxd")


def target(step: Step) -> str:
    return "usbmuxd" if step in BUS else PHONE


def test_the_talk_comes_to_every_step(bench: PracticeThread):
    answers = Talk(bench, id_of(bench, PHONE)).run()

    assert answers.keys() == set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_a_fault_happens_at_its_step_and_not_before(bench: PracticeThread, step: Step):
    udid = id_of(bench, PHONE)
    bench.fault(target(step), "disconnects", step)
    with pytest.raises(Broken) as caught:
        Talk(bench, udid).run()
    assert caught.value.step is step
    bench.clear(target(step))

    assert Talk(bench, udid).run()


@pytest.mark.parametrize("fault", [name for name, fault in FAULTS.items() if fault.target == "phone"])
def test_the_next_conversation_after_a_fault_works_at_once(bench: PracticeThread, fault: str):
    udid = id_of(bench, PHONE)
    healthy = Talk(bench, udid).run()
    bench.fault(PHONE, fault)
    assert bench.phones()[0].fault == fault
    spoiled = said(bench, udid)
    assert spoiled != without_chance(healthy), f"{fault} shows nowhere"
    bench.clear(PHONE)
    if fault == "service-restarts":
        wait_for_service(bench, udid)

    assert without_chance(Talk(bench, udid).run()) == without_chance(healthy)
    assert (bench.phones()[0].fault, bench.phones()[0].plugged) == ("", True)


def said(bench: PracticeThread, udid: str) -> object:
    """What a conversation gives, without what chance gives it; the step where it broke stands for the rest."""
    talk, started = Talk(bench, udid, SOON), time.monotonic()
    try:
        answers: dict[Step, object] = without_chance(talk.run())
    except Broken as broken:
        return broken.step, type(broken.error)
    return answers if time.monotonic() - started < LATE else "late"


def without_chance(answers: dict[Step, object]) -> dict[Step, object]:
    return {step: scrubbed(answer) for step, answer in answers.items()}


def scrubbed(answer: object) -> object:
    chance = ("TimeIntervalSince1970", "Port", "SessionID", "DeviceID")
    if isinstance(answer, dict):
        return {key: scrubbed(value) for key, value in answer.items() if key not in chance}
    return [scrubbed(value) for value in answer] if isinstance(answer, list) else answer


def wait_for_service(bench: PracticeThread, udid: str) -> None:
    deadline = time.monotonic() + 5
    while isinstance(said(bench, udid), tuple):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_catalogue_is_whole():
    kinds = {*CHANGES, *WIRES, "refuse", "stranger"} - {"flood"}  # shells alone flood
    used = {rule.kind for fault in FAULTS.values() for rule in fault.rules}

    assert used == kinds
    assert {fault.group for fault in FAULTS.values()} == set(fault_groups())
    for fault in FAULTS.values():
        assert set(fault.words) == {"en", "fr"}
        assert all(rule.at or fault.default for rule in fault.rules), f"{fault.id} happens nowhere"
    for words in (*fault_groups().values(), *(fault.words for fault in FAULTS.values())):
        assert all(words[language].strip() for language in ("en", "fr"))


def test_every_fault_can_be_put_wherever_the_matrix_says(bench: PracticeThread):
    pairs = [(PHONE, *pair) for pair in matrix()] + [("usbmuxd", *pair) for pair in matrix("bus")]
    for where, fault, step in pairs:
        bench.fault(where, fault, step)
    assert {fault for _, fault, _ in pairs} == set(FAULTS)
    assert len(pairs) > 900


@pytest.mark.parametrize(
    ("where", "fault", "step", "code"),
    [
        (PHONE, "gremlins", None, "unknown_fault"),
        (PHONE, "falls-silent", "lunch", "unknown_step"),
        (PHONE, "battery-zero", "values", "step_unfit"),
        (PHONE, "answers-list", "session-tls", "step_unfit"),
        (PHONE, "falls-silent", "listen", "step_unfit"),
        (PHONE, "service-down", None, "target_unfit"),
        ("usbmuxd", "denied", None, "target_unfit"),
        ("usbmuxd", "falls-silent", None, "step_unfit"),
        ("usbmuxd", "falls-silent", "pair", "step_unfit"),
        ("nobody", "falls-silent", None, "unknown_phone"),
    ],
)
def test_what_cannot_be_is_one_clear_sentence(
    bench: PracticeThread, where: str, fault: str, step: str | None, code: str
):
    with pytest.raises(BadInput) as caught:
        bench.fault(where, fault, step)

    assert caught.value.code == code
    assert caught.value.hint
    assert bench.phones()[0].fault == ""


def test_steps_of_a_fault_stand_in_the_order_of_a_conversation():
    steps = fault_steps("falls-silent")
    assert list(steps) == [step for step in STEPS if step not in BUS]
    assert fault_steps("falls-silent", "bus") == tuple(step for step in STEPS if step in BUS)
    assert fault_steps("denied") == ()


def test_a_fault_that_is_wanted_twice_ends_by_itself(bench: PracticeThread):
    udid = id_of(bench, PHONE)
    bench.fault(PHONE, "disconnects", Step.PAIR, times=2)
    for _ in range(2):
        with pytest.raises(Broken) as caught:
            Talk(bench, udid).run()
        assert caught.value.step is Step.PAIR

    assert Talk(bench, udid).run()
    assert bench.phones()[0].fault == ""
