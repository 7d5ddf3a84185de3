"""When what is saved was given: answers may wait, or outlive their program, before they come into the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement

from tradein_app.services.saved_rows import GIVEN_AT
from tradein_app.store.tables import AuditEntry

GIVEN: ColumnElement[str | None] = AuditEntry.data[GIVEN_AT].as_string()
"""When what an audit entry was written for was given, as ISO 8601; null where that is when it was saved."""


def when(saved: datetime, given: str | None) -> datetime:
    """Return when something was given.

    Args:
        saved: When it was saved.
        given: What `GIVEN` says.
    """
    return datetime.fromisoformat(given) if given else saved
