"""Puts the card that is in the phone into a reading, and a carrier lock where that card shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from diagnostics import text
from diagnostics.android.rules import rules
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, Quality


def fill(builder: ReadingBuilder, properties: Mapping[str, str]) -> None:
    """Put what the slots say; only a card of another carrier can show a lock, so everything else proves nothing."""
    for name in rules("sim")["properties"]:
        states = [state.strip().upper() for state in properties.get(name, "").split(",")]
        _fill_status(builder, name, states, properties)
        if quality := _quality(states):
            builder.put("locks.sim", LockState.ON, f"getprop {name}", raw=properties[name], quality=quality)
            return
    if sold := _sold_by_carrier(properties):
        builder.problem("locks.sim", "carrier_variant", raw=text.plain(sold, 40))
    else:
        builder.problem("locks.sim", "not_proved_off")


def _quality(states: Sequence[str]) -> Quality | None:
    """Return how well the slots show a carrier lock; ``None`` where they do not."""
    rule = rules("sim")
    if any(state in rule["locked"] for state in states):
        return Quality.EXACT
    return Quality.HINT if any(state in rule["perhaps_locked"] for state in states) else None


def _sold_by_carrier(properties: Mapping[str, str]) -> str:
    """Return the code by which a carrier sold the phone; ``""`` where none is known."""
    rule = rules("carrier")
    codes = {code.lower() for code in rule["codes"]}
    told = (properties.get(name, "").strip() for name in rule["properties"])
    model = properties.get("ro.product.model", "").strip()
    return next(
        (code for code in told if code.lower() in codes), model if re.match(rule["models"], model) else ""
    )


def _fill_status(
    builder: ReadingBuilder, name: str, states: list[str], properties: Mapping[str, str]
) -> None:
    """Put the word of the slot that says most: of two slots one is empty as a rule."""
    words = rules("sim")["status"]
    told = next((word for state, word in words.items() if state in states), None)
    if told and not builder.has("sim.status"):
        builder.put("sim.status", told, f"getprop {name}", raw=properties[name], quality=Quality.HINT)
