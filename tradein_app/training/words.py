"""Puts a training and its verdict into words, in the person's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from diagnostics.messages import FALLBACK_LANGUAGE, Shown
from pricing.standing.records import Event, Reason, Verdict, What
from resources.opening import load_toml
from tradein_app.training.records import Outcome, Step

_FILE = "messages/training.toml"


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


def reason_words(reason: Reason, language: str = FALLBACK_LANGUAGE) -> str:
    """Return why a challenger is better, or why it waits."""
    shown = Shown(dict(reason.params))
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


def _template(group: str, name: str, language: str) -> str:
    texts = cast("Mapping[str, str]", load_toml(_FILE)[group][name])
    return texts.get(language, texts[FALLBACK_LANGUAGE])
