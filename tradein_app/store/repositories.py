"""The repositories of phones, inspections, answers, decisions and workspaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tradein_app.services.records import Actor, Answered, Stage, Workspace
from tradein_app.services.saved_rows import Entry, SavedDecision, SavedInspection, SavedPhone
from tradein_app.services.shop import new_id
from tradein_app.store import tables
from tradein_app.store.when import GIVEN, when


class SqlPhones:
    """Implements `tradein_app.services.ports.Phones`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_device(self, platform: str, device_id: str) -> Sequence[SavedPhone]:
        """Return the phones that call themselves so, the oldest first."""
        chosen = select(tables.Phone).filter_by(platform=platform, device_id=device_id)
        rows = self._session.scalars(chosen.order_by(tables.Phone.added_at, tables.Phone.id))
        return [as_phone(row) for row in rows]

    def add(self, phone: SavedPhone) -> None:
        """Add a phone."""
        self._session.add(
            tables.Phone(
                id=phone.id,
                platform=phone.platform,
                device_id=phone.device_id,
                serial=phone.serial,
                imei=phone.imei,
                added_at=phone.added_at,
                salt=phone.salt,
            )
        )
        self._session.flush()

    def learn(self, phone_id: str, *, serial: str | None, imei: str | None) -> SavedPhone:
        """Fill in what was not known of a phone, and return it; what is known stays."""
        row = self._session.get_one(tables.Phone, phone_id)
        row.serial = row.serial or serial
        row.imei = row.imei or imei
        self._session.flush()
        return as_phone(row)


class SqlInspections:
    """Implements `tradein_app.services.ports.Inspections`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, inspection_id: str) -> SavedInspection | None:
        """Return one, if there is such."""
        row = self._session.get(tables.Inspection, inspection_id) if _is_key(inspection_id) else None
        return as_inspection(row) if row else None

    def open_of(self, phone_id: str) -> SavedInspection | None:
        """Return a phone's inspection that is not closed."""
        row = self._session.scalars(select(tables.Inspection).filter_by(open_phone_id=phone_id)).first()
        return as_inspection(row) if row else None

    def closed_of(self, phone_id: str) -> SavedInspection | None:
        """Return a phone's inspection that was closed last."""
        chosen = select(tables.Inspection).join(tables.Decision).filter_by(phone_id=phone_id)
        row = self._session.scalars(chosen.order_by(tables.Decision.entry.desc()).limit(1)).first()
        return as_inspection(row) if row else None

    def open(self) -> Sequence[SavedInspection]:
        """Return all that are not closed, the oldest first."""
        chosen = select(tables.Inspection).where(tables.Inspection.open_phone_id.is_not(None))
        rows = self._session.scalars(chosen.order_by(tables.Inspection.opened_at, tables.Inspection.id))
        return [as_inspection(row) for row in rows]

    def add(self, inspection_id: str, phone_id: str, checklist: str, at: datetime) -> SavedInspection:
        """Open one."""
        row = tables.Inspection(
            id=inspection_id,
            phone_id=phone_id,
            open_phone_id=phone_id,
            stage=Stage.OPEN.value,
            checklist=checklist,
            opened_at=at,
            updated_at=at,
        )
        self._session.add(row)
        self._session.flush()
        return as_inspection(row)

    def advance(self, inspection_id: str, stage: Stage, at: datetime) -> None:
        """Say how far it has come, and when; a closed one lets its phone go."""
        row = self._session.get_one(tables.Inspection, inspection_id)
        row.stage = stage.value
        row.updated_at = at
        if stage.closed:
            row.open_phone_id = None
        self._session.flush()

    def ask_by(self, inspection_id: str, checklist: str) -> SavedInspection:
        """Ask one by another checklist."""
        row = self._session.get_one(tables.Inspection, inspection_id)
        row.checklist = checklist
        self._session.flush()
        return as_inspection(row)


