"""Reference phones: what is true of them by agreement of the people who set them, for graders to be held against."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from diagnostics.grading.checklist import Answers
from diagnostics.grading.facts import told_lock
from diagnostics.model import DeviceId, Identity, Link, Locks, Management, Reading, State, Storage, Transport

CODE_LIMIT = 40
"""Characters of the code on a reference phone's sticker."""
NAME_LIMIT = 80
"""Characters of the name of a set, of a grader, or of who set an answer."""


@dataclass(frozen=True, slots=True)
class ReferenceAnswer:
    """The answer that holds for a reference phone.

    Attributes:
        value: An answer's id, or a number.
        by: Who set it; ``""`` where nobody wrote it down.
        at: When, UTC; ``None`` where nobody wrote it down.
    """

    value: str | int
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference phone.

    Attributes:
        code: What stands on its sticker.
        model: For people, such as ``iPhone 13``.
        checklist: The id of the checklist that was answered.
        checklist_version: Its version when it was answered.
        answers: By question id; a question that is not there is not compared.
        reading: What the cable said when the reference was set, without what identifies the phone.
        photos: SHA-256 digests, in hexadecimal.
        note: For people, such as where the phone lies.
    """

    code: str
    model: str
    checklist: str
    checklist_version: str
    answers: Mapping[str, ReferenceAnswer]
    reading: Reading | None = None
    photos: tuple[str, ...] = ()
    note: str = ""

    @property
    def values(self) -> Answers:
        """The answers without who set them."""
        return MappingProxyType({question: answer.value for question, answer in self.answers.items()})


@dataclass(frozen=True, slots=True)
class CalibrationSet:
    """A named list of reference phones."""

    name: str
    references: tuple[Reference, ...]


def folded(text: str) -> str:
    """Return a code or a name as it is compared: capitals, and blanks around it, make no difference."""
    return " ".join(text.split()).casefold()


def anonymous(reading: Reading) -> Reading:
    """Return a reading without anything that identifies its phone or a person, raw texts included.

    A lock that was only hinted at is not known any more, since the evidence that calls it a hint goes.
    """
    locks = Locks(**{field.name: told_lock(reading, field.name) for field in dataclasses.fields(Locks)})
    told = reading.identity
    identity = Identity(
        manufacturer=told.manufacturer, model=told.model, model_code=told.model_code, colour=told.colour
    )
    return Reading(
        id=DeviceId(""),
        platform=reading.platform,
        transport=Transport.TYPED,
        slot=None,
        state=State.READY,
        identity=identity,
        battery=reading.battery,
        storage=Storage(capacity_gb=reading.storage.capacity_gb, ram_gb=reading.storage.ram_gb),
        locks=locks,
        management=Management(),
        usb=Link(),
    )
