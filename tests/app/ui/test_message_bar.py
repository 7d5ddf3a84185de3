"""What is true for longer is said for longer."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tradein_app.ui.layouts import vbox
from tradein_app.ui.message_bar import MessageBar
from tradein_app.ui.theme import Theme
from tradein_app.viewmodels.notices import Notice

WAITS, DONE = Notice("warn", "3 answers wait"), Notice("ok", "Accepted")


@pytest.fixture
def bar(qapp: QApplication) -> Any:
    room = QWidget()
    made = MessageBar(Theme())
    room.setLayout(vbox(QWidget()))
    made.stand_in(room)
    yield made
    room.deleteLater()


def test_a_lasting_notice_goes_only_when_it_is_over(bar: Any):
    bar.show_lasting(WAITS)
    assert not bar.dismiss()
    bar.let_go()
    assert bar.text() == "3 answers wait"
    bar.show_lasting(None)
    assert bar.text() == ""


def test_another_notice_comes_before_it_and_it_comes_back(bar: Any):
    bar.show_lasting(WAITS)
    bar.show_notice(DONE)
    bar.show_lasting(Notice("warn", "4 answers wait"))
    assert bar.text() == "Accepted"
    assert bar.dismiss()
    assert bar.text() == "4 answers wait"


def test_another_notice_outlives_it(bar: Any):
    bar.show_lasting(WAITS)
    bar.show_notice(DONE)
    bar.show_lasting(None)
    assert bar.text() == "Accepted"
    assert bar.dismiss()
    assert bar.text() == ""
