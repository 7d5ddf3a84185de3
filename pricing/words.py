"""Puts steps, factors and reasons of a quote into words, in the person's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from functools import cache
from string import Formatter
from typing import cast

from diagnostics.grading.words import result_words
from diagnostics.messages import FALLBACK_LANGUAGE, Shown
from pricing.records import Factor, PriceRange, Reason, Step
from resources.opening import load_toml

_FILE = "messages/quote.toml"
_FOUR = Decimal("0.0001")
_FOUR_DIGITS = Context(prec=4)
_SMALL = Decimal("0.1")


def words(item: str | Step | Factor | Reason, language: str = FALLBACK_LANGUAGE, **params: str) -> str:
    """Return an item's words.

    Args:
        item: A step, factor or reason, or the dotted key of one, such as ``steps.commission``.
        language: Two letters; English where there is no such translation.
        params: What the template of a plain key is filled with.

    Raises:
        KeyError: Nothing has that key: a fault of the program, found by a test.
    """
    match item:
        case Step():
            return _step(item, language)
        case Factor():
            return _filled(f"factors.{item.key}", language, params)
        case Reason(code="own_repairs_unused"):
            from pricing.repairs.words import own_wrong  # it imports what a quote is made of

            return _filled(f"reasons.{item.code}", language, {"detail": own_wrong(item.params, language)})
        case Reason():
            return _filled(f"reasons.{item.code}", language, item.params)
    return _filled(item, language, params)


@cache
def factor_words(key: str) -> str:
    """Return what a multiplier is called in `FALLBACK_LANGUAGE`, as it is kept with a price; looked up once."""
    return words(f"factors.{key}")


_ELSEWHERE = {"model_elsewhere", "market_converted"}


def basis_key(price: PriceRange, warnings: Iterable[Reason]) -> str:
    """Return what a price's basis is called for people.

    A seed is ``unseen`` where market prices of other phones gave it, ``elsewhere`` where other markets' prices did.
    """
    codes = {each.code for each in warnings} if price.basis == "seed" else set()
    if "model_unseen" in codes:
        return "unseen"
    return "elsewhere" if codes & _ELSEWHERE else price.basis


def basis_lines(
    price: PriceRange, warnings: Iterable[Reason], language: str = FALLBACK_LANGUAGE
) -> Iterator[str]:
    """Yield where a price comes from, and of how many prices of this very model."""
    yield words(f"bases.{basis_key(price, warnings)}", language)
    yield from count_lines(price, language)


def count_lines(price: PriceRange, language: str = FALLBACK_LANGUAGE) -> Iterator[str]:
    """Yield how many prices of this very model a price rests on; nothing where there are none."""
    if price.counts.own_deals:
        yield words("counts.own_deals", language, count=str(price.counts.own_deals))
    if price.counts.market:
        yield words("counts.market", language, count=str(price.counts.market))


def shown_multiplier(factor: Factor) -> Decimal:
    """Return a multiplier as it is shown: to four decimals; a small one, such as a rate, to four digits that count."""
    small = factor.multiplier < _SMALL
    return _FOUR_DIGITS.plus(factor.multiplier) if small else factor.multiplier.quantize(_FOUR)


def reason_lines(reasons: Iterable[Reason], language: str = FALLBACK_LANGUAGE) -> tuple[str, ...]:
    """Return the sentences of reasons; what is said of several locks is said once, with the locks named."""
    said: dict[str, list[Reason]] = {}
    for each in reasons:
        said.setdefault(each.code if "lock" in each.params else repr(each), []).append(each)
    return tuple(_one_sentence(group, language) for group in said.values())


def _one_sentence(group: Sequence[Reason], language: str) -> str:
    if len(group) == 1:
        return words(group[0], language)
    locks = [_template(f"locks.{each.params['lock']}", language) for each in group]
    listed = _template("lists.and", language).format(first=", ".join(locks[:-1]), last=locks[-1])
    return _template(f"reasons.{group[0].code}_several", language).format(locks=listed)


def keys(group: str) -> frozenset[str]:
    """Return every key of a group: ``steps``, ``bases``, ``factors``, ``reasons``, ``decisions`` or ``locks``."""
    return frozenset(load_toml(_FILE)[group])


def _step(step: Step, language: str) -> str:
    """Return a line's words; of a quote from before they took these parameters, those that it was made with."""
    template = _template(f"steps.{step.key}", language)
    wanted = {name for _, name, _, _ in Formatter().parse(template) if name}
    return _filled(f"steps.{step.key}", language, step.params) if wanted <= {*step.params} else step.label


def _filled(key: str, language: str, params: Mapping[str, str]) -> str:
    shown = Shown(params)
    if "lock" in shown:
        shown["lock"] = _template(f"locks.{shown['lock']}", language)
    if "grade" in shown:
        shown["grade"] = result_words(shown["grade"], language)
    return _template(key, language).format_map(shown)


def _template(key: str, language: str) -> str:
    group, _, name = key.partition(".")
    texts = cast("Mapping[str, str]", load_toml(_FILE)[group][name])
    return texts.get(language, texts[FALLBACK_LANGUAGE])
