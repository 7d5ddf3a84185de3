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
    r"host-(?:serial:(?P<serial>.+?)|transport-id:(?P<id>\d+)|(?P<kind>usb|local)|(?P<any>any)):(?P<service>"
    r"get-state|get-serialno|get-devpath|features|reconnect|list-forward|wait-for-[a-z]+-[a-z]+|wait-for-[a-z]+|[a-z-]+(?::.*)?)",
    re.DOTALL,
)
_WAIT = re.compile(
    r"wait-for(?:-(usb|local|any))?-(device|recovery|sideload|rescue|bootloader|disconnect|any)"
)
_TRANSPORTS = ("usb", "any", "local")


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

    def transport(self, request: str) -> Opened | None:
        """Return the phone that a transport request opens, or ``None`` when it is another request.

        Raises:
            Refused: No phone, more than one, or one that is not ready.
        """
        if request.startswith("host:tport:"):
            link = self._named(
                request.removeprefix("host:tport:").removeprefix("serial:"), request
            ).demand_open()
            return Opened(link, OKAY + link.transport_id.to_bytes(8, "little"))
        if request.startswith("host:transport-id:"):
            return Opened(
                self._bus.by_transport(request.removeprefix("host:transport-id:")).demand_open(), OKAY
            )
        if request.startswith("host:transport:"):
            return Opened(self._bus.by_serial(request.removeprefix("host:transport:")).demand_open(), OKAY)
        if request.removeprefix("host:transport-") in _TRANSPORTS:
            return Opened(self._by_kind(request.removeprefix("host:transport-")).demand_open(), OKAY)
        return None

    def _named(self, target: str, request: str) -> Link:
        return self._bus.by_serial(target) if ":serial:" in request else self._by_kind(target)

    def _by_kind(self, kind: str) -> Link:
        if kind not in _TRANSPORTS:
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
            if not re.fullmatch(r"host:[a-z-]+", request):
                raise Refused("unknown host service")
            return self._bus.only_one(), request.removeprefix("host:")
        if match["serial"]:
            return self._bus.by_serial(match["serial"]), match["service"]
        if match["id"]:
            return self._bus.by_transport(match["id"]), match["service"]
        return self._by_kind(match["kind"] or "any"), match["service"]

    def tracking(self, request: str) -> AsyncGenerator[bytes, None] | None:
        """Return the endless answer to ``host:track-devices``: the list now and at every change, else ``None``."""
        if request == "host:track-devices":
            return self._track(Link.short_line)
        return self._track(Link.long_line) if request == "host:track-devices-l" else None

    async def _track(self, line: Callable[[Link], str]) -> AsyncGenerator[bytes, None]:
        async with aclosing(self._changes()) as changes:
            yield OKAY
            async for links in changes:
                yield block(_lines(links, line))

    async def _changes(self) -> AsyncGenerator[list[Link], None]:
        """Yield every state of the bus, none left out, the present one first."""
        states: asyncio.Queue[list[Link]] = asyncio.Queue()
        unsubscribe = self._bus.subscribe(lambda: states.put_nowait(self._bus.links()))
        try:
            yield self._bus.links()
            while True:
                yield await states.get()
        finally:
            unsubscribe()

    async def waiting(self, request: str) -> bool:
        """Answer a ``wait-for`` request by waiting; ``False`` means that it is another request.

        Raises:
            Refused: More than one phone is meant.
        """
        match = _TARGETED.fullmatch(request)
        wanted = _WAIT.fullmatch(match["service"] if match else request.removeprefix("host:"))
        if wanted is None:
            return False
        async with aclosing(self._changes()) as changes:
            async for _links in changes:
                if self._reached(request, wanted[2]):
                    return True
        return True

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
