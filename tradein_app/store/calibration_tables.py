"""The tables of calibration: reference phones, and rounds in which graders re-grade them. Never mixed with deals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tradein_app.store.tables import AppendOnly, Base, DeviceText, JsonOrNull, Key, ShortText

FoldedName = String(200)
"""A name as it is compared; some letters become two when capitals are taken away."""


class Entered(AppendOnly):
    """Columns of a row that was written under an audit entry: who, when, and in which order."""

    id: Mapped[str] = mapped_column(Key, primary_key=True)
    entry: Mapped[int] = mapped_column(ForeignKey("audit_entry.sequence"), index=True)
    actor_id: Mapped[str] = mapped_column(DeviceText)
    at: Mapped[datetime]


class CalibrationSet(Entered, Base):
    """A named list of reference phones."""

    __tablename__ = "calibration_set"
    __table_args__ = (UniqueConstraint("name_folded"),)

    name: Mapped[str] = mapped_column(DeviceText)
    name_folded: Mapped[str] = mapped_column(FoldedName)


class CalibrationReference(Entered, Base):
    """One version of a reference phone; the newest of a code holds, rounds stay with theirs."""

    __tablename__ = "calibration_reference"
    __table_args__ = (UniqueConstraint("code_folded", "version"),)

    set_id: Mapped[str] = mapped_column(Key, ForeignKey("calibration_set.id"), index=True)
    code: Mapped[str] = mapped_column(DeviceText)
    code_folded: Mapped[str] = mapped_column(FoldedName)
    version: Mapped[int]
    document: Mapped[dict[str, Any]]


class CalibrationRound(Entered, Base):
    """One grader begins to re-grade one version of a reference phone."""

    __tablename__ = "calibration_round"

    reference_id: Mapped[str] = mapped_column(Key, ForeignKey("calibration_reference.id"), index=True)
    grader: Mapped[str] = mapped_column(DeviceText)
    grader_folded: Mapped[str] = mapped_column(FoldedName)


class CalibrationAnswer(Entered, Base):
    """What a grader answered in a round; null clears. The last one of a question holds."""

    __tablename__ = "calibration_answer"

    round_id: Mapped[str] = mapped_column(Key, ForeignKey("calibration_round.id"), index=True)
    question: Mapped[str] = mapped_column(ShortText)
    value: Mapped[str | int | None] = mapped_column(JsonOrNull)


class CalibrationResult(Entered, Base):
    """That a round is finished, and what it found."""

    __tablename__ = "calibration_result"
    __table_args__ = (UniqueConstraint("round_id"),)

    round_id: Mapped[str] = mapped_column(Key, ForeignKey("calibration_round.id"))
    document: Mapped[dict[str, Any]]
