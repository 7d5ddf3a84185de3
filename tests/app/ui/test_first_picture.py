"""The first picture does without what takes long, and is painted in the right colours all the same."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from tradein_app.ui.theme import first_guess
from tradein_app.ui.tokens import Mode

_OPENS = """
import os
from PySide6 import QtCore
from tradein_app import __main__
from tradein_app.bridge.interpreter import prepare

prepare()
from tradein_app import app

def tell(self):
    print("Qt" in vars(QtCore), flush=True)
    os._exit(0)

app.App.start_soon = tell
__main__.main([])
"""


def test_no_enumeration_of_qt_is_made_before_it(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", _OPENS],
        env={**os.environ, "TRADEIN_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "False", done.stderr


@pytest.mark.parametrize(
    ("chosen", "last", "painted"),
    [
        (Mode.DARK, Mode.LIGHT, Mode.DARK),
        (Mode.SYSTEM, Mode.CONTRAST, Mode.CONTRAST),
        (Mode.SYSTEM, Mode.SYSTEM, Mode.LIGHT),
    ],
)
def test_it_is_painted_as_chosen_or_else_as_the_last_time(qapp, chosen, last, painted):
    qapp.setPalette(QPalette(QColor("white")))
    assert first_guess(chosen, last) is painted


def test_without_a_last_time_the_desktops_own_palette_tells(qapp):
    before = QGuiApplication.palette()
    qapp.setPalette(QPalette(QColor("#202020")))
    assert first_guess(Mode.SYSTEM, Mode.SYSTEM) is Mode.DARK
    qapp.setPalette(before)
