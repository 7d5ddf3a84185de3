"""What every service needs: a store, a clock, and new keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from diagnostics.ports import Clock
from tradein_app.services.ports import UnitOfWork


def new_id() -> str:
    """Return a new UUIDv7 (RFC 9562) as text: made by the program, so no engine has to hand out numbers."""
    import uuid_utils

    return str(uuid_utils.uuid7())


class Store(Protocol):
    """Begins units of work."""

    def reading(self) -> UnitOfWork:
        """Begin a transaction that only looks."""
        ...

    def writing(self) -> UnitOfWork:
        """Begin a transaction that may write; waits while another one does."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


@dataclass(frozen=True, slots=True)
class Shop:
    """Where the services work.

    Attributes:
        store: Where everything is saved.
        clock: What rows are dated by.
        new_id: Where keys come from.
    """

    store: Store
    clock: Clock
    new_id: Callable[[], str] = new_id

    def now(self) -> datetime:
        """Return the present, UTC and aware."""
        return self.clock.now()

    def today(self) -> date:
        """Return the day that the calendar on the wall shows."""
        return self.clock.now().astimezone().date()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()
