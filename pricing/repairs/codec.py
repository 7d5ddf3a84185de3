"""Repairs that lift a grade, as JSON: the members ``repairs`` and ``lifts`` of ``tradein/quote-1``, out and in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from diagnostics.grading.codec import cap_from_json, cap_to_json
from pricing.money import Money, money_from_json, money_to_json
from pricing.repairs.kinds import kind_words
from pricing.repairs.records import Plan, RepairCost

_OPTIONAL = ("price_step", "fees", "saved", "offer_after", "offer_step", "net")


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """Return a plan as JSON values; what cannot be said is ``null``."""
    return {
        "repairs": [_cost_to_json(cost) for cost in plan.repairs],
        "capped_by": [cap_to_json(cap) for cap in plan.caps],
        "to": plan.to,
        "cost": money_to_json(plan.cost),
        "handling": money_to_json(plan.handling),
        **{name: _money_to_json(getattr(plan, name)) for name in _OPTIONAL},
        "pays": plan.pays,
        "together": plan.together,
        "quality": "estimate" if plan.estimated else "exact",
    }


def plan_from_json(row: Mapping[str, Any]) -> Plan:
    """Return the plan that JSON values describe.

    Raises:
        BadInput: A cap or an amount is none.
        KeyError: A member is missing.
    """
    return Plan(
        repairs=tuple(_cost(cost) for cost in row["repairs"]),
        caps=tuple(cap_from_json(cap, f"capped_by[{n}]") for n, cap in enumerate(row["capped_by"])),
        to=row["to"],
        cost=money_from_json(row["cost"]),
        handling=money_from_json(row["handling"]),
        together=row["together"],
        **{name: money_from_json(row[name]) if row.get(name) else None for name in _OPTIONAL},
    )


def lift_members(entry: Mapping[str, Any], plans: Iterable[Plan]) -> dict[str, Any]:
    """Return what a quote adds to one of the grade's ``lifts``: the first plan that takes its cap away by itself."""
    subject = entry.get("question") or entry.get("reading")
    for plan in plans:
        if [cap.question or cap.reading for cap in plan.caps] == [subject]:
            return {
                "repairs": [cost.kind for cost in plan.repairs],
                "repaired_to": plan.to,
                "cost": money_to_json(plan.cost),
                "net": _money_to_json(plan.net),
                "pays": plan.pays,
            }
    return {"repairs": []}


def _cost_to_json(cost: RepairCost) -> dict[str, Any]:
    return {
        "repair": cost.kind,
        "name": kind_words(cost.kind),
        "part": money_to_json(cost.part),
        "minutes": cost.minutes,
        "cost": money_to_json(cost.total),
        "mark": cost.mark,
        "quality": cost.quality,
        "source": cost.source,
        "as_of": cost.as_of.isoformat(),
    }


def _cost(row: Mapping[str, Any]) -> RepairCost:
    return RepairCost(
        kind=row["repair"],
        part=money_from_json(row["part"]),
        minutes=row["minutes"],
        total=money_from_json(row["cost"]),
        mark=row["mark"],
        quality=row["quality"],
        source=row["source"],
        as_of=date.fromisoformat(row["as_of"]),
    )


def _money_to_json(money: Money | None) -> dict[str, str] | None:
    return None if money is None else money_to_json(money)
