"""Answers that the database cannot take are noted, and outlive a program that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradein_app.services.records import How
from tradein_app.services.unsaved import Given
from tradein_app.store.journal import ROOM, Journal

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ONE, TWO, THREE = (Given("i", {"q": value}, NOON) for value in ("a", 7, None))
LINE = b'{"inspection": "i", "answers": {"q": 7}, "at": "2026-11-22T12:00:00+00:00"}\n'

_DIES_WITH_NOTES = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from tradein_app.services.unsaved import Given
from tradein_app.store.journal import Journal

journal = Journal(Path(sys.argv[1]))
journal.add(Given("i", {"q": "a"}))
journal.clear()
noon = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
journal.add(Given("i", {"q": 7}, noon))
journal.add(Given("i", {"q": None}, noon))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_notes_of_a_killed_program_are_found_in_order_and_once(tmp_path):
    died = subprocess.run(
        [sys.executable, "-c", _DIES_WITH_NOTES, str(tmp_path / "unsaved")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    second = Journal(tmp_path / "unsaved")
    assert second.left_behind() == (TWO, THREE)
    assert second.left_behind() == ()
    third = Journal(tmp_path / "unsaved")
    assert third.left_behind() == (), "the second window lives and saves them itself"
    third.close()
    second.close()
    fourth = Journal(tmp_path / "unsaved")
    assert fourth.left_behind() == (TWO, THREE)
    fourth.close()


def test_a_window_that_saved_everything_leaves_nothing_behind(tmp_path):
    journal = Journal(tmp_path)
    journal.add(ONE)
    journal.clear()
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_still_takes_notes_because_their_room_is_taken_before(tmp_path):
    journal = Journal(tmp_path)
    (file,) = tmp_path.iterdir()
    before = file.stat()
    assert before.st_blocks * 512 >= ROOM
    assert all(journal.add(ONE) for _ in range(100))
    assert (file.stat().st_size, file.stat().st_blocks) == (before.st_size, before.st_blocks)
    journal.clear()
    journal.close()


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the system does it by itself")
def test_the_name_of_the_notes_is_on_the_disk_before_the_first_note(tmp_path, monkeypatch):
    sync = os.fsync
    names: list[str] = []

    def noting(handle):
        if os.path.samestat(os.fstat(handle), tmp_path.stat()):
            names.extend(path.name for path in tmp_path.iterdir())
        sync(handle)

    monkeypatch.setattr(os, "fsync", noting)
    journal = Journal(tmp_path)
    assert names == [path.name for path in tmp_path.iterdir()]
    journal.close()


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "unsaved").write_text("a file in the place of the folder")
    journal = Journal(tmp_path / "unsaved")
    assert not journal.add(ONE)
    assert journal.left_behind() == ()
    journal.clear()
    journal.close()


def test_notes_are_for_their_owner_only(tmp_path):
    journal = Journal(tmp_path / "unsaved")
    assert (tmp_path / "unsaved").stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "unsaved").iterdir())
    journal.close()


@pytest.mark.parametrize(
    "torn", [b"", b"\xff\xfe", b"[]\n", b'{"inspection": "i", "ans', b'{"inspection": 1}\n', b"[" * 60_000]
)
def test_a_torn_note_does_not_hide_the_others(tmp_path, torn):
    (tmp_path / "old.answers").write_bytes(LINE + torn + b"\0" + LINE * 3)
    journal = Journal(tmp_path)
    assert journal.left_behind() == (TWO,)
    journal.close()


class NewerHow(str):
    """Stands for `How` of a program that knows more ways."""

    __slots__ = ()
    ANSWERED = How.ANSWERED

    @property
    def value(self) -> str:
        return str(self)


NEWER = LINE.replace(b"}\n", b', "how": "in a newer way"}\n')


def test_what_a_newer_program_noted_is_kept_until_one_understands_it(tmp_path, monkeypatch):
    (tmp_path / "old.answers").write_bytes(LINE + NEWER + b"\0")
    for found in ((TWO,), (), ()):
        journal = Journal(tmp_path)
        assert journal.left_behind() == found
        journal.clear()
        journal.close()
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("old.unread", NEWER + b"\0")]
    assert (tmp_path / "old.unread").stat().st_mode & 0o077 == 0
    monkeypatch.setattr("tradein_app.store.journal.How", NewerHow)
    newer = Journal(tmp_path)
    assert newer.left_behind() == (Given("i", {"q": 7}, NOON, how="in a newer way"),)
    assert not (tmp_path / "old.unread").exists()
    newer.clear()
    newer.close()


@given(st.binary(max_size=200))
def test_any_file_is_survived(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("notes")
    (folder / "old.answers").write_bytes(content)
    journal = Journal(folder)
    assert isinstance(journal.left_behind(), tuple)
    journal.clear()
    journal.close()
