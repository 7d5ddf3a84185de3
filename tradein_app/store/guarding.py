"""Sees to it that rows which are only ever added are never changed or deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapper, ORMExecuteState, Session

from tradein_app.store.tables import AppendOnly


class AppendOnlyError(Exception):
    """A bug: somebody tried to change history."""


class GuardedSession(Session):
    """A session that refuses to change append-only rows, one by one or in bulk."""


@event.listens_for(AppendOnly, "before_update", propagate=True)
@event.listens_for(AppendOnly, "before_delete", propagate=True)
def _refuse_one(mapper: Mapper[Any], connection: Connection, target: object) -> None:  # noqa: ARG001
    raise AppendOnlyError(f"rows of {mapper.class_.__name__} are only ever added")


@event.listens_for(GuardedSession, "do_orm_execute")
def _refuse_many(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete):
        return
    if any(issubclass(mapper.class_, AppendOnly) for mapper in state.all_mappers):
        raise AppendOnlyError("rows that are only ever added cannot be changed in bulk")
