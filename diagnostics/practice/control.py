"""The bench's control port: one JSON object a line, over TCP on 127.0.0.1.

A request is ``{"command": "trust", "id": "..."}`` (see `diagnostics.practice.side.Command`), ``{"command": "fault",
"id": "...", "fault": "...", "step": "...", "times": 0}``, ``{"command": "clear", "id": "..."}``, ``{"command":
"mode", "id": "...", "mode": "dfu"}`` or ``{"command": "list"}``. The answer is ``{"ok": true, "phones": [...],
"services": {...}}`` with all phones as they are now and the fault of each daemon, or ``{"ok": false, "error": ...,
"hint": ..., "code": ...}``. ``{"command": "requests"}`` is answered with the log, ``{"ok": true, "requests": [...]}``,
and ``{"command": "bus"}`` with what is on the bench's USB bus, ``{"ok": true, "bus": [...]}``.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable
from typing import Any, cast

from diagnostics.errors import BadInput, ServiceMissing, UserError
from diagnostics.practice.listening import Listening
from diagnostics.practice.records import PracticePhoneInfo, Request, changing

Answer = Callable[[dict[str, Any]], dict[str, Any]]
TIMEOUT = 5.0


class ControlServer(Listening):
    """Takes commands for a bench.

    Args:
        answer: Does what a request asks and returns the answer; may raise `BadInput`.
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                writer.write(json.dumps(self._respond(line)).encode() + b"\n")
                await writer.drain()
        except (OSError, ValueError, asyncio.CancelledError):
            pass  # the client went away, or sent a line without end
        finally:
            writer.transport.abort()

    def _respond(self, line: bytes) -> dict[str, Any]:
        try:
            return {"ok": True, **self._answer(_request(line))}
        except UserError as error:
            return {"ok": False, "error": error.message, "hint": error.hint, "code": error.code}


def _request(line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except ValueError:
        request = None
    if not isinstance(request, dict):
        raise BadInput("The request is not a JSON object.", 'Send {"command": "list"}.', "bad_request")
    return cast("dict[str, Any]", request)


def whole(request: dict[str, Any], name: str) -> int:
    """Return a count of a request, 0 when it is left out.

    Raises:
        BadInput: It is not a whole number from 0.
    """
    value = request.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise BadInput(f"{name} is not a whole number.", "Leave it out, or use 1, 2, …", "bad_request")
    return value


class PracticeClient:
    """Sends commands to a bench that runs elsewhere: for the command line and a trainer's window. It blocks.

    Args:
        address: ``host:port``, as the variable TRADEIN_PRACTICE has it.
    """

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        if not host or not port.isdigit():
            raise BadInput(
                f"{address!r} is not the address of a practice bench.", "Use host:port.", "bad_address"
            )
        self._address = (host, int(port))

    def phones(self) -> tuple[PracticePhoneInfo, ...]:
        """Return all phones as they are now.

        Raises:
            ServiceMissing: No practice bench runs there.
        """
        return _phones(self._exchange({"command": "list"}))

    def services(self) -> dict[str, str]:
        """Return the fault of each daemon by its name, empty for none.

        Raises:
            ServiceMissing: No practice bench runs there.
        """
        return dict(self._exchange({"command": "list"})["services"])

    def send(self, command: str, phone_id: str) -> tuple[PracticePhoneInfo, ...]:
        """Do something to a phone, and return all phones as they are then.

        Args:
            command: One of `diagnostics.practice.side.Command`: ``trust``, ``unplug``, …
            phone_id: Its UDID, serial or name.

        Raises:
            BadInput: There is no such command or phone.
            ServiceMissing: No practice bench runs there.
        """
        return _phones(self._exchange({"command": command, "id": phone_id}))

    def fault(self, target: str, fault: str, step: str = "", times: int = 0) -> tuple[PracticePhoneInfo, ...]:
        """Give a phone, ``usbmuxd`` or ``adb`` a fault, and return all phones as they are then.

        Args:
            target: A phone's id or name, ``usbmuxd`` or ``adb``.
            fault: An id of its platform's catalogue, ``resources/practice/*faults.toml``.
            step: Where it happens; empty for its usual steps.
            times: After how many spoiled exchanges it ends by itself; 0 for never.

        Raises:
            BadInput: There is no such phone, fault or step.
            ServiceMissing: No practice bench runs there.
        """
        request = {"command": "fault", "id": target, "fault": fault, "step": step, "times": times}
        return _phones(self._exchange(request))

    def mode(self, phone_id: str, mode: str) -> tuple[PracticePhoneInfo, ...]:
        """Put a phone in another mode, and return all phones as they are then.

        Args:
            phone_id: Its UDID, serial or name.
            mode: One of those of its kind in ``resources/practice/usb.toml``; ``normal`` starts it again.

        Raises:
            BadInput: There is no such phone or mode.
            ServiceMissing: No practice bench runs there.
        """
        return _phones(self._exchange({"command": "mode", "id": phone_id, "mode": mode}))

    def bus(self) -> list[dict[str, Any]]:
        """Return what is on the bench's USB bus, as JSON objects of `diagnostics.usb.device.UsbDevice`.

        Raises:
            ServiceMissing: No practice bench runs there.
        """
        return list(self._exchange({"command": "bus"})["bus"])

    def clear(self, target: str) -> tuple[PracticePhoneInfo, ...]:
        """Take the fault of a phone, of ``usbmuxd`` or of ``adb`` away, and return all phones as they are then.

        Raises:
            BadInput: There is no such phone.
            ServiceMissing: No practice bench runs there.
        """
        return _phones(self._exchange({"command": "clear", "id": target}))

    def requests(self, udid: str = "", *, changes: bool = False) -> tuple[Request, ...]:
        """Return what the phones and the services in front of them were asked, oldest first.

        Args:
            udid: Of one phone only; empty for all.
            changes: Only what changes a phone or its records.

        Raises:
            ServiceMissing: No practice bench runs there.
        """
        log = tuple(
            Request(**entry) for entry in self._exchange({"command": "requests", "id": udid})["requests"]
        )
        return changing(log) if changes else log

    def _exchange(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            with (
                socket.create_connection(self._address, TIMEOUT) as connection,
                connection.makefile("rwb") as lines,
            ):
                lines.write(json.dumps(request).encode() + b"\n")
                lines.flush()
                answer = json.loads(lines.readline())
        except (OSError, ValueError) as error:
            place = ":".join(map(str, self._address))
            raise ServiceMissing(
                f"No practice bench answers at {place}.", "Start one with: tradein practice", "no_practice"
            ) from error
        if not answer["ok"]:
            raise BadInput(answer["error"], answer["hint"], answer["code"])
        return cast("dict[str, Any]", answer)


def _phones(answer: dict[str, Any]) -> tuple[PracticePhoneInfo, ...]:
    return tuple(PracticePhoneInfo.from_json(phone) for phone in answer["phones"])
