"""The bus of Android phones: whatever one adb server lists."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from pathlib import Path

from diagnostics.android.asking import Asker
from diagnostics.android.errors import AdbProblem, PhoneLost
from diagnostics.android.launching import start_server as start_adb
from diagnostics.android.listing import Listed
from diagnostics.android.names import NamesFile
from diagnostics.android.reading import AndroidReading
from diagnostics.android.server import DEFAULT_PORT, AdbServer
from diagnostics.android.shell import CALL_SECONDS, Cause, Shell
from diagnostics.android.watching import Watcher
from diagnostics.building import ReadingBuilder, concluded, explained_fields
from diagnostics.errors import ServiceMissing
from diagnostics.model import Platform, Reading, State
from diagnostics.ports import Clock, Glance, Publish, Sighting, Snapshot, SystemClock

_LOOKED_AT = frozenset({State.READY, State.ERROR, State.TIMEOUT})
"""States of a phone that the server shows as ready which pass, or come, without the server telling it."""
LOOK = "echo"
"""What a phone is told to see whether its shell answers: it prints an empty line."""
_LOOK_SECONDS = 3.0
_GAPS = {State.UNAUTHORIZED: "unauthorized", State.OFFLINE: "offline", State.ERROR: "no_permission"}
_LAST_LOOK_SECONDS = 1.0
_LAST_PORT = 65_535
_MODES = {State.RECOVERY: "recovery", State.FASTBOOT: "fastboot"}


class AndroidSource:
    """Sees and reads the phones of one adb server, whoever started it, and never stops it.

    Args:
        clock: What readings are dated by.
        host: Where the adb server is.
        port: Its port; without one, ANDROID_ADB_SERVER_PORT, else 5037.
        start_server: Whether the adb that comes with us may be started where none runs. It is only ever started on this
            computer, on the standard port, and where nobody asked for another one: who names a port has a server there.
        names: The shop's own file of names of models (`diagnostics.android.names`); it need not exist.
        shop_names: The one for all benches (`diagnostics.learning`), on a network drive.
        call_seconds: Limit for one call to a phone's shell.
    """

    name = "adb"

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        host: str = "127.0.0.1",
        port: int | None = None,
        start_server: bool = True,
        names: Path | None = None,
        shop_names: Path | None = None,
        call_seconds: float = CALL_SECONDS,
    ) -> None:
        self._clock = clock or SystemClock()
        named = port if port is not None else _port_from_environment()
        self._server = AdbServer(host, DEFAULT_PORT if named is None else named)
        may_start = start_server and host in {"127.0.0.1", "localhost"} and named in {None, DEFAULT_PORT}
        self._watcher = Watcher(self._server, start_adb if may_start else None)
        self._names = NamesFile(names, shop_names)
        self._call_seconds = call_seconds
        self._listed: dict[str, Listed] = {}

    async def watch(self) -> AsyncGenerator[Snapshot, None]:
        """Yield what the server lists, at once and within a second of each change, for ever."""
        async with aclosing(self._watcher.pictures()) as pictures:
            async for picture in pictures:
                yield self._snapshot(picture)

    def _snapshot(self, picture: tuple[Listed, ...] | ServiceMissing) -> Snapshot:
        if isinstance(picture, ServiceMissing):
            self._listed = {}
            return Snapshot(error=picture)
        self._listed = {listed.key: listed for listed in picture}
        return Snapshot(tuple(listed.sighting() for listed in picture))

    async def read(
        self,
        sighting: Sighting,
        publish: Publish,
        *,
        ask_trust: bool,
        resume: bool = False,
    ) -> Reading:
        """Read one phone fully, publishing after each group.

        Args:
            sighting: One of the current snapshot's.
            publish: Told what is known so far.
            ask_trust: Has no meaning here: the adb server itself makes the phone ask "Allow USB debugging?".
            resume: Has no meaning here: an Android phone is read anew.
        """
        del ask_trust, resume
        builder = ReadingBuilder(sighting, self._clock)
        listed = self._listed.get(sighting.key)
        if listed is None:
            return concluded(builder.partial(), State.OFFLINE, "unplugged")
        if listed.state != "device":
            return _unreadable(builder, sighting.state)
        asker = Asker(Shell(self._server, listed), seconds=self._call_seconds)
        reading = await AndroidReading(asker, builder, publish, await self._names.look()).read()
        if await self._is_anothers(listed):
            return concluded(ReadingBuilder(sighting, self._clock).partial(), State.OFFLINE, "service_lost")
        return reading

    async def _is_anothers(self, listed: Listed) -> bool:
        """Return whether the number by which a phone was asked is another phone's by now.

        A server that was started anew counts its phones from 1 again: some of the answers may be of another phone, and
        nothing tells which, so none counts. The phone itself comes with its next number, and is read then. A number
        that is nobody's was nobody else's before: within one run of a server none is given twice.
        """
        with suppress(AdbProblem, TimeoutError):
            async with asyncio.timeout(_LAST_LOOK_SECONDS):
                return listed.has_given_its_number_away(await self._server.devices())
        return False

    async def look(self, sighting: Sighting, reading: Reading) -> Glance:
        """Return whether the phone's shell still answers: the server goes on listing one that hangs as ready.

        Nothing is asked of the phone but an empty line. One that fell silent or failed, and answers, is read anew.
        """
        listed = self._listed.get(sighting.key)
        if listed is None or listed.state != "device" or reading.state not in _LOOKED_AT:
            return Glance(reading)
        answered = await self._answers(listed)
        if reading.state is State.READY:
            return Glance(reading, answered=answered)
        return Glance(None if answered else reading)

    async def _answers(self, listed: Listed) -> bool:
        try:
            heard = await Shell(self._server, listed).run(LOOK, b"\n", seconds=_LOOK_SECONDS)
        except PhoneLost:
            return False
        return bool(heard.data) or heard.cause is Cause.ENDED


def _unreadable(builder: ReadingBuilder, state: State) -> Reading:
    """Return the reading of a phone that the server shows, but whose shell it does not open."""
    if mode := _MODES.get(state):
        builder.problem("", "wrong_mode", mode=mode)
        for field in explained_fields(Platform.ANDROID):
            if field != "locks.blacklist":
                builder.problem(field, "wrong_mode", mode=mode)
        return builder.build()
    if state is State.CONNECTING:
        return concluded(builder.partial(), State.CONNECTING, "not_read", failed=False)
    return concluded(builder.partial(), state, _GAPS.get(state, "offline"))


def _port_from_environment() -> int | None:
    value = os.environ.get("ANDROID_ADB_SERVER_PORT", "")
    port = int(value) if re.fullmatch(r"[0-9]{1,5}", value) else 0
    return port if 0 < port <= _LAST_PORT else None
