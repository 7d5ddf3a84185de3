"""A line of a reading: value, where it comes from, how good it is, when; or why it is missing and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.language import translate

_WORST = {"bad": 0, "warn": 1}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line.

    Attributes:
        name: The dotted field name.
        label: What it is, in words.
        value: Ready to show; ``""`` when it was not read.
        origin: Where from, in a word: USB, typed, seen.
        quality: ``exact``, ``estimate`` … in words; ``""`` when it was not read.
        time: When it was read, or answered.
        by: Who answered it; ``""`` of what was read.
        source: The protocol's own key, for those who want to know.
        reason: Why it was not read, and what to do.
        of_phone: The reason is that of the phone as a whole, which is said above all lines.
        todo: What to do about a lock that is on.
        tone: ``""``, ``ok``, ``warn``, ``bad`` or ``dim``.
        rejected: What was read and is not believed, to be shown struck through.
        pending: It is being asked for now.
        question: The question of the checklist that can tell it; ``""`` for none, and where it is known.
        others: What further sources said of it, in a sentence; ``""`` where there were none.
        light: A lock's traffic light in a word; ``""`` where it has none.
        old: It is of an earlier reading, and the phone as it is now does not tell it: its time is always said.
    """

    name: str
    label: str
    value: str = ""
    origin: str = ""
    quality: str = ""
    time: str = ""
    by: str = ""
    source: str = ""
    reason: str = ""
    of_phone: bool = False
    todo: str = ""
    tone: str = ""
    rejected: str = ""
    pending: bool = False
    question: str = ""
    others: str = ""
    light: str = ""
    old: bool = False

    def as_text(self) -> str:
        """Return the line as a person would read it out."""
        if not self.value:
            reason = f". {self.reason}" if self.reason else ""
            return without_isolates(f"{self.label}: {self.gap()}{reason}").strip()
        said = (self.light, self.origin, self.quality, self.time, self.by)
        whence = ", ".join(part for part in dict.fromkeys(said) if part)
        return without_isolates(f"{self.label}: {self.value}" + (f" ({whence})" if whence else ""))

    def gap(self) -> str:
        """Return the words for a value that there is not: a lock that was not proved off is not known."""
        if self.pending:
            return translate("facts", "being read…")
        unknown = self.name.startswith(("locks.", "asked."))
        return translate("facts", "not known") if unknown else translate("facts", "not read")


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together, and what was not read in them, each reason once.

    Attributes:
        whole: What they come to together, where that is said.
    """

    title: str
    facts: tuple[Fact, ...]
    whole: Fact | None = None

    def todo(self, *, asks: bool | None = None) -> tuple[str, ...]:
        """Return what to do about locks that are on, each sentence once.

        Args:
            asks: Only of those about which the owner is asked (amber), or only of the others; ``None`` is both.
        """
        wanted = (fact for fact in self.facts if asks is None or (fact.tone == "warn") is asks)
        return _joined((fact.todo, fact.label) for fact in wanted)

    def reasons(self) -> tuple[str, ...]:
        """Return why lines were not read or are red, and what further sources said, the worst first, each once."""
        worst_first = sorted(self.facts, key=lambda fact: _WORST.get(fact.tone, len(_WORST)))
        told = [(fact.reason, fact.label) for fact in worst_first if not fact.of_phone]
        return _joined([*told, *((fact.others, fact.label) for fact in self.facts)])


def _joined(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Return each sentence once, after the labels of all lines that it is about."""
    labels: dict[str, list[str]] = {}
    for sentence, label in pairs:
        if sentence:
            labels.setdefault(sentence, []).append(label)
    text = translate("facts", "{0}: {1}")
    return tuple(text.format(", ".join(names), sentence) for sentence, names in labels.items())
