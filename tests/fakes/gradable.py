"""A phone without a fault, and what may be wrong with it; answers are written out, not taken from the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from diagnostics.grading.inspection import Inspection, parse_inspection

BEST: Mapping[str, str] = {
    "safety": "ok",
    "clean": "yes",
    "straight": "yes",
    "screen_scratches": "none",
    "screen_edge_chips": "none",
    "front_crack": "none",
    "screen_lit": "nothing",
    "pixels": "all_good",
    "burn_in": "none",
    "under_glass": "none",
    "display_fit": "original",
    "back_scratches": "none",
    "back_damage": "none",
    "frame_scratches": "none",
    "frame_dents": "none",
    "paint": "none",
    "camera_glass": "none",
    "camera_picture": "clear",
    "ports": "as_new",
    "buttons": "click",
    "liquid": "clear",
    "sound": "pass",
    "radios_sensors": "pass",
    "parts_history": "all_genuine",
    "wiped": "yes",
}
"""The best answer of every question that must be answered."""

CLEAR: Mapping[str, str] = dict.fromkeys(
    ("activation", "find_my", "account", "mdm", "sim", "blacklist", "bootloader", "root", "screen"), "off"
)


def document(
    answers: Mapping[str, Any] | None = None,
    *,
    health: int | None = 95,
    locks: Mapping[str, str] = CLEAR,
) -> dict[str, Any]:
    """Return an inspection's JSON."""
    return {
        "schema": "tradein/inspection-1",
        "reading": {"battery": {"health_percent": health}, "locks": dict(locks)},
        "checklist": "phone-1",
        "answers": dict(BEST if answers is None else answers),
    }


def flawless(
    *, health: int | None = 95, locks: Mapping[str, str] | None = None, **answers: Any
) -> Inspection:
    """Return an inspection that is best in all but what is named; an answer of ``None`` is left open."""
    return parse_inspection(document({**BEST, **answers}, health=health, locks={**CLEAR, **(locks or {})}))


def answered(**answers: Any) -> Inspection:
    """Return an inspection of a clear phone with only these answers."""
    return parse_inspection(document(answers))
