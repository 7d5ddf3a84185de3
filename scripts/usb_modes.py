"""Writes docs/usb-modes.md: each mode of the USB table, by what it is known, and what the program says of it.

.venv/bin/python scripts/usb_modes.py
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from diagnostics.messages import message
from diagnostics.model import Problem
from resources.opening import load_toml

TARGET = Path(__file__).parents[1] / "docs" / "usb-modes.md"
_HEAD = """# What the USB bus tells

Written by `scripts/usb_modes.py` from `resources/usb/modes.toml`, where each row also has its source. The first step
that fits decides: Apple's product ids, ids of boot modes, interfaces (fastboot, adb, MTP), product ids of running
phones, vendor. A mode that is shown only after some seconds may flash by when a phone is plugged in.

| mode | known by | sure | state | shown after | what is said |
|---|---|---|---|---:|---|
"""


def text() -> str:
    """Return the page."""
    table = load_toml("usb/modes.toml")
    rows = (_row(name, means, table["rules"]) for name, means in table["modes"].items())
    return _HEAD + "\n".join(rows) + "\n"


def _row(name: str, means: Mapping[str, Any], rules: Iterable[Mapping[str, Any]]) -> str:
    mine = [rule for rule in rules if rule["mode"] == name]
    known = "; ".join(dict.fromkeys(_known(rule) for rule in mine))
    sure = ", ".join(dict.fromkeys(rule["sure"] for rule in mine))
    said = message(Problem("", means["problem"])) if means.get("problem") else "usbmux or adb speaks to it"
    cells = (name, known, sure, means["state"] or "–", f"{means.get('settle', 0):g} s", said)
    return f"| {' | '.join(cells)} |"


def _known(rule: Mapping[str, Any]) -> str:
    ids = f"{rule.get('vid', 'any')}:{', '.join(rule.get('pids', ['any']))}" if "vid" in rule else ""
    interface = " ".join(
        filter(None, (rule.get("interface", ""), f"“{rule['named']}”" if "named" in rule else ""))
    )
    adb = "with adb" if rule.get("adb") else ""
    asked = "lockdownd says so" if "told" in rule else ""
    return " ".join(filter(None, (ids, interface, adb, asked))) or "a phone's vendor alone"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
