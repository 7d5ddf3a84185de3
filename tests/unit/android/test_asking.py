"""What is asked again, and what is given up."""

from __future__ import annotations

import pytest

from diagnostics.android.asking import LONGEST_ANSWER, Asker
from diagnostics.android.batch import Outcome
from diagnostics.android.commands import Command
from diagnostics.android.errors import PhoneLost
from diagnostics.android.reading import AndroidReading
from diagnostics.android.shell import Cause, Heard
from diagnostics.model import State
from diagnostics.ports import Progress
from tests.fakes.android import ScriptedShell, builder

_COMMANDS = tuple(Command(f"c_{letter}", f"cat {letter}") for letter in "abcdefgh")
_TEXTS = {f"cat {letter}": f"text {letter}\n" for letter in "abcdefgh"}


async def _ask(shell, **limits):
    return await Asker(shell, **limits).ask(_COMMANDS)


async def test_a_healthy_phone_is_asked_once():
    shell = ScriptedShell(_TEXTS)
    answers = await _ask(shell)
    assert len(shell.calls) == 1
    assert {name: answer.text for name, answer in answers.items()} == {
        f"c_{letter}": f"text {letter}\n" for letter in "abcdefgh"
    }


async def test_a_command_that_breaks_the_link_costs_only_itself():
    shell = ScriptedShell(_TEXTS, breaks=frozenset({"cat c"}))
    answers = await _ask(shell)
    assert answers["c_c"].outcome is Outcome.DROPPED
    assert {name for name, answer in answers.items() if answer.outcome is Outcome.DONE} == {
        f"c_{letter}" for letter in "abdefgh"
    }


async def test_whole_answers_before_a_break_are_not_asked_for_again():
    shell = ScriptedShell(_TEXTS, breaks=frozenset({"cat c"}))
    await _ask(shell)
    assert sum("c_a" in call for call in shell.calls) == 1


async def test_after_a_break_the_rest_is_asked_in_halves():
    shell = ScriptedShell(_TEXTS, breaks=frozenset({"cat a"}))
    await _ask(shell)
    assert [len(call) for call in shell.calls[:3]] == [8, 4, 2]


@pytest.mark.parametrize(
    ("shell", "outcome"),
    [
        (ScriptedShell(_TEXTS, hangs=frozenset({"cat d"})), Outcome.TIMEOUT),
        (ScriptedShell(_TEXTS, floods=frozenset({"cat d"})), Outcome.TOO_LONG),
    ],
)
async def test_a_command_that_hangs_or_floods_is_given_up_at_once(shell, outcome):
    answers = await _ask(shell)
    assert answers["c_d"].outcome is outcome
    assert answers["c_h"].text == "text h\n"
    assert len(shell.calls) == 2


async def test_a_phone_that_is_never_heard_is_given_up_after_one_call():
    shell = ScriptedShell(silent=True)
    with pytest.raises(PhoneLost) as lost:
        await _ask(shell)
    assert (lost.value.state, len(shell.calls)) == (State.TIMEOUT, 1)


async def test_no_call_is_begun_after_the_limit_for_the_whole_reading():
    shell = ScriptedShell(_TEXTS)
    answers = await _ask(shell, whole=0.0)
    assert not shell.calls
    assert {answer.outcome for answer in answers.values()} == {Outcome.TIMEOUT}


async def test_nothing_to_ask_is_nothing_asked():
    shell = ScriptedShell()
    assert await Asker(shell).ask(()) == {}
    assert not shell.calls


