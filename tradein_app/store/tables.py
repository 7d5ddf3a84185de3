"""The tables. Portable: SQLite today, PostgreSQL later, on the same declarations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, UniqueConstraint, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from tradein_app.store.types import UtcDateTime

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""How constraints are called, so that a migration can name them on any engine."""

Key = Uuid(as_uuid=False)
ShortText = String(40)
DeviceText = String(200)
Digest = String(64)
JsonOrNull = JSON(none_as_null=True)


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON}  # noqa: RUF012 - SQLAlchemy's own form


class AppendOnly:
    """Marks tables whose rows are never changed or deleted; `tradein_app.store.guarding` sees to it."""


class Phone(Base):
    """A physical phone; one serial may belong to two of them."""

    __tablename__ = "phone"
    __table_args__ = (Index(None, "platform", "device_id"),)

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    platform: Mapped[str] = mapped_column(ShortText)
    device_id: Mapped[str] = mapped_column(DeviceText)
    serial: Mapped[str | None] = mapped_column(DeviceText, index=True)
    imei: Mapped[str | None] = mapped_column(ShortText, index=True)
    added_at: Mapped[datetime]
    salt: Mapped[str] = mapped_column(ShortText, server_default="")


class Inspection(Base):
    """One phone's way from reading to deal.

    ``open_phone_id`` is the phone's id while the inspection is open and null once it is closed: as a unique column
    it lets no phone have two open inspections, on any engine.
    """

    __tablename__ = "inspection"

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    phone_id: Mapped[str] = mapped_column(Key, ForeignKey("phone.id"), index=True)
    open_phone_id: Mapped[str | None] = mapped_column(Key, unique=True)
    stage: Mapped[str] = mapped_column(ShortText)
    checklist: Mapped[str] = mapped_column(ShortText)
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class AuditEntry(AppendOnly, Base):
    """Who did what, when: each entry holds the hash of the one before it."""

    __tablename__ = "audit_entry"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(DeviceText)
    actor_name: Mapped[str] = mapped_column(DeviceText)
    action: Mapped[str] = mapped_column(String(80), index=True)
    data: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(Digest)
    hash: Mapped[str] = mapped_column(Digest, unique=True)


class Recorded(AppendOnly):
    """Columns of a row that was written under an audit entry: who, when, and in which order."""

    id: Mapped[str] = mapped_column(Key, primary_key=True)

    @declared_attr
    def inspection_id(self) -> Mapped[str]:
        """The inspection that it belongs to."""
        return mapped_column(Key, ForeignKey("inspection.id"), index=True)

    @declared_attr
    def entry(self) -> Mapped[int]:
        """The audit entry's sequence."""
        return mapped_column(ForeignKey("audit_entry.sequence"), index=True)

    actor_id: Mapped[str] = mapped_column(DeviceText)
    at: Mapped[datetime]


class Documented(Recorded):
    """Columns of a row that is a JSON document."""

    document: Mapped[dict[str, Any]]


class Result(Documented):
    """Columns of a document that was made of a reading and answers; ``inputs`` is the digest of these."""

    inputs: Mapped[str] = mapped_column(Digest)


class Reading(Documented, Base):
    """What a phone said at one time."""

    __tablename__ = "reading"

    state: Mapped[str] = mapped_column(ShortText)


class LaterReading(Documented, Base):
    """What a phone said after its inspection was closed; no part of that inspection."""

    __tablename__ = "later_reading"

    state: Mapped[str] = mapped_column(ShortText)


class Answer(Recorded, Base):
    """What a person answered; null clears. The last one of a question holds."""

    __tablename__ = "answer"

    question: Mapped[str] = mapped_column(ShortText)
    value: Mapped[str | int | None] = mapped_column(JsonOrNull)


class Grade(Result, Base):
    """A grade and what it was made of."""

    __tablename__ = "grade"

    grade: Mapped[str | None] = mapped_column(ShortText)
    disposition: Mapped[str] = mapped_column(ShortText)
    rule_set: Mapped[str] = mapped_column(DeviceText)


class Quote(Result, Base):
    """A quote and what it was made under."""

    __tablename__ = "quote"

    decision: Mapped[str] = mapped_column(ShortText)
    market: Mapped[str] = mapped_column(ShortText)
    as_of: Mapped[date | None]
    model_version: Mapped[str] = mapped_column(DeviceText)
    market_version: Mapped[str] = mapped_column(DeviceText)
    rule_set: Mapped[str] = mapped_column(DeviceText)


class Decision(Recorded, Base):
    """How an inspection ended: the quote that was taken or left, and the paper that the customer got."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("inspection_id"),)

    stage: Mapped[str] = mapped_column(ShortText)
    quote_id: Mapped[str | None] = mapped_column(Key, ForeignKey("quote.id"))
    paper: Mapped[str | None] = mapped_column(String(4096))


class Mark(Recorded, Base):
    """A defect that a person put on the outline of a phone, or took away; the last row of a mark holds."""

    __tablename__ = "mark"

    mark_id: Mapped[str] = mapped_column(Key)
    face: Mapped[str] = mapped_column(ShortText)
    x: Mapped[float]
    y: Mapped[float]
    kind: Mapped[str] = mapped_column(ShortText)
    severity: Mapped[str] = mapped_column(ShortText)
    size_mm: Mapped[float | None]
    removed: Mapped[bool]


class Photo(Recorded, Base):
    """A photo of a question; the picture itself is a file, named by the digest of its bytes."""

    __tablename__ = "photo"

    question: Mapped[str] = mapped_column(ShortText)
    digest: Mapped[str] = mapped_column(Digest, index=True)
    original: Mapped[str] = mapped_column(Digest)
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    source: Mapped[str] = mapped_column(ShortText)
    taken_at: Mapped[datetime | None]


class PhotoRemoval(Recorded, Base):
    """That a photo counts no more; its row and its file stay."""

    __tablename__ = "photo_removal"
    __table_args__ = (UniqueConstraint("photo_id"),)

    photo_id: Mapped[str] = mapped_column(Key, ForeignKey("photo.id"))


class Workspace(Base):
    """Where a person's window was."""

    __tablename__ = "workspace"

    actor_id: Mapped[str] = mapped_column(DeviceText, primary_key=True)
    inspection_id: Mapped[str | None] = mapped_column(Key)
    page: Mapped[int]
    panel: Mapped[str] = mapped_column(ShortText)
    slot: Mapped[str | None] = mapped_column(DeviceText)
    updated_at: Mapped[datetime]


class SlotNumber(Base):
    """The number of a place on the bench; both faces of one port may be kept, each as a slot of its own."""

    __tablename__ = "slot_number"

    slot: Mapped[str] = mapped_column(DeviceText, primary_key=True)
    number: Mapped[int]
    face: Mapped[int]
    updated_at: Mapped[datetime]


class SlotDay(Base):
    """What happened at a slot on one day, counted; a sign of a bad cable, and nothing of a deal hangs on it."""

    __tablename__ = "slot_day"

    slot: Mapped[str] = mapped_column(DeviceText, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    lost: Mapped[int]
    hung: Mapped[int]
    read: Mapped[int]
    hung_in_a_row: Mapped[int]
