"""Puts repairs that lift a grade into words, in the person's language, for the window and the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import cast

from diagnostics.grading.words import result_words
from pricing.money import Money
from pricing.repairs.finding import MOST_TOGETHER
from pricing.repairs.kinds import kind_words
from pricing.repairs.records import Plan, RepairCost
from resources.opening import load_toml

_FILE, _PRICES = "messages/repairs.toml", "repairs/prices.toml"
_ABOUT = "\u2248\u00a0"

Shown = Callable[[Money, bool], str]
"""Shows an amount; the second argument asks for the sign of amounts above zero, too."""


def plan_line(plan: Plan, shown: Shown, language: str = "en") -> str:
    """Return what leads to which grade, and what it costs; ``≈`` where a cost is an estimate."""
    cost = shown(plan.cost + plan.handling, False)
    word = result_words(plan.to, language)
    return _text("plans.together" if plan.together else "plans.alone", language).format(
        grade=word[:1].upper() + word[1:],
        repairs=" + ".join(kind_words(each.kind, language) for each in plan.repairs),
        cost=f"{_ABOUT}{cost}" if plan.estimated else cost,
    )


def worth_words(plan: Plan, language: str = "en") -> str:
    """Return whether it pays, with its sign: never by colour alone."""
    if plan.pays is None:
        return _text("worth.unknown", language)
    if plan.price_step is None:
        return _text("worth.leaves" if plan.pays else "worth.leaves_nothing", language)
    return _text("worth.pays" if plan.pays else "worth.does_not_pay", language)


def none_line(language: str = "en") -> str:
    """Return that no repairs lift the grade."""
    return _text("none.none", language).format(count=MOST_TOGETHER)


def sum_lines(plan: Plan, shown: Shown, language: str = "en") -> Iterator[str]:
    """Yield the sum behind the amount, and where each cost comes from."""
    signed = {"price_step": plan.price_step, "fees": _minus(plan.fees), "saved": plan.saved}
    signed |= {"cost": -plan.cost, "handling": -plan.handling, "net": plan.net, "offer_step": plan.offer_step}
    for name, amount in signed.items():
        if amount is not None:
            yield f"{_text(f'sums.{name}', language)} {shown(amount, True)}"
    if plan.rises_without_paying:
        yield _text("sums.rises_without_paying", language)
    yield from (cost_line(cost, shown, language) for cost in plan.repairs)


def cost_line(cost: RepairCost, shown: Shown, language: str = "en") -> str:
    """Return what one repair costs, and where that figure comes from."""
    return _text(f"costs.{cost.quality}", language).format(
        name=kind_words(cost.kind, language),
        cost=shown(cost.total, False),
        source=source_words(cost.source, language),
        day=cost.as_of.isoformat(),
    )


def source_words(source: str, language: str = "en") -> str:
    """Return where a figure comes from; as it is written where it is the shop's own, or of an older program."""
    return _sources(language).get(source, source)


@cache
def _sources(language: str) -> Mapping[str, str]:
    """Return what the program's own sources are called in a language."""
    rows = cast("Sequence[Mapping[str, str]]", load_toml(_PRICES)["prices"])
    return {row["source"]: row.get(f"source_{language}", row["source"]) for row in rows}


def fault_words(code: str, params: Mapping[str, str], language: str = "en") -> tuple[str, str]:
    """Return what is wrong with a shop's own file, without its end, and what to do."""
    fault, hint = (_text(f"faults.{code}{part}", language).format_map(params) for part in ("", "_hint"))
    return fault, hint


def own_wrong(params: Mapping[str, str], language: str = "en") -> str:
    """Return why a shop's own prices are not used, of what a warning holds; in English where it holds no more."""
    code = params.get("fault", "")
    if code not in load_toml(_FILE)["faults"]:
        return params["detail"]
    fault, hint = fault_words(code, params, language)
    return _text("faults.unused", language).format(fault=fault, hint=hint)


def _minus(money: Money | None) -> Money | None:
    return None if money is None else -money


def _text(key: str, language: str) -> str:
    group, _, name = key.partition(".")
    texts = cast("Mapping[str, str]", load_toml(_FILE)[group][name])
    return texts.get(language, texts["en"])
