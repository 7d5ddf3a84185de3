"""A shop whose clock a test moves, and readings of phones that it takes in."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from diagnostics.model import DeviceId, Identity, LockState, Platform, Reading, State, Transport
from tests.fakes.inspections import an_inspection
from tradein_app.services.desk import Desk
from tradein_app.services.shop import Shop
from tradein_app.store.opening import open_store
from tradein_app.store.unit_of_work import SqlStore

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MEMORY = "sqlite://"
IMEI = "490154203237518"
OTHER_IMEI = "356938035643809"
UDID = "00008110-001A2C3E0A42801E"


class MovableClock:
    """Noon, until a test moves it."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time

    def pass_days(self, days: int) -> None:
        self.time += timedelta(days=days)


@cache
def _empty_database() -> bytes:
    """Return a database with all tables and nothing in them: making one anew takes sixty times as long."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "empty.sqlite3")
        open_store(f"sqlite:///{file}").close()
        return file.read_bytes()


class PaperShop:
    """A desk on a database of its own: in memory, or in a file that outlives it."""

    def __init__(self, file: Path | None = None) -> None:
        self.url = f"sqlite:///{file}" if file else MEMORY
        if file is not None and not file.exists():
            file.write_bytes(_empty_database())
        self.clock = MovableClock()
        self.store: SqlStore = open_store(self.url)
        self.desk = Desk(Shop(self.store, self.clock), file.parent if file else None)

    def close(self) -> None:
        self.desk.close()


def a_reading(
    *,
    device: str = UDID,
    serial: str | None = "F2LXXXXXXX",
    imei: str | None = IMEI,
    state: State = State.READY,
    battery: int | None = 88,
    platform: Platform = Platform.IOS,
    **locks: LockState,
) -> Reading:
    """Return a reading of a free, clean iPhone 13."""
    typed = an_inspection(battery=battery).reading
    identity = Identity(manufacturer="Apple", model="iPhone 13", serial=serial, imei=imei)
    return dataclasses.replace(
        typed,
        id=DeviceId(device),
        platform=platform,
        transport=Transport.USBMUX,
        slot="1-2.3",
        state=state,
        identity=identity,
        locks=dataclasses.replace(typed.locks, **locks),
    )


def an_unread_phone(
    state: State = State.NEEDS_TRUST, *, imei: str | None = None, serial: str | None = None
) -> Reading:
    """Return what a phone tells that does not trust this computer yet."""
    identity = Identity(serial=serial, imei=imei)
    return Reading(DeviceId(UDID), Platform.IOS, Transport.USBMUX, "1-2.3", state, identity)
