"""Scripts and what comes back: an answer counts only when it is whole."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from diagnostics.android.batch import end_marker, harvest, new_word, script
from diagnostics.android.commands import Command

_TWO = (Command("one", "getprop"), Command("two", "dumpsys battery"))
_WORD = "cafe0123"


def _printed(*answers: tuple[str, str, int]) -> str:
    return "".join(f"@@{_WORD}:{name}@@\n{text}@@{_WORD}={status}@@\n" for name, text, status in answers)


def test_a_script_runs_everything_between_markers():
    assert script(_TWO, _WORD) == (
        "echo @@cafe0123:one@@; getprop 2>&1; echo @@cafe0123=$?@@; "
        "echo @@cafe0123:two@@; dumpsys battery 2>&1; echo @@cafe0123=$?@@; echo @@cafe0123.@@"
    )


def test_whole_output_gives_all_answers():
    output = _printed(("one", "[a]: [b]\n", 0), ("two", "denied", 1)) + end_marker(_WORD) + "\n"
    got = harvest(output.replace("\n", "\r\n").encode(), _WORD)
    assert got.ended
    assert {name: (a.text, a.status) for name, a in got.answers.items()} == {
        "one": ("[a]: [b]\n", 0),
        "two": ("denied", 1),
    }


def test_broken_output_keeps_what_is_whole_and_names_what_was_running():
    output = _printed(("one", "x\n", 0)) + f"@@{_WORD}:two@@\nhalf of it"
    got = harvest(output.encode(), _WORD)
    assert (set(got.answers), got.open, got.ended) == ({"one"}, "two", False)


def test_shells_without_statuses_are_fine():
    got = harvest(f"@@{_WORD}:one@@\nx\n@@{_WORD}=@@\n@@{_WORD}.@@".encode(), _WORD)
    assert got.answers["one"].status is None


def test_a_status_that_is_none_ends_no_answer():
    forged = f"@@{_WORD}:one@@\nx\n@@{_WORD}={'9' * 5000}@@\n"
    got = harvest((forged + _printed(("two", "y\n", 0)) + end_marker(_WORD)).encode(), _WORD)
    assert {name: answer.text for name, answer in got.answers.items()} == {"two": "y\n"}


def test_a_phone_cannot_forge_markers_without_the_word():
    output = _printed(("one", "@@END@@\n@@deadbeef=0@@\n@@deadbeef.@@\n", 0))
    got = harvest(output.encode(), _WORD)
    assert got.answers["one"].text.startswith("@@END@@")
    assert not got.ended


def test_words_differ():
    assert len({new_word() for _ in range(50)}) == 50
    assert all(re.fullmatch("[0-9a-f]{8}", new_word()) for _ in range(5))


@given(st.binary(max_size=400))
def test_any_bytes_are_met(noise):
    got = harvest(noise + f"@@{_WORD}:one@@\n".encode() + noise, _WORD)
    assert not got.ended or got.answers is not None


@given(st.text(max_size=200))
def test_any_text_comes_through(text):
    output = (_printed(("one", text, 0)) + end_marker(_WORD)).encode("utf-8", "replace")
    expected = text.encode("utf-8", "replace").decode().replace("\r", "").replace("\0", "")
    assert harvest(output, _WORD).answers["one"].text == expected
