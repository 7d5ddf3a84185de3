"""Puts a training and its verdict into words, in the person's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import cast

from diagnostics.messages import FALLBACK_LANGUAGE, Shown
from pricing.standing.records import Entry, Event, Reason, Standing, Verdict, What
from resources.opening import load_toml
from tradein_app.training.records import Outcome, Step

_FILE = "messages/training.toml"
_DECIMAL = re.compile(r"\d+\.\d+")


def step_words(step: Step, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what a training is at."""
    return _template("steps", step.value, language)


def outcome_words(outcome: Outcome, language: str = FALLBACK_LANGUAGE) -> str:
    """Return how a training ended."""
    return _template("outcomes", outcome.value, language)


def event_words(event: Event, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what happened to a model."""
    name = "promoted_by_itself" if event.what is What.PROMOTED and event.by_itself else event.what.value
    return _template("events", name, language)


def version_of(entry: Entry) -> str:
    """Return a model's version, as the command line names it."""
    return entry.version


def back_lines(
    before: Standing,
    after: Standing,
    language: str = FALLBACK_LANGUAGE,
    name: Callable[[Entry], str] = version_of,
    kept: str = "kept",
) -> Iterator[str]:
    """Yield what came of going back a model: which one prices, and what became of the others.

    Args:
        before: The standing before the step.
        after: The one after it.
        language: Of the words.
        name: Names a model at the begin of a sentence.
        kept: What is said of one that waits no more: ``kept`` names the command that puts it in use, ``listed`` the
            window's list.
    """
    entry, left, waited = after.champion, before.champion, before.challenger
    if entry is None:
        yield _template("back", "curves", language)
    else:
        yield _template("back", "again", language).format(name=name(entry))
    if left is not None:
        yield _template("back", "waits", language).format(name=name(left))
    if waited is not None and waited not in {after.challenger, entry}:
        yield _template("back", kept, language).format(name=name(waited), version=waited.version)


def reason_words(reason: Reason, language: str = FALLBACK_LANGUAGE) -> str:
    """Return why a challenger is better, or why it waits."""
    shown = Shown({name: _number(value, language) for name, value in reason.params})
    if "split" in shown:
        shown["split"] = _template("splits", shown["split"], language)
    return _template("reasons", reason.code, language).format_map(shown)


def verdict_lines(verdict: Verdict, language: str = FALLBACK_LANGUAGE) -> Iterator[str]:
    """Yield on what both were tried, and the reasons."""
    if verdict.rows:
        tried = _template("tried_on", verdict.tried_on.value, language)
        yield tried.format(rows=verdict.rows, models=verdict.models)
    for reason in verdict.reasons:
        yield reason_words(reason, language)


def _number(text: str, language: str) -> str:
    """Return a number as the language writes it; what is none stays."""
    return text.replace(".", ",") if language == "fr" and _DECIMAL.fullmatch(text) else text


def _template(group: str, name: str, language: str) -> str:
    texts = cast("Mapping[str, str]", load_toml(_FILE)[group][name])
    return texts.get(language, texts[FALLBACK_LANGUAGE])
