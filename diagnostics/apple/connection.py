"""A phone's lockdownd through pymobiledevice3. Imported lazily: it takes 0.4 s to import."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pymobiledevice3.exceptions import (  # noqa: TID253  this module is imported lazily
    ConnectionTerminatedError,
    IncorrectModeError,
    InvalidConnectionError,
    InvalidHostIDError,
    MissingValueError,
)
from pymobiledevice3.lockdown import SERVICE_PORT, PlistUsbmuxLockdownClient  # noqa: TID253
from pymobiledevice3.pair_records import generate_host_id  # noqa: TID253
from pymobiledevice3.service_connection import create_ssl_context  # noqa: TID253

from diagnostics.apple.attached import Attached
from diagnostics.apple.mux import listed, mux_device, open_mux
from diagnostics.apple.udid import normal_udid
from diagnostics.apple.values import mapping
from diagnostics.apple.wire import Wire

LABEL = "tradein"
UDID = "UniqueDeviceID"
LOCKDOWN, RESTORE = "com.apple.mobile.lockdown", "com.apple.mobile.restored"
_CUT = (OSError, EOFError, ConnectionTerminatedError)
"""What a connection that the other end gives up raises, the errors of TLS among them."""


class KeysRefusedError(Exception):
    """The phone knows the pairing and began the session, but gave up as soon as keys were used."""


class OtherPhoneError(Exception):
    """The phone that answers is not the one whose row of usbmuxd's list was called."""


