"""usbmuxd through pymobiledevice3: what is attached, and connections to phones. Imported lazily: it is slow to import.

Every call is told usbmuxd's address. pymobiledevice3's own `save_pair_record` forgets it and reads the environment
instead, so it is not used (see `diagnostics.apple.records`), and no environment variable needs to be set.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from pymobiledevice3.exceptions import (  # noqa: TID253  this module is imported lazily
    ConnectionFailedToUsbmuxdError,
    MuxException,
)
from pymobiledevice3.osu.os_utils import get_os_utils  # noqa: TID253
from pymobiledevice3.usbmux import MuxDevice, PlistMuxConnection  # noqa: TID253

from diagnostics.apple.attached import Attached
from diagnostics.apple.values import mapping, whole

ANSWER_LIMIT = 2.0
"""Seconds in which usbmuxd, a service of this computer, must answer."""
COALESCE = 0.01
"""Seconds to wait for more of the same when phones come or go in a bunch."""


class Mux(PlistMuxConnection):  # type: ignore[misc]  # pymobiledevice3 is not typed for us
    """A connection to usbmuxd that keeps what its base throws away: where each phone is plugged in.

    Attributes:
        locations: LocationID by DeviceID.
    """

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.locations: dict[int, int | None] = {}

    def _process_device_state(self, response: dict[str, Any]) -> None:
        properties = mapping(response.get("Properties"))
        # A number sent as text would give a key as good as the right one, behind which no phone can be reached.
        if properties and not (_is_number(response) and isinstance(properties.get("SerialNumber"), str)):
            raise MuxException("a row that is no phone's")
        super()._process_device_state(response)
        location = properties.get("LocationID")
        self.locations[response["DeviceID"]] = whole(location, 0, 0xFFFF_FFFF)


async def open_mux(address: str | None) -> Mux:
    """Return a connection to usbmuxd, to be closed by the caller.

    pymobiledevice3's own `create_mux` opens two, the first one to tell a protocol that died in 2012.

    Raises:
        ConnectionFailedToUsbmuxdError: Nobody listens there.
    """
    place, family = _resolved(address)
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        async with asyncio.timeout(ANSWER_LIMIT):
            await asyncio.get_running_loop().sock_connect(sock, place)
    except BaseException as error:
        sock.close()
        if isinstance(error, OSError) and not isinstance(error, TimeoutError):
            raise ConnectionFailedToUsbmuxdError from error
        raise
    return Mux(sock)


@asynccontextmanager
async def mux_session(address: str | None, limit: float = ANSWER_LIMIT) -> AsyncIterator[Mux]:
    """Give a connection to usbmuxd for one request, and close it.

    Args:
        address: usbmuxd's.
        limit: Seconds in which it must answer.
    """
    mux = await open_mux(address)
    try:
        async with asyncio.timeout(limit):
            yield mux
    finally:
        await mux.close()


async def listed(address: str | None) -> tuple[Attached, ...]:
    """Return what is attached now, in usbmuxd's order."""
    async with mux_session(address) as mux:
        await mux.get_device_list()
        return tuple(
            Attached(row.devid, row.serial, row.connection_type, mux.locations.get(row.devid))
            for row in mux.devices
        )


async def attached(address: str | None) -> AsyncGenerator[tuple[Attached, ...], None]:
    """Yield what is attached, at once and again after each change, until usbmuxd goes away.

    Listen only tells that something changed; what is there is then asked for as a whole, so that a flapping plug or a
    repeated event cannot make a wrong picture.

    Raises:
        Exception: Whatever ended it; `diagnostics.apple.errors` puts names to it.
    """
    mux = await open_mux(address)
    changes: asyncio.Queue[Exception | None] = asyncio.Queue()
    try:
        async with asyncio.timeout(ANSWER_LIMIT):
            await mux.listen()
        listening = asyncio.create_task(_listen(mux, changes), name="usbmux listen")
        try:
            yield await listed(address)
            while True:
                await _next_change(changes)
                yield await listed(address)
        finally:
            listening.cancel()
            await asyncio.wait([listening])
    finally:
        await mux.close()


async def _listen(mux: Mux, changes: asyncio.Queue[Exception | None]) -> None:
    try:
        while True:
            await mux.receive_device_state_update()
            changes.put_nowait(None)
    except Exception as error:  # noqa: BLE001  handed to whoever waits for changes
        changes.put_nowait(error)


async def _next_change(changes: asyncio.Queue[Exception | None]) -> None:
    first = await changes.get()
    await asyncio.sleep(COALESCE)
    while first is None and not changes.empty():
        first = changes.get_nowait()
    if first is not None:
        raise first


def _is_number(row: dict[str, Any]) -> bool:
    return whole(row.get("DeviceID"), 0, 0xFFFF_FFFF) is not None


def mux_device(row: Attached) -> MuxDevice:
    """Return a row as pymobiledevice3 has it."""
    return MuxDevice(row.number, row.serial, row.connection)


def _resolved(address: str | None) -> tuple[str | tuple[str, int], int]:
    if address is None:
        place, family = get_os_utils().usbmux_address
        return place, family
    if address.startswith("/"):
        return address, socket.AF_UNIX
    host, _, port = address.partition(":")
    return (host, int(port)), socket.AF_INET
