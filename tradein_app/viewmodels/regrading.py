"""One phone under every standard, side by side: what each calls it, what sets that, and what differs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from diagnostics.grading.checklist import Checklist, load_checklist
from diagnostics.grading.result import SEVERITY
from diagnostics.grading.words import mark_words, result_words, statement
from resources.opening import load_toml
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from diagnostics.grading.comparing import Compared, Ground
    from tradein_app.services.comparing import Comparison
    from tradein_app.services.records import InspectionRecord

_ABOVE = frozenset({"hold", "stop", "reject"})
_NOTHING = "\u2013"
_CODE = 3
"""Labels of so many letters are grades of their own, ``AA``, and stay as they are."""
_NAMES = "messages/standard_names.toml"


@dataclass(frozen=True, slots=True)
class StandardRow:
    """One standard.

    Attributes:
        name: With its version and the day from which it holds.
        label: The market's own word, or what is to be done where it has none.
        because: What sets the label, one line each.
        differs: Against the rule set that the phone was graded under, with a sign.
        tone: ``ok`` for better, ``bad`` for worse, ``dim`` for the same.
        own: The phone was graded under it.
        tip: Whose rules these are, and where they stand.
    """

    name: str
    label: str
    because: tuple[str, ...]
    differs: str
    tone: str
    own: bool = False
    tip: str = ""

    def as_text(self) -> str:
        """Return the row as a person would read it out."""
        return " | ".join((self.name, self.label, "; ".join(self.because) or _NOTHING, self.differs))


def standard_rows(comparison: Comparison, record: InspectionRecord, language: str) -> tuple[StandardRow, ...]:
    """Return the standards: first the one that the phone was graded under, then the others by their names."""
    checklist = load_checklist(record.checklist)
    platform = record.reading.platform
    own, rows = comparison.own, []
    if own is not None:
        rows.append(_row(own, own, checklist, platform, language))
    rows += [_row(each, own, checklist, platform, language) for each in comparison.others]
    if own is None:
        return tuple(rows)
    return (rows[0], *(_without_the_same(row, rows[0]) for row in rows[1:]))


def _without_the_same(row: StandardRow, first: StandardRow) -> StandardRow:
    """Say only those reasons that the first row does not give, and that the others are its own."""
    new = tuple(text for text in row.because if text not in first.because)
    if len(new) == len(row.because):
        return row
    if not new and len(row.because) == len(first.because):
        return replace(row, because=(translate("regrade", "the same reasons"),))
    return replace(row, because=(*new, translate("regrade", "and reasons of the first row"))) if new else row


def heads() -> tuple[str, ...]:
    """Return the titles of the columns."""
    return (
        translate("regrade", "Standard"),
        translate("regrade", "Label"),
        translate("regrade", "Because of"),
        translate("regrade", "Against the first row"),
    )


def _row(
    each: Compared, own: Compared | None, checklist: Checklist, platform: str, language: str
) -> StandardRow:
    name = _name(each)
    differs, tone = _difference(each, own)
    said = {_said(ground, checklist, platform, language): ground for ground in each.deciding}
    return StandardRow(
        name=name,
        label=_label(each, language),
        because=tuple(said) or _open_questions(each),
        differs=differs,
        tone=tone,
        own=each is own,
        tip="\n".join(_page(text, ground) for text, ground in said.items()),
    )


def _name(each: Compared) -> str:
    """Return the market and the year of its rules; of a standard that the shop wrote, what the shop calls it."""
    names = load_toml(_NAMES)
    name = names[each.standard]["en"] if each.standard in names else each.standard
    return translate("regrade", "{0}, as of {1}").format(name, each.valid_from.year)


def _worded(label: str) -> str:
    """Return a market's code as a person would say it: ``FUNCTIONAL_USED`` is ``used``."""
    plain = label.removeprefix("FUNCTIONAL_") if label.isupper() and "_" in label else label
    return " ".join(
        word.lower() if _is_shouted(word) else word for word in plain.replace("_", " ").split(" ")
    )


def _is_shouted(word: str) -> bool:
    """Return whether a word is a market's constant, not a grade such as ``AA`` or ``C3``."""
    return word.isupper() and word.isalpha() and len(word) > _CODE


def _label(each: Compared, language: str) -> str:
    word = result_words(each.disposition.value, language)
    held = each.disposition.value in _ABOVE
    said = " \u00b7 ".join(part for part in (word if held else "", _worded(each.label)) if part) or word
    return said[:1].upper() + said[1:]


def _said(ground: Ground, checklist: Checklist, platform: str, language: str) -> str:
    text = statement(checklist, ground.cap, language, platform)
    return f"{text} ({mark_words(ground.mark, language)})"


def _page(text: str, ground: Ground) -> str:
    return f"{text}: {ground.source}" if ground.source else text


def _is_open(each: Compared) -> bool:
    """Return whether a standard says nothing yet, or of a part of the phone alone: that is no worse than another."""
    return each.disposition == "incomplete" or (each.grade is None and bool(each.unanswered))


def _open_questions(each: Compared) -> tuple[str, ...]:
    if not _is_open(each) or not each.unanswered:
        return ()
    number = len(each.unanswered)
    if number == 1:
        return (translate("regrade", "1 question is open"),)
    return (translate("regrade", "{0} questions are open").format(number),)


def _difference(each: Compared, own: Compared | None) -> tuple[str, str]:
    if own is None:
        return "", "dim"
    if each is own:
        return translate("regrade", "graded under it"), "dim"
    if _is_open(each) or _is_open(own):
        return translate("regrade", "? not known yet"), "dim"
    place, before = _place(each), _place(own)
    if place == before:
        return translate("regrade", "= same level"), "dim"
    if place < before:
        return translate("regrade", "\u2191 better"), "ok"
    return translate("regrade", "\u2193 worse"), "bad"


def _place(each: Compared) -> int:
    """Return how bad a result is; a phone on hold is as bad as its hold, whatever its grade beneath."""
    if each.disposition != "sellable":
        return SEVERITY[each.disposition.value]
    return SEVERITY[each.grade.value] if each.grade else SEVERITY["fair"]
