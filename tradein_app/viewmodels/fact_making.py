"""Makes the lines of a reading, from what the cable told and what a person saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from diagnostics.grading.checklist import DEFAULT, Answers, load_checklist
from diagnostics.grading.facts import Fact as Believed
from diagnostics.grading.facts import believed, hinted_locks
from diagnostics.grading.inspection import Inspection
from diagnostics.model import LockState, Platform, Quality, Reading, State
from tradein_app.viewmodels import fact_lines
from tradein_app.viewmodels.advice import lock_advice
from tradein_app.viewmodels.fact_words import (
    lock_or_percent,
    origin_word,
    quality_word,
    shown_value,
    value_tone,
)
from tradein_app.viewmodels.facts import Fact, Section
from tradein_app.viewmodels.formatting import format_time, isolated
from tradein_app.viewmodels.language import pick, translate
from tradein_app.viewmodels.other_sources import other_sources
from tradein_app.viewmodels.traffic import with_lights

if TYPE_CHECKING:
    from diagnostics.grading.checklist import Checklist
    from diagnostics.model import Evidence, Problem
    from tradein_app.services.records import Answered

SECRET = frozenset({"identity.imei", "identity.imei2", "identity.serial", fact_lines.DEVICE_ID})
HEALTH, HEALTH_OVER_USB = "battery.health_percent", "battery.health_over_usb"
_NOTHING: Answers = MappingProxyType({})
_NOBODY: Mapping[str, Answered] = MappingProxyType({})


def sections(
    reading: Reading,
    *,
    language: str,
    secrets_shown: bool,
    answers: Answers = _NOTHING,
    answered: Mapping[str, Answered] = _NOBODY,
    checklist: str = DEFAULT,
    running: bool = False,
    before: Reading | None = None,
    earlier: bool = False,
    now: Reading | None = None,
) -> tuple[Section, ...]:
    """Return the reading's lines: identity and storage, battery and locks; each line at its fixed place.

    Args:
        reading: What the cable told.
        language: Two letters.
        secrets_shown: IMEI, serial number and UDID in full.
        answers: What a person answered: it stands where the cable could not read, and says that a person saw it.
        answered: Who answered, and when; an answer that is not saved yet is not in it.
        checklist: The checklist's id.
        running: The phone is being read now, so that gaps without a reason may still be filled.
        before: The same phone's last reading: while it is read again, what it told then stands, with its time, until
            it tells it anew.
        earlier: The phone is not there, or cannot be read now: the reading is of an earlier time.
        now: What a phone tells that is there and cannot be read: all other lines are of before.
    """
    about = _About(reading, language, answers, answered, load_checklist(checklist), secrets_shown, running)
    last = _Maker(replace(about, reading=before, running=False)) if before and running else None
    make = _Maker(about, last)
    locks, whole = make.lines(fact_lines.lock_lines(reading, language)), None
    if reading.platform is Platform.ANDROID:
        locks, whole = with_lights(locks, reading, make.seen, language, running=running, earlier=earlier)
    made = (
        Section(translate("facts", "Phone"), make.lines(fact_lines.phone_lines())),
        Section(translate("facts", "Storage"), make.lines(fact_lines.storage_lines())),
        Section(translate("facts", "Battery"), make.lines(fact_lines.battery_lines())),
        Section(translate("facts", "Locks"), locks, whole),
    )
    return made if now is None else tuple(_as_of_before(section, now) for section in made)


@dataclass(frozen=True, slots=True)
class _About:
    """What the lines are made of; see `sections`."""

    reading: Reading
    language: str
    answers: Answers
    answered: Mapping[str, Answered]
    checklist: Checklist
    secrets_shown: bool
    running: bool


class _Maker:
    """Makes the lines of one reading."""

    def __init__(self, about: _About, earlier: _Maker | None = None) -> None:
        self._about = about
        self._earlier = earlier
        self._reading = about.reading
        self._language = about.language
        self._seen: Mapping[str, Believed] = believed(
            Inspection(about.reading, about.checklist.id, about.answers)
        )
        self._problems: dict[str, Problem] = {problem.field: problem for problem in about.reading.problems}
        self._of_phone = _codes_of_phone(about.reading)
        self._asks = _askers(about.checklist, about.reading.platform)

    @property
    def seen(self) -> Mapping[str, Believed]:
        """What is believed of battery and locks, with a person's answers."""
        return self._seen

    def lines(self, wanted: Iterable[fact_lines.Line]) -> tuple[Fact, ...]:
        return tuple(fact for name, label in wanted for fact in self._now_or_before(name, label))

    def _now_or_before(self, name: str, label: str) -> tuple[Fact, ...]:
        facts = self._facts(name, label) if self._applies(name) else ()
        if self._earlier is None or not all(fact.pending for fact in facts):
            return facts
        return tuple(_asked_anew(fact) for fact in self._earlier.lines([(name, label)])) or facts

    def _applies(self, name: str) -> bool:
        known = name not in {fact_lines.DEVICE_ID, fact_lines.PARTS} and self._raw(name) is not None
        if not known and name in self._problems and self._problems[name].code == fact_lines.NO_NETWORK:
            return False
        # That nothing was read yet is no reason of one line's own.
        explained = {
            field
            for field, problem in self._problems.items()
            if problem.code not in self._of_phone and not fact_lines.is_rare(field, problem.code)
        }
        return fact_lines.applies(name, self._reading, known=known, explained=explained)

    def _facts(self, name: str, label: str) -> tuple[Fact, ...]:
        """Return a value's line; of a battery that a person typed also what the cable said."""
        if name == fact_lines.PARTS:
            return (self._asked(name, label),)
        seen = self._seen.get(name)
        if seen is None or seen.question is None:
            return (self._line(name, label),)
        answered = self._answered(name, label, str(seen.value), seen.question)
        if name != HEALTH or (self._raw(name) is None and name not in self._reading.evidence):
            return (answered,)
        over_usb = self._line(name, translate("facts", "Health over USB"))
        return replace(answered, reason=self._counts(seen.question)), self._over_usb(over_usb)

    def _line(self, name: str, label: str) -> Fact:
        value = self._raw(name)
        evidence = self._reading.evidence.get(name)
        if value is None:
            return self._missing(name, label, evidence)
        on = value is LockState.ON or (name == "management.supervised" and value is True)
        return Fact(
            name,
            label,
            value=shown_value(name, value, self._reading, self._language, hidden=self._hides(name)),
            origin=origin_word(evidence),
            quality=quality_word(evidence),
            time=format_time(evidence.at, language=self._language) if evidence else "",
            source=evidence.source if evidence else "",
            todo=self._advice(name) if on else "",
            others=other_sources(name, self._reading, self._language, hidden=self._hides(name)),
            tone="warn"
            if name in hinted_locks(self._reading)
            else value_tone(name, value, self._reading.platform),
        )

    def _advice(self, name: str) -> str:
        """Return what to do about a lock that the cable found on; an account goes with Find My."""
        if name == "locks.account" and self._reading.locks.find_my is LockState.ON:
            return ""
        if name == "management.supervised" and self._reading.locks.mdm is LockState.ON:
            return ""
        return lock_advice(name, self._reading, self._language)

    def _answered(self, name: str, label: str, value: str, question: str) -> Fact:
        typed = name == HEALTH
        on = value == LockState.ON
        return Fact(
            name,
            label,
            value=lock_or_percent(name, value, self._language, self._reading.platform),
            origin=translate("facts", "typed") if typed else translate("facts", "seen"),
            time=self._answer_time(question),
            by=self._answerer(question),
            todo=lock_advice(name, self._reading, self._language, seen=True) if on else "",
            tone=value_tone(name, value, self._reading.platform),
        )

    def _asked(self, name: str, label: str) -> Fact:
        """Return the line of something that only a person can see."""
        question = self._about.checklist.question(name.removeprefix("asked."))
        given = self._about.answers.get(question.id)
        if given is None or given == "not_checked":
            return Fact(name, label, tone="dim", question=question.id)
        answer = question.answer(str(given))
        return Fact(
            name,
            label,
            value=pick(answer.text, self._language),
            origin=translate("facts", "seen"),
            time=self._answer_time(question.id),
            by=self._answerer(question.id),
            tone={"✓": "ok", "!": "warn", "✗": "bad"}.get(answer.sign, ""),
        )

    def _answer_time(self, question: str) -> str:
        given = self._about.answered.get(question)
        return format_time(given.at, language=self._language) if given else ""

    def _answerer(self, question: str) -> str:
        given = self._about.answered.get(question)
        return isolated(given.by.name) if given else ""

    def _counts(self, question: str) -> str:
        """Return who typed the battery's health, and that it counts; ``""`` before it is saved."""
        given = self._about.answered.get(question)
        if given is None:
            return ""
        text = translate("facts", "Typed by {0}, {1}. It counts before what the cable says.")
        return text.format(isolated(given.by.name), format_time(given.at, language=self._language))

    def _over_usb(self, fact: Fact) -> Fact:
        return replace(fact, name=HEALTH_OVER_USB, question="")

    def _missing(self, name: str, label: str, evidence: Evidence | None) -> Fact:
        from diagnostics.messages import message

        problem = self._problems.get(name)
        reason = message(problem, self._language) if problem else ""
        rejected = evidence.raw if evidence and evidence.quality is Quality.REJECTED else ""
        pending = self._about.running and problem is None and name not in fact_lines.NEVER_OVER_USB
        return Fact(
            name,
            label,
            reason=reason,
            of_phone=problem is not None and problem.code in self._of_phone,
            rejected=rejected,
            others=other_sources(name, self._reading, self._language, hidden=self._hides(name)),
            tone="bad" if rejected else "dim",
            source=evidence.source if evidence else "",
            pending=pending,
            question="" if pending else self._asks.get(name, ""),
        )

    def _hides(self, name: str) -> bool:
        return name in SECRET and not self._about.secrets_shown

    def _raw(self, name: str) -> object:
        if name == fact_lines.DEVICE_ID:
            return str(self._reading.id) or None
        group, _, field = name.partition(".")
        value = getattr(getattr(self._reading, group), field)
        return None if value is LockState.UNKNOWN else value


