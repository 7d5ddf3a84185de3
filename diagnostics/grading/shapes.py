"""Looks whether a standard is written as standards are: names that are known, values of the right kind."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from diagnostics.grading.findings import Finding, finding

Data = Mapping[str, Any]
RULE = ("cap", "mark", "source", "as")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9A-Za-z]+(\.[0-9A-Za-z]+)*")
LONGEST_ID, LONGEST_VERSION = 60, 20
"""Characters: both stand in tables and beside every stored grade."""
HIGHEST = 100
"""Percent."""
_MEMBERS = {
    "id", "version", "valid_from", "checklist", "extends", "unanswered", "needs_one_of", "labels", "sources",
    "answers", "readings", "entry", "scales",
}  # fmt: skip
_READING = ("only", "steps", "unknown", "on", "off")
_SCALE = ("words", "unanswered", "nothing", "needs_one_of", "open", "answers", "readings")
_ENTRY = ("field", "at_least", "met", "missed", "form")


def shape(data: Data) -> Iterator[Finding]:
    """Yield what is written wrongly in a standard's own data, and what is not there at all once it is `merged`."""
    yield from _unknown(data, _MEMBERS, "")
    yield from _named(data, "id", _ID, LONGEST_ID, "backmarket-2025")
    yield from _named(data, "version", _VERSION, LONGEST_VERSION, "2")
    if type(data.get("valid_from")) is not date:
        yield _wrong("valid_from", "a day such as 2026-01-31, without quotes", data.get("valid_from"))
    yield from texts(data.get("labels", {}), "labels")
    yield from texts(data.get("sources", {}), "sources")
    yield from rule_shape(data.get("unanswered"), "unanswered")
    yield from _list(data.get("needs_one_of"), "needs_one_of")
    yield from _rules(data, "")
    yield from _entries(data.get("entry", {}))
    yield from _scales(data.get("scales", {}))


def rule_shape(row: object, place: str) -> Iterator[Finding]:
    """Yield what is written wrongly in a rule."""
    if not isinstance(row, Mapping):
        yield _wrong(place, 'a rule such as { cap = "good", mark = "ours" }', row)
        return
    yield from _unknown(row, RULE, place)
    for name in ("cap", "mark"):
        if not isinstance(row.get(name), str):
            yield _wrong(f"{place}.{name}", "a word in quotes", row.get(name))
    for name in ("source", "as"):
        if not isinstance(row.get(name, ""), str):
            yield _wrong(f"{place}.{name}", "a word in quotes", row[name])


def texts(rows: object, place: str) -> Iterator[Finding]:
    """Yield what is no text in a table of texts."""
    if not isinstance(rows, Mapping):
        yield _wrong(place, "a table", rows)
        return
    for name, value in rows.items():
        if not isinstance(value, str) or not value.strip():
            yield _wrong(f"{place}.{name}", "a text in quotes", value)


def _named(data: Data, name: str, form: re.Pattern[str], longest: int, example: str) -> Iterator[Finding]:
    value = data.get(name)
    if not isinstance(value, str) or len(value) > longest or not form.fullmatch(value):
        yield _wrong(name, f'a word such as "{example}" of at most {longest} characters', value)


def _rules(data: Data, place: str) -> Iterator[Finding]:
    for _, rules, where in _tables(data.get("answers", {}), f"{place}answers"):
        if not isinstance(rules, Mapping):
            yield _wrong(where, "a table of rules", rules)
            continue
        for answer, row in rules.items():
            yield from rule_shape(row, f"{where}.{answer}")
    for _, row, where in _tables(data.get("readings", {}), f"{place}readings"):
        yield from _reading(row, where)
    for name in ("answers", "readings"):
        if not isinstance(data.get(name, {}), Mapping):
            yield _wrong(f"{place}{name}", "a table", data[name])


def _reading(row: object, place: str) -> Iterator[Finding]:
    if not isinstance(row, Mapping):
        yield _wrong(place, "a table of rules", row)
        return
    yield from _unknown(row, _READING, place)
    for name in ("unknown", "on", "off"):
        if name in row:
            yield from rule_shape(row[name], f"{place}.{name}")
    if not isinstance(row.get("only", ""), str):
        yield _wrong(f"{place}.only", "a platform in quotes", row["only"])
    yield from _steps(row.get("steps", []), f"{place}.steps")


