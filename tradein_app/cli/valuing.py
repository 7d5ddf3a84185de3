"""``tradein grade`` and ``tradein quote``: an inspection's grade, price and offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.grading.behind import behind, still_caps
from diagnostics.grading.words import (
    entry_words,
    mark_words,
    question_words,
    reading_words,
    result_words,
    subject_words,
)
from tradein_app import bootstrap
from tradein_app.cli.inputs import parse_date, read_json
from tradein_app.cli.output import put_json, put_line, put_table, say
from tradein_app.cli.standards import warn_of
from tradein_app.config import load_config

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist
    from diagnostics.grading.inspection import Inspection
    from diagnostics.grading.library import Library
    from diagnostics.grading.result import Cap, GradeResult
    from diagnostics.model import Platform
    from pricing.money import Money
    from pricing.quote import Quote
    from pricing.records import Factor
    from tradein_app.services.records import InspectionRecord


def show_grade(file: str, standards: tuple[str, ...], *, as_json: bool) -> int:
    """Print an inspection's grade; returns the exit status.

    Args:
        file: An inspection's JSON.
        standards: Rule sets; the product's own when empty.
        as_json: The document of ``tradein/grade-1`` in place of words.
    """
    from diagnostics.grading.checklist import load_checklist
    from diagnostics.grading.codec import grade_to_json
    from diagnostics.grading.engine import grade

    inspection, left = _inspection(file)
    library = _library(standards)
    result = grade(inspection, standards, library) if standards else grade(inspection)
    if as_json:
        put_json(grade_to_json(result) | left)
    else:
        _print_grade(result, load_checklist(inspection.checklist), inspection.reading.platform, library)
        _print_looks(inspection)
    return 0


def show_quote(file: str, market: str, as_of: str, *, as_json: bool) -> int:
    """Print an inspection's quote; returns the exit status.

    Args:
        file: An inspection's JSON.
        market: Two letters.
        as_of: A day such as ``2026-11-22``, or ``""`` for today.
        as_json: The document of ``tradein/quote-1`` in place of words.
    """
    from datetime import UTC, datetime

    from pricing.book.opening import shop_book
    from pricing.codec import quote_to_json
    from pricing.quote import quote
    from pricing.repairs.own import prices_of
    from tradein_app.config import load_config

    now = datetime.now(UTC)
    day = parse_date(as_of) if as_of else now.astimezone().date()
    inspection, left = _inspection(file)
    home = load_config().home
    book, costs = shop_book(home), prices_of(home)
    result = quote(inspection, market=market, as_of=day, now=now, price_model=book, repair_prices=costs)
    if as_json:
        put_json(quote_to_json(result) | left)
    else:
        print_quote(result, inspection)
        _print_looks(inspection)
    return 0


def _library(standards: tuple[str, ...]) -> Library:
    """Return where standards are looked for; a shop's own that cannot be used are said."""
    from diagnostics.grading.library import program

    if not standards:
        return program()
    config = load_config()
    library = bootstrap.open_standards(config)
    warn_of(library.findings, config.language)
    return library


def _inspection(file: str) -> tuple[Inspection, dict[str, object]]:
    """Return an inspection, and the member that names its answers that do not count; they are said, too."""
    from diagnostics.grading.carrying import left_words
    from diagnostics.grading.inspection import open_inspection
    from diagnostics.grading.prefilling import disbelieved_words

    inspection, carried = open_inspection(read_json(file))
    better = {name: said for name, said in carried.answers.items() if name not in inspection.answers}
    language = load_config().language
    kept = len(inspection.answers)
    for words in (left_words(carried.left, kept, language), disbelieved_words(better, language)):
        if words:
            say(f"tradein: {words}")
    rows = [{"question": each.question, "answer": each.answer, "why": each.why} for each in carried.left]
    rows += [{"question": name, "answer": said, "why": "cable"} for name, said in better.items()]
    return inspection, {"left_out": rows} if rows else {}


def _print_grade(
    result: GradeResult, checklist: Checklist, platform: Platform, library: Library | None = None
) -> None:
    grade = result_words(result.grade) if result.grade else "none"
    put_line(f"Grade: {grade} ({result_words(result.disposition)})")
    if result.capped_by:
        cells = [
            (
                *subject_words(checklist, cap, platform=platform),
                result_words(cap.cap),
                _rule_words(cap, result, library),
            )
            for cap in result.capped_by
        ]
        put_table(("Because of", "Answer or value", "Allows at best", "By"), cells)
        _print_pages(result, library)
    for cap in still_caps(result):
        subject = subject_words(checklist, cap, platform=platform)[0]
        put_line(f"Without “{subject}”: still {result_words(result.grade or result.disposition)}.")
    if result.lifts:
        rows = [
            (*subject_words(checklist, lift, platform=platform), result_words(lift.to))
            for lift in result.lifts
        ]
        put_table(("What would lift it", "If it were", "Result"), rows)
    _print_labels(result)
    if result.unanswered:
        put_line("Not answered: " + " ".join(question_words(checklist, name) for name in result.unanswered))
    if result.unverified:
        put_line(
            "Not known: " + ", ".join(reading_words(name, platform=platform) for name in result.unverified)
        )


