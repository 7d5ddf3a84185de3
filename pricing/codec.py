"""Quotes as JSON (schema ``tradein/quote-1``), out and in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

from diagnostics.codec import timestamp
from diagnostics.errors import BadInput
from diagnostics.grading.codec import grade_from_json, grade_to_json
from pricing.money import Money, money_from_json, money_to_json, rounded
from pricing.quote import Decision, Quote, Repair
from pricing.records import Counts, Factor, PriceRange, Reason, Step
from pricing.repairs.codec import lift_members, plan_from_json, plan_to_json
from pricing.words import words

SCHEMA = "tradein/quote-1"


def quote_to_json(quote: Quote) -> dict[str, Any]:
    """Return a quote as JSON values: the grade document's members, and the quote's own."""
    graded = grade_to_json(quote.grade)
    lifts = [lift | lift_members(lift, quote.repairs) for lift in graded["lifts"]]
    return {
        **graded,
        "lifts": lifts,
        "schema": SCHEMA,
        "decision": quote.decision.value,
        "market": quote.market,
        "model": quote.model_name,
        "resale": _range_to_json(quote.resale) if quote.resale else None,
        "offer": money_to_json(quote.offer) if quote.offer else None,
        "valid_until": timestamp(quote.valid_until) if quote.valid_until else None,
        "waterfall": [_step_to_json(step) for step in quote.waterfall],
        "price_factors": [_factor_to_json(factor) for factor in quote.price_factors],
        "model_version": quote.model_version,
        "market_version": quote.market_version,
        "as_of": quote.as_of.isoformat(),
        "warnings": [_reason_to_json(warning) for warning in quote.warnings],
        "reasons": [_reason_to_json(reason) for reason in quote.reasons],
        "repair": [_repair_to_json(repair) for repair in quote.repair],
        "repairs": [plan_to_json(plan) for plan in quote.repairs],
        "repairs_version": quote.repairs_version,
    }


def quote_from_json(document: object) -> Quote:
    """Return the quote that a document holds; words are not read back, they follow from the keys.

    Raises:
        BadInput: It is no quote, or a member is missing or wrong.
    """
    if not isinstance(document, Mapping) or document.get("schema") != SCHEMA:
        raise BadInput(f"The document is not a quote ({SCHEMA}).", code="bad_quote")
    try:
        return _quote(document)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise BadInput(f"The quote cannot be read ({error!r}).", code="bad_quote") from error


def _quote(row: Mapping[str, Any]) -> Quote:
    return Quote(
        grade=grade_from_json({**row, "schema": "tradein/grade-1"}),
        decision=Decision(row["decision"]),
        market=row["market"],
        resale=_range(row["resale"]) if row["resale"] else None,
        offer=money_from_json(row["offer"]) if row["offer"] else None,
        valid_until=datetime.fromisoformat(row["valid_until"]) if row["valid_until"] else None,
        waterfall=tuple(_step(step, row["offer"]["currency"]) for step in row["waterfall"]),
        price_factors=tuple(_factor(factor) for factor in row["price_factors"]),
        model_version=row["model_version"],
        warnings=tuple(_reason(warning) for warning in row["warnings"]),
        reasons=tuple(_reason(reason) for reason in row["reasons"]),
        as_of=date.fromisoformat(row["as_of"]),
        market_version=row["market_version"],
        model_name=row["model"],
        repair=tuple(_repair(repair) for repair in row["repair"]),
        repairs=tuple(plan_from_json(plan) for plan in row.get("repairs", ())),
        repairs_version=row.get("repairs_version", ""),
    )


def _range_to_json(price: PriceRange) -> dict[str, Any]:
    quantiles = {name: money_to_json(getattr(price, name)) for name in ("p10", "p50", "p90")}
    counts = {"own_deals": price.counts.own_deals, "market": price.counts.market}
    return {**quantiles, "basis": price.basis, "counts": counts}


def _range(row: Mapping[str, Any]) -> PriceRange:
    p10, p50, p90 = (money_from_json(row[name]) for name in ("p10", "p50", "p90"))
    counts = row.get("counts", {})  # a quote from before they were counted has none
    return PriceRange(
        p10, p50, p90, row["basis"], Counts(counts.get("own_deals", 0), counts.get("market", 0))
    )


def _step_to_json(step: Step) -> dict[str, Any]:
    amount = f"{rounded(step.amount).amount:f}"
    return {"step": step.label, "amount": amount, "key": step.key, "params": dict(step.params)}


def _step(row: Mapping[str, Any], currency: str) -> Step:
    return Step(row["key"], row["step"], Money(Decimal(row["amount"]), currency), _params(row))


def _factor_to_json(factor: Factor) -> dict[str, Any]:
    # The contract has the multiplier as a number; eight decimals come back from it unchanged.
    multiplier = float(factor.multiplier)
    return {"factor": factor.label, "multiplier": multiplier, "key": factor.key, "note": factor.note}


def _factor(row: Mapping[str, Any]) -> Factor:
    return Factor(row["key"], row["factor"], Decimal(repr(row["multiplier"])), row["note"])


def _reason_to_json(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "message": words(reason), "params": dict(reason.params)}


def _reason(row: Mapping[str, Any]) -> Reason:
    return Reason(row["code"], _params(row))


def _repair_to_json(repair: Repair) -> dict[str, Any]:
    return {"part": repair.part, "cost": money_to_json(repair.cost) if repair.cost else None}


def _repair(row: Mapping[str, Any]) -> Repair:
    return Repair(row["part"], money_from_json(row["cost"]) if row["cost"] else None)


def _params(row: Mapping[str, Any]) -> Mapping[str, str]:
    return MappingProxyType(dict(row["params"]))
