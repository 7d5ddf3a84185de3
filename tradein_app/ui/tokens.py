"""The colours, once for each mode; every pair of text and ground reaches a contrast of 4.5 (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """What the person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One mode's colours, as ``#rrggbb``.

    Attributes:
        bg: The window.
        card: What lies on it.
        text: What is read.
        dim: What is read second.
        accent: The one primary action, focus, links.
        ok: Good. Never without its sign and word.
        warn: Needs a person.
        bad: A problem.
        line: Decoration only.
        edge: Borders of controls (contrast 3, WCAG 1.4.11).
        on: Text on accent.
        soft: Ground of a chosen row, and of bands; carries every text colour.
        band: Ground of the band that says that money goes out.
        on_band: Text on it.
    """

    bg: str
    card: str
    text: str
    dim: str
    accent: str
    ok: str
    warn: str
    bad: str
    line: str
    edge: str
    on: str
    soft: str
    band: str
    on_band: str


LIGHT = Tokens(
    bg="#f4f5f7",
    card="#ffffff",
    text="#1b1f24",
    dim="#5b6470",
    accent="#0b6bcb",
    ok="#1a7f4b",
    warn="#946300",
    bad="#c2272d",
    line="#d7dae0",
    edge="#858d98",
    on="#ffffff",
    soft="#f1f6fc",
    band="#8a4b00",
    on_band="#ffffff",
)
DARK = Tokens(
    bg="#16181c",
    card="#1f2228",
    text="#eceff3",
    dim="#a3acb9",
    accent="#4aa3ff",
    ok="#4cc38a",
    warn="#e5b454",
    bad="#ff7b7f",
    line="#363b44",
    edge="#6b7480",
    on="#16181c",
    soft="#222b38",
    band="#e5b454",
    on_band="#16181c",
)
CONTRAST = Tokens(
    bg="#000000",
    card="#000000",
    text="#ffffff",
    dim="#d0d0d0",
    accent="#ffff00",
    ok="#5dff9b",
    warn="#ffa94d",
    bad="#ff9a9a",
    line="#ffffff",
    edge="#ffffff",
    on="#000000",
    soft="#1a1a1a",
    band="#ffa94d",
    on_band="#000000",
)
BY_MODE = {Mode.LIGHT: LIGHT, Mode.DARK: DARK, Mode.CONTRAST: CONTRAST}


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast of two colours, 1..21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own knee
