"""A phone's MTP responder: what stands at the other end of the pipes. Only the standard library is used.

It answers as Android does, byte for byte, and can be told to misbehave; the encoders here share nothing with the
program's decoders. ``mtp-detect`` and ``gphoto2`` are run against it, so that it is not ours alone to say what MTP is.
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.usb_bench.responding import Responder, Setup

OK, GENERAL_ERROR, NOT_OPEN, NO_SUCH_OPERATION = 0x2001, 0x2002, 0x2003, 0x2005
NO_SUCH_STORAGE, NO_SUCH_PROPERTY, OPEN_ALREADY = 0x2008, 0x200A, 0x201E
DEVICE_INFO, OPEN, CLOSE, STORAGE_IDS, STORAGE_INFO = 0x1001, 0x1002, 0x1003, 0x1004, 0x1005
COUNT, HANDLES, DESCRIBE, PROPERTY, KINDS = 0x1006, 0x1007, 0x1014, 0x1015, 0x9801
BATTERY = 0x5001
READS = (DEVICE_INFO, OPEN, CLOSE, STORAGE_IDS, STORAGE_INFO, COUNT, HANDLES, DESCRIBE, PROPERTY, KINDS)
_COMMAND, _DATA, _RESPONSE = 1, 2, 3
_PACKET = 512
_FIXED, _CARD = 3, 4
INTERNAL = (0x00010001, _FIXED, 112_871_043_072, 63_215_017_984, "Internal shared storage")
CARD = (0x00020001, _CARD, 8_201_306_112, 4_100_653_056, "SD-Karte")
EXTENSIONS = "microsoft.com: 1.0; android.com: 1.0;"


def string(text: str) -> bytes:
    """Return a string as MTP has it: the number of UTF-16 units, then those, the last of them 0."""
    if not text:
        return b"\0"
    units = text.encode("utf-16-le", "surrogatepass") + b"\0\0"
    return bytes([len(units) // 2]) + units


def array(octets: int, numbers: Sequence[int]) -> bytes:
    """Return an array of numbers of so many bytes."""
    return struct.pack("<I", len(numbers)) + b"".join(n.to_bytes(octets, "little") for n in numbers)


def device_info(
    *,
    maker: str = "samsung",
    model: str = "SM-A515F",
    serial: str = "4f6a0c2be81d4d0f9a7735c8e2b1a906",
    properties: Sequence[int] = (0xD401, 0xD402, BATTERY),
    operations: Sequence[int] = READS,
    extensions: str = EXTENSIONS,
) -> bytes:
    """Return a device info; the serial is made up, as Android's has been since 2016."""
    head = struct.pack("<HIH", 100, 6, 100) + string(extensions) + struct.pack("<H", 0)
    lists = (operations, (0x4002, 0x4004), properties, (), (0x3001, 0x3801))
    return (
        head + b"".join(array(2, one) for one in lists) + b"".join(map(string, (maker, model, "1.0", serial)))
    )


def storage_info(kind: int, capacity: int, free: int, name: str) -> bytes:
    """Return a storage info: a generic hierarchical file system that can be written."""
    return struct.pack("<HHHQQI", kind, 2, 0, capacity, free, 0x40000000) + string(name) + string("")


