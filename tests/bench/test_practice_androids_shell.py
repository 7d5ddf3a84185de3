"""The practice phones' shell: scripts as a POSIX shell runs them, and nothing that never ends."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.practice.android.loading import load_androids
from diagnostics.practice.android.programs import shell_for
from diagnostics.practice.android.shell.builtins import BUILTINS
from diagnostics.practice.android.shell.interpreter import Interpreter, Outcome

PHONES = {phone.id: phone for phone in load_androids(12)}
GALAXY, NEXUS = PHONES["worn-battery"], PHONES["no-exit-codes"]


def run(script: str) -> Outcome:
    return Interpreter(dict(BUILTINS), files={"/proc/version": b"Linux\n"}).run(script)


@pytest.mark.parametrize(
    ("script", "printed", "status"),
    [
        ("echo a b   c", "a b c\n", 0),
        ("echo 'a  b' \"c $HOME d\" e\\ f", "a  b c  d e f\n", 0),
        ("echo a; echo b\necho c", "a\nb\nc\n", 0),
        ("true && echo yes || echo no", "yes\n", 0),
        ("false && echo yes || echo no", "no\n", 0),
        ("false; echo rc=$?@@", "rc=1@@\n", 0),
        ("exit 3; echo never", "", 3),
        ("(exit 4); echo $?", "4\n", 0),
        ("{ echo a; echo b; } | wc -l", "2\n", 0),
        ("echo one >/dev/null; echo two 2>/dev/null", "two\n", 0),
        ("nothing 2>/dev/null; echo $?", "127\n", 0),
        ("nothing >/dev/null 2>&1; echo $?", "127\n", 0),
        ("! true; echo $?", "1\n", 0),
        ("X=5; echo $X ${X}y", "5 5y\n", 0),
        ("echo $(echo a; echo b) `echo c`", "a b c\n", 0),
        ('echo "$(echo "a  b")"', "a  b\n", 0),
        ("echo a | grep b; echo $?", "1\n", 0),
        ("echo 'level: 5' | grep -i LEVEL | head -1", "level: 5\n", 0),
        ("grep -q Lin < /proc/version && echo found", "found\n", 0),
        ("echo /proc/v*", "/proc/version\n", 0),
        ("echo '/proc/v*'", "/proc/v*\n", 0),
        ("echo a # the rest is not run", "a\n", 0),
        ("[ a = a ] && echo same", "same\n", 0),
        ("echo hi > /sdcard/x; echo $?", "1\n", 0),
    ],
)
def test_scripts_do_what_a_posix_shell_does(script: str, printed: str, status: int):
    outcome = run(script)
    assert (outcome.text(1), outcome.status) == (printed, status)


def test_an_unknown_command_is_127_in_the_words_of_its_release():
    assert shell_for(GALAXY).run("foo").text(2) == "/system/bin/sh: foo: inaccessible or not found\n"
    assert shell_for(NEXUS).run("foo").text(2) == "/system/bin/sh: foo: not found\n"
    assert shell_for(GALAXY).run("foo").status == 127


@pytest.mark.parametrize(
    "script", ["echo 'open", "if true; then id; fi", "(", "a | ; b", ")", "echo >", "&& id"]
)
def test_what_is_no_script_is_a_syntax_error(script: str):
    outcome = run(script)
    assert outcome.status == 1
    assert "syntax error" in outcome.text(2)


def test_errors_can_be_joined_to_the_output_in_order():
    outcome = shell_for(GALAXY).run(
        "echo @@A@@; cat /sys/class/power_supply/battery/charge_full 2>&1; echo @@rc=$?@@; echo @@END@@"
    )
    assert outcome.text(1).splitlines() == [
        "@@A@@",
        "cat: /sys/class/power_supply/battery/charge_full: Permission denied",
        "@@rc=1@@",
        "@@END@@",
    ]
    assert not outcome.text(2)


def test_a_missing_service_is_told_on_stderr_with_status_0():
    outcome = shell_for(NEXUS).run("dumpsys android.hardware.health.IHealth/default")
    assert outcome.text(2) == "Can't find service: android.hardware.health.IHealth/default\n"
    assert outcome.status == 0


def test_nothing_that_would_change_a_phone_is_done():
    for script in (
        "reboot",
        "settings put global adb_enabled 0",
        "setprop a b",
        "svc power reboot",
        "am start x",
    ):
        assert shell_for(GALAXY).run(script).status == 255


def test_too_much_output_ends_the_script():
    big = "a" * 100_000
    started = time.monotonic()
    outcome = run(f"X={big}; " + "echo $X$X$X$X$X; " * 400)
    assert outcome.status == 137
    assert time.monotonic() - started < 5


def test_brackets_that_nest_too_deeply_are_refused():
    assert run("(" * 5_000).status == 1
    assert run("echo " + "$(" * 5_000).status == 1
    assert run("echo " + "$(echo " * 40 + "x" + ")" * 40).status == 1


WORDS = st.sampled_from(
    ["echo", "cat", "getprop", "dumpsys", "battery", "|", "||", "&&", ";", "\n", "(", ")", "{", "}", "2>&1", ">", "<",
     "/dev/null", "'", '"', "`", "$(", "$?", "$X", "X=1", "\\", "*", "exit", "sleep", "999", "grep", "head", "-n", "-1",
     "!", "#", "service call iphonesubinfo 1", "ls", "/", "df", "pm list users", "\x00", "é", "\ud800"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map(" ".join)))
def test_no_script_breaks_the_shell(script: str):
    outcome = shell_for(GALAXY).run(script)
    assert 0 <= outcome.status <= 255
    assert len(outcome.text()) < 10_000_000
