"""How champion and challenger stand against each other, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tradein_app.viewmodels.formatting import format_time
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.prices_words import (
    challenger_words,
    champion_words,
    count,
    figures,
    split_words,
    tried_words,
)

if TYPE_CHECKING:
    from pricing.standing.records import Entry, Tried
    from tradein_app.services.price_page_records import Overview


MOST_HELD = {"sellers": 0.86, "models": 0.92, "later": 0.92}
"""The most of 1 that an 80 % range should hold, see `pricing.standing.judging.BOUNDS`; that reads numpy."""
LEAST_HELD = {"sellers": 0.76, "models": 0.75, "later": 0.75}
"""The least of it, from there, too."""
_MINUTES_FROM = 100
"""Seconds from which minutes are said, too."""
FEW_MODELS = 30
"""Phone models below which the spread of unseen ones cannot be told: their ranges rest on what is assumed."""


@dataclass(frozen=True, slots=True)
class Side:
    """One way of trying, and what came of it.

    Attributes:
        split: ``sellers``, ``models``, ``time`` or ``later``.
        lines: One for each model, the one in use first.
    """

    split: str
    lines: tuple[str, ...]


def standing_lines(overview: Overview, language: str) -> tuple[str, ...]:
    """Return which model prices, and which one waits."""
    standing = overview.standing
    lines = [champion_words(standing.champion, language)]
    if standing.challenger is not None:
        lines.append(challenger_words(standing.challenger, language))
    if overview.standing_problem:
        lines.insert(0, f"\u2717 {overview.standing_problem}")
    return tuple(lines)


def _models(overview: Overview) -> tuple[tuple[str, Entry], ...]:
    named = (
        (translate("prices", "In use"), overview.standing.champion),
        (translate("prices", "New"), overview.standing.challenger),
    )
    return tuple((name, entry) for name, entry in named if entry is not None)


def _scores(overview: Overview) -> Iterator[tuple[str, list[tuple[str, Tried]]]]:
    """Yield each way of trying with the models that were tried so."""
    models = _models(overview)
    splits = dict.fromkeys(score.split for _, entry in models for score in entry.scores)
    for split in splits:
        yield (
            split,
            [(name, score) for name, entry in models for score in entry.scores if score.split == split],
        )


def sides(overview: Overview, language: str) -> tuple[Side, ...]:
    """Return how good the models are, one entry for each way of trying."""
    alone = len(_models(overview)) == 1
    return tuple(
        Side(
            split,
            tuple(
                tried_words(one, language)
                if alone
                else translate("prices", "{0}: {1}").format(name, tried_words(one, language))
                for name, one in found
            ),
        )
        for split, found in _scores(overview)
    )


def too_wide(entry: Entry) -> tuple[Tried, ...]:
    """Return where a model's ranges hold so much more than they promise that they tell little."""
    return tuple(
        each for each in entry.scores if each.coverage > MOST_HELD.get(each.split, MOST_HELD["models"])
    )


def too_narrow(entry: Entry) -> tuple[Tried, ...]:
    """Return where a model's ranges hold less than they may: there a price is surer in words than in fact."""
    return tuple(
        each for each in entry.scores if each.coverage < LEAST_HELD.get(each.split, LEAST_HELD["models"])
    )


def wide_lines(overview: Overview, language: str) -> Iterator[str]:
    """Yield for which phones ranges are wider than needed, and why where that is known."""
    found = [(entry, each.split) for _, entry in _models(overview) for each in too_wide(entry)]
    for split in dict.fromkeys(split for _, split in found):
        least = min(entry.models for entry, of in found if of == split)
        text = translate("prices", "! {0}: ranges are wider than they need to be.")
        few = translate(
            "prices",
            "! {0}: ranges are wider than they need to be; {1} phone models are too few to tell better.",
        )
        said = few if split == "models" and least < FEW_MODELS else text
        yield said.format(split_words(split), count(least, language))


