"""Draws docs/checklist-clean.png and docs/checklist-three-defects.png: ``[--to FOLDER] [--mode M] [--language L]``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.windows import Counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

DEFECTS = {2: "d5133", 4: "d913", 5: "d1422"}
"""By page, the keys that mark a defect, as a person presses them."""
_MOST = 20
"""Keys on one page, after which something is wrong."""


def main() -> int:
    """Draw both pictures and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "docs")
    parser.add_argument("--mode", default="light", choices=("light", "dark", "contrast"))
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", default="1360x860", help="of the window, such as 1024x640")
    asked = parser.parse_args()
    from tradein_app.ui.languages import install_language
    from tradein_app.ui.theme import application

    app = application("tradein")
    install_language(app, asked.language)
    asked.to.mkdir(parents=True, exist_ok=True)
    for name, defects in (("clean", {}), ("three-defects", DEFECTS)):
        _draw(asked, defects, asked.to / f"checklist-{name}.png")
    return 0


def _draw(asked: argparse.Namespace, defects: dict[int, str], path: Path) -> None:
    """Answer the whole list by keys, and draw the window with the last defect's page open."""
    from tests.fakes.windows import Counter, phone_of, read_iphone
    from tradein_app.ui.tokens import Mode

    with tempfile.TemporaryDirectory() as folder:
        counter = Counter(Path(folder), asked.language)
        counter.open()
        counter.plug(phone_of(read_iphone("A")))
        width, height = map(int, asked.size.split("x"))
        window = counter.show_window(Mode(asked.mode), (width, height))
        for page in range(1, 10):
            _answer(counter, page, defects.get(page, ""))
        assert counter.bench.checklist.figures().open == 0, "the phone is not finished"
        counter.bench.checklist.go_to_page(max(defects, default=9))
        counter.settle()
        window.grab().save(str(path))
        counter.close()


def _answer(counter: Counter, page: int, defects: str) -> None:
    model = counter.bench.checklist
    if model.page_number != page:
        model.go_to_page(page)
        counter.settle()
    _press(counter, defects)
    if model.has_clean():
        _press(counter, "c")
    for _ in range(_MOST):
        shown = model.page
        if shown is None or model.page_number != page or model.page_state(shown) != "open":
            return
        answered = model.current is None or model.current.number or model.current.id in model.answers
        _press(counter, "\r" if answered else "1")


def _press(counter: Counter, keys: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    window = counter.window
    assert window is not None
    for key in keys:
        code = Qt.Key.Key_Return if key == "\r" else Qt.Key(ord(key.upper()))
        QTest.keyClick(window.parts.checklist, code)
        counter.settle()


if __name__ == "__main__":
    sys.exit(main())
