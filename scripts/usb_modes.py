"""Writes docs/usb-modes.md: each mode of the USB table, by what it is known, and what tile, card and reading say of it.

.venv/bin/python scripts/usb_modes.py
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from diagnostics.building import ReadingBuilder
from diagnostics.messages import message
from diagnostics.model import DeviceId, Platform, Problem, Reading, State, Transport
from diagnostics.phone import Phone
from diagnostics.ports import Sighting, SystemClock
from resources.opening import load_toml
from tradein_app.viewmodels.language import look_word, state_entry, state_name
from tradein_app.viewmodels.phone_state import phone_state

TARGET = Path(__file__).parents[1] / "docs" / "usb-modes.md"
_HEAD = """# What the USB bus tells

Written by `scripts/usb_modes.py` from `resources/usb/modes.toml`, where each row also has its source. The first step
that fits decides: Apple's product ids, ids of boot modes, interfaces (fastboot, adb, MTP), product ids of running
phones, vendor. A mode that is shown only after some seconds may flash by when a phone is plugged in.

A running phone to which a service speaks is in no state of the bus's: what the service reads is its state, and its card
is that of any phone. Where debugging is off or a phone only charges, more may be told over MTP.

| mode | known by | sure | state of the reading | shown after | the tile says | the card says | the reading says |
|---|---|---|---|---:|---|---|---|
"""
_IPHONES = frozenset({"restore", "recovery", "dfu", "wtf", "port_dfu", "kis"})
_SERVED = {"apple": "usbmux", "adb": "adb"}


def text() -> str:
    """Return the page."""
    table = load_toml("usb/modes.toml")
    rows = (_row(name, means, table["rules"]) for name, means in table["modes"].items())
    return _HEAD + "\n".join(rows) + "\n"


def _row(name: str, means: Mapping[str, Any], rules: Iterable[Mapping[str, Any]]) -> str:
    mine = [rule for rule in rules if rule["mode"] == name]
    known = "; ".join(dict.fromkeys(_known(rule) for rule in mine))
    sure = ", ".join(dict.fromkeys(rule["sure"] for rule in mine))
    settle = f"{means.get('settle', 0):g} s"
    return f"| {' | '.join((name, known, sure, *_said(name, means, settle)))} |"


def _said(name: str, means: Mapping[str, Any], settle: str) -> tuple[str, ...]:
    """Return the state, when it is shown, and what tile, card and reading say, as the window makes them."""
    if not means["state"]:
        service = f"{_SERVED[name]} reads it"
        return service, settle, "as read", "as read", "as read"
    reading = _reading(name, means)
    entry, card = state_entry(state_name(reading)), phone_state(_phone(reading), reading, "en")
    assert card is not None
    tile = f"{look_word(entry['look'], 'en')} · {entry['short_en']}"
    said = message(Problem("", means["problem"]))
    return means["state"], settle, tile, " ".join(filter(None, (card.text, card.more))), said


def _reading(name: str, means: Mapping[str, Any]) -> Reading:
    builder = ReadingBuilder(_seen(name, State(means["state"])), SystemClock())
    builder.state = State(means["state"])
    builder.problem("", means["problem"])
    return builder.build()


def _phone(reading: Reading) -> Phone:
    return Phone("k", _seen(str(reading.id), reading.state), reading)


def _seen(name: str, state: State) -> Sighting:
    platform = Platform.IOS if name in _IPHONES else Platform.ANDROID
    return Sighting("k", DeviceId(name), platform, Transport.USB, "1-1", state)


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
