"""How a page of the checklist is looked at: in which light, from how far, how tilted, and with the nail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from resources.opening import load_toml


@dataclass(frozen=True, slots=True)
class Looking:
    """The conditions of a look.

    Attributes:
        lux: Of the light, from and to; empty where any will do.
        cm: From how far, the farthest first.
        tilt: Through which angles, degrees; empty where it is looked at straight.
        nail: A fingernail is drawn across what is found.
        bright: The screen is lit, white and at full brightness.
        seconds: A look takes so long.
    """

    lux: tuple[int, ...] = ()
    cm: tuple[int, ...] = ()
    tilt: tuple[int, ...] = ()
    nail: bool = False
    bright: bool = False
    seconds: int = 0


@cache
def looking(checklist_id: str) -> Mapping[int, Looking]:
    """Return the conditions by the number of the page; a page where nothing is looked at is not in it."""
    pages = load_toml(f"checklists/{checklist_id}.toml")["pages"]
    return {
        row["number"]: Looking(
            lux=tuple(row["looking"].get("lux", ())),
            cm=tuple(row["looking"].get("cm", ())),
            tilt=tuple(row["looking"].get("tilt", ())),
            nail=row["looking"].get("nail", False),
            bright=row["looking"].get("bright", False),
            seconds=row["looking"].get("seconds", 0),
        )
        for row in pages
        if "looking" in row
    }
