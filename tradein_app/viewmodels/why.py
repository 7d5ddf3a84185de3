"""Why a grade is what it is: each cap with the rule behind it, whose rule that is, and what would change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.grading.behind import behind, still_caps
from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.words import mark_words, result_words, stated, subject_words
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.grading.checklist import Checklist
    from diagnostics.grading.result import Cap, GradeResult

_ALL_NAMED = 3
"""Beyond so many equal caps they are not said one by one."""


@dataclass(frozen=True, slots=True)
class Why:
    """One cap.

    Attributes:
        mark: ``public rule`` or ``our rule``; ``""`` where the rule set is not there any more.
        source: What the rule rests on.
    """

    text: str
    mark: str = ""
    source: str = ""


def whys(texts: Sequence[str], caps: Sequence[Cap], rule_set: str, language: str) -> tuple[Why, ...]:
    """Return caps with the rules behind them.

    Args:
        texts: What each cap says.
        caps: In the same order.
        rule_set: Under which they were made, ``id@version``.
        language: Two letters.
    """
    return tuple(_why(text, cap, rule_set, language) for text, cap in zip(texts, caps, strict=True))


def still_lines(
    result: GradeResult, checklist: Checklist | None, language: str, platform: str
) -> tuple[str, ...]:
    """Return in one line that the grade stays without one of several equal caps; nothing where one alone sets it."""
    caps = still_caps(result)
    word = result_words(str(result.grade or result.disposition), language)
    if len(caps) > _ALL_NAMED:
        return (translate("why", "Without any one of these: still {0}").format(word),)
    questions = checklist or load_checklist()
    quoted = translate("why", "\u201c{0}\u201d")
    named = [quoted.format(subject_words(questions, cap, language, platform)[0]) for cap in caps]
    if not named:
        return ()
    *others, last = dict.fromkeys(named)
    if not others:
        return (translate("why", "Without {0}: still {1}").format(last, word),)
    listed = translate("why", "{0} or {1}").format(", ".join(others), last)
    return (translate("why", "Without {0} alone: still {1}").format(listed, word),)


def _why(text: str, cap: Cap, rule_set: str, language: str) -> Why:
    found = behind(cap, rule_set)
    if found is None:
        return Why(text)
    mark = mark_words(found.mark, language)
    said = f"{mark[:1].upper()}{mark[1:]}"
    return Why(text, mark, stated(said, found.page, language) if found.page else said)
