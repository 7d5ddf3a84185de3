"""Puts steps, factors and reasons of a quote into words, in the person's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from string import Formatter
from typing import cast

from diagnostics.grading.words import result_words
from diagnostics.messages import FALLBACK_LANGUAGE, Shown
from pricing.records import Factor, Reason, Step
from resources.opening import load_toml

_FILE = "messages/quote.toml"


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
        case Reason():
            return _filled(f"reasons.{item.code}", language, item.params)
    return _filled(item, language, params)


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
