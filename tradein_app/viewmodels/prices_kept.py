"""The price models that are kept aside: neither in use nor waiting, and each can be put in use again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradein_app.viewmodels.formatting import format_day_time
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.prices_words import count, split_words, tried_words

if TYPE_CHECKING:
    from pricing.standing.records import Entry
    from tradein_app.services.price_page_records import Overview

MOST = 3
"""Kept models that are listed; an older one is hardly ever wanted, and the command line puts it in use."""


def kept(overview: Overview) -> tuple[Entry, ...]:
    """Return the models that are kept aside, the newest first."""
    standing = overview.standing
    shown = {each.version for each in (standing.champion, standing.challenger) if each is not None}
    aside = [each for each in standing.models if each.version not in shown]
    return tuple(sorted(aside, key=lambda each: each.trained_at, reverse=True))


def kept_words(entry: Entry, language: str) -> str:
    """Return what a model learned from, and how good it was.

    Not what came of holding it against another one: the one that was in use then may not be the one that is now.
    """
    one = translate("prices", "Trained {0}, learned from {1} prices of 1 model")
    many = translate("prices", "Trained {0}, learned from {1} prices of {2} models")
    when = format_day_time(entry.trained_at, language=language)
    head = (one if entry.models == 1 else many).format(
        when, count(entry.rows, language), count(entry.models, language)
    )
    pair = translate("prices", "{0}: {1}")
    tried = [pair.format(split_words(each.split), tried_words(each, language)) for each in entry.scores]
    return "\n".join((head, *tried))


def kept_button(entry: Entry, language: str) -> str:
    """Return what stands on the button that puts a model in use; each says which one."""
    when = format_day_time(entry.trained_at, language=language)
    return translate("prices", "Put that of {0} in use").format(when)


def more_words(number: int) -> str:
    """Return how many more there are than are listed, and where; nothing where all are."""
    if number <= 0:
        return ""
    one = translate("prices", "1 older model is kept, too; the command tradein price status lists it.")
    many = translate("prices", "{0} older models are kept, too; the command tradein price status lists them.")
    return one if number == 1 else many.format(number)
