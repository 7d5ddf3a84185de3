"""A reading as lines: value, where it comes from, how good it is, when; or why it is missing and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.model import LockState, Platform, Quality, Reading
from tradein_app.viewmodels.formatting import (
    format_gigabytes,
    format_time,
    format_value,
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
        return without_isolates(f"{self.label}: {self.value} ({self.origin}, {self.quality}, {self.time})")


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


def sections(reading: Reading, *, language: str, secrets_shown: bool) -> tuple[Section, ...]:
    """Return the reading's lines: identity and storage, battery and locks; each line at its fixed place."""
    make = _Maker(reading, language, secrets_shown)
    return (
        Section(translate("facts", "Phone"), make.lines(_identity())),
        Section(translate("facts", "Storage"), make.lines(_storage())),
        Section(translate("facts", "Battery"), make.lines(_battery())),
        Section(translate("facts", "Locks"), make.lines(_locks())),
    )


def not_read(name: str) -> str:
    """Return the words for a value that was not read: a lock that was not proved off is not known."""
    return translate("facts", "not known") if name.startswith("locks.") else translate("facts", "not read")


def lock_label(name: str) -> str:
    """Return what a lock is called."""
    return dict(_locks())[name]


def lock_word(name: str) -> str:
    """Return a lock in one short word, for where there is little room."""
    words = {
        "activation": translate("facts", "activation"),
        "find_my": translate("facts", "Find My"),
        "account": translate("facts", "account"),
        "mdm": translate("facts", "MDM"),
        "sim": translate("facts", "SIM"),
        "blacklist": translate("facts", "blacklist"),
    }
    return words[name]


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


def _locks() -> tuple[tuple[str, str], ...]:
    return (
        ("locks.activation", translate("facts", "Activation lock")),
        ("locks.find_my", translate("facts", "Find My")),
        ("locks.account", translate("facts", "Account (FRP)")),
        ("locks.mdm", translate("facts", "MDM profile")),
        ("locks.sim", translate("facts", "SIM lock")),
        ("locks.blacklist", translate("facts", "Blacklist")),
        ("locks.screen", translate("facts", "Screen lock")),
        ("locks.bootloader", translate("facts", "Bootloader")),
        ("locks.root", translate("facts", "Root or jailbreak")),
    )


class _Maker:
    """Makes the lines of one reading."""

    def __init__(self, reading: Reading, language: str, secrets_shown: bool) -> None:
        self._reading = reading
        self._language = language
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
            tone=_tone(name, value),
        )

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
            return _lock_word(name, value)
        if name == "identity.os_version":
            return format_value(f"{self._reading.identity.os or ''} {value}".strip())
        if name == "storage.free_bytes":
            return format_gigabytes(int(str(value)), language=self._language)
        return format_value(value, _unit(name), language=self._language)


def _unit(name: str) -> str:
    endings: dict[str, str] = {"percent": "%", "mah": "mAh", "gb": "GB"}
    return endings.get(name.rpartition("_")[2], "")


def _lock_word(name: str, lock: LockState) -> str:
    words: dict[str, Callable[[], tuple[str, str]]] = {
        "locks.bootloader": lambda: (translate("facts", "locked, as sold"), translate("facts", "unlocked")),
        "locks.root": lambda: (translate("facts", "signs found"), translate("facts", "no signs")),
        "locks.blacklist": lambda: (translate("facts", "listed"), translate("facts", "not listed")),
    }
    on, off = words.get(name, lambda: (translate("facts", "on"), translate("facts", "off")))()
    return on if lock is LockState.ON else off


def _tone(name: str, value: object) -> str:
    if not isinstance(value, LockState) or name == "locks.screen":
        return ""
    good = LockState.ON if name == "locks.bootloader" else LockState.OFF
    return "ok" if value is good else "bad"


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
