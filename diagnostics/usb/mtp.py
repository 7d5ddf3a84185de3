"""The initiator: asks a phone over MTP who it is and how much it stores, and nothing else.

Six operations are ever sent (`OPERATIONS`); none of them changes anything on the phone. MTP is best effort everywhere:
a file manager holds it on Linux, the system's own services hold it on macOS, and on Windows the interface belongs to
the portable devices driver, so that it is not even tried there (`here`).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from diagnostics.usb import mtp_codec as codec
from diagnostics.usb import mtp_datasets as datasets
from diagnostics.usb.mtp_codec import BadAnswer, BadDataset
from diagnostics.usb.pipe import Patient, PipeError, PipeSilent, PipeStopped

GET_DEVICE_INFO, OPEN_SESSION, CLOSE_SESSION = 0x1001, 0x1002, 0x1003
GET_STORAGE_IDS, GET_STORAGE_INFO, GET_PROPERTY = 0x1004, 0x1005, 0x1015
OPERATIONS = frozenset(
    {GET_DEVICE_INFO, OPEN_SESSION, CLOSE_SESSION, GET_STORAGE_IDS, GET_STORAGE_INFO, GET_PROPERTY}
)
"""Everything that is ever sent."""
BATTERY = 0x5001
STEP = 2.0
"""Seconds for one operation; phones and responders answer in 0.01 to 0.1."""
LAST_STEP = 0.5
_OK, _OPEN_ALREADY = 0x2001, 0x201E
_SESSION = 1
_READ = 16 * 1024
_MOST_PACKETS = 256
_MOST_STRAYS = 4
_MOST_STORAGES = 8
_SAYS = {0x2005: "absent", 0x200A: "absent", 0x200F: "refused", 0x2013: "refused"}


class MtpRefused(PipeError):
    """The phone answered with a response code in place of what it was asked for."""

    def __init__(self, response: int) -> None:
        super().__init__(f"MTP {response:#06x}")
        self.response = response
        self.code = _SAYS.get(response, "protocol_error")


@dataclass(slots=True)
class MtpFacts:
    """What a phone told over MTP.

    Attributes:
        info: Who it is.
        storages: ``()`` when it is locked, or only charging; ``None`` when that was not answered.
        battery: The level as it was told, 0..255; ``None`` where it is not offered.
        faults: Why a part is missing, by the part's name: ``info``, ``storages``, ``battery``.
        ended: What ended the talk before its time.
    """

    info: datasets.DeviceInfo | None = None
    storages: tuple[datasets.Storage, ...] | None = None
    battery: int | None = None
    faults: dict[str, PipeError] = field(default_factory=dict)
    ended: PipeError | None = None

    def fault(self, part: str) -> PipeError | None:
        """Return why a part is missing."""
        return self.faults.get(part) or self.ended


def here(platform: str = sys.platform) -> bool:
    """Return whether this system lets MTP be tried: Windows never gives the interface to libusb."""
    return platform != "win32"


def read(pipe: Patient) -> MtpFacts:
    """Ask everything; what was told before something went wrong is kept.

    Raises:
        PipeStopped: Nobody wants the answer any more.
    """
    facts, session = MtpFacts(), MtpSession(pipe)
    try:
        _ask(session, facts)
    except PipeStopped:
        raise
    except PipeError as error:
        facts.ended = error
    return facts


def shows_storages(pipe: Patient) -> bool:
    """Return whether the phone shows a storage now, as it does once it is unlocked and set to transfer files.

    Raises:
        PipeError: It does not say.
    """
    session = MtpSession(pipe)
    session.open()
    shown = bool(datasets.storage_ids(session.ask(GET_STORAGE_IDS)))
    session.close()
    return shown


def _ask(session: MtpSession, facts: MtpFacts) -> None:
    """Ask inside a session, as some phones tell nothing outside; one that takes no session says at least who it is."""
    try:
        session.open()
    except MtpRefused as error:
        facts.ended = error
        _ask_who(session, facts)
        return
    _ask_who(session, facts)
    _ask_storages(session, facts)
    _ask_battery(session, facts)
    session.close()


def _ask_who(session: MtpSession, facts: MtpFacts) -> None:
    try:
        facts.info = datasets.device_info(session.ask(GET_DEVICE_INFO))
    except (BadDataset, MtpRefused) as error:
        facts.faults["info"] = error


def _ask_storages(session: MtpSession, facts: MtpFacts) -> None:
    try:
        facts.storages = _storages(session)
    except (BadDataset, MtpRefused) as error:
        facts.faults["storages"] = error


def _ask_battery(session: MtpSession, facts: MtpFacts) -> None:
    info = facts.info
    if info is None or BATTERY not in info.properties or GET_PROPERTY not in info.operations:
        return
    try:
        facts.battery = datasets.battery_level(session.ask(GET_PROPERTY, BATTERY))
    except (BadDataset, MtpRefused) as error:
        facts.faults["battery"] = error


def _storages(session: MtpSession) -> tuple[datasets.Storage, ...]:
    ids = datasets.storage_ids(session.ask(GET_STORAGE_IDS))[:_MOST_STORAGES]
    return tuple(datasets.storage_info(session.ask(GET_STORAGE_INFO, number)) for number in ids)


class MtpSession:
    """One talk, question by question.

    Args:
        pipe: To the phone's MTP interface.
    """

    def __init__(self, pipe: Patient) -> None:
        self._pipe = pipe
        self._come = bytearray()
        self._transaction = 0

    def open(self) -> None:
        """Open a session; one that another program left open is closed first.

        Raises:
            PipeError: The phone takes none.
        """
        try:
            self.ask(OPEN_SESSION, _SESSION)
        except MtpRefused as error:
            if error.response != _OPEN_ALREADY:
                raise
            self.ask(CLOSE_SESSION)
            self._transaction = 0
            self.ask(OPEN_SESSION, _SESSION)
        self._transaction = 1

    def close(self) -> None:
        """Close the session; whether the phone heard it does not matter any more."""
        try:
            self.ask(CLOSE_SESSION, limit=LAST_STEP)
        except PipeStopped:
            raise
        except PipeError:
            return

    def ask(self, operation: int, *params: int, limit: float = STEP) -> bytes:
        """Return the data that a phone answers an operation with; ``b""`` where it has none.

        Raises:
            MtpRefused: It answered with another code than OK; the session goes on.
            PipeError: The session is over.
        """
        assert operation in OPERATIONS, hex(operation)
        self._pipe.within(limit)
        transaction, self._transaction = self._transaction, self._transaction + bool(self._transaction)
        self._pipe.write(codec.command(operation, transaction, *params))
        data = b""
        for _ in range(_MOST_STRAYS):
            found, content = self._container()
            if found.transaction != transaction or found.kind not in (codec.DATA, codec.RESPONSE):
                continue  # an answer to somebody who asked before us and left
            if found.kind == codec.RESPONSE:
                return _accepted(found.code, data)
            data = content
        raise BadAnswer("MTP: no answer among what came")

    def _container(self) -> tuple[codec.Head, bytes]:
        self._fill(codec.HEAD_LENGTH)
        found = codec.head(bytes(self._come[: codec.HEAD_LENGTH]))
        self._fill(found.length)
        content = bytes(self._come[codec.HEAD_LENGTH : found.length])
        del self._come[: found.length]
        return found, content

    def _fill(self, wanted: int) -> None:
        """Wait until so many bytes have come: phones send a container in one transfer, in several, or two in one."""
        for _ in range(_MOST_PACKETS):
            if len(self._come) >= wanted:
                return
            try:
                self._come += self._pipe.read(_READ)
            except PipeSilent:
                if not self._come:
                    raise
                raise BadAnswer(f"MTP: {len(self._come)} of {wanted} bytes") from None
        raise BadAnswer("MTP: too many packets")


def _accepted(code: int, data: bytes) -> bytes:
    if code != _OK:
        raise MtpRefused(code)
    return data
