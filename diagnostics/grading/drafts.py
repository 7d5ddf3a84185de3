"""Standards as they are written, before anybody has looked whether they hold: the program's, and a shop's own files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from diagnostics import checking, text
from diagnostics.grading.findings import Finding, finding
from diagnostics.grading.parsing import BY_KEY, merged
from diagnostics.regular import regular_bytes
from resources.opening import load_toml, names

LARGEST = 256 * 1024
"""Bytes: the longest standard of the program has 8,000."""
MOST_DOTS = 50
"""In one line: a name of a hundred thousand parts, as in ``a.a.a.a = 1``, takes all the memory there is to be read."""
LONGEST_LINE = 80
_FOLDER = "standards"


@dataclass(frozen=True, slots=True)
class Draft:
    """One file.

    Attributes:
        file: Its name, for a person.
        origin: Its path; ``""`` for one that comes with the program.
        data: What stands in it.
    """

    file: str
    origin: str
    data: Mapping[str, Any]

    @property
    def rule_set(self) -> str:
        """Its id and version, as far as it says them."""
        return f"{self.id}@{_word(self.data.get('version'))}"

    @property
    def id(self) -> str:
        """Its id, as far as it says it."""
        return _word(self.data.get("id"))

    @property
    def is_whole(self) -> bool:
        """Whether it is a standard, or only what others extend."""
        return bool(self.origin) or not {"labels", "scales", "extends"}.isdisjoint(self.data)

    @property
    def no_tables(self) -> tuple[str, ...]:
        """What must be a table in it and is none."""
        return tuple(name for name in BY_KEY if not isinstance(self.data.get(name, {}), Mapping))


@cache
def program_drafts() -> tuple[Draft, ...]:
    """Return the files that come with the program."""
    files = (f"{name}.toml" for name in names(_FOLDER, ".toml"))
    return tuple(Draft(file, "", load_toml(f"{_FOLDER}/{file}")) for file in files)


def read_draft(path: Path) -> Draft | Finding:
    """Return what stands in a file, or why it cannot be read."""
    try:
        content = regular_bytes(path, LARGEST)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return replace(finding("unreadable", "", why=why), file=path.name)
    try:
        return Draft(path.name, str(path), _table(content))
    except _BadFile as error:
        return replace(error.found, file=path.name)


def whole(draft: Draft, drafts: Iterable[Draft]) -> dict[str, Any] | Finding:
    """Return a draft's data on those of the drafts that it extends, or what is wrong with that."""
    known = [other for other in drafts if not other.no_tables]
    data: dict[str, Any] = dict(draft.data)
    seen = [draft.rule_set]
    while "extends" in data:
        wanted = data.pop("extends")
        base = _find(wanted, known)
        if base is None:
            there = sorted({other.id for other in known})
            return finding("unknown_base", "extends", base=wanted, possible=", ".join(there))
        seen.append(base.rule_set)
        if base.rule_set in seen[:-1]:
            return finding("base_in_circle", "extends", circle=" → ".join(seen))
        data = merged(data, base.data)
        if "extends" in base.data:
            data["extends"] = base.data["extends"]
    return data


class _BadFile(Exception):
    def __init__(self, found: Finding) -> None:
        super().__init__(found.code)
        self.found = found


def _table(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise _BadFile(finding("too_large", "", limit=f"{LARGEST // 1024} KB"))
    if any(line.count(b".") > MOST_DOTS for line in content.splitlines()):
        raise _BadFile(finding("not_toml", "", why=f"a line has more than {MOST_DOTS} dots"))
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _BadFile(finding("not_utf8", "", line=str(line))) from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise _BadFile(finding("not_toml", "", why=text.plain(str(error), LONGEST_LINE))) from None


def _word(value: object) -> str:
    return value if isinstance(value, str) else checking.shown(value)


def _find(wanted: object, drafts: Iterable[Draft]) -> Draft | None:
    """Return a draft by ``id@version``; by its id alone, the program's, which says which versions belong together."""
    for draft in drafts:
        if wanted == draft.rule_set or (wanted == draft.data.get("id") and not draft.origin):
            return draft
    return None
