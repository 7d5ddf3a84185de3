"""What is said where two phones are told to be in one place: one port has one cable, so something is wrong."""

from __future__ import annotations

from dataclasses import replace

from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.looks import Look
from tradein_app.viewmodels.tile import Tile


def sharing_words(other: str) -> str:
    """Return what is wrong and what to do; ``""`` where no other phone is told to be there.

    Args:
        other: The other phone's name.
    """
    if not other:
        return ""
    said = translate(
        "sharing",
        "Two phones are reported in this place: this one and {0}. One port has one cable: "
        "unplug one of them, and see which of the two goes.",
    )
    return said.format(other)


def with_sharing(tile: Tile, other: str) -> Tile:
    """Return a tile that says so; what holds its phone, or waits for a person, stays said."""
    if not other:
        return tile
    wants = tile.wants or (None if tile.look in {Look.NEEDS_YOU, Look.PROBLEM, Look.STOP} else Look.PROBLEM)
    trouble = " · ".join(part for part in (translate("sharing", "two phones here"), tile.trouble) if part)
    words = sharing_words(other)
    if wants is Look.PROBLEM or tile.look is Look.PROBLEM:
        return replace(tile, trouble=trouble, wants=wants, text=words)
    advice = " ".join(part for part in (words, tile.advice) if part)
    return replace(tile, trouble=trouble, wants=wants, advice=advice)
