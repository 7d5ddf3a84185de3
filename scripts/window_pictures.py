"""Draws docs/window-light.png and docs/window-dark.png: the practice bench's phones, read, inspected and quoted.

``[--to FOLDER] [--language L] [--size WxH]``
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> int:
    """Draw both pictures and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "docs")
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", default="1360x860")
    asked = parser.parse_args()
    from tradein_app.demo.terminal import worked_through
    from tradein_app.ui.capture import save_window_png
    from tradein_app.ui.tokens import Mode

    asked.to.mkdir(parents=True, exist_ok=True)
    width, height = map(int, asked.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        done = worked_through(Path(folder))
    for mode in (Mode.LIGHT, Mode.DARK):
        save_window_png(
            asked.to / f"window-{mode.value}.png",
            done.phones,
            done.records,
            selected=done.shown,
            size=(width, height),
            mode=mode,
            language=asked.language,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