def _rule_words(cap: Cap, result: GradeResult, library: Library | None) -> str:
    rule = behind(cap, result.rule_set, library)
    return mark_words(rule.mark) if rule else ""


def _print_pages(result: GradeResult, library: Library | None) -> None:
    """Print where the public rules stand that set the grade."""
    rules = [rule for cap in result.capped_by if (rule := behind(cap, result.rule_set, library))]
    for page in dict.fromkeys(rule.page for rule in rules if rule.page):
        put_line(f"Public rule: {page}")


def _print_looks(inspection: Inspection) -> None:
    """Print which surfaces somebody should look at again."""
    from diagnostics.grading.checklist import load_checklist
    from diagnostics.grading.second_look import second_looks
    from diagnostics.grading.words import answer_statement

    checklist = load_checklist(inspection.checklist)
    for look in second_looks(inspection.checklist, inspection.answers):
        said = (answer_statement(checklist.question(name), given) for name, given in look.answers.items())
        put_line(f"Look again ({look.surface}): these answers stand next to a boundary: {'; '.join(said)}.")


def _print_labels(result: GradeResult) -> None:
    """Print each rule set's own label, where the grade alone does not say it."""
    if (
        any(entry.get("grade") != result.grade for entry in result.standards.values())
        or len(result.standards) > 1
    ):
        rows = [
            (name, str(entry.get("grade") or "–"), entry_words(entry))
            for name, entry in result.standards.items()
        ]
        put_table(("Rule set", "Label", "Beside it"), rows)


def print_quote(result: Quote, inspection: Inspection | InspectionRecord) -> None:
    """Print a quote for people: grade, decision, offer, and every step on the way to it."""
    from diagnostics.grading.checklist import load_checklist
    from pricing.words import basis_lines, shown_multiplier, words

    if result.model_name:
        put_line(f"Phone: {result.model_name}")
    _print_grade(result.grade, load_checklist(inspection.checklist), inspection.reading.platform)
    _print_repairs(result)
    offer = _money(result.offer) if result.offer else "none"
    put_line(f"Decision: {words(f'decisions.{result.decision}')} · Offer: {offer}")
    for why in (*result.reasons, *result.warnings):
        put_line(f"- {words(why)}")
    if result.resale:
        prices = (_money(price) for price in (result.resale.p10, result.resale.p50, result.resale.p90))
        grounds = "; ".join(basis_lines(result.resale, result.warnings))
        put_line(f"Resale price: {' … '.join(prices)} (basis: {result.resale.basis}, {grounds})")
    if result.waterfall:
        cells = [(words(step), _money(step.amount)) for step in result.waterfall]
        put_table(("From the price to the offer", "Amount"), cells, right=1)
    if result.price_factors:
        rows = [(words(part), f"{shown_multiplier(part):f}", _note(part)) for part in result.price_factors]
        put_table(("How the price is made", "Factor", "By"), rows, right=1)
    _print_terms(result)


def _print_repairs(result: Quote) -> None:
    """Print which repairs would lift the grade, what each leaves, and where its costs come from."""
    from pricing.repairs.words import cost_line, plan_line, worth_words

    rows = [
        (
            plan_line(plan, _shown),
            _shown(plan.net, plan.price_step is not None) if plan.net else "–",
            worth_words(plan),
        )
        for plan in result.repairs
    ]
    if not rows:
        return
    put_table(("What repair would lift it", "Left", "Does it pay"), rows, right=1)
    costs = {cost.kind: cost for plan in result.repairs for cost in plan.repairs}
    for cost in costs.values():
        put_line(f"- {cost_line(cost, _shown)}")


def _shown(money: Money, sign: bool) -> str:
    return f"{'+' if sign and money.amount > 0 else ''}{_money(money)}"


def _note(part: Factor) -> str:
    """Return what a factor was looked up by; a class of phones goes by its key, ``google_foldable``."""
    return part.note.replace("_", " ")


def _print_terms(result: Quote) -> None:
    if result.valid_until:
        put_line(f"Valid until {result.valid_until.astimezone():%Y-%m-%d %H:%M}.")
    put_line(
        f"Market {result.market} ({result.market_version}), prices {result.model_version}, "
        f"rules {result.grade.rule_set}, as of {result.as_of.isoformat()}."
    )


def _money(money: Money) -> str:
    return f"{money.amount:f} {money.currency}"
