"""A typed percent that is hardly meant: it is asked about once before it counts."""

from __future__ import annotations

from tradein_app.viewmodels.language import translate

_FAR = 15
"""Percent points between what is typed and what the cable says; our own: a battery is replaced long before."""
_LOW = 50
"""Below so many percent a phone hardly works; our own."""


def is_unlikely(percent: int, cable: float | None) -> bool:
    """Return whether a percent is low, or far from the cable's, which may not be known."""
    return percent < _LOW or (cable is not None and abs(percent - cable) > _FAR)


def unlikely_words(percent: int, cable: float | None) -> str:
    """Return what asks about such a percent."""
    if cable is None:
        return translate("checklist", "{0} %? Enter again to keep it.").format(percent)
    text = translate("checklist", "{0} %? The cable says {1} %. Enter again to keep it.")
    return text.format(percent, round(cable))
