"""lockdownd on port 62078: values, pairing, sessions with TLS, and the start of services.

One answer per request; an answer echoes Request, Domain and Key and holds Value or Error.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from diagnostics.practice.apple import steps
from diagnostics.practice.apple.certificates import public_pem
from diagnostics.practice.apple.channel import Channel, TlsRefused
from diagnostics.practice.apple.pairing import Pairing, PairingRefused
from diagnostics.practice.apple.phone import PracticeIphone
from diagnostics.practice.apple.services import SERVICES
from diagnostics.practice.apple.steps import Step
from diagnostics.practice.apple.values import BY_NAME_ONLY, FMIP, UNTRUSTED, visible

PORT = 62078
_MOST_WAITING = 1000
NAME = "lockdown"
REFUSED = {
    "SetValue": "SetProhibited",
    "RemoveValue": "RemoveProhibited",
    "EnterRecovery": "SetProhibited",
    "Activate": "SetProhibited",
    "Deactivate": "SetProhibited",
}
"""Requests that would change the phone: refused."""

READS = frozenset({"QueryType", "GetValue", "ValidatePair", "StartSession", "StopSession", "StartService"})
"""Requests that change nothing; every other one counts as a change, those that nobody knows, too."""
DETAILS = {
    "GetValue": {"domain": "Domain", "key": "Key"},
    "SetValue": {"domain": "Domain", "key": "Key"},
    "RemoveValue": {"domain": "Domain", "key": "Key"},
    "StartSession": {"host_id": "HostID"},
    "StartService": {"service": "Service"},
}
"""What is written down of each request."""

FIRST_WITH_SERVICE_TLS = (10,)

Answer = dict[str, Any]


class Ports:
    """Which service waits behind which port of one phone; a port takes one connection."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[str, Pairing | None]] = {}

    def open(self, service: str, known: Pairing | None) -> int:
        """Return a fresh port behind which a service waits: one that nobody else listens on, lockdownd neither.

        A service that nobody has called for a thousand others is waited for no more.
        """
        if len(self._waiting) >= _MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        while (port := random.randrange(49152, 65535)) in (PORT, *self._waiting):  # noqa: S311  a port, no secret
            pass
        self._waiting[port] = (service, known)
        return port

    def waits(self, port: int) -> bool:
        """Say whether a service waits behind a port."""
        return port in self._waiting

    def behind(self, port: int) -> str:
        """Return the name of the service behind a port."""
        return self._waiting[port][0]

    def take(self, port: int) -> tuple[str, Pairing | None]:
        """Return the service behind a port and whose it is; the port is closed then."""
        return self._waiting.pop(port)


