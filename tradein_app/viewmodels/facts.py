"""A reading as lines: value, where it comes from, how good it is, when; or why it is missing and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from diagnostics.grading.checklist import DEFAULT, Answers
from diagnostics.grading.facts import Fact as Believed
from diagnostics.grading.facts import believed
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.words import reading_words, seen_words, value_words
from diagnostics.model import LockState, Platform, Quality, Reading
from tradein_app.viewmodels.colours import colour_words
from tradein_app.viewmodels.formatting import (
    format_gigabytes,
    format_time,
    format_value,
    isolated,
    masked,
    without_isolates,
)
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from diagnostics.model import Evidence, Problem

SECRET = frozenset({"identity.imei", "identity.imei2", "identity.serial"})
_ONLY_IF_THERE = frozenset({"identity.imei2", "identity.part_number", "identity.region"})
_ONLY_ON = {
    "locks.activation": Platform.IOS,
    "locks.find_my": Platform.IOS,
    "locks.account": Platform.ANDROID,
    "locks.bootloader": Platform.ANDROID,
}
_LOCKS = (
    "locks.activation",
    "locks.find_my",
    "locks.account",
    "locks.mdm",
    "locks.sim",
    "locks.blacklist",
    "locks.screen",
    "locks.bootloader",
    "locks.root",
)
_NOTHING: Answers = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fact:
    """One line.

    Attributes:
        name: The dotted field name.
        label: What it is, in words.
        value: Ready to show; ``""`` when it was not read.
        origin: Where from, in a word: USB, typed.
        quality: ``exact``, ``estimate`` … in words; ``""`` when it was not read.
        time: When it was read.
        source: The protocol's own key, for those who want to know.
        reason: Why it was not read, and what to do.
        tone: ``""``, ``ok``, ``warn``, ``bad`` or ``dim``.
        rejected: What was read and is not believed, to be shown struck through.
    """

    name: str
    label: str
    value: str = ""
    origin: str = ""
    quality: str = ""
    time: str = ""
    source: str = ""
    reason: str = ""
    tone: str = ""
    rejected: str = ""

    def as_text(self) -> str:
        """Return the line as a person would read it out."""
        if not self.value:
            return without_isolates(f"{self.label}: {not_read(self.name)}. {self.reason}").strip()
        whence = ", ".join(part for part in (self.origin, self.quality, self.time) if part)
        return without_isolates(f"{self.label}: {self.value}" + (f" ({whence})" if whence else ""))


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together, and what was not read in them, each reason once."""

    title: str
    facts: tuple[Fact, ...]

    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Return (labels, reason) of what was not read, the labels of one reason joined."""
        labels: dict[str, list[str]] = {}
        for fact in self.facts:
            if fact.reason:
                labels.setdefault(fact.reason, []).append(fact.label)
        return tuple((", ".join(names), reason) for reason, names in labels.items())


def sections(
    reading: Reading,
    *,
    language: str,
    secrets_shown: bool,
    answers: Answers = _NOTHING,
    checklist: str = DEFAULT,
) -> tuple[Section, ...]:
    """Return the reading's lines: identity and storage, battery and locks; each line at its fixed place.

    Args:
        reading: What the cable told.
        language: Two letters.
        secrets_shown: IMEI and serial number in full.
        answers: What a person answered: it stands where the cable could not read, and says that a person saw it.
        checklist: The checklist's id.
    """
    seen = believed(Inspection(reading, checklist, answers))
    make = _Maker(reading, language, seen, secrets_shown=secrets_shown)
    return (
        Section(translate("facts", "Phone"), make.lines(_identity())),
        Section(translate("facts", "Storage"), make.lines(_storage())),
        Section(translate("facts", "Battery"), make.lines(_battery())),
        Section(translate("facts", "Locks"), make.lines(_locks(reading, language))),
    )


def not_read(name: str) -> str:
    """Return the words for a value that was not read: a lock that was not proved off is not known."""
    return translate("facts", "not known") if name.startswith("locks.") else translate("facts", "not read")


def _identity() -> tuple[tuple[str, str], ...]:
    return (
        ("identity.manufacturer", translate("facts", "Maker")),
        ("identity.model", translate("facts", "Model")),
        ("identity.model_code", translate("facts", "Model code")),
        ("identity.part_number", translate("facts", "Part number")),
        ("identity.region", translate("facts", "Region")),
        ("identity.colour", translate("facts", "Colour")),
        ("identity.imei", translate("facts", "IMEI")),
        ("identity.imei2", translate("facts", "IMEI 2")),
        ("identity.serial", translate("facts", "Serial number")),
        ("identity.os_version", translate("facts", "System")),
    )


def _storage() -> tuple[tuple[str, str], ...]:
    return (
        ("storage.capacity_gb", translate("facts", "Size on the box")),
        ("storage.free_bytes", translate("facts", "Free")),
    )


def _battery() -> tuple[tuple[str, str], ...]:
    return (
        ("battery.health_percent", translate("facts", "Health")),
        ("battery.cycle_count", translate("facts", "Charge cycles")),
        ("battery.full_mah", translate("facts", "Full capacity")),
        ("battery.design_mah", translate("facts", "Design capacity")),
        ("battery.level_percent", translate("facts", "Charge level")),
    )


def _locks(reading: Reading, language: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, reading_words(name, language, reading.platform)) for name in _LOCKS)


class _Maker:
    """Makes the lines of one reading."""

    def __init__(
        self, reading: Reading, language: str, seen: Mapping[str, Believed], *, secrets_shown: bool
    ) -> None:
        self._reading = reading
        self._language = language
        self._seen = seen
        self._secrets_shown = secrets_shown
        self._problems: dict[str, Problem] = {problem.field: problem for problem in reading.problems}

    def lines(self, wanted: Iterable[tuple[str, str]]) -> tuple[Fact, ...]:
        return tuple(self._line(name, label) for name, label in wanted if self._applies(name))

    def _applies(self, name: str) -> bool:
        platform = self._reading.platform
        if self._raw(name) is not None:
            return True
        other = platform not in {_ONLY_ON.get(name, platform), Platform.UNKNOWN}
        return not other and (name not in _ONLY_IF_THERE or name in self._problems)

    def _line(self, name: str, label: str) -> Fact:
        seen = self._seen.get(name)
        if seen is not None and seen.question is not None:
            return self._answered(name, label, str(seen.value))
        value = self._raw(name)
        evidence = self._reading.evidence.get(name)
        if value is None:
            return self._missing(name, label, evidence)
        return Fact(
            name,
            label,
            value=self._shown(name, value),
            origin=_origin(evidence),
            quality=_quality(evidence),
            time=format_time(evidence.at, language=self._language) if evidence else "",
            source=evidence.source if evidence else "",
            tone=_tone(name, value, self._reading.platform),
        )

    def _answered(self, name: str, label: str, value: str) -> Fact:
        shown = seen_words(self._words(name, value), self._language)
        return Fact(name, label, value=shown, tone=_tone(name, value, self._reading.platform))

    def _missing(self, name: str, label: str, evidence: Evidence | None) -> Fact:
        from diagnostics.messages import message

        problem = self._problems.get(name)
        reason = message(problem, self._language) if problem else ""
        rejected = evidence.raw if evidence and evidence.quality is Quality.REJECTED else ""
        tone = "bad" if rejected else "dim"
        source = evidence.source if evidence else ""
        return Fact(name, label, reason=reason, rejected=rejected, tone=tone, source=source)

    def _raw(self, name: str) -> object:
        group, _, field = name.partition(".")
        value = getattr(getattr(self._reading, group), field)
        return None if value is LockState.UNKNOWN else value

    def _shown(self, name: str, value: object) -> str:
        if name in SECRET and not self._secrets_shown:
            return masked(str(value))
        if isinstance(value, LockState):
            return self._words(name, str(value))
        if name == "identity.colour":
            return isolated(colour_words(str(value), self._language))
        if name == "identity.os_version":
            return format_value(f"{self._reading.identity.os or ''} {value}".strip())
        if name == "storage.free_bytes":
            return format_gigabytes(int(str(value)), language=self._language)
        return format_value(value, _unit(name), language=self._language)

    def _words(self, name: str, value: str) -> str:
        if not name.startswith("locks."):
            return format_value(int(value), _unit(name), language=self._language)
        return value_words(value, self._language, name, self._reading.platform)


def _unit(name: str) -> str:
    endings: dict[str, str] = {"percent": "%", "mah": "mAh", "gb": "GB"}
    return endings.get(name.rpartition("_")[2], "")


def _tone(name: str, value: object, platform: Platform) -> str:
    """Return how good a lock's state is; that an iPhone is activated now says nothing good or bad."""
    if not name.startswith("locks.") or name == "locks.screen":
        return ""
    off = value == LockState.OFF
    if name == "locks.activation" and platform is Platform.IOS and off:
        return ""
    return "ok" if off != (name == "locks.bootloader") else "bad"


def _origin(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    typed = evidence.quality is Quality.TYPED
    return translate("facts", "typed") if typed else translate("facts", "USB")


def _quality(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    words = {
        Quality.EXACT: translate("facts", "exact"),
        Quality.ESTIMATE: translate("facts", "estimate"),
        Quality.HINT: translate("facts", "hint"),
        Quality.TYPED: translate("facts", "typed"),
        Quality.REJECTED: translate("facts", "not trusted"),
    }
    return words[evidence.quality]
