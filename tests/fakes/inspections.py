"""Inspections as a counter makes them: a phone with every question answered its best, and what differs."""

from __future__ import annotations

from typing import Any

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.inspection import Inspection, parse_inspection

OFF = dict.fromkeys(("activation", "find_my", "mdm", "sim", "account", "blacklist", "root"), "off")


def best_answers() -> dict[str, str | int]:
    """Return the best answer to every question that has choices and is asked."""
    questions = [q for page in load_checklist().pages for q in page.questions]
    return {q.id: q.answers[0].id for q in questions if not q.number and not q.only_if}


def an_inspection(
    *,
    model: str | None = "iPhone 13",
    code: str | None = None,
    manufacturer: str | None = None,
    storage: int | None = 128,
    battery: int | None = 88,
    locks: dict[str, str] | None = None,
    platform: str = "ios",
    without: tuple[str, ...] = (),
    **answers: Any,
) -> Inspection:
    """Return an inspection; ``locks`` and ``answers`` replace single entries of a phone that is free and clean."""
    identity = {"manufacturer": manufacturer, "model": model, "model_code": code}
    reading = {
        "platform": platform,
        "identity": identity,
        "battery": {"health_percent": battery},
        "storage": {"capacity_gb": storage},
        "locks": OFF | {"bootloader": "on"} | (locks or {}),
    }
    kept = {k: v for k, v in (best_answers() | answers).items() if k not in without}
    document = {"schema": "tradein/inspection-1", "reading": reading, "checklist": "phone-1", "answers": kept}
    return parse_inspection(document)
