"""Makes a standard's records of its data, which the linter has looked at before."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from diagnostics.grading.checklist import Checklist
from diagnostics.grading.floor import floor_answers, floor_readings, floor_sources
from diagnostics.grading.result import SEVERITY, Grade
from diagnostics.grading.rules import EntryRule, FormRule, ReadingRule, Rule, Scale, Standard
from diagnostics.model import FieldName, LockState

Data = Mapping[str, Any]
_LOCKS = (LockState.ON.value, LockState.OFF.value)
BY_KEY = ("sources", "answers", "readings", "entry", "scales")
"""Tables of which a standard may replace single entries of the one that it extends."""


def merged(data: Data, base: Data) -> dict[str, Any]:
    """Return a standard's data on those of the one that it extends: what it says itself goes first."""
    tables = {name: {**base.get(name, {}), **data.get(name, {})} for name in BY_KEY}
    return {**base, **data, **tables}


def standard_of(data: Data, checklist: Checklist, origin: str = "") -> Standard:
    """Return the records of a standard's data, already `merged`; it is never less strict than the floor is."""
    scales = {name: _scale(name, row, checklist) for name, row in data["scales"].items()}
    own_answers = _answers(data["answers"], checklist, {})
    own_readings = _readings(data["readings"], {})
    top = _top(data.get("labels", {}), scales)
    return Standard(
        id=data["id"],
        version=data["version"],
        valid_from=data["valid_from"],
        checklist=checklist.id,
        labels=MappingProxyType(dict(data.get("labels", {}))),
        unanswered=_rule(data["unanswered"], {}),
        needs_one_of=frozenset(data["needs_one_of"]),
        answers=_lowest_answers(
            [own_answers, *(scale.answers for scale in scales.values()), _floor_answers(checklist)], checklist
        ),
        readings=_lowest_readings(
            [own_readings, *(scale.readings for scale in scales.values()), _readings(floor_readings(), {})]
        ),
        entry=tuple(_entry_rule(name, row) for name, row in data["entry"].items() if "form" not in row),
        sources=MappingProxyType({**floor_sources(), **data["sources"]}),
        own_answers=own_answers,
        own_readings=own_readings,
        scales=MappingProxyType(scales),
        forms=tuple(_form(name, row["form"]) for name, row in data["entry"].items() if "form" in row),
        top=top,
        harmless=frozenset(grade.value for grade in Grade if SEVERITY[grade] <= SEVERITY[top]),
        origin=origin,
    )


def form_scales(form: str) -> tuple[str, ...]:
    """Return the scales that a label's form names.

    Raises:
        ValueError: The form is written wrongly, or says how a word is to be laid out: words are shown as they are.
    """
    parts = [part for part in string.Formatter().parse(form) if part[1] is not None]
    if any(layout or conversion for _, _, layout, conversion in parts):
        raise ValueError(form)
    return tuple(str(name) for _, name, _, _ in parts)


def _top(labels: Mapping[str, str], scales: Mapping[str, Scale]) -> str:
    best = [next(iter(labels))] if labels else [scale.words[scale.top] for scale in scales.values()]
    return max(best, key=SEVERITY.__getitem__)


def _scale(name: str, row: Data, checklist: Checklist) -> Scale:
    words = {step["word"]: step["means"] for step in row["words"]}
    answers = _answers(row.get("answers", {}), checklist, words)
    return Scale(
        name=name,
        words=MappingProxyType(words),
        answers=answers,
        readings=_readings(row.get("readings", {}), words),
        asks=frozenset(q.id for q in checklist.required if q.id in answers),
        unanswered=_rule(row["unanswered"], words),
        open=_rules(row.get("open", {}), words),
        needs_one_of=frozenset(row.get("needs_one_of", ())),
        nothing=_rule(row.get("nothing", row["unanswered"]), words),
        order=MappingProxyType({word: place for place, word in enumerate(words)}),
    )


def _floor_answers(checklist: Checklist) -> Mapping[str, Mapping[str, Rule]]:
    return _answers(floor_answers(), checklist, {})


def _answers(rows: Data, checklist: Checklist, words: Mapping[str, str]) -> Mapping[str, Mapping[str, Rule]]:
    found = {question: _rules(rows[question], words) for question in checklist.by_id if question in rows}
    return MappingProxyType(found)


def _readings(rows: Data, words: Mapping[str, str]) -> tuple[ReadingRule, ...]:
    return tuple(_reading_rule(field, row, words) for field, row in sorted(rows.items()))


def _rule(row: Mapping[str, str], words: Mapping[str, str]) -> Rule:
    means = row.get("as") or words.get(row["cap"], row["cap"])
    return Rule(row["cap"], row["mark"], row.get("source", ""), means)


def _rules(rows: Mapping[str, Mapping[str, str]], words: Mapping[str, str]) -> Mapping[str, Rule]:
    return MappingProxyType({answer: _rule(row, words) for answer, row in rows.items()})


def _reading_rule(field: FieldName, row: Data, words: Mapping[str, str]) -> ReadingRule:
    return ReadingRule(
        field=field,
        steps=tuple((step["at_least"], _rule(step, words)) for step in row.get("steps", ())),
        values=_rules({lock: row[lock] for lock in _LOCKS if lock in row}, words),
        unknown=_rule(row["unknown"], words) if "unknown" in row else None,
        only=row.get("only", ""),
    )


def _entry_rule(name: str, row: Data) -> EntryRule:
    return EntryRule(name, row["field"], row["at_least"], row["met"], row.get("missed"))


def _form(name: str, form: str) -> FormRule:
    return FormRule(name, form, form_scales(form))


def _lowest_answers(
    tables: Iterable[Mapping[str, Mapping[str, Rule]]], checklist: Checklist
) -> Mapping[str, Mapping[str, Rule]]:
    found: dict[str, dict[str, Rule]] = {}
    for table in tables:
        for question, rules in table.items():
            known = found.setdefault(question, {})
            known.update({answer: _lowest(known.get(answer), rule) for answer, rule in rules.items()})
    return MappingProxyType({q: MappingProxyType(found[q]) for q in checklist.by_id if q in found})


def _lowest_readings(tables: Iterable[tuple[ReadingRule, ...]]) -> tuple[ReadingRule, ...]:
    found: dict[FieldName, ReadingRule] = {}
    for rules in tables:
        for rule in rules:
            found[rule.field] = _joined(found[rule.field], rule) if rule.field in found else _plain(rule)
    return tuple(found[field] for field in sorted(found))


def _plain(rule: ReadingRule) -> ReadingRule:
    return _joined(rule, ReadingRule(rule.field, (), {}, None, rule.only))


def _joined(one: ReadingRule, other: ReadingRule) -> ReadingRule:
    """Return what two rules for one reading say together, as grades and dispositions: the lower at each value."""
    lows = sorted({low for rule in (one, other) for low, _ in rule.steps}, reverse=True)
    states = [state for state in _LOCKS if state in {*one.values, *other.values}]
    return ReadingRule(
        field=one.field,
        steps=tuple((low, _lowest(one.rule(low), other.rule(low))) for low in lows),
        values=MappingProxyType({s: _lowest(one.values.get(s), other.values.get(s)) for s in states}),
        unknown=_lowest(one.unknown, other.unknown) if one.unknown or other.unknown else None,
        only=one.only if one.only == other.only else "",
    )


def _lowest(*rules: Rule | None) -> Rule:
    worst = max((rule for rule in rules if rule), key=lambda rule: SEVERITY[rule.means])
    return replace(worst, cap=worst.means)
