"""``tradein udev``: the rule is printed, or written where somebody asks for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from diagnostics.android import permission
from diagnostics.android.permission import FILE, install, rule
from diagnostics.errors import UserError
from resources.opening import load_toml
from tests.fakes.terminals import Terminal


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


class _Programs:
    """Runs nothing; keeps what it was told, and the rule as it was handed over."""

    def __init__(self, status=0):
        self.status = status
        self.words = []
        self.handed_over = ""

    def __call__(self, words):
        self.words = list(words)
        self.handed_over = Path(words[-2]).read_text()
        return self.status


def test_what_is_printed_is_the_rule(tradein):
    outcome = tradein("udev")
    assert (outcome.status, outcome.out) == (0, rule())


def test_it_is_written_where_somebody_asks(tradein, tmp_path):
    outcome = tradein("udev", "--write", "--to", str(tmp_path))
    assert outcome.status == 0
    assert (tmp_path / FILE).read_text() == rule()


def test_a_folder_that_is_not_there_is_wrong_usage(tradein, tmp_path):
    outcome = tradein("udev", "--write", "--to", str(tmp_path / "none"))
    assert (outcome.status, outcome.out) == (2, "")


@pytest.mark.parametrize(("user", "before"), [(0, []), (1000, ["pkexec"])])
def test_the_systems_own_folder_takes_an_administrator(monkeypatch, tmp_path, user, before):
    monkeypatch.setattr(permission, "FOLDER", tmp_path)
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr("sys.stdin", None)
    programs = _Programs()
    assert install(tmp_path, programs) == tmp_path / FILE
    assert programs.words[: len(before) + 2] == [*before, "sh", "-c"]
    assert "udevadm control --reload-rules" in programs.words[len(before) + 2]
    assert programs.words[-1] == str(tmp_path / FILE)
    assert programs.handed_over == rule()


@pytest.mark.parametrize(("status", "said"), [(126, "password"), (1, "could not be written")])
def test_a_refusal_says_what_to_do_instead(monkeypatch, tmp_path, status, said):
    monkeypatch.setattr(permission, "FOLDER", tmp_path)
    with pytest.raises(UserError, match=said) as refused:
        install(tmp_path, _Programs(status))
    assert "tradein udev" in refused.value.hint


def test_a_rule_that_udev_does_not_reload_is_said_to_be_written(monkeypatch, tmp_path):
    monkeypatch.setattr(permission, "FOLDER", tmp_path)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    udevadm = bin_folder / "udevadm"
    udevadm.write_text("#!/bin/sh\nexit 1\n")
    udevadm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_folder}:/usr/bin:/bin")
    with pytest.raises(UserError, match="is written, but udev did not reload") as said:
        install(tmp_path)
    assert (said.value.code, said.value.exit_status) == ("udev_not_taken", 1)
    assert "udevadm control --reload-rules" in said.value.hint
    assert (tmp_path / FILE).read_text() == rule()
    udevadm.write_text("#!/bin/sh\nexit 0\n")
    assert install(tmp_path) == tmp_path / FILE
    with pytest.raises(UserError, match="could not be written"):
        install(tmp_path, _Programs(1))


def test_it_answers_in_the_persons_language(tradein, tmp_path, monkeypatch):
    monkeypatch.setenv("TRADEIN_LANG", "fr")
    outcome = tradein("udev", "--write", "--to", str(tmp_path / "none"))
    assert outcome.status == 2
    assert f"Il n'y a pas de dossier {tmp_path / 'none'}" in outcome.err
    assert "est écrit" in tradein("udev", "--write", "--to", str(tmp_path)).out


def test_a_rule_elsewhere_asks_nobody_to_replug(tradein, tmp_path):
    said = tradein("udev", "--write", "--to", str(tmp_path)).out
    assert "Replug" not in said
    assert "has an effect only in /etc/udev/rules.d" in " ".join(said.split())


def test_the_rule_gives_rights_before_the_seat_does_and_to_what_is_asked_of_phones_alone():
    assert int(FILE.partition("-")[0]) < 73
    lines = [line for line in rule().splitlines() if line and not line.startswith("#")]
    interfaces = [found for line in lines for found in re.findall(r":(\w{6}):", line)]
    assert interfaces == ["ff4201", "ff4203", "060101", "ffff00"]
    assert [line for line in lines if "TAG" in line] == [
        line for line in lines if "ID_USB_INTERFACES" in line
    ]
    assert "MODE" not in rule()


def test_the_rule_leaves_iphones_to_usbmuxd_and_knows_the_makers_of_phones():
    lines = rule().splitlines()
    apple = next(at for at, line in enumerate(lines) if '"05ac"' in line)
    assert 'GOTO="tradein_end"' in lines[apple]
    assert all(at > apple for at, line in enumerate(lines) if "uaccess" in line)
    (makers,) = re.findall(r'idVendor}=="([0-9a-f|]+\|[0-9a-f|]+)"', rule())
    vendors = load_toml("usb/modes.toml")["vendors"]
    assert all(vendors[maker]["phone"] for maker in makers.split("|"))
