"""The repository of calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from diagnostics.grading.calibration import folded
from tradein_app.services.calibration_ports import (
    AuditedEntry,
    SavedReference,
    SavedResult,
    SavedRound,
    SavedSet,
    Standing,
)
from tradein_app.services.records import Actor, Answered
from tradein_app.services.shop import new_id
from tradein_app.store import calibration_tables as tables
from tradein_app.store.repositories import _is_key as is_key
from tradein_app.store.tables import AuditEntry
from tradein_app.store.when import GIVEN, when


class SqlCalibration:
    """Implements `tradein_app.services.calibration_ports.Calibration`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def sets(self) -> Sequence[SavedSet]:
        """Return all sets, by name."""
        rows = self._session.scalars(
            select(tables.CalibrationSet).order_by(tables.CalibrationSet.name_folded)
        )
        return [SavedSet(row.id, row.name) for row in rows]

    def set_named(self, name: str) -> SavedSet | None:
        """Return the set of this name, whatever its capitals; or of this id."""
        chosen = select(tables.CalibrationSet).filter_by(name_folded=folded(name))
        row = self._session.scalars(chosen).first()
        if row is None and is_key(name):
            row = self._session.get(tables.CalibrationSet, name)
        return SavedSet(row.id, row.name) if row else None

    def add_set(self, saved: SavedSet, entry: AuditedEntry) -> None:
        """Add a set."""
        row = tables.CalibrationSet(
            **_entered(saved.id, entry), name=saved.name, name_folded=folded(saved.name)
        )
        self._add(row)

    def references(self, set_id: str | None = None) -> Sequence[SavedReference]:
        """Return the newest version of each reference phone, by code; of one set or of all."""
        table, later = tables.CalibrationReference, aliased(tables.CalibrationReference)
        newest = select(func.max(later.version)).where(later.code_folded == table.code_folded)
        chosen = select(table).where(table.version == newest.scalar_subquery()).order_by(table.code_folded)
        if set_id is not None:
            chosen = chosen.where(table.set_id == set_id)
        return [_reference(row) for row in self._session.scalars(chosen)]

    def reference(self, reference_id: str) -> SavedReference:
        """Return one version of a reference phone."""
        return _reference(self._session.get_one(tables.CalibrationReference, reference_id))

    def reference_coded(self, code: str) -> SavedReference | None:
        """Return the newest version of the phone with this code, whatever its capitals."""
        table = tables.CalibrationReference
        chosen = select(table).filter_by(code_folded=folded(code)).order_by(table.version.desc())
        row = self._session.scalars(chosen.limit(1)).first()
        return _reference(row) if row else None

    def newest_version(self, code: str) -> int:
        """Return the newest version of the phone with this code; 0 where there is none."""
        table = tables.CalibrationReference
        chosen = select(func.max(table.version)).where(table.code_folded == folded(code))
        return self._session.scalar(chosen) or 0

    def add_reference(self, saved: SavedReference, entry: AuditedEntry) -> None:
        """Add a version of a reference phone."""
        row = tables.CalibrationReference(
            **_entered(saved.id, entry),
            set_id=saved.set_id,
            code=saved.code,
            code_folded=folded(saved.code),
            version=saved.version,
            document=saved.document,
        )
        self._add(row)

    def round(self, round_id: str) -> SavedRound | None:
        """Return a round, if there is such."""
        if not is_key(round_id):
            return None
        found = self._session.execute(_rounds().where(tables.CalibrationRound.id == round_id)).first()
        return _round(*found) if found else None

    def results(self, after: int, most: int) -> Sequence[SavedResult]:
        """Return so many results at most of those that follow an entry, the oldest first."""
        table, result = tables.CalibrationRound, tables.CalibrationResult
        chosen = select(
            result.entry, table.id, table.reference_id, table.grader, result.at, result.document
        ).join(table, table.id == result.round_id)
        chosen = chosen.where(result.entry > after).order_by(result.entry).limit(most)
        return [SavedResult(*row) for row in self._session.execute(chosen)]

    def standings(self) -> Sequence[Standing]:
        """Return how far each round is, the oldest first."""
        table, reference, result = (
            tables.CalibrationRound,
            tables.CalibrationReference,
            tables.CalibrationResult,
        )
        chosen = (
            select(table.id, reference.code_folded, table.grader, result.id)
            .join(reference, reference.id == table.reference_id)
            .outerjoin(result, result.round_id == table.id)
            .order_by(table.entry)
        )
        return [
            Standing(code, grader, bool(done), 0 if done else len(self.answers(key)))
            for key, code, grader, done in self._session.execute(chosen)
        ]

    def open_round(self, code: str, grader: str) -> SavedRound | None:
        """Return the round of a grader on any version of a phone that is not finished."""
        table, reference = tables.CalibrationRound, tables.CalibrationReference
        chosen = (
            _rounds()
            .join(reference, reference.id == table.reference_id)
            .where(
                reference.code_folded == folded(code),
                table.grader_folded == folded(grader),
                tables.CalibrationResult.id.is_(None),
            )
        )
        found = self._session.execute(chosen.order_by(table.entry.desc()).limit(1)).first()
        return _round(*found) if found else None

    def add_round(self, saved: SavedRound, entry: AuditedEntry) -> None:
        """Begin a round."""
        row = tables.CalibrationRound(
            **_entered(saved.id, entry),
            reference_id=saved.reference_id,
            grader=saved.grader,
            grader_folded=folded(saved.grader),
        )
        self._add(row)

    def answers(self, round_id: str) -> dict[str, str | int]:
        """Return the last answer to each question that has one."""
        return {question: value for question, (value, _) in self.given(round_id).items() if value is not None}

    def given(self, round_id: str) -> dict[str, tuple[str | int | None, Answered]]:
        """Return the last answer to each question, who gave it and when; ``None`` is a cleared one."""
        table = tables.CalibrationAnswer
        chosen = select(
            table.question, table.value, table.at, GIVEN, AuditEntry.actor_id, AuditEntry.actor_name
        )
        chosen = chosen.join(AuditEntry, table.entry == AuditEntry.sequence)
        rows = self._session.execute(chosen.where(table.round_id == round_id).order_by(table.entry))
        return {
            question: (value, Answered(Actor(actor_id, name), when(at, given)))
            for question, value, at, given, actor_id, name in rows
        }

    def add_answers(
        self, round_id: str, changes: Mapping[str, str | int | None], entry: AuditedEntry
    ) -> None:
        """Add answers; ``None`` is a cleared one."""
        for question, value in changes.items():
            self._session.add(
                tables.CalibrationAnswer(
                    **_entered(new_id(), entry), round_id=round_id, question=question, value=value
                )
            )
        self._session.flush()

    def add_result(
        self, result_id: str, round_id: str, document: dict[str, Any], entry: AuditedEntry
    ) -> None:
        """Finish a round with what it found."""
        self._add(
            tables.CalibrationResult(**_entered(result_id, entry), round_id=round_id, document=document)
        )

    def _add(self, row: object) -> None:
        self._session.add(row)
        self._session.flush()


def _entered(key: str, entry: AuditedEntry) -> dict[str, Any]:
    return {"id": key, "entry": entry.sequence, "actor_id": entry.actor.id, "at": entry.at}


def _rounds() -> Select[tables.CalibrationRound, tables.CalibrationResult]:
    table, result = tables.CalibrationRound, tables.CalibrationResult
    return select(table, result).outerjoin(result, result.round_id == table.id)


def _reference(row: tables.CalibrationReference) -> SavedReference:
    return SavedReference(row.id, row.set_id, row.code, row.version, row.document, row.at)


def _round(row: tables.CalibrationRound, result: tables.CalibrationResult | None) -> SavedRound:
    found, at = (result.document, result.at) if result else (None, None)
    return SavedRound(row.id, row.reference_id, row.grader, row.at, found, at)