class Lockdown:
    """One connection to a phone's lockdownd."""

    def __init__(self, phone: PracticeIphone, channel: Channel, ports: Ports) -> None:
        self._phone = phone
        self._channel = channel
        self._ports = ports
        self._session: str | None = None
        self._pairing: Pairing | None = None
        self._requests: dict[str, Callable[[Answer], Awaitable[Answer]]] = {
            "QueryType": self._query_type,
            "GetValue": self._get_value,
            "Pair": self._pair,
            "ValidatePair": self._validate_pair,
            "Unpair": self._unpair,
            "StartSession": self._start_session,
            "StopSession": self._stop_session,
            "StartService": self._start_service,
        }

    async def serve(self) -> None:
        """Answer requests until the connection ends.

        Raises:
            ChannelClosed: The other end went away.
            BadFrame: It sent what is not a request.
        """
        while True:
            request = await self._channel.receive()
            verb = str(request.get("Request"))
            self._note(verb, request)
            step = steps.of_lockdown(request, in_session=self._session is not None)
            answer = await self._answer(verb, request, step)
            await self._phone.say(self._channel, {"Request": verb, **answer}, step)
            await self._after(verb, answer)

    def _note(self, verb: str, request: Answer) -> None:
        details = {name: request.get(key) for name, key in DETAILS[verb].items()} if verb in DETAILS else {}
        if verb in ("Pair", "Unpair"):
            details["host_id"] = _host_id(request)
        self._phone.note(NAME, verb, changes=verb not in READS, **details)

    async def _answer(self, verb: str, request: Answer, step: Step) -> Answer:
        if (word := self._phone.troubles.refusal(step)) is not None:
            return {"Error": word}
        if error := REFUSED.get(verb):
            return {"Error": error}
        handler = self._requests.get(verb)
        return {"Error": "InvalidRequest"} if handler is None else await handler(request)

    async def _after(self, verb: str, answer: Answer) -> None:
        """Put TLS on after StartSession's answer, and off after StopSession's."""
        if "Error" in answer:
            return
        if verb == "StopSession":
            await self._channel.relax()
        if verb == "StartSession" and self._pairing is not None:
            await demand(self._channel, self._phone, self._pairing, Step.SESSION_TLS)

    async def _query_type(self, _: Answer) -> Answer:
        return {"Type": "com.apple.mobile.lockdown"}

    async def _get_value(self, request: Answer) -> Answer:
        domain, key = request.get("Domain"), request.get("Key")
        echo = {name: value for name, value in (("Domain", domain), ("Key", key)) if value is not None}
        value = await (self._of_domain(domain, key) if domain else self._of_phone(key))
        return {**echo, **value}

    async def _of_phone(self, key: str | None) -> Answer:
        trusted = self._session is not None
        values = await self._phone.values()
        if key is None:
            listed = {name: value for name, value in values.items() if name not in BY_NAME_ONLY}
            return {"Value": visible(listed, trusted=trusted)}
        if key == "DevicePublicKey":
            return {"Value": public_pem(await self._phone.key())}
        if key == "DeviceCertificate" and self._pairing is not None:
            return {"Value": self._pairing.device_certificate}
        if key not in values:
            return {"Error": "MissingValue"}
        told = UNTRUSTED | set(self._phone.character.model.get("told_untrusted", ()))
        return {"Value": values[key]} if trusted or key in told else {"Error": "GetProhibited"}

    async def _of_domain(self, domain: str, key: str | None) -> Answer:
        if self._session is None:
            return {"Value": {}} if key is None else {"Error": "GetProhibited"}
        values = self._phone.domain(domain) or {}
        if key is None:
            return {"Value": {} if domain == FMIP else values}
        return {"Value": values[key]} if key in values else {"Error": "MissingValue"}

    async def _pair(self, request: Answer) -> Answer:
        try:
            known = await self._phone.pair(request.get("PairRecord"))
        except PairingRefused as refused:
            return {"Error": refused.error}
        return {"EscrowBag": known.escrow_bag}

    async def _validate_pair(self, request: Answer) -> Answer:
        return {} if _host_id(request) in self._phone.pairings else {"Error": "InvalidHostID"}

    async def _unpair(self, request: Answer) -> Answer:
        host_id = _host_id(request)
        return {} if self._phone.forget(host_id) else {"Error": "InvalidHostID"}

    async def _start_session(self, request: Answer) -> Answer:
        host_id = request.get("HostID")
        if self._session is not None:
            return {"Error": "SessionActive"}
        if host_id is None:
            return {"Error": "MissingHostID"}
        known = self._phone.pairings.get(str(host_id))
        if known is None:
            return {"Error": "InvalidHostID"}
        self._session, self._pairing = str(uuid.uuid4()).upper(), known
        return {"SessionID": self._session, "EnableSessionSSL": True}

    async def _stop_session(self, request: Answer) -> Answer:
        if self._session is None:
            return {"Error": "SessionInactive"}
        if request.get("SessionID") != self._session:
            return {"Error": "InvalidSessionID"}
        self._session, self._pairing = None, None
        return {}

    async def _start_service(self, request: Answer) -> Answer:
        name = request.get("Service")
        service = SERVICES.get(str(name))
        if service is None:
            return {"Error": "MissingService" if name is None else "InvalidService"}
        if self._pairing is None and not service.open_to_all:
            return {"Error": "InvalidHostID"}
        if self._shut_out(request) and service.needs_unlock:
            return {"Error": "PasswordProtected"}
        tls = self._pairing is not None and self._phone.character.version >= FIRST_WITH_SERVICE_TLS
        known = self._pairing if tls else None
        return {"Service": name, "Port": self._ports.open(str(name), known), "EnableServiceSSL": tls}

    def _shut_out(self, request: Answer) -> bool:
        bag = None if self._pairing is None else self._pairing.escrow_bag
        return self._phone.locked and request.get("EscrowBag") != bag


def _host_id(request: Answer) -> str:
    record = request.get("PairRecord")
    return str(record.get("HostID", "")) if isinstance(record, dict) else ""


async def demand(channel: Channel, phone: PracticeIphone, known: Pairing, step: Step) -> None:
    """Put TLS on and make sure that the other end is the paired computer.

    Raises:
        TlsRefused: It has no certificate, or another's.
    """
    certificate = await phone.greet(channel, known, step)
    if not known.presented_by(certificate):
        raise TlsRefused("a certificate that is not of the pair record")
