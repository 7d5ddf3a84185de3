"""One inspection under several standards, side by side, each with its reasons and where its rules come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from diagnostics.grading.checklist import load_checklist, validate_answers
from diagnostics.grading.evaluation import Case, Evaluation, Reason, Seen, evaluate, look_at, scale_reasons
from diagnostics.grading.facts import read_values
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.library import Library, program
from diagnostics.grading.result import Cap, Disposition, Grade
from diagnostics.grading.rules import NO_LABEL, Standard
from diagnostics.model import FieldName

_ALWAYS = frozenset({Disposition.STOP.value, Disposition.REJECT.value, Disposition.HOLD.value})


@dataclass(frozen=True, slots=True)
class Ground:
    """One answer or reading that lowers the label of a standard.

    Attributes:
        cap: What caps; its word is a grade or a disposition.
        word: The same in the standard's own words: ``B``, ``C4``; a grade or disposition where it has none.
        scale: The ladder that the word is of; ``""`` for the standard itself.
        mark: ``public`` where a page of the market says so, ``ours`` where it is our proposal.
        source: The page, ``""`` for a rule of ours.
        decides: Whether it equals the result: without all of these the label would be better.
    """

    cap: Cap
    word: str
    scale: str
    mark: str
    source: str
    decides: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What one standard says of an inspection.

    Attributes:
        standard: Its id; `rule_set` is this with its version.
        label: What the market calls it: ``good``, ``B``, ``1B``, ``F5 C4``; ``""`` where there is no label.
        entry: The standard's members as the grade document has them.
        grounds: Everything that lowers the label, in the order of the checklist; see `deciding`.
        unanswered: Questions still open.
        unverified: Readings that the standard asks for and nobody knows.
    """

    standard: str
    version: str
    rule_set: str
    valid_from: date
    label: str
    entry: Mapping[str, object]
    grade: Grade | None
    disposition: Disposition
    grounds: tuple[Ground, ...]
    unanswered: tuple[str, ...]
    unverified: tuple[FieldName, ...]

    @property
    def deciding(self) -> tuple[Ground, ...]:
        """Those that set the label."""
        return tuple(ground for ground in self.grounds if ground.decides)


def compare(
    inspection: Inspection, standards: Sequence[str] | None = None, library: Library | None = None
) -> tuple[Compared, ...]:
    """Return what standards say of one inspection, in the order named.

    Args:
        inspection: Complete or not.
        standards: Ids, or ``id@version``; ``None`` for the newest version of each that is for this checklist.
        library: Where standards are looked for; those of the program alone when left out.

    Raises:
        BadInput: A standard, checklist, question or answer that does not exist, or a standard for another checklist.
    """
    shelf = library or program()
    checklist = load_checklist(inspection.checklist)
    validate_answers(checklist, inspection.answers)
    case = Case(checklist, inspection.answers, read_values(inspection.reading), inspection.reading.platform)
    seen = look_at(case)
    if standards is None:
        chosen = shelf.newest(checklist.id)
    else:
        chosen = tuple(shelf.fitting(wanted, checklist.id) for wanted in standards)
    return tuple(_compared(standard, case, seen) for standard in chosen)


def label_of(standard: Standard, entry: Mapping[str, object]) -> str:
    """Return a standard's label from its entry: its grade, or what its forms say, a dash where one says nothing."""
    names = ["grade"] if standard.labels else [form.name for form in standard.forms]
    said = [entry[name] for name in names]
    return " ".join(str(each or "–") for each in said) if any(said) else ""


def _compared(standard: Standard, case: Case, seen: Seen) -> Compared:
    found = evaluate(standard, case, seen)
    return Compared(
        standard=standard.id,
        version=standard.version,
        rule_set=standard.rule_set,
        valid_from=standard.valid_from,
        label=label_of(standard, found.entry),
        entry=found.entry,
        grade=found.grade,
        disposition=found.disposition,
        grounds=_grounds(standard, case, seen, found),
        unanswered=found.unanswered,
        unverified=found.unverified,
    )


def _grounds(standard: Standard, case: Case, seen: Seen, found: Evaluation) -> tuple[Ground, ...]:
    setting = set(found.capped_by)
    if not standard.scales:
        return tuple(_ground(standard, why, why.cap in setting) for why in found.reasons)
    # On scales each ladder has reasons of its own; what stops, rejects or holds a phone stands above all of them.
    above = [why for why in found.reasons if why.cap.cap in _ALWAYS]
    grounds = [_ground(standard, why, why.cap in setting) for why in above]
    for scale in standard.scales.values():
        word = found.words[scale.name]
        reasons = scale_reasons(scale, case, seen)
        grounds += [_ground(standard, why, why.rule.cap == word) for why in reasons if not _is_said(why)]
    return tuple(grounds)


def _is_said(why: Reason) -> bool:
    """Return whether a scale only says once more that a phone cannot be sold yet."""
    return why.rule.cap == NO_LABEL and why.rule.means in _ALWAYS


def _ground(standard: Standard, why: Reason, decides: bool) -> Ground:
    cap = Cap(why.cap.question, why.cap.reading, why.cap.answer, why.rule.means or why.rule.cap)
    word = why.rule.cap if why.scale else standard.labels.get(why.rule.cap, why.rule.cap)
    page = standard.sources.get(why.rule.source, "")
    return Ground(cap, word, why.scale, why.rule.mark, page, decides)
