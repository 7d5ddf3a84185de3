"""Draws docs/checklist-clean.png and docs/checklist-three-defects.png: ``[--to FOLDER] [--mode M] [--language L]``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

CLEAN = {1: "111", 2: "c", 3: "c", 4: "c", 5: "c"}
THREE = {1: "111", 2: "d5123c", 3: "c", 4: "d912c", 5: "d1422"}
"""Keys by page, as a person presses them."""


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
    for name, keys in (("clean", CLEAN), ("three-defects", THREE)):
        _draw(asked, keys, asked.to / f"checklist-{name}.png")
    return 0


def _draw(asked: argparse.Namespace, keys: dict[int, str], path: Path) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.fakes.windows import Counter, phone_of, read_iphone
    from tradein_app.ui.tokens import Mode

    with tempfile.TemporaryDirectory() as folder:
        counter = Counter(Path(folder), asked.language)
        counter.open()
        counter.plug(phone_of(read_iphone("A")))
        width, height = map(int, asked.size.split("x"))
        window = counter.show_window(Mode(asked.mode), (width, height))
        for page, pressed in keys.items():
            counter.bench.checklist.go_to_page(page)
            counter.settle()
            for key in pressed:
                QTest.keyClick(window.parts.checklist, Qt.Key(ord(key.upper())))
                counter.settle()
        counter.bench.checklist.go_to_page(max(keys))
        counter.settle()
        window.grab().save(str(path))
        counter.close()


if __name__ == "__main__":
    sys.exit(main())
