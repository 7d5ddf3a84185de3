"""Writes docs/grading-table.md: twenty inspections under every standard, each with what caps it.

``python scripts/grading_table.py`` after a change of rules or of the checklist; a test says when it was forgotten.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from diagnostics.grading.checklist import Checklist, load_checklist  # noqa: E402
from diagnostics.grading.comparing import Compared, Ground, compare  # noqa: E402
from diagnostics.grading.inspection import Inspection, parse_inspection  # noqa: E402
from diagnostics.grading.words import question_words, result_words, statement  # noqa: E402

PAGE = ROOT / "docs" / "grading-table.md"
_LOCKS = ("activation", "find_my", "account", "mdm", "sim", "blacklist")
_HEAD = """# Twenty inspections under every standard

Written by `python scripts/grading_table.py`; a test holds it to the rules. Every inspection is that of a clean phone
with all questions answered best, all locks proved off and a battery of 95 %, but for what its line says. Below the
table stand the reasons: what set each label, and whether a page of the market says so (*public*) or we do (*ours*).
"""

Case = tuple[str, dict[str, Any]]
CASES: tuple[Case, ...] = (
    ("Clean", {}),
    ("Battery 86 %", {"health": 86}),
    ("Battery 82 %", {"health": 82}),
    ("Battery 79 %", {"health": 79}),
    ("Battery not known", {"health": None}),
    ("Very light scratches on the back", {"back_scratches": "not_at_20cm"}),
    ("Light scratches on the frame", {"frame_scratches": "not_at_50cm"}),
    ("Scratches seen on the lit screen", {"screen_scratches": "at_20cm", "screen_scratch_count": "up_to_10",
                                          "screen_lit": "slightly_visible"}),
    ("A scratch that the nail catches", {"screen_scratches": "nail_catches", "screen_scratch_count": "up_to_3_short"}),
    ("Three small dents, worn port", {"frame_dents": "few_small", "ports": "worn"}),
    ("Cracked back", {"back_damage": "crack"}),
    ("Cracked front, speaker dead", {"front_crack": "shattered", "sound": "fail"}),
    ("Dead pixel", {"pixels": "dead"}),
    ("Compatible display, unknown part", {"display_fit": "compatible_flush", "parts_history": "unknown_part"}),
    ("Parts not checked, dust under the glass", {"parts_history": "not_checked", "under_glass": "seen_off"}),
    ("Owner still signed in", {"owner_lock": "seen_on", "locks": {"find_my": "on"}}),
    ("Carrier lock not known", {"locks": {"sim": "unknown"}}),
    ("Not erased, one question open", {"wiped": "no", "paint": None}),
    ("Swollen battery", {"safety": "swollen"}),
    ("Blacklisted", {"locks": {"blacklist": "on"}}),
)  # fmt: skip


def inspection(said: dict[str, Any]) -> Inspection:
    """Return the inspection of a clean phone but for what is said of it."""
    checklist = load_checklist()
    best = {
        q.id: q.answers[0].id for q in checklist.questions if q.answers and not q.optional and not q.only_if
    }
    locks = dict.fromkeys(_LOCKS, "off") | said.get("locks", {})
    given = {name: answer for name, answer in said.items() if name not in {"health", "locks"}}
    reading = {"platform": "ios", "battery": {"health_percent": said.get("health", 95)}, "locks": locks}
    document = {"schema": "tradein/inspection-1", "checklist": checklist.id, "reading": reading}
    return parse_inspection(document | {"answers": best | given})


def page() -> str:
    """Return the page."""
    checklist = load_checklist()
    found = [(name, compare(inspection(said))) for name, said in CASES]
    names = [row.rule_set for row in found[0][1]]
    lines = [
        _HEAD,
        _line(["#", "Inspection", *(f"`{name}`" for name in names)]),
        _line(["---"] * (len(names) + 2)),
    ]
    lines += [_line([str(n), name, *map(_label, rows)]) for n, (name, rows) in enumerate(found, 1)]
    for number, (name, rows) in enumerate(found, 1):
        lines += ["", f"## {number}. {name}", "", *_reasons(checklist, rows)]
    return "\n".join(lines) + "\n"


def _label(row: Compared) -> str:
    """Return the label, and what is to be done where the phone cannot be sold as it is."""
    what = "" if row.disposition == "sellable" else f"*{result_words(row.disposition)}*"
    return " · ".join(part for part in (row.label, what) if part)


def _reasons(checklist: Checklist, rows: tuple[Compared, ...]) -> list[str]:
    found = [_line(["Standard", "Label", "What sets it"]), _line(["---"] * 3)]
    return [*found, *(_line([f"`{row.standard}`", _label(row), _why(checklist, row)]) for row in rows)]


def _why(checklist: Checklist, row: Compared) -> str:
    said = [_ground(checklist, ground) for ground in row.deciding]
    if row.unanswered:
        said.append("open: " + " ".join(question_words(checklist, name) for name in row.unanswered))
    return "<br>".join(said) or "nothing caps it"


def _ground(checklist: Checklist, ground: Ground) -> str:
    word = ground.word if ground.scale and ground.word else result_words(ground.cap.cap)
    if not ground.scale and ground.word != ground.cap.cap:
        word = ground.word
    return f"{statement(checklist, ground.cap)} → {word} ({ground.mark})"


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