class MtpPhone(Responder):
    """Answers at an MTP interface.

    Options:
        info: Of `device_info`.
        storages: Each an id, a type, bytes, free bytes and a name; none for a locked screen.
        locked: A file: while it is there the screen is locked, and no storages are shown.
        battery: The level that it says.
        parts: Into how many bytes an answer is cut, each a transfer of its own; 0 for one transfer.
        left_open: Whether another program left its session open.
        stray: Whether an answer to another program's question still stands in the pipe.
        joined: Whether data and response come in one transfer.
        at: The operation at which it does what follows.
        errno: There, each transfer fails with this (a name).
        hang: There, it never answers.
        length: There, the data's header says this length.
        data: There, this is the data, hexadecimal.
        says: There, this is the response code.
    """

    def __init__(self, descriptors: bytes = b"", strings: Sequence[str] = (), **options: Any) -> None:
        super().__init__(descriptors, strings, **options)
        self.asked: list[int] = []
        self._come: list[bytes] = []
        self._open = bool(options.get("left_open"))
        self._hangs = False
        self._fails = 0
        if options.get("stray"):
            self._answer(77, b"\0" * 8, OK, DEVICE_INFO)

    def control(self, setup: Setup, data: bytes) -> bytes | None:
        """Take the still image class's own requests: the status is always that it is ready."""
        if setup.request_type == 0xA1 and setup.request == 0x67:
            return struct.pack("<HH", 4, OK)
        return super().control(setup, data)

    def bulk_out(self, endpoint: int, data: bytes) -> None:
        """Take a question."""
        _, kind, code, transaction = struct.unpack_from("<IHHI", data)
        params = struct.unpack_from(f"<{(len(data) - 12) // 4}I", data, 12)
        assert kind == _COMMAND, "only questions are sent by a reader"
        self.asked.append(code)
        here = code == self.options.get("at")
        self._hangs = self._hangs or (here and bool(self.options.get("hang")))
        if here and "errno" in self.options:
            self._fails = int(getattr(errno, self.options["errno"]))
            return
        content, response = self._said(code, params)
        if here:
            content = bytes.fromhex(self.options["data"]) if "data" in self.options else content
            response = self.options.get("says", response)
        self._answer(transaction, content, response, code, self.options.get("length") if here else None)

    def bulk_in(self, endpoint: int, length: int) -> bytes | None:
        """Say what stands in the pipe, transfer by transfer."""
        if self._fails:
            raise OSError(self._fails, "fault")
        if endpoint != 0x81 or self._hangs or not self._come:
            return None
        part, rest = self._come[0][:length], self._come[0][length:]
        if rest:
            self._come[0] = rest
        else:
            self._come.pop(0)
        return part

    def _answer(
        self, transaction: int, content: bytes | None, response: int, code: int, lie: int | None = None
    ) -> None:
        end = struct.pack("<IHHI", 12, _RESPONSE, response, transaction)
        if content is None or response != OK:
            self._come.append(end)
            return
        length = 12 + len(content) if lie is None else lie
        data = struct.pack("<IHHI", length, _DATA, code, transaction) + content
        if self.options.get("joined"):
            self._come.append(data + end)
            return
        step = self.options.get("parts") or len(data)
        self._come += [data[at : at + step] for at in range(0, len(data), step)]
        # What is a multiple of the packet's size ends with an empty packet (USB 2.0, 5.8.3).
        self._come += [b"", end] if not len(data) % _PACKET else [end]

    def _said(self, code: int, params: Sequence[int]) -> tuple[bytes | None, int]:
        if code == DEVICE_INFO:
            return device_info(**self.options.get("info", {})), OK
        if code == OPEN:
            response, self._open = OPEN_ALREADY if self._open else OK, True
            return None, response
        if not self._open:
            return None, NOT_OPEN
        if code == CLOSE:
            self._open = False
            return None, OK
        return self._told(code, params)

    def _locked(self) -> bool:
        return "locked" in self.options and Path(self.options["locked"]).exists()

    def _told(self, code: int, params: Sequence[int]) -> tuple[bytes | None, int]:
        storages = {one[0]: one for one in self.options.get("storages", [INTERNAL]) if not self._locked()}
        battery = int(self.options.get("battery", 83))
        if code == STORAGE_IDS:
            return array(4, list(storages)), OK
        if code == STORAGE_INFO:
            found = storages.get(params[0])
            return (storage_info(*found[1:]), OK) if found else (None, NO_SUCH_STORAGE)
        if code in (HANDLES, KINDS):
            return array(4 if code == HANDLES else 2, []), OK
        if code in (PROPERTY, DESCRIBE) and params[0] == BATTERY:
            return bytes([battery]) if code == PROPERTY else _described(battery), OK
        return None, NO_SUCH_PROPERTY if code in (PROPERTY, DESCRIBE) else NO_SUCH_OPERATION


def _described(battery: int) -> bytes:
    """Return the battery's property description: a byte, only read, 0 to 100 by 1."""
    return struct.pack("<HHBBBB3B", BATTERY, 0x0002, 0, battery, battery, 1, 0, 100, 1)
