"""A grade as the window shows it: never better than what is known, and grey while questions are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.grading.carrying import left_words
from diagnostics.grading.result import Grade
from diagnostics.model import Quality
from tradein_app.viewmodels import reasons
from tradein_app.viewmodels.holding import locks_named
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.lifting import LiftLine, lift_table, no_repair
from tradein_app.viewmodels.looking_again import LookView, looks_asked, looks_made
from tradein_app.viewmodels.tiles import grade_key, grade_word
from tradein_app.viewmodels.why import Why, still_lines, whys

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist
    from diagnostics.grading.engine import Cap, GradeResult
    from tradein_app.services.records import InspectionRecord

_TONES = {"stop": "bad", "reject": "bad", "hold": "bad", "repair": "warn", "fair": "", "": "dim"}
_ENDS = frozenset({"stop", "reject"})


@dataclass(frozen=True, slots=True)
class GradeView:
    """The grade with its reasons; ``key`` is ``""`` while nothing can be said.

    Attributes:
        word: In one line; while questions are open it says so.
        caps: What sets it; while questions are open, what keeps it from being better than it says.
        unsaid: Those of the caps that the quote does not name already as what keeps the phone from being bought.
        lifts: What would lift it; nothing while the grade is not settled, and where nothing alone would.
        several: What must change together; ``""`` otherwise.
        whys: The same as ``unsaid``, each with the rule behind it.
        still: That the grade stays without one of several equal caps.
        repairs: Which repairs would lift it, and whether that pays.
        no_repair: That none would; ``""`` otherwise.
        looks: The surfaces that somebody should look at again.
        looked: Who looked again, and when.
        note: What nobody knows, and which answers of an older checklist do not fit any more.
        rules: Under which it was made.
    """

    key: str = ""
    word: str = ""
    tone: str = "dim"
    caps: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    lifts: tuple[str, ...] = ()
    several: str = ""
    whys: tuple[Why, ...] = ()
    still: tuple[str, ...] = ()
    repairs: tuple[LiftLine, ...] = ()
    no_repair: str = ""
    looks: tuple[LookView, ...] = ()
    looked: tuple[str, ...] = ()
    note: str = ""
    rules: str = ""


def grade_view(
    record: InspectionRecord | None, checklist: Checklist | None, language: str, *, questions: int = 0
) -> GradeView:
    """Return the live grade of an inspection.

    Args:
        record: The inspection.
        checklist: Its questions.
        language: Two letters.
        questions: How many have to be answered still: until then the grade is only what it can become at best.
    """
    if record is None or record.grade is None:
        return GradeView(word=grade_word("incomplete", language))
    result, platform = record.grade, record.reading.platform
    causes = _causes(result, questions)
    unsaid = [cap for cap in causes if not (_held(result) and locks_named(cap))]
    final = not questions and result.disposition not in _ENDS
    lifts = reasons.lift_lines(result, checklist, language, platform) if final or _held(result) else ()
    word, tone = _word(result, grade_key(record), questions, language, known=_is_known(record))
    several = reasons.together_line(result, checklist, language, platform) if _held(result) else ""
    said = reasons.cap_lines(unsaid, checklist, language, platform)
    quote = record.quote if final else None
    return GradeView(
        key=grade_key(record),
        word=word,
        tone=tone,
        caps=reasons.cap_lines(causes, checklist, language, platform),
        unsaid=said,
        whys=whys(said, unsaid, result.rule_set, language),
        still=still_lines(result, checklist, language, platform) if final and not _held(result) else (),
        repairs=lift_table(quote, language),
        no_repair=no_repair(quote, language),
        looks=looks_asked(record, language),
        looked=looks_made(record, language),
        lifts=lifts,
        several="" if lifts else several or (_several(result) if final else ""),
        note=_note(record, result, language),
        rules=result.rule_set,
    )


def _note(record: InspectionRecord, result: GradeResult, language: str) -> str:
    left = left_words(record.left, len(record.said), language)
    ended = result.disposition in _ENDS
    unknown = "" if ended else reasons.unverified_line(result, language, record.reading.platform)
    return " ".join(part for part in (left, unknown) if part)


def _causes(result: GradeResult, questions: int) -> tuple[Cap, ...]:
    """Return what sets the grade, or what keeps it from becoming better than it is said to become at best."""
    unfinished = questions and not _held(result) and result.disposition not in _ENDS
    return result.at_best.capped_by if unfinished and result.at_best else result.capped_by


def _held(result: GradeResult) -> bool:
    return result.disposition == "hold"


def _is_known(record: InspectionRecord) -> bool:
    """Return whether anything was read or answered that a grade could be said by: a name and a mode are nothing."""
    groups = ("battery.", "storage.", "locks.")
    told = (name for name, row in record.reading.evidence.items() if row.quality is not Quality.REJECTED)
    return bool(record.answers) or any(name.startswith(groups) for name in told)


def _word(
    result: GradeResult, key: str, questions: int, language: str, *, known: bool = True
) -> tuple[str, str]:
    if result.disposition in _ENDS:
        return grade_word(str(result.disposition), language), "bad"
    if _held(result):
        beneath = f" · {grade_word(key, language)}" if result.grade is not None and not questions else ""
        return grade_word("hold", language) + beneath, "bad"
    if not questions:
        return grade_word(key or "incomplete", language), _TONES.get(key, "ok")
    left = translate("grade", "{0} questions open").format(questions)
    left = translate("grade", "1 question open") if questions == 1 else left
    best = _best(result, language) if known else translate("grade", "No grade yet")
    return f"{best} · {left}", "dim"


def _best(result: GradeResult, language: str) -> str:
    """Say what can still become of the phone: a grade at best, or what no answer can change any more."""
    best = result.at_best.result if result.at_best else "incomplete"
    if best not in frozenset(Grade):
        return grade_word(best, language)
    return translate("grade", "So far at best {0}").format(grade_word(best, language))


def _several(result: GradeResult) -> str:
    """Say that no single change lifts the grade, where several hold it down."""
    if len(result.capped_by) < 2:  # noqa: PLR2004 - one cap would be a lift
        return ""
    return translate("grade", "Nothing alone: all of the above would have to be better")
