"""Looks whether a standard holds: nothing left out, nothing said twice, and a better phone never graded lower."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from diagnostics.grading.checklist import Checklist, Question
from diagnostics.grading.facts import BATTERY, FIELDS
from diagnostics.grading.findings import Finding, finding
from diagnostics.grading.floor import Bound, bounds
from diagnostics.grading.parsing import form_scales
from diagnostics.grading.result import SEVERITY, Grade
from diagnostics.model import LockState, Platform

Data = Mapping[str, Any]
_OWN = ""
MARKS = ("public", "ours")
_NOTHING: Data = MappingProxyType({"cap": None})
NOT_CHECKED = "?"
"""The sign of an answer that stands outside the order of the others."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """What rules of one table may cap with, and how bad each is: the standard itself, or one of its scales."""

    place: str
    data: Data
    words: Mapping[str, int]
    sources: Mapping[str, str]

    def rank(self, rule: Data | None) -> int:
        """Return how bad a rule is; no rule caps nothing."""
        return self.words.get(rule["cap"], 0) if rule else 0

    def at(self, place: str) -> str:
        """Return a place inside this table."""
        return f"{self.place}{place}"


def holds(data: Data, checklist: Checklist) -> Iterator[Finding]:
    """Yield what does not hold in a standard that is written as standards are."""
    ladders = _ladders(data)
    yield from _labels(data, ladders[0])
    yield from _unanswered(data, ladders)
    for ladder in ladders:
        yield from _answers(ladder, checklist)
        yield from _readings(ladder)
        yield from _words(ladder)
    yield from _coverage(ladders, checklist)
    yield from _loosened(ladders, checklist)
    yield from _platforms(ladders)
    yield from _known_questions(data["needs_one_of"], "needs_one_of", checklist)
    for name, scale in data["scales"].items():
        yield from _scale(name, scale, checklist, ladders)
    yield from _entries(data)


def _ladders(data: Data) -> list[Ladder]:
    own = Ladder(_OWN, data, SEVERITY, data["sources"])
    scales = [
        Ladder(f"scales.{name}.", row, _order(row), data["sources"]) for name, row in data["scales"].items()
    ]
    return [own, *scales]


def _order(scale: Data) -> dict[str, int]:
    order: dict[str, int] = {}
    for place, step in enumerate(scale["words"]):
        order.setdefault(step["word"], place)
    return order


# ---------------------------------------------------------------- labels and words


def _labels(data: Data, own: Ladder) -> Iterator[Finding]:
    labels = data.get("labels", {})
    if not labels and not data["scales"]:
        yield finding("no_labels", "labels")
    for grade in labels:
        if grade not in list(Grade):
            yield finding("unknown_grade", f"labels.{grade}", grade=grade, possible=", ".join(Grade))
    known = [grade for grade in labels if grade in list(Grade)]
    if known != sorted(known, key=SEVERITY.__getitem__):
        yield finding("labels_out_of_order", "labels", order=", ".join(Grade))
    if known:
        top = SEVERITY[min(known, key=SEVERITY.__getitem__)]
        for place, rule in _all_rules(own):
            if rule["cap"] in list(Grade) and rule["cap"] not in labels and SEVERITY[rule["cap"]] > top:
                yield finding("cap_without_label", place, cap=rule["cap"])


def _unanswered(data: Data, ladders: list[Ladder]) -> Iterator[Finding]:
    tops = [SEVERITY.get(grade, 0) for grade in data.get("labels", {})][:1]
    tops += [SEVERITY.get(row["words"][0]["means"], 0) for row in data["scales"].values()]
    if SEVERITY.get(data["unanswered"]["cap"], 0) <= max(tops, default=0):
        yield finding("unanswered_best", "unanswered", cap=data["unanswered"]["cap"])
    for ladder in ladders[1:]:
        if ladder.rank(ladder.data["unanswered"]) == 0:
            yield finding("unanswered_best", ladder.at("unanswered"), cap=ladder.data["unanswered"]["cap"])


def _words(ladder: Ladder) -> Iterator[Finding]:
    """Yield rules whose words, marks or pages are not known."""
    for place, rule in _all_rules(ladder):
        if rule["cap"] not in ladder.words:
            possible = ", ".join(word or '""' for word in ladder.words)
            yield finding("unknown_cap", place, cap=rule["cap"], possible=possible)
        if "as" in rule and (ladder.place == _OWN or rule["as"] not in SEVERITY):
            yield finding("unknown_meaning", place, cap=rule["as"], possible=", ".join(SEVERITY))
        yield from _origin(rule, place, ladder.sources)


def _origin(rule: Data, place: str, sources: Mapping[str, str]) -> Iterator[Finding]:
    source = rule.get("source", "")
    if rule["mark"] not in MARKS:
        yield finding("unknown_mark", place, mark=rule["mark"])
    elif rule["mark"] == "public" and not source:
        yield finding("public_without_source", place)
    elif rule["mark"] == "ours" and source:
        yield finding("ours_with_source", place, source=source)
    if source and source not in sources:
        yield finding("unknown_source", place, source=source, possible=", ".join(sources))


def _all_rules(ladder: Ladder) -> Iterator[tuple[str, Data]]:
    data = ladder.data
    for question, rules in data.get("answers", {}).items():
        for answer, rule in rules.items():
            yield ladder.at(f"answers.{question}.{answer}"), rule
    for field, row in data.get("readings", {}).items():
        where = ladder.at(f'readings."{field}"')
        for number, step in enumerate(row.get("steps", ())):
            yield f"{where}.steps[{number}]", step
        for name in ("on", "off", "unknown"):
            if name in row:
                yield f"{where}.{name}", row[name]
    for question, rule in data.get("open", {}).items():
        yield ladder.at(f"open.{question}"), rule
    for name in ("unanswered", "nothing"):
        if name in data:
            yield ladder.at(name), data[name]


# ---------------------------------------------------------------- answers


def _answers(ladder: Ladder, checklist: Checklist) -> Iterator[Finding]:
    for question_id, rules in ladder.data.get("answers", {}).items():
        place = ladder.at(f"answers.{question_id}")
        question = checklist.by_id.get(question_id)
        if question is None:
            yield _unknown_question(place, question_id, checklist)
        elif question.number:
            yield finding("number_question", place, question=question_id, reading=str(question.overrides))
        else:
            yield from _answers_of(ladder, question, rules, place)


def _answers_of(ladder: Ladder, question: Question, rules: Data, place: str) -> Iterator[Finding]:
    known = [answer.id for answer in question.answers]
    for answer in rules:
        if answer not in known:
            possible = ", ".join(known)
            yield finding("unknown_answer", f"{place}.{answer}", answer=answer, possible=possible)
    for answer in known[1:]:
        if answer not in rules:
            yield finding("answer_without_rule", f"{place}.{answer}", answer=answer, question=question.id)
    rated = [answer.id for answer in question.answers if answer.sign != NOT_CHECKED]
    judged = [each for each in rated if each == known[0] or rules.get(each, _NOTHING)["cap"] in ladder.words]
    yield from _unsure_answers(ladder, question, rules, place)
    for better, worse in pairwise(judged):
        good, bad = rules.get(better), rules.get(worse)
        if ladder.rank(good) > ladder.rank(bad) or _meaning(ladder, good) > _meaning(ladder, bad):
            caps = {"cap": bad["cap"] if bad else "–", "other": good["cap"] if good else "–"}
            yield finding("lower_for_better", f"{place}.{better}", better=better, worse=worse, **caps)


def _unsure_answers(ladder: Ladder, question: Question, rules: Data, place: str) -> Iterator[Finding]:
    """Yield answers that say "not checked" and count for more than the best that can be seen."""
    best = rules.get(question.answers[0].id)
    for answer in question.answers[1:]:
        rule = rules.get(answer.id)
        if answer.sign == NOT_CHECKED and rule is not None and _is_better(ladder, rule, best):
            known = best["cap"] if best else "–"
            yield finding("unknown_is_better", f"{place}.{answer.id}", cap=rule["cap"], other=known)


def _is_better(ladder: Ladder, one: Data | None, other: Data | None) -> bool:
    """Return whether a rule caps higher than another, as a word or in what it means."""
    return ladder.rank(one) < ladder.rank(other) or _meaning(ladder, one) < _meaning(ladder, other)


def _meaning(ladder: Ladder, rule: Data | None) -> int:
    """Return how bad a rule is as a grade or a disposition."""
    if rule is None or ladder.place == _OWN:
        return ladder.rank(rule)
    means = {step["word"]: step["means"] for step in reversed(ladder.data["words"])}
    best = SEVERITY.get(ladder.data["words"][0]["means"], 0)
    return max(best, SEVERITY.get(rule.get("as") or means.get(rule["cap"], ""), 0))


def _coverage(ladders: list[Ladder], checklist: Checklist) -> Iterator[Finding]:
    """Yield questions and readings that no table says anything of."""
    answered = {question for ladder in ladders for question in ladder.data.get("answers", {})}
    for question in checklist.questions:
        if len(question.answers) > 1 and question.id not in answered:
            yield finding("question_without_rule", "answers", question=question.id)
    read = {field for ladder in ladders for field in ladder.data.get("readings", {})}
    for field in sorted(_told(checklist) - read):
        yield finding("reading_without_rule", "readings", reading=field)


def _loosened(ladders: list[Ladder], checklist: Checklist) -> Iterator[Finding]:
    """Yield what is less strict than what holds in every rule set: safety, stolen phones, locks, wiping."""
    for bound in bounds(checklist):
        found = [(ladder, _rule_at(ladder, bound)) for ladder in ladders]
        said = max((_meaning(ladder, rule) for ladder, rule in found if rule), default=-1)
        if said < SEVERITY[bound.cap]:
            allowed = next((rule["cap"] for _, rule in found if rule), "–")
            yield finding("loosened", bound.place, cap=allowed, least=bound.cap, said=bound.said)


def _rule_at(ladder: Ladder, bound: Bound) -> Data | None:
    row = ladder.data.get(bound.table, {}).get(bound.about, {})
    rule: Data | None = row.get(bound.said)
    return rule


def _told(checklist: Checklist) -> set[str]:
    """Return the readings that answers of a checklist say something of."""
    told = {question.overrides for question in checklist.evidence if question.overrides}
    proofs = [proof for question in checklist.evidence for proof in question.proves.values()]
    proofs += [p for q in checklist.evidence for rows in q.proves_on.values() for p in rows.values()]
    return told | {field for proof in proofs for field in proof}


def _known_questions(asked: Iterable[str], place: str, checklist: Checklist) -> Iterator[Finding]:
    for question in asked:
        if question not in checklist.by_id:
            yield _unknown_question(place, question, checklist)


def _unknown_question(place: str, question: str, checklist: Checklist) -> Finding:
    possible = ", ".join(checklist.by_id)
    return finding("unknown_question", place, question=question, checklist=checklist.id, possible=possible)


# ---------------------------------------------------------------- readings


def _readings(ladder: Ladder) -> Iterator[Finding]:
    for field, row in ladder.data.get("readings", {}).items():
        place = ladder.at(f'readings."{field}"')
        if field not in FIELDS:
            yield finding("unknown_reading", place, reading=field, possible=", ".join(FIELDS))
        elif field == BATTERY:
            yield from _steps(ladder, row, place)
        else:
            yield from _lock(ladder, row, place)
        if row.get("only", "") not in {"", *Platform}:
            yield finding("unknown_platform", place, platform=row["only"], possible=", ".join(Platform))


def _steps(ladder: Ladder, row: Data, place: str) -> Iterator[Finding]:
    steps = row.get("steps", [])
    lows = [step["at_least"] for step in steps]
    if "on" in row or "off" in row:
        yield finding("states_of_number", place)
    if "unknown" not in row:
        yield finding("unknown_without_rule", place)
    elif lows and _is_better(ladder, row["unknown"], max(steps, key=lambda step: int(step["at_least"]))):
        best = max(steps, key=lambda step: int(step["at_least"]))
        yield finding("unknown_is_better", f"{place}.unknown", cap=row["unknown"]["cap"], other=best["cap"])
    if not lows or min(lows) > 0:
        yield finding("steps_with_hole", f"{place}.steps", low=str(min(lows, default=100)))
    for number, (high, low) in enumerate(pairwise(steps), 1):
        where = f"{place}.steps[{number}]"
        if high["at_least"] <= low["at_least"]:
            yield finding("steps_overlap", where, low=str(low["at_least"]), high=str(high["at_least"]))
        elif ladder.rank(high) > ladder.rank(low) or _meaning(ladder, high) > _meaning(ladder, low):
            values = {"better": str(high["at_least"]), "worse": str(low["at_least"])}
            yield finding("lower_for_more", where, cap=low["cap"], other=high["cap"], **values)


def _lock(ladder: Ladder, row: Data, place: str) -> Iterator[Finding]:
    if row.get("steps"):
        yield finding("steps_of_state", f"{place}.steps")
    if LockState.ON.value not in row:
        yield finding("on_without_rule", place)
    off = row.get(LockState.OFF.value)
    for state in (LockState.ON.value, LockState.UNKNOWN.value):
        worse = row.get(state)
        if ladder.rank(off) > ladder.rank(worse) or _meaning(ladder, off) > _meaning(ladder, worse):
            yield finding("off_is_worse", f"{place}.off", state=state)


def _platforms(ladders: list[Ladder]) -> Iterator[Finding]:
    said: dict[str, str] = {}
    for ladder in ladders:
        for field, row in ladder.data.get("readings", {}).items():
            only = row.get("only", "")
            if said.setdefault(field, only) != only:
                yield finding("two_platforms", ladder.at(f'readings."{field}".only'), reading=field)


# ---------------------------------------------------------------- scales and the entry


def _scale(name: str, scale: Data, checklist: Checklist, ladders: list[Ladder]) -> Iterator[Finding]:
    place = f"scales.{name}"
    for number, step in enumerate(scale["words"]):
        if step["means"] not in SEVERITY:
            where = f"{place}.words[{number}]"
            yield finding("unknown_meaning", where, cap=step["means"], possible=", ".join(SEVERITY))
    words = [step["word"] for step in scale["words"]]
    for word in sorted({word for word in words if words.count(word) > 1}):
        yield finding("word_twice", f"{place}.words", word=word)
    means = [SEVERITY.get(step["means"], 0) for step in scale["words"]]
    if scale["words"][0]["means"] in SEVERITY and scale["words"][0]["means"] not in list(Grade):
        yield finding(
            "best_is_no_grade", f"{place}.words[0]", word=words[0], means=scale["words"][0]["means"]
        )
    if means != sorted(means):
        yield finding("words_out_of_order", f"{place}.words")
    yield from _known_questions(scale.get("needs_one_of", ()), f"{place}.needs_one_of", checklist)
    yield from _left_open(next(each for each in ladders if each.data is scale), checklist)
    if not _is_used(name, ladders[0].data["entry"]):
        yield finding("scale_not_used", place, scale=name)


def _left_open(ladder: Ladder, checklist: Checklist) -> Iterator[Finding]:
    """Yield what gives more for questions left open than for one of them, or than the best answer would."""
    unanswered, nothing = ladder.data["unanswered"], ladder.data.get("nothing")
    if nothing is not None and _is_better(ladder, nothing, unanswered):
        caps = {"cap": nothing["cap"], "other": unanswered["cap"]}
        yield finding("unknown_is_better", ladder.at("nothing"), **caps)
    for name, rule in ladder.data.get("open", {}).items():
        rules, question = ladder.data.get("answers", {}).get(name), checklist.by_id.get(name)
        if rules is None:
            yield finding("open_without_rules", ladder.at(f"open.{name}"), question=name)
            continue
        best = rules.get(question.answers[0].id) if question and question.answers else None
        if best is not None and _is_better(ladder, rule, best):
            caps = {"cap": rule["cap"], "other": best["cap"]}
            yield finding("unknown_is_better", ladder.at(f"open.{name}"), **caps)


def _is_used(name: str, entry: Data) -> bool:
    return any(f"{{{name}}}" in row.get("form", "") for row in entry.values())


def _entries(data: Data) -> Iterator[Finding]:
    for name, row in data["entry"].items():
        place = f"entry.{name}"
        if name == "grade" and data.get("labels"):
            yield finding("two_grades", place)
        if "form" in row:
            yield from _form(row["form"], place, data["scales"])
        elif row["field"] != BATTERY:
            yield finding("entry_of_no_number", place, reading=row["field"], possible=BATTERY)
    if data["scales"] and not data.get("labels") and not any("form" in r for r in data["entry"].values()):
        yield finding("no_form", "entry")


def _form(form: str, place: str, scales: Data) -> Iterator[Finding]:
    try:
        named = form_scales(form)
    except ValueError:
        named = ()
    if not named or set(named) - set(scales):
        yield finding("bad_form", f"{place}.form", form=form, possible=", ".join(scales) or "–")
