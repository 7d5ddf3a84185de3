"""What a store keeps, as the services get it back: rows without what hangs on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tradein_app.services.records import Actor, Stage

Document = dict[str, Any]
"""JSON values."""
GIVEN_AT = "given_at"
"""The member of an audit entry's data that says when answers and marks were given, where they were saved later."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The audit entry that a row was written under.

    Attributes:
        sequence: Its place in the chain; also what orders rows, because clocks can be set back.
        actor: Who acted.
        at: When, UTC.
    """

    sequence: int
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedPhone:
    """One physical phone, as far as it could be told apart."""

    id: str
    platform: str
    device_id: str
    serial: str | None = None
    imei: str | None = None


@dataclass(frozen=True, slots=True)
class SavedInspection:
    """The row of an inspection, without what hangs on it."""

    id: str
    phone_id: str
    stage: Stage
    checklist: str
    opened_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """A reading, grade or quote as it was saved.

    Attributes:
        id: UUIDv7.
        document: Its JSON.
        inputs: The digest of what it was made of; ``""`` for a reading.
    """

    id: str
    document: Document
    inputs: str = ""


@dataclass(frozen=True, slots=True)
class SavedDecision:
    """How an inspection ended.

    Attributes:
        id: UUIDv7.
        stage: Accepted or declined.
        quote_id: The quote that was taken or left.
        paper: Where the paper is that the customer got.
        at: When, UTC.
    """

    id: str
    stage: Stage
    quote_id: str | None
    paper: str | None
    at: datetime
