"""Puts the card that is in the phone into a reading, and a carrier lock where that card shows it."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics.android.rules import rules
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, Quality


def fill(builder: ReadingBuilder, properties: Mapping[str, str]) -> None:
    """Put what the slots say; only a card of another carrier can show a lock, so everything else proves nothing."""
    for name in rules("sim")["properties"]:
        states = [state.strip().upper() for state in properties.get(name, "").split(",")]
        _fill_status(builder, name, states, properties)
        if any(state in rules("sim")["locked"] for state in states):
            builder.put("locks.sim", LockState.ON, f"getprop {name}", raw=properties[name])
            return
    builder.problem("locks.sim", "not_proved_off")


def _fill_status(
    builder: ReadingBuilder, name: str, states: list[str], properties: Mapping[str, str]
) -> None:
    """Put the word of the slot that says most: of two slots one is empty as a rule."""
    words = rules("sim")["status"]
    told = next((word for state, word in words.items() if state in states), None)
    if told and not builder.has("sim.status"):
        builder.put("sim.status", told, f"getprop {name}", raw=properties[name], quality=Quality.HINT)
