"""The one thing to do next about prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pricing.standing.changing import taken_back
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.prices_data_words import is_old
from tradein_app.viewmodels.prices_standing import too_narrow
from tradein_app.viewmodels.prices_words import count, split_words

if TYPE_CHECKING:
    from pricing.standing.records import Entry, Tried
    from tradein_app.services.price_page_records import Overview

LEAST_ROWS = 100
"""Prices below which a training cannot tell whether it is any good, see `pricing.standing.judging`."""
_SUSPECT = frozenset({"biased", "overconfident"})


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do.

    Attributes:
        tone: ``ok``, ``accent``, ``warn`` or ``bad``.
        act: ``train``, ``promote``, ``load`` or empty.
    """

    text: str
    tone: str
    act: str = ""


def advice(overview: Overview, language: str, today: date) -> Advice:
    """Return what to do next: what costs money first."""
    return _at_once(overview) or _about_data(overview, language, today) or _calm(overview)


def _at_once(overview: Overview) -> Advice | None:
    if overview.standing_problem:
        return Advice(translate("prices", "Which model counts cannot be read: train anew."), "bad", "train")
    if overview.training.running:
        return Advice(
            translate("prices", "A model is being trained; prices stay as they are meanwhile."),
            "accent",
        )
    waiting = overview.standing.challenger
    left = waiting is not None and taken_back(overview.standing, waiting.version)
    if waiting is not None and not left and overview.standing.champion is None and _beats(waiting, None):
        return Advice(
            translate(
                "prices", "The new model is good enough: put it in use in place of the published curves."
            ),
            "accent",
            "promote",
        )
    if waiting is not None and not left and _beats(waiting, overview.standing.champion):
        return Advice(
            translate("prices", "The new model is better than the one in use: put it in use."),
            "accent",
            "promote",
        )
    if overview.watch.verdict in _SUSPECT and overview.data.used:
        return Advice(translate("prices", "Quotes do not hold: load new prices and train."), "bad", "train")
    return None


def _beats(waiting: Entry, champion: Entry | None) -> bool:
    """Return whether a model was found better than the one that is in use now, not than one before it."""
    verdict = waiting.verdict
    against = champion.version if champion else ""
    return verdict is not None and verdict.good and verdict.against == against != waiting.version


def _about_data(overview: Overview, language: str, today: date) -> Advice | None:
    used = overview.data.used
    if used < LEAST_ROWS:
        text = translate(
            "prices",
            "Load prices of your market ({0} at least), then train. Until then published curves set the price.",
        )
        return Advice(text.format(LEAST_ROWS), "accent", "load")
    if overview.standing.champion is None and overview.standing.challenger is None:
        text = translate("prices", "{0} prices are loaded: train on them.")
        return Advice(text.format(count(used, language)), "accent", "train")
    days = is_old(overview.data, today)
    if days:
        text = translate("prices", "The newest market price is {0} days old: load newer ones and train.")
        return Advice(text.format(days), "warn", "load")
    return None


def _weak(tried: Tried) -> Advice:
    text = translate(
        "prices",
        "The model in use is the best that was tried, but its ranges are too narrow ({0}: {1} of 100 held, "
        "80 should). Load more prices, of more phone models, and train.",
    )
    return Advice(text.format(split_words(tried.split), round(100 * tried.coverage)), "warn", "load")


def _calm(overview: Overview) -> Advice:
    champion, waiting = overview.standing.champion, overview.standing.challenger
    if waiting is not None and taken_back(overview.standing, waiting.version):
        text = translate(
            "prices", "You went back from the newer model; it waits, and can be put in use again."
        )
        return Advice(text, "ok")
    # Rows that another file has, too, are no news: the last training said how many those are.
    looked_at = sum(each.used + each.repeated for each in overview.training.sources)
    if champion is not None and overview.data.used > max(champion.rows, looked_at):
        more = translate("prices", "More prices are loaded than the model learned from: train when you like.")
        return Advice(more, "ok", "train")
    if overview.standing.challenger is not None and champion is None:
        text = translate(
            "prices",
            "The trained model is not good enough to be used; below is why. Load more prices, and train.",
        )
        return Advice(text, "warn", "load")
    if champion is not None and (weak := too_narrow(champion)):
        return _weak(min(weak, key=lambda each: each.coverage))
    return Advice(translate("prices", "Nothing to do: the model in use is the best that was tried."), "ok")