class SqlAnswers:
    """Implements `tradein_app.services.ports.Answers`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inspection_id: str, changes: Mapping[str, str | int | None], entry: Entry) -> None:
        """Add answers by question id."""
        for question, value in changes.items():
            self._session.add(
                tables.Answer(
                    id=new_id(),
                    inspection_id=inspection_id,
                    entry=entry.sequence,
                    actor_id=entry.actor.id,
                    at=entry.at,
                    question=question,
                    value=value,
                )
            )
        self._session.flush()

    def current(self, inspection_id: str) -> dict[str, str | int]:
        """Return the last answer to each question that has one."""
        chosen = select(tables.Answer.question, tables.Answer.value).filter_by(inspection_id=inspection_id)
        rows = self._session.execute(chosen.order_by(tables.Answer.entry))
        return {question: value for question, value in dict(list(rows)).items() if value is not None}

    def given(self, inspection_id: str) -> dict[str, Answered]:
        """Return who gave the last answer to each question, or cleared it, and when."""
        answer, entry = tables.Answer, tables.AuditEntry
        chosen = (
            select(answer.question, answer.actor_id, entry.actor_name, answer.at)
            .join(entry, entry.sequence == answer.entry)
            .where(answer.inspection_id == inspection_id)
        )
        rows = self._session.execute(chosen.order_by(answer.entry))
        return {question: Answered(Actor(who, name), at) for question, who, name, at in rows}

    def times(self, inspection_id: str) -> dict[str, datetime]:
        """Return when each question's last answer was given, or cleared, however late it was saved."""
        answer, entry = tables.Answer, tables.AuditEntry
        chosen = select(answer.question, answer.at, GIVEN).join(entry, entry.sequence == answer.entry)
        rows = self._session.execute(
            chosen.where(answer.inspection_id == inspection_id).order_by(answer.entry)
        )
        return {question: when(at, given) for question, at, given in rows}


class SqlDecisions:
    """Implements `tradein_app.services.ports.Decisions`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, inspection_id: str, saved: SavedDecision, entry: Entry) -> None:
        """Add how one ended."""
        self._session.add(
            tables.Decision(
                id=saved.id,
                inspection_id=inspection_id,
                entry=entry.sequence,
                actor_id=entry.actor.id,
                at=entry.at,
                stage=saved.stage.value,
                quote_id=saved.quote_id,
                paper=saved.paper,
            )
        )
        self._session.flush()

    def of(self, inspection_id: str) -> SavedDecision | None:
        """Return how one ended, if it has."""
        row = self._session.scalars(select(tables.Decision).filter_by(inspection_id=inspection_id)).first()
        return SavedDecision(row.id, Stage(row.stage), row.quote_id, row.paper, row.at) if row else None


class SqlWorkspaces:
    """Implements `tradein_app.services.ports.Workspaces`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, actor_id: str) -> Workspace | None:
        """Return where this person's window was, if it was ever saved."""
        row = self._session.get(tables.Workspace, actor_id)
        return Workspace(row.inspection_id, row.page, row.panel, row.slot) if row else None

    def put(self, actor_id: str, workspace: Workspace, at: datetime) -> None:
        """Save it in place of the last one."""
        row = tables.Workspace(
            actor_id=actor_id,
            inspection_id=workspace.inspection_id,
            page=workspace.page,
            panel=workspace.panel,
            slot=workspace.slot,
            updated_at=at,
        )
        self._session.merge(row)
        self._session.flush()


def as_phone(row: tables.Phone) -> SavedPhone:
    """Return a row as a record."""
    return SavedPhone(row.id, row.platform, row.device_id, row.serial, row.imei, row.added_at, row.salt)


def as_inspection(row: tables.Inspection) -> SavedInspection:
    """Return a row as a record.

    Raises:
        ValueError: Its stage is none that there is.
    """
    stage = Stage(row.stage)
    return SavedInspection(row.id, row.phone_id, stage, row.checklist, row.opened_at, row.updated_at)


def _is_key(text: str) -> bool:
    """Whether a text has the form of a UUID; other texts are nobody's key, on engines that would complain too."""
    from uuid import UUID

    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
