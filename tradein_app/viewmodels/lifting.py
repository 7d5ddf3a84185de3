"""What would lift a grade by repair, and whether that pays: one line each, the amount aligned."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from diagnostics.grading.result import Disposition, Grade
from tradein_app.viewmodels.formatting import format_money

if TYPE_CHECKING:
    from pricing.money import Money
    from pricing.quote import Quote
    from pricing.repairs.records import Plan

_SHOWN = 4
_MINDED = frozenset({Disposition.SELLABLE.value, Disposition.REPAIR.value})


@dataclass(frozen=True, slots=True)
class LiftLine:
    """One set of repairs.

    Attributes:
        label: What leads to which grade, and what it costs.
        worth: Whether it pays, with a sign.
        amount: What is left; ``""`` where that cannot be said.
        tone: ``ok``, ``bad`` or ``dim``.
        tip: The sum behind the amount, and where each cost comes from.
    """

    label: str
    worth: str
    amount: str
    tone: str
    tip: str

    def as_text(self) -> str:
        """Return the line as a person would read it out."""
        return " ".join(part for part in (f"{self.label}:", self.worth, self.amount) if part)


def lift_table(quote: Quote | None, language: str) -> tuple[LiftLine, ...]:
    """Return the repairs of a quote, the nearest grade first."""
    return tuple(_line(plan, language) for plan in quote.repairs[:_SHOWN]) if quote else ()


def no_repair(quote: Quote | None, language: str) -> str:
    """Return that no repairs lift the grade; ``""`` where some do, or where nobody looked for any."""
    from pricing.repairs.words import none_line

    if quote is None or quote.repairs or not quote.repairs_version or not quote.grade.capped_by:
        return ""
    minded = quote.grade.disposition.value in _MINDED and quote.grade.grade is not Grade.PREMIUM
    return none_line(language) if minded else ""


def _line(plan: Plan, language: str) -> LiftLine:
    from pricing.repairs.words import plan_line, sum_lines, worth_words

    shown = partial(_shown, language=language)
    signed = plan.price_step is not None
    amount = "" if plan.net is None else shown(plan.net, signed)
    tone = "dim" if plan.pays is None else "ok" if plan.pays else "bad"
    tip = "\n".join(sum_lines(plan, shown, language))
    return LiftLine(plan_line(plan, shown, language), worth_words(plan, language), amount, tone, tip)


def _shown(money: Money, sign: bool, *, language: str) -> str:
    return format_money(money, language=language, sign=sign)
