"""The data files that come with the program."""

from __future__ import annotations

import pytest

from resources.opening import load_toml, names, read_bytes


def test_a_file_is_found_wherever_the_program_runs_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_bytes("checklists/phone-1.toml").decode("utf-8").startswith("#")


def test_a_toml_file_is_read_once():
    assert load_toml("checklists/phone-1.toml") is load_toml("checklists/phone-1.toml")


def test_names_lists_a_folder_without_endings():
    assert names("checklists", ".toml") == ("phone-1", "tablet-1")
    assert names("checklists", ".csv") == ()


@pytest.mark.parametrize("missing", ["checklists/none.toml", "no-folder/none.toml"])
def test_a_missing_file_is_said(missing):
    with pytest.raises(FileNotFoundError):
        read_bytes(missing)