def _steps(steps: object, place: str) -> Iterator[Finding]:
    if not isinstance(steps, list):
        yield _wrong(place, "a list of rules", steps)
        return
    for number, step in enumerate(steps):
        where = f"{place}[{number}]"
        row = dict(step) if isinstance(step, Mapping) else step
        low = row.pop("at_least", None) if isinstance(row, dict) else None
        yield from _percent(low, f"{where}.at_least")
        yield from rule_shape(row, where)


def _percent(value: object, place: str) -> Iterator[Finding]:
    """Yield what is no step of the one number that standards look at: the battery's health."""
    if type(value) is not int or not 0 <= value <= HIGHEST:
        yield _wrong(place, f"a whole number from 0 to {HIGHEST}", value)


def _entries(rows: object) -> Iterator[Finding]:
    if not isinstance(rows, Mapping):
        yield _wrong("entry", "a table", rows)
    for name, row, where in _tables(rows, "entry"):
        if not isinstance(row, Mapping):
            yield _wrong(where, "a table", row)
            continue
        yield from _unknown(row, _ENTRY, where)
        if ("form" in row) == ("field" in row):
            yield finding("entry_of_both", where, name=name)
        elif "form" in row and not isinstance(row["form"], str):
            yield _wrong(f"{where}.form", "a text in quotes", row["form"])
        elif "field" in row:
            yield from _entry_field(row, where)


def _entry_field(row: Data, where: str) -> Iterator[Finding]:
    if not isinstance(row["field"], str):
        yield _wrong(f"{where}.field", "a reading in quotes", row["field"])
    yield from _percent(row.get("at_least"), f"{where}.at_least")
    for name in ("met", "missed"):
        if not isinstance(row.get(name, ""), str | bool | int) or (name == "met" and name not in row):
            yield _wrong(f"{where}.{name}", "a text, true or false", row.get(name))


def _scales(rows: object) -> Iterator[Finding]:
    if not isinstance(rows, Mapping):
        yield _wrong("scales", "a table", rows)
    for _, row, where in _tables(rows, "scales"):
        if not isinstance(row, Mapping):
            yield _wrong(where, "a table", row)
            continue
        yield from _unknown(row, _SCALE, where)
        yield from _words(row.get("words"), f"{where}.words")
        yield from rule_shape(row.get("unanswered"), f"{where}.unanswered")
        if "nothing" in row:
            yield from rule_shape(row["nothing"], f"{where}.nothing")
        if "needs_one_of" in row:
            yield from _list(row["needs_one_of"], f"{where}.needs_one_of")
        if not isinstance(row.get("open", {}), Mapping):
            yield _wrong(f"{where}.open", "a table of rules", row["open"])
        for _, rule, place in _tables(row.get("open", {}), f"{where}.open"):
            yield from rule_shape(rule, place)
        yield from _rules(row, f"{where}.")


def _words(rows: object, place: str) -> Iterator[Finding]:
    if not isinstance(rows, list) or not rows:
        yield _wrong(place, 'a list such as [{ word = "A", means = "excellent" }], best first', rows)
        return
    for number, row in enumerate(rows):
        where = f"{place}[{number}]"
        if not isinstance(row, Mapping):
            yield _wrong(where, 'a table such as { word = "A", means = "excellent" }', row)
            continue
        yield from _unknown(row, ("word", "means"), where)
        for name in ("word", "means"):
            if not isinstance(row.get(name), str):
                yield _wrong(f"{where}.{name}", "a word in quotes", row.get(name))


def _list(value: object, place: str) -> Iterator[Finding]:
    if not isinstance(value, list) or not value or not all(isinstance(entry, str) for entry in value):
        yield _wrong(place, "a list of questions", value)


def _tables(rows: object, place: str) -> Iterator[tuple[str, Any, str]]:
    if isinstance(rows, Mapping):
        for name, row in rows.items():
            yield name, row, f'{place}."{name}"' if "." in name else f"{place}.{name}"


def _unknown(row: Data, known: Collection[str], place: str) -> Iterator[Finding]:
    for name in row:
        if name not in known:
            where = f"{place}.{name}" if place else name
            yield finding("unknown_member", where, name=name, possible=", ".join(sorted(known)))


def _wrong(place: str, expected: str, value: object) -> Finding:
    if value is None:
        return finding("missing", place, expected=expected)
    shown = value.isoformat() if isinstance(value, date | datetime) else value
    return finding("wrong_kind", place, expected=expected, value=shown)