def _as_of_before(section: Section, now: Reading) -> Section:
    """Return a section in which what was read earlier, and is not told now, looks its age."""
    return replace(section, facts=tuple(_aged(fact, now) for fact in section.facts))


def _aged(fact: Fact, now: Reading) -> Fact:
    name = HEALTH if fact.name == HEALTH_OVER_USB else fact.name
    # What a person answered has no source, and is as true as it was.
    if not fact.value or not fact.source or name in now.evidence:
        return fact
    return replace(fact, old=True, tone="dim" if fact.tone in {"", "ok"} else fact.tone)


def _asked_anew(fact: Fact) -> Fact:
    """Return a line of the last reading while it is asked for anew: a value stays in sight, but it is not news."""
    if fact.value:
        return replace(fact, tone="dim")
    return replace(fact, pending=True, tone="dim", rejected="", question="")


def _codes_of_phone(reading: Reading) -> frozenset[str]:
    """Return the codes that are only what the state says already of the phone as a whole."""
    if reading.state is State.READY:
        return frozenset()
    whole = {problem.code for problem in reading.problems if not problem.field}
    # A phone that lost its pairing, or forbids one, has gaps because it does not trust this computer.
    return frozenset({*whole, str(reading.state), str(State.NEEDS_TRUST)})


def _askers(checklist: Checklist, platform: Platform) -> dict[str, str]:
    """Return, by field, the question whose answer tells what the cable could not."""
    asks: dict[str, str] = {}
    for question in checklist.evidence:
        fields = {name for answer in question.answers for name in question.proof(answer.id, platform)}
        for name in (*fields, *((question.overrides,) if question.overrides else ())):
            asks.setdefault(name, question.id)
    return asks
