"""The store: one database, and transactions over all its repositories."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from tradein_app.store.calibration import SqlCalibration
from tradein_app.store.documents import SqlAudit, SqlGrades, SqlLaterReadings, SqlQuotes, SqlReadings
from tradein_app.store.engines import WRITES
from tradein_app.store.failures import in_words
from tradein_app.store.guarding import GuardedSession
from tradein_app.store.photos import SqlPhotos
from tradein_app.store.presence import Presence
from tradein_app.store.repositories import (
    SqlAnswers,
    SqlDecisions,
    SqlInspections,
    SqlPhones,
    SqlWorkspaces,
)
from tradein_app.store.sales import SqlSales
from tradein_app.store.second_looks import SqlSecondLooks
from tradein_app.store.slots import SqlSlots
from tradein_app.store.steps import SqlMarks, SqlSteps


class SqlUnitOfWork:
    """Implements `tradein_app.services.ports.UnitOfWork`: one session, one transaction.

    Args:
        engine: Its begin takes the write lock when the engine's options say so.

    Raises:
        ServiceMissing: On leaving the block, when the database could not do its part; everything is as it was.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._session = session = GuardedSession(engine, expire_on_commit=False)
        self.phones = SqlPhones(session)
        self.inspections = SqlInspections(session)
        self.readings = SqlReadings(session)
        self.later_readings = SqlLaterReadings(session)
        self.answers = SqlAnswers(session)
        self.marks = SqlMarks(session)
        self.steps = SqlSteps(session)
        self.second_looks = SqlSecondLooks(session)
        self.grades = SqlGrades(session)
        self.quotes = SqlQuotes(session)
        self.decisions = SqlDecisions(session)
        self.sales = SqlSales(session)
        self.workspaces = SqlWorkspaces(session)
        self.slots = SqlSlots(session)
        self.photos = SqlPhotos(session)
        self.calibration = SqlCalibration(session)
        self.audit = SqlAudit(session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()
        said = in_words(error, self._engine.url) if isinstance(error, DBAPIError) else None
        if said:
            raise said from error

    def commit(self) -> None:
        """Make everything count."""
        self._session.commit()


class SqlStore:
    """Implements `tradein_app.services.shop.Store`.

    Args:
        engine: The database.
        presence: Shows to others that it is open, for as long as it is.
    """

    def __init__(self, engine: Engine, presence: Presence | None = None) -> None:
        self._engine = engine
        self._presence = presence
        self._writing = engine.execution_options(**{WRITES: True})

    def reading(self) -> SqlUnitOfWork:
        """Begin a transaction that only looks."""
        return SqlUnitOfWork(self._engine)

    def writing(self) -> SqlUnitOfWork:
        """Begin a transaction that may write; waits while another one does."""
        return SqlUnitOfWork(self._writing)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
        if self._presence is not None:
            self._presence.leave()
