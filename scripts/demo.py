"""What ``make demo`` runs: the window on the practice bench, or the same job in the terminal without a display."""

from __future__ import annotations

import os
import sys
from pathlib import Path

OUTPUT = Path(__file__).resolve().parents[1] / "demo-output"


def has_display() -> bool:
    """Return whether a window can be shown."""
    return sys.platform in {"win32", "darwin"} or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def main() -> int:
    """Run the demo and return its exit status."""
    if has_display() and "--terminal" not in sys.argv:
        from tradein_app.__main__ import main as tradein

        return tradein(["--demo"])
    from tradein_app.demo.terminal import run

    OUTPUT.mkdir(exist_ok=True)
    return run(OUTPUT)


if __name__ == "__main__":
    sys.exit(main())
