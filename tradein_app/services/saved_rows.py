"""What a store keeps, as the services get it back: rows without what hangs on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tradein_app.services.digest import digest
from tradein_app.services.records import Actor, Stage

Document = dict[str, Any]
"""JSON values."""
GIVEN_AT = "given_at"
"""The member of an audit entry's data that says when answers and marks were given, where they were saved later."""
SEALS = "seals"
"""The member of an audit entry's data that holds, by row id, what rows said when they were written under it: for what
`digest` of a document does not cover, and for rows that change, of which the last one holds."""


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
    """One physical phone, as far as it could be told apart.

    Attributes:
        id: UUIDv7.
        platform: Of the reading that told of it first.
        device_id: What it calls itself.
        serial: ``None`` until it was told.
        imei: ``None`` until it was told.
        added_at: When, UTC.
        salt: Random: without it nobody can find an IMEI by trying out all that there are against the seal.
    """

    id: str
    platform: str
    device_id: str
    serial: str | None = None
    imei: str | None = None
    added_at: datetime | None = None
    salt: str = ""

    @property
    def seal(self) -> str:
        """Return the digest of all that the row says."""
        return digest(
            {
                "id": self.id,
                "platform": self.platform,
                "device_id": self.device_id,
                "serial": self.serial,
                "imei": self.imei,
                "added_at": moment(self.added_at) if self.added_at else None,
                "salt": self.salt,
            }
        )


@dataclass(frozen=True, slots=True)
class SavedInspection:
    """The row of an inspection, without what hangs on it."""

    id: str
    phone_id: str
    stage: Stage
    checklist: str
    opened_at: datetime
    updated_at: datetime

    @property
    def seal(self) -> str:
        """Return the digest of all that the row says."""
        return digest(
            {
                "id": self.id,
                "phone": self.phone_id,
                "stage": self.stage.value,
                "checklist": self.checklist,
                "opened_at": moment(self.opened_at),
                "updated_at": moment(self.updated_at),
            }
        )

    def advanced(self, stage: Stage, at: datetime) -> SavedInspection:
        """Return it as it is once it has come so far."""
        return replace(self, stage=stage, updated_at=at)


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

    @property
    def seal(self) -> str:
        """Return the digest of what it was made of; that of the document is kept under ``saved``."""
        return self.inputs


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

    @property
    def seal(self) -> str:
        """Return the digest of how it ended."""
        return digest({"stage": self.stage.value, "quote": self.quote_id, "paper": self.paper})


def seals(*rows: SavedPhone | SavedInspection | Saved | SavedDecision | None) -> dict[str, str]:
    """Return what an audit entry keeps under `SEALS`."""
    return {row.id: row.seal for row in rows if row and row.seal}


def moment(at: datetime) -> str:
    """Return a time as it is hashed."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
