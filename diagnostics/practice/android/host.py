"""The services of the adb server itself (AOSP adb, SERVICES.TXT, HOST SERVICES)."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass

from diagnostics.practice.android.bus import Bus, Link, Refused
from diagnostics.practice.android.wire import OKAY, block

# ADB_SERVER_VERSION: 41 since 2018 and still so in adb 36, so that neither Debian's client (1.0.41) nor the one that
# comes with adbutils kills and restarts "a server of another version".
VERSION = 41
FEATURES = "shell_v2,cmd,stat_v2,fixed_push_mkdir"

_TARGETED = re.compile(
    r"host(?:-serial:(?P<serial>.+)|-transport-id:(?P<id>\d+)|-(?P<kind>usb|local))?:(?P<service>"
    r"get-state|get-serialno|get-devpath|features|reconnect|list-forward|wait-for-[a-z-]+)",
    re.DOTALL,
)
_WAIT = re.compile(
    r"wait-for-(?:usb-|local-|any-)?(device|recovery|sideload|rescue|bootloader|disconnect|any)"
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The answer to a request for a phone: the next request on this connection goes to it."""

    link: Link
    answer: bytes


class HostServices:
    """Answers what clients ask of the server.

    Args:
        bus: The phones.
    """

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._plain: dict[str, Callable[[], str]] = {
            "host:version": lambda: f"{VERSION:04x}",
            "host:devices": lambda: _lines(bus.links(), Link.short_line),
            "host:devices-l": lambda: _lines(bus.links(), Link.long_line),
            "host:host-features": lambda: FEATURES,
            "host:list-forward": lambda: "",
            "host:reconnect-offline": lambda: "",
        }
        self._openers: dict[str, Callable[[str], Link]] = {
            "host:tport:serial:": bus.by_serial,
            "host:tport:": self._by_kind,
            "host:transport-id:": bus.by_transport,
            "host:transport-": self._by_kind,
            "host:transport:": bus.by_serial,
        }

    def transport(self, request: str) -> Opened | None:
        """Return the phone that a transport request opens, or ``None`` when it is another request.

        Raises:
            Refused: No phone, more than one, or one that is not ready.
        """
        for prefix, find in self._openers.items():
            if request.startswith(prefix):
                link = find(request.removeprefix(prefix)).demand_open()
                number = link.transport_id.to_bytes(8, "little") if prefix.startswith("host:tport:") else b""
                return Opened(link, OKAY + number)
        return None

    def _by_kind(self, kind: str) -> Link:
        if kind not in {"usb", "any", "local"}:
            raise Refused("unknown host service")
        return self._bus.local() if kind == "local" else self._bus.only_one()

    def answer(self, request: str) -> bytes:
        """Return the whole answer to a request that is answered at once.

        Raises:
            Refused: The server answers FAIL.
        """
        if request in self._plain:
            return OKAY + block(self._plain[request]())
        if request == "host:kill":
            return OKAY  # a practice bench stays: a learner's kill-server must not end the lesson
        if request.startswith("host:connect:"):
            return OKAY + block(f"failed to connect to {request.removeprefix('host:connect:')}")
        if request.startswith("host:disconnect:"):
            raise Refused(f"no such device '{request.removeprefix('host:disconnect:')}'")
        link, service = self._targeted(request)
        return OKAY + block(_about(link, service))

    def _targeted(self, request: str) -> tuple[Link, str]:
        match = _TARGETED.fullmatch(request)
        if match is None:
            raise Refused("unknown host service")
        if match["serial"]:
            return self._bus.by_serial(match["serial"]), match["service"]
        if match["id"]:
            return self._bus.by_transport(match["id"]), match["service"]
        return self._by_kind(match["kind"] or "any"), match["service"]

    def phone_of(self, request: str) -> Link | None:
        """Return the phone that a request is about; ``None`` when it is about none, or not about one alone."""
        try:
            for prefix, find in self._openers.items():
                if request.startswith(prefix):
                    return find(request.removeprefix(prefix))
            return self._targeted(request)[0]
        except Refused:
            return None

    def tracking(self, request: str) -> AsyncGenerator[bytes, None] | None:
        """Return the endless answer to ``host:track-devices``: the list now and at every change, else ``None``."""
        if request == "host:track-devices":
            return self._track(Link.short_line)
        return self._track(Link.long_line) if request == "host:track-devices-l" else None

    async def _track(self, line: Callable[[Link], str]) -> AsyncGenerator[bytes, None]:
        yield OKAY
        async with aclosing(self._changes(line)) as changes:
            async for listed in changes:
                yield block(listed)

    async def _changes(self, line: Callable[[Link], str]) -> AsyncGenerator[str, None]:
        """Yield the list of phones as it is now and after every change, none left out."""
        lists: asyncio.Queue[str] = asyncio.Queue()
        unsubscribe = self._bus.subscribe(lambda: lists.put_nowait(_lines(self._bus.links(), line)))
        try:
            yield _lines(self._bus.links(), line)
            while True:
                yield await lists.get()
        finally:
            unsubscribe()

    async def wait(self, request: str) -> None:
        """Return when the phone of a ``wait-for-…`` request is in the state that is waited for.

        Raises:
            Refused: It is another request, or more than one phone is meant.
        """
        match = _TARGETED.fullmatch(request)
        wanted = _WAIT.fullmatch(match["service"]) if match else None
        if wanted is None:
            raise Refused("unknown host service")
        async with aclosing(self._changes(Link.short_line)) as changes:
            async for _listed in changes:
                if self._reached(request, wanted[1]):
                    return

    def _reached(self, request: str, state: str) -> bool:
        try:
            link, _service = self._targeted(request)
        except Refused as refusal:
            if str(refusal).startswith("more than one"):
                raise
            return state == "disconnect"
        return state in {"any", link.phone.state}


def _lines(links: list[Link], line: Callable[[Link], str]) -> str:
    return "".join(line(link) for link in links)


def _about(link: Link, service: str) -> str:
    match service:
        case "features":
            return ",".join(link.demand_open().phone.features)
        case "get-state":
            return link.demand_open().phone.state
        case "get-serialno":
            return link.demand_open().phone.serial
        case "get-devpath":
            return f"usb:{link.demand_open().phone.usb}"
        case "list-forward":
            return ""
        case "reconnect":
            return f"reconnecting {link.phone.serial} [{link.state_text}]\n"
        case _:
            raise Refused("unknown host service")
