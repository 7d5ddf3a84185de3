"""Why rows of price data are left out, in the person's language; the data's own findings are in English."""

from __future__ import annotations

import re

from tradein_app.viewmodels.language import translate

_NO_ORDER = (
    "is no date; write it like 2026-11-22: the day comes first only where the file proves it, by a first "
    "number above 12 and no second one"
)
_LINE = re.compile(r"line (\d+)(?=[ :,])")


def why_words(why: str) -> str:
    """Return a reason or an example in the person's language; one that is not known stays as it is."""
    for english, said in _problems().items():
        place = why.find(english)
        if place >= 0:
            # Grades and the like are named behind the words, and are called the same in every language.
            found = f"{why[:place]}{said}{why[place + len(english) :]}"
            return _LINE.sub(lambda match: translate("prices", "line {0}").format(match[1]), found, count=1)
    return why


def _problems() -> dict[str, str]:
    """Return what `pricing.pricedata` says of cells and rows, the longer words before their beginnings."""
    return {
        "is too long for a name": translate("prices", "is too long for a name"),
        "is no grade; there are": translate("prices", "is no grade; there are"),
        _NO_ORDER: translate(
            "prices",
            "is no date; write it like 2026-11-22: the day comes first only where the file proves it, by a first "
            "number above 12 and no second one",
        ),
        "is no date; write it like": translate("prices", "is no date; write it like"),
        "is neither true nor false": translate("prices", "is neither true nor false"),
        "is no currency; write three letters such as": translate(
            "prices", "is no currency; write three letters such as"
        ),
        "is no country; write two letters such as": translate(
            "prices", "is no country; write two letters such as"
        ),
        "is no number that means one thing; write it like": translate(
            "prices", "is no number that means one thing; write it like"
        ),
        "is in another currency than the row": translate("prices", "is in another currency than the row"),
        "does not tell which currency it is in; add a column currency": translate(
            "prices", "does not tell which currency it is in; add a column currency"
        ),
        "is no number; write a point for a comma": translate(
            "prices", "is no number; write a point for a comma"
        ),
        "is no number": translate("prices", "is no number"),
        "is no storage in GB": translate("prices", "is no storage in GB"),
        "is no battery health in percent, above 0 and up to 100": translate(
            "prices", "is no battery health in percent, above 0 and up to 100"
        ),
        "is no price above 0": translate("prices", "is no price above 0"),
        "came before": translate("prices", "came before"),
        "is absurd: several times what all other prices say, or a fraction of it": translate(
            "prices", "is absurd: several times what all other prices say, or a fraction of it"
        ),
        "is empty": translate("prices", "is empty"),
        "is in the future": translate("prices", "is in the future"),
        "is before there were such phones": translate("prices", "is before there were such phones"),
        "is after the day of the price": translate("prices", "is after the day of the price"),
    }
