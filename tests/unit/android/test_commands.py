"""The listed set of commands: it only reads, and it fits into one request on the oldest phones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from diagnostics.android.batch import script
from diagnostics.android.commands import CYCLES, FAST, MEDIUM, REVIEWED, SLOW

_ALL = (*FAST, *MEDIUM, *SLOW, *CYCLES)
_KEPT_BACK = " | grep -F android.os.extra.CYCLE_COUNT"
"""What a phone filters for itself, so that other apps' matters never come over the cable."""
_READERS = (
    "getprop", "dumpsys", "df", "cat", "lshal debug", "dpm list-owners", "settings get", "which", "pm list",
    "service call iphonesubinfo 1", "service call iphonesubinfo 3 i32 ",
)  # fmt: skip


@pytest.mark.parametrize("command", _ALL, ids=lambda command: command.id)
def test_every_command_only_reads(command):
    assert command.text.startswith(_READERS)
    assert not re.search(
        r"[;&|<>`$\\\n]|\b(put|set|write|rm|am|input|reboot|svc|reset|enable|disable|verify)\b",
        command.text.removesuffix(_KEPT_BACK),
    )


def test_dumps_that_write_or_change_are_not_among_them():
    assert not any("diskstats" in text or "battery set" in text for text in REVIEWED)


def test_no_unlock_is_tried():
    # Up to Android 13 each word of locksettings first tries an empty credential, which counts as a failed attempt.
    assert not any(re.search(r"\blocksettings\b|\bcmd lock_settings\b", text) for text in REVIEWED)


def test_ids_are_unique_and_fit_the_markers():
    ids = [command.id for command in _ALL]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("[a-z_]+", name) for name in ids)


@pytest.mark.parametrize("group", [FAST, MEDIUM, (*SLOW, *CYCLES)])
def test_a_group_fits_into_one_request_before_android_7(group):
    # AOSP adb.h, MAX_PAYLOAD_V1: the service's name must fit into one packet of 4096 bytes.
    assert len(script(group, "cafe0123")) < 4000


def test_only_systems_that_know_a_command_are_asked():
    by_id = {command.id: command for command in _ALL}
    assert by_id["imei"].suits(26)
    assert not by_id["imei"].suits(29)
    assert all(by_id[slot].suits(28) and not by_id[slot].suits(29) for slot in ("imei_first", "imei_second"))
    assert [sdk for sdk in (30, 32, 33, 36) if by_id["health_hidl"].suits(sdk)] == [30, 32]
    assert [sdk for sdk in (30, 32, 33, 36) if by_id["health_hidl_kept"].suits(sdk)] == [33, 36]
    assert by_id["broadcast"].suits(34)
    assert not by_id["broadcast"].suits(33)
    assert by_id["frp"].suits(35)
    assert not by_id["frp"].suits(34)
    assert by_id["frp"].suits(None)


def test_the_reviewed_list_is_the_one_in_the_document():
    document = (Path(__file__).parents[3] / "docs" / "android-commands.md").read_text()
    rows = re.findall(r"^\| `(.+?)` \| ([^|]+) \| ([^|]+) \| ([^|]{8,}) \|$", document, re.MULTILINE)
    assert [row[0].replace("\\|", "|") for row in rows] == list(dict.fromkeys(c.text for c in _ALL))
    assert {command.text for command in _ALL} == REVIEWED
