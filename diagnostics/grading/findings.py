"""What is wrong with a standard or a checklist: where, and what to do; the words are data, in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from diagnostics import checking, text
from diagnostics.messages import FALLBACK_LANGUAGE, Shown
from resources.opening import load_toml

_FILE = "messages/standards.toml"
LONGEST_PLACE = 120
LONGEST_VALUE = 120
LONGEST_LIST = 2000
"""Characters: the list of all questions has 500."""
_LISTS = frozenset({"possible", "circle"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        code: A stable word for programs, one of `finding_codes`.
        file: As a person named it.
        place: The dotted path inside the file, as it stands there: ``answers.paint.visible``; ``""`` for the whole.
        params: What the words name.
    """

    code: str
    file: str
    place: str
    params: Mapping[str, str]


def finding(code: str, place: str, **params: object) -> Finding:
    """Return a finding whose file is not known yet; values are made fit to be shown."""
    shown = {
        name: text.plain(value, LONGEST_LIST if name in _LISTS else LONGEST_VALUE)
        if isinstance(value, str)
        else checking.shown(value)
        for name, value in params.items()
    }
    return Finding(code, "", text.plain(place, LONGEST_PLACE), shown)


def finding_codes() -> frozenset[str]:
    """Return every code that has words."""
    return frozenset(load_toml(_FILE))


def finding_words(found: Finding, language: str = FALLBACK_LANGUAGE) -> str:
    """Return what is wrong, where, and what to do, as one line."""
    texts = cast("Mapping[str, str]", load_toml(_FILE)[found.code])
    said = texts.get(language, texts[FALLBACK_LANGUAGE]).format_map(Shown(found.params))
    file = text.plain(found.file)
    where = f"{file}, {found.place}" if found.place else file
    return f"{where}{' : ' if language == 'fr' else ': '}{said}"
