"""Wrong usage and unreadable input: one clear line on stderr, exit status 2, nothing on stdout."""

from __future__ import annotations

import json
import re

import pytest

from diagnostics.practice.side import Command
from tests.fakes.terminals import Terminal
from tradein_app.cli import practice_commands


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fly"], "No such command 'fly'"),
        (["devices", "--loud"], "--loud"),
        (["devices", "extra"], "extra"),
        (["read", "--timeout", "soon"], "--timeout"),
        (["read", "--timeout", "nan"], "--timeout"),
        (["read", "--timeout", "0"], "--timeout"),
        (["read", "--wait", "-1"], "--wait"),
        (["read", "--device"], "--device"),
        (["grade"], "FILE"),
        (["grade", "no-such-file.json"], "no-such-file.json"),
        (["grade", "."], "directory"),
        (["grade", "no\x1b[31m\nsuch"], "no [31m such"),
        (["grade", "-", "--standard", "homemade"], "homemade"),
        (["quote", "-", "--market", "XX"], "XX"),
        (["quote", "-", "--as-of", "yesterday"], "yesterday"),
        (["quote", "-", "--as-of", "2026-13-01"], "2026-13-01"),
        (["practice", "--phones", "0"], "--phones"),
        (["practice", "--phones", "many"], "--phones"),
        (["practice", "trust", "somebody"], "TRADEIN_PRACTICE"),
        (["practice", "juggle", "somebody"], "juggle"),
        (["db"], "Missing command"),
        (["db", "backup"], "FILE"),
        (["price", "train"], "price"),
    ],
)
def test_wrong_usage_is_one_line(tradein, arguments, said):
    outcome = tradein(*arguments, stdin=b'{"schema": "tradein/inspection-1"}')
    assert outcome.status == 2
    assert outcome.out == ""
    assert said in outcome.line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "not JSON"),
        (b"[", "not JSON"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"schema": "tradein/inspection-1", "reading": {"battery": {"health_percent": NaN}}}', "NaN"),
        (b"null", "object"),
        (b"[]", "object"),
        (b"{}", "schema"),
        (b'{"schema": "tradein/inspection-9"}', "schema"),
        (b'{"schema": "tradein/inspection-1", "answers": {"safety": "purple"}}', "safety"),
        (b'{"schema": "tradein/inspection-1", "answers": {"the_sky": "blue"}}', "the_sky"),
        (b'{"schema": "tradein/inspection-1", "answers": []}', "answers"),
        (b'{"schema": "tradein/inspection-1", "reading": {"locks": {"mdm": "perhaps"}}}', "mdm"),
        (b'{"schema": "tradein/inspection-1", "checklist": "phone-99"}', "phone-99"),
        (b"1" * 5_000, "5000 digits"),
        (
            b'{"schema": "tradein/inspection-1", "answers": {"safety": "swollen", "safety": "ok"}}',
            "'safety' is said twice",
        ),
    ],
)
@pytest.mark.parametrize("command", ["grade", "quote"])
def test_unreadable_input_is_one_line(tradein, command, text, said):
    outcome = tradein(command, "-", "--json", stdin=text)
    assert outcome.status == 2
    assert outcome.out == ""
    assert said in outcome.line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANDROID_ADB_SERVER_PORT", "abc"),
        ("ANDROID_ADB_SERVER_PORT", "70000"),
        ("USBMUXD_SOCKET_ADDRESS", "nonsense"),
        ("TRADEIN_LANG", "1"),
    ],
)
def test_a_variable_that_makes_no_sense_is_named(tradein, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    outcome = tradein("devices")
    assert outcome.status == 2
    assert name in outcome.line


def test_a_bug_is_our_fault_and_leaves_a_report_without_personal_data(tradein, monkeypatch, tmp_path):
    def broken(_name):
        raise RuntimeError("IMEI 490154203237518 of 'Anna' is odd")

    monkeypatch.setattr("tradein_app.cli.valuing.read_json", broken)
    outcome = tradein("grade", "-")
    assert outcome.status == 1
    assert "Our fault" in outcome.line
    (report,) = (tmp_path / "tradein-home" / "reports").iterdir()
    assert str(report) in outcome.line
    text = report.read_text()
    assert "RuntimeError" in text
    assert "valuing.py" in text
    assert "490154203237518" not in text
    assert "Anna" not in text


def test_the_help_names_what_there_is_and_nothing_else(tradein):
    said = tradein("--help").out
    commands_said = set(re.findall(r"^  ([a-z]+) ", said, re.MULTILINE))
    fixed = {"devices", "read", "grade", "quote", "price", "practice", "db"}
    ours = {"calibration", "name", "photo", "regrade", "sale", "standards", "udev"}
    assert commands_said == fixed | ours
    assert "--demo" in said


def test_everything_that_can_be_done_to_a_practice_phone_is_a_command():
    assert set(practice_commands.DRIVERS) == set(Command)


def test_the_version_is_said(tradein):
    assert tradein("--version").out.startswith("tradein ")


def test_an_inspection_from_a_file_with_a_byte_order_mark(tradein, tmp_path):
    file = tmp_path / "inspection.json"
    file.write_text(json.dumps({"schema": "tradein/inspection-1"}), encoding="utf-8-sig")
    assert tradein("grade", str(file), "--json").document["disposition"] == "incomplete"