class Lockdown(PlistUsbmuxLockdownClient):  # type: ignore[misc]  # pymobiledevice3 is not typed for us
    """lockdownd of one way to one phone.

    Differs from its base in going by usbmuxd's DeviceID instead of looking the UDID up again for each connection: a
    phone that was replugged meanwhile is then gone, as it should be, and a service costs one connection instead of
    four.
    """

    def __init__(self, service: Wire, row: Attached, address: str | None, records: Path) -> None:
        super().__init__(
            service,
            host_id=generate_host_id(),
            identifier=row.serial,
            label=LABEL,
            pairing_records_cache_folder=records,
            usbmux_address=address,
        )
        self.row = row
        self._presented: bytes | None = None

    async def validate_pairing(self) -> bool:
        """Begin a session with `pair_record`, and ask for the default domain in it; always true.

        Its base calls a pairing that the phone forgot, keys that do not fit and rubbish in their place all the same:
        false.

        Raises:
            InvalidHostIDError: The phone does not know the pairing (any more).
            KeysRefusedError: It does, but does not take our keys.
            OtherPhoneError: It is another phone, which knows them, too.
        """
        values = await self.begin()
        self._check(values)
        self._presented = self.service.presented
        self.all_values = values
        self.paired = True
        return True

    async def begin(self, key: str = "") -> Any:
        """Begin a session with `pair_record`, and ask for a key of the default domain in it, or for all of that.

        Raises:
            InvalidHostIDError: See `validate_pairing`.
            KeysRefusedError: See `validate_pairing`.
        """
        record: Mapping[str, Any] = self.pair_record or {}
        self.host_id: str = record.get("HostID", self.host_id)
        self.system_buid: str | None = record.get("SystemBUID", self.system_buid)
        try:
            asked = {"HostID": self.host_id, "SystemBUID": self.system_buid}
            began = await self._request("StartSession", asked)
        except InvalidConnectionError as error:
            raise InvalidHostIDError from error
        self.session_id = began.get("SessionID")
        try:
            if began.get("EnableSessionSSL"):
                await self.service.start_tls(self._session_tls())
            # With TLS 1.3 the phone looks at our certificate only when it was sent the first question.
            return await self.get_value("", key)
        except TimeoutError:
            raise
        except _CUT as error:
            raise KeysRefusedError from error

    async def confirm_as(self, certificate: bytes | None) -> None:
        """See that it is the phone that presented a certificate before, or else the one of this row.

        Raises:
            OtherPhoneError: It is neither.
        """
        if certificate is None or self.service.presented != certificate:
            await self.confirm()

    @property
    def presented(self) -> bytes | None:
        """The certificate that this phone presented in the session; ``None`` where there was no TLS."""
        return self._presented

    async def create_service_connection(
        self,
        port: int,
        ssl_context: ssl.SSLContext | None = None,
        strip_ssl: bool = False,  # noqa: ARG002  the base's signature
    ) -> Wire:
        """Return a new connection to a port of the phone."""
        return await connect(self.row, port, self.usbmux_address, ssl_context)

    async def areestablish_connection(self) -> None:
        """Call the phone anew, as the base does by itself when a connection broke, and see that it is the same one."""
        await super().areestablish_connection()
        if self.pair_record is None:
            self._reestablishing_connection = True
            try:
                await self.confirm()
            finally:
                self._reestablishing_connection = False

    async def confirm(self) -> None:
        """See that it is the phone of this row that answers, before anything else is asked of it.

        Raises:
            OtherPhoneError: It is another one.
        """
        with suppress(MissingValueError):
            self._check({UDID: await self.get_value("", UDID)})

    def _check(self, values: object) -> None:
        """Raise unless the default domain is that of the phone of this row; one that does not say counts as it."""
        told = mapping(values).get(UDID)
        if isinstance(told, str) and told and normal_udid(told) != normal_udid(self.row.serial):
            raise OtherPhoneError

    async def values(self) -> Any:
        """Return the default domain, after making sure that it is this phone's lockdownd that answers.

        Raises:
            OtherPhoneError: It is another phone's: usbmuxd was restarted, and gave its number to that.
            IncorrectModeError: It is restore mode's daemon.
            TypeError: It is none that is known: rubbish is no sign of restore mode, which needs other help.
        """
        daemon = await self.query_type()
        if daemon == RESTORE:
            raise IncorrectModeError
        if daemon != LOCKDOWN:
            raise TypeError("a daemon that nobody knows")
        values = await self.get_value()
        self._check(values)
        return values

    async def connect_service(self, attributes: dict[str, Any]) -> Wire:
        """Return a connection to a service that StartService answered for.

        Raises:
            OtherPhoneError: It is another phone's: usbmuxd was restarted meanwhile, and gave this number to that.
        """
        tls = self._session_tls() if attributes.get("EnableServiceSSL") else None
        wire = await self.create_service_connection(int(attributes["Port"]), tls)
        try:
            await self._confirm_service(wire)
        except BaseException:
            await wire.close()
            raise
        return wire

    async def _confirm_service(self, wire: Wire) -> None:
        """See that a service is the same phone's as the session.

        Who presents the certificate of the session has that phone's own key. No source says that every system presents
        the same one for both, so another one, or none, proves nothing: then this phone's row must still be in usbmuxd's
        list. That is asked after the connection was made, so that it is the list by which it was made, or the
        connection has broken with the usbmuxd that had it.
        """
        if wire.presented is not None and wire.presented == self._presented:
            return
        rows = {(row.number, normal_udid(row.serial)) for row in await listed(self.usbmux_address)}
        if (self.row.number, normal_udid(self.row.serial)) not in rows:
            raise OtherPhoneError

    def _session_tls(self) -> ssl.SSLContext:
        record: Mapping[str, Any] = self.pair_record or {}
        return _tls_of(record["HostCertificate"], record["HostPrivateKey"])


@lru_cache(maxsize=64)
def _tls_of(certificate: bytes, key: bytes) -> ssl.SSLContext:
    """Return what a computer speaks TLS by; both PEM.

    Kept, because a reading that is repeated every second would load them anew each time: 1 ms and a file on the disk.
    """
    with TemporaryDirectory(prefix=LABEL) as folder:
        file = Path(folder, "keys.pem")
        file.write_bytes(certificate + b"\n" + key)
        context: ssl.SSLContext = create_ssl_context(str(file))
    return context


async def connect(
    row: Attached, port: int, address: str | None, ssl_context: ssl.SSLContext | None = None
) -> Wire:
    """Return a connection to a port of a phone.

    Raises:
        BadDevError: The phone has gone.
    """
    device = mux_device(row)
    mux = await open_mux(address)
    try:
        sock = await mux.connect(device, port)
    except BaseException:
        await mux.close()
        raise
    wire: Wire = await Wire.from_socket(sock, ssl_context=ssl_context, mux_device=device)
    return wire


async def open_lockdown(row: Attached, address: str | None, records: Path) -> Lockdown:
    """Return a phone's lockdownd, connected, without a session."""
    return Lockdown(await connect(row, SERVICE_PORT, address), row, address, records)
