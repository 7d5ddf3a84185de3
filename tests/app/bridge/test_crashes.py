"""What nobody expected: a report without personal data, in a file and in the window; the program goes on."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication

from tradein_app.bridge.crashes import Crashes
from tradein_app.errors import CrashReport


@pytest.fixture
def crashes(qapp, tmp_path):
    made = Crashes(tmp_path / "crashes")
    made.install()
    yield made
    made.uninstall()


def fail() -> None:
    raise ValueError("IMEI 490154203237518 of 'Jane Doe' <jane@example.org>")


def test_a_crash_in_another_thread_is_saved_and_told_without_personal_data(crashes, tmp_path, capsys):
    told: list[CrashReport] = []
    crashes.listen(told.append)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert told == []
    QCoreApplication.processEvents()
    text = told[0].text
    assert "ValueError" in text
    assert "test_crashes.py" in text
    for secret in ("490154203237518", "Jane", "jane@example.org", str(tmp_path)):
        assert secret not in text
    assert told[0].path is not None
    assert told[0].path.read_text(encoding="utf-8") == text
    assert "ValueError" in capsys.readouterr().err


def test_the_hooks_are_given_back(qapp, tmp_path):
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    made = Crashes(tmp_path)
    made.install()
    made.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_a_folder_that_cannot_be_written_loses_the_file_only(qapp, tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    made = Crashes(tmp_path / "file")
    told: list[CrashReport] = []
    made.listen(told.append)
    made.install()
    try:
        sys.excepthook(ValueError, ValueError("x"), None)
    finally:
        made.uninstall()
    QCoreApplication.processEvents()
    assert told[0].path is None
    assert "ValueError" in capsys.readouterr().err