async def test_an_answer_that_is_too_long_to_be_honest_is_no_answer():
    shell = ScriptedShell({"cat a": "learned: 4630\n" * (LONGEST_ANSWER // 10), "cat b": "b"})
    commands = (Command("a", "cat a"), Command("b", "cat b"), Command("long", "cat a", head_only=True))
    answers = await Asker(shell).ask(commands)
    assert (answers["a"].outcome, answers["a"].text) == (Outcome.TOO_LONG, "")
    assert answers["b"].text == "b"
    assert LONGEST_ANSWER - 20 < len(answers["long"].text) <= LONGEST_ANSWER
    assert set(answers["long"].text.splitlines()) == {"learned: 4630"}


class _MuteShell:
    """A shell that takes everything and prints nothing of its own, after it answered once."""

    def __init__(self, cause, answers_first):
        self._cause = cause
        self._answering = ScriptedShell() if answers_first else None
        self.calls = 0

    async def run(self, line, until, *, seconds, most):
        self.calls += 1
        if self._answering is not None and self.calls == 1:
            return await self._answering.run(line, until, seconds=seconds, most=most)
        return Heard(b"noise", self._cause)


@pytest.mark.parametrize(
    ("cause", "outcome"), [(Cause.DEADLINE, Outcome.TIMEOUT), (Cause.CAP, Outcome.TOO_LONG)]
)
async def test_a_shell_that_answers_nothing_four_times_is_not_asked_any_more(cause, outcome):
    shell = _MuteShell(cause, answers_first=True)
    asker = Asker(shell)
    await asker.ask(_COMMANDS[:1])
    answers = await asker.ask(_COMMANDS)
    assert shell.calls == 5
    assert len(answers) == len(_COMMANDS)
    assert {answer.outcome for answer in answers.values()} == {outcome, Outcome.TIMEOUT}


@pytest.mark.parametrize(
    ("cause", "outcome"), [(Cause.CLOSED, Outcome.DROPPED), (Cause.ENDED, Outcome.GARBLED)]
)
async def test_a_shell_that_breaks_off_before_every_marker_is_asked_seven_times(cause, outcome):
    shell = _MuteShell(cause, answers_first=False)
    asker = Asker(shell)
    assert {answer.outcome for answer in (await asker.ask(_COMMANDS)).values()} == {outcome}
    await asker.ask(_COMMANDS)
    assert shell.calls == 7


class _Swallowing(ScriptedShell):
    """A shell in which a break takes all along that was printed before it."""

    async def run(self, line, until, *, seconds, most):
        heard = await super().run(line, until, seconds=seconds, most=most)
        return Heard(b"", heard.cause) if heard.cause is Cause.CLOSED else heard


async def test_a_command_that_takes_all_others_along_costs_only_itself_in_a_large_group():
    commands = tuple(Command(f"c_{'x' * number}", f"cat {number}") for number in range(1, 33))
    answers = await Asker(_Swallowing(breaks=frozenset({"cat 1"}))).ask(commands)
    assert [name for name, answer in answers.items() if answer.outcome is not Outcome.DONE] == ["c_x"]


async def test_a_shell_that_breaks_off_in_every_command_is_not_asked_for_ever():
    commands = tuple(Command(f"c_{'x' * number}", f"cat {number}") for number in range(1, 33))
    shell = ScriptedShell(breaks=frozenset(command.text for command in commands))
    answers = await Asker(shell).ask(commands)
    assert {answer.outcome for answer in answers.values()} == {Outcome.DROPPED}
    assert len(shell.calls) == 24


class _Endless:
    """A shell in which the one command that is asked prints on and on, until a limit of ours."""

    def __init__(self, cause, printed):
        self._cause = cause
        self._printed = printed

    async def run(self, line, until, *, seconds, most):
        word = until.decode().strip("@.")
        return Heard(f"@@{word}:stats@@\n{self._printed}".encode(), self._cause)


@pytest.mark.parametrize("cause", [Cause.CAP, Cause.DEADLINE])
async def test_the_head_of_an_endless_dump_is_taken_in_whole_lines(cause):
    printed = "Estimated battery capacity: 5000 mAh\nLast learned battery capacity: 46"
    for head_only, text in ((True, "Estimated battery capacity: 5000 mAh\n"), (False, "")):
        command = Command("stats", "dumpsys batterystats", head_only=head_only)
        answers = await Asker(_Endless(cause, printed)).ask((command,))
        assert answers["stats"].text == text


async def test_the_head_of_a_dump_that_broke_off_is_no_answer():
    command = Command("stats", "dumpsys batterystats", head_only=True)
    answers = await Asker(_Endless(Cause.CLOSED, "Estimated battery capacity: 5000 mAh\n")).ask((command,))
    assert (answers["stats"].text, answers["stats"].outcome) == ("", Outcome.DROPPED)


async def test_who_a_slow_phone_is_stands_on_the_card_while_the_rest_of_it_is_waited_for():
    texts = {"getprop": "[ro.product.model]: [Pixel 8]\n[sys.boot_completed]: [1]\n"}
    shell = ScriptedShell(texts, hangs=frozenset({"dumpsys battery"}))
    told: list[tuple[int, str | None]] = []

    def publish(progress: Progress) -> None:
        told.append((len(shell.calls), progress.reading.identity.model))

    reading = await AndroidReading(Asker(shell), builder(), publish).read()
    assert told[0] == (1, "Pixel 8"), "after the call that hung, and before the next one"
    assert (reading.state, reading.identity.model) == (State.READY, "Pixel 8")
