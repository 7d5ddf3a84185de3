"""``getprop``: ``[name]: [value]``, where a value may hold brackets and line breaks (native-run #45, madb #6)."""

from __future__ import annotations

import re

_ENTRY = re.compile(r"\[([^\[\]\s]+)\]: \[(.*)")


def parse(text: str) -> dict[str, str]:
    """Return the properties by name; of two with one name the first counts, and one that is cut off is left out."""
    found: dict[str, str] = {}
    name, lines = "", [""]
    for line in text.splitlines():
        entry = _ENTRY.match(line)
        if entry:
            _close(found, name, lines)
            name, lines = entry[1], [entry[2]]
        else:
            lines.append(line)
    _close(found, name, lines)
    return found


def _close(found: dict[str, str], name: str, lines: list[str]) -> None:
    value = "\n".join(lines).rstrip()
    if name and value.endswith("]"):
        found.setdefault(name, value[:-1])