def figure_rows(overview: Overview, language: str) -> list[tuple[str, ...]]:
    """Return the same as numbers, one row for each way of trying and model; both on the same prices come last."""
    rows = [
        (split_words(split), name, *figures(one, language))
        for split, found in _scores(overview)
        for name, one in found
    ]
    waiting = overview.standing.challenger
    verdict = waiting.verdict if waiting else None
    if verdict is not None and verdict.champion is not None:
        both = translate("prices", "Both on the same prices")
        rows.append((both, translate("prices", "In use"), *figures(verdict.champion, language)))
        rows.append((both, translate("prices", "New"), *figures(verdict.challenger, language)))
    return rows


def verdict_words(overview: Overview, language: str) -> tuple[str, str]:
    """Return whether the new model may take the place of the one in use, why, and the tone of it."""
    from tradein_app.training.words import verdict_lines

    waiting = overview.standing.challenger
    if waiting is None or waiting.verdict is None:
        return "", ""
    verdict = waiting.verdict
    if verdict.good and not verdict.against and too_wide(waiting):
        said = translate(
            "prices",
            "\u2713 The new one is good enough to be put in use; some of its ranges are wider than they need to be.",
        )
        head, tone = said, "ok"
    elif verdict.good and not verdict.against:
        head, tone = translate("prices", "\u2713 The new one is good enough to be put in use."), "ok"
    elif verdict.good and too_wide(waiting):
        said = translate(
            "prices", "\u2713 The new one is better; some of its ranges are wider than they need to be."
        )
        head, tone = said, "ok"
    elif verdict.good:
        head, tone = translate("prices", "\u2713 The new one is better, and its ranges hold."), "ok"
    elif verdict.better:
        head, tone = translate("prices", "! The new one is better, but its ranges do not hold."), "warn"
    elif overview.standing.champion is None:
        head, tone = translate("prices", "! The new one waits: it is not good enough yet."), "warn"
    else:
        head, tone = translate("prices", "! The new one waits: it is not proved better."), "warn"
    return "\n".join((head, *verdict_lines(verdict, language))), tone


def progress_words(overview: Overview, language: str) -> str:
    """Return how far the training is."""
    from tradein_app.training.words import step_words

    training = overview.training
    if training.cancelling:
        return translate("prices", "It is being cancelled.")
    step = step_words(training.step, language) if training.step else translate("prices", "Beginning")
    said = translate("prices", "{0}, {1} %").format(step, round(100 * training.share))
    return f"{said} \u00b7 {_lasting(training.started)}" if training.started else said


def _lasting(started: datetime) -> str:
    """Return since when something goes on: what moves each second is seen to be alive."""
    seconds = max(0, round((datetime.now(UTC) - started).total_seconds()))
    if seconds < _MINUTES_FROM:
        return translate("prices", "{0} s").format(seconds)
    return translate("prices", "{0} min {1} s").format(*divmod(seconds, 60))


def unread_lines(overview: Overview, language: str) -> Iterator[str]:
    """Yield the feeds and files that the last training could not use, and why."""
    text = translate("prices", "! {0} was not used: {1}")
    for source in overview.training.sources:
        if source.problem is not None:
            why = " ".join(each for each in error_words(source.problem.error(), language) if each)
            yield text.format(source.name, why)


def _outdated(overview: Overview) -> bool:
    """Return whether the model of the last training stands elsewhere by now than where that training put it."""
    training, standing = overview.training, overview.standing
    where = {"promoted": standing.champion, "waits": standing.challenger}
    if training.outcome not in where or not training.version:
        return False
    entry = where[training.outcome]
    return entry is None or entry.version != training.version


def outcome_line(overview: Overview, language: str) -> str:
    """Return how the last training ended; nothing where there never was one."""
    from tradein_app.training.words import outcome_words

    training = overview.training
    if training.outcome is None or _outdated(overview):
        return ""
    said = outcome_words(training.outcome, language)
    words = error_words(training.trouble.error(), language) if training.trouble else ()
    trouble = "".join(f" {each}" for each in words if each)
    when = f" ({format_time(training.ended, language=language)})" if training.ended else ""
    return f"{said}{trouble}{when}"
