"""Answers Linux's USB ioctls for one device, in the system's Python (python3-gi with umockdev)."""

from __future__ import annotations

import errno
import struct
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("UMockdev", "1.0")
from gi.repository import UMockdev  # type: ignore[import-not-found]  # noqa: E402

from tests.usb_bench.responding import Responder, Setup  # noqa: E402


def _ioc(direction: int, number: int, size: int) -> int:
    return direction << 30 | size << 16 | ord("U") << 8 | number


_NONE, _WRITE, _READ = 0, 1, 2
# struct usbdevfs_urb of a 64-bit kernel, up to its isochronous packets (linux/usbdevice_fs.h).
_URB = struct.Struct("@BBiIPiiiiiIP")
_BUFFER_AT, _STATUS_AT, _ACTUAL_AT = 16, 4, 28
_CONTROL = 2
SUBMIT = _ioc(_READ, 10, _URB.size)
DISCARD = _ioc(_NONE, 11, 0)
REAP, REAP_NO_DELAY = _ioc(_WRITE, 12, 8), _ioc(_WRITE, 13, 8)
CAPABILITIES = _ioc(_READ, 26, 4)
CLAIM = _ioc(_READ, 15, 4)
_DRIVER_LENGTH = 260
GET_DRIVER = _ioc(_WRITE, 8, _DRIVER_LENGTH)
# Release, set configuration, set interface, clear halt, reset, reset endpoint, disconnect and claim.
_ALLOWED = {16, 5, 4, 21, 20, 3, 27}
# Those among them that change a device: configuration, interface's setting, halt, reset.
_CHANGES = {5, 4, 21, 20, 3}
# Zero packets, no packet size limit, reaping after a disconnect.
_ABLE = 0x01 | 0x04 | 0x10


class _Urb:
    """One transfer that waits for its end."""

    def __init__(self, data: Any) -> None:
        self.data = data
        fields = _URB.unpack(bytes(data.retrieve()))
        self.kind, self.endpoint, self.length = fields[0], fields[1], fields[5]
        self.address = data.client_addr
        self.buffer = data.resolve(_BUFFER_AT, self.length) if self.length else None

    def sent(self) -> bytes:
        return bytes(self.buffer.retrieve()) if self.buffer is not None else b""

    def end(self, status: int, actual: int = 0, answer: bytes = b"", at: int = 0) -> None:
        if answer and self.buffer is not None:
            self.buffer.update(at, answer)
        self.data.update(_STATUS_AT, struct.pack("<i", status))
        self.data.update(_ACTUAL_AT, struct.pack("<i", actual))


class Usbfs(UMockdev.IoctlBase):  # type: ignore[misc]  # GObject classes have no types
    """The ioctls of one device node.

    Args:
        responder: What answers at its pipes.
    """

    def __init__(self, responder: Responder) -> None:
        super().__init__()
        self.responder = responder
        self.gone = False
        self._flying: list[_Urb] = []
        self._ended: list[_Urb] = []
        self._answers: dict[int, Callable[[Any], tuple[int, int]]] = {
            SUBMIT: self._submit,
            REAP: self._reap,
            REAP_NO_DELAY: self._reap,
            DISCARD: self._discard,
            CAPABILITIES: self._capabilities,
            GET_DRIVER: self._driver,
            CLAIM: self._claim,
        }

    def do_handle_ioctl(self, client: Any) -> bool:
        """Answer one ioctl (umockdev calls it)."""
        try:
            result, number = self._answer(client)
        except Exception:  # noqa: BLE001  a bug of the bench must be seen, and must not stop umockdev
            traceback.print_exc()
            result, number = -1, errno.EIO
        client.complete(result, number)
        return True

    def _answer(self, client: Any) -> tuple[int, int]:
        request, argument = client.get_request(), client.get_arg()
        if self.gone and request not in (REAP, REAP_NO_DELAY, DISCARD):
            return -1, errno.ENODEV
        if answer := self._answers.get(request):
            return answer(argument)
        if request & 0xFF in _CHANGES and (log := self.responder.options.get("changes")):
            with Path(log).open("a", encoding="ascii") as file:
                file.write(f"{request & 0xFF}\n")
        return (0, 0) if request & 0xFF in _ALLOWED else (-1, errno.ENOTTY)

    def _submit(self, argument: Any) -> tuple[int, int]:
        self._flying.append(_Urb(argument.resolve(0, _URB.size)))
        return 0, 0

    def _capabilities(self, argument: Any) -> tuple[int, int]:
        argument.resolve(0, 4).update(0, struct.pack("<I", _ABLE))
        return 0, 0

    def _driver(self, argument: Any) -> tuple[int, int]:
        name = str(self.responder.options.get("driver", ""))
        if not name:
            return -1, errno.ENODATA
        argument.resolve(0, _DRIVER_LENGTH).update(4, name.encode() + b"\0")
        return 0, 0

    def _claim(self, _: Any) -> tuple[int, int]:
        held = self.responder.options.get("driver") or self.responder.options.get("held")
        return (-1, errno.EBUSY) if held else (0, 0)

    def _reap(self, argument: Any) -> tuple[int, int]:
        for urb in list(self._flying):
            if self._ends(urb):
                self._flying.remove(urb)
                self._ended.append(urb)
        if not self._ended:
            return -1, errno.ENODEV if self.gone else errno.EAGAIN
        argument.resolve(0, 8).set_ptr(0, self._ended.pop(0).data)
        return 0, 0

    def _discard(self, argument: Any) -> tuple[int, int]:
        address = struct.unpack("@P", bytes(argument.retrieve()))[0]
        for urb in self._flying:
            if urb.address == address:
                self._flying.remove(urb)
                urb.end(-errno.ENOENT)
                self._ended.append(urb)
                return 0, 0
        return -1, errno.EINVAL

    def _ends(self, urb: _Urb) -> bool:
        if self.gone:
            urb.end(-errno.ENODEV)
            return True
        try:
            return self._control(urb) if urb.kind == _CONTROL else self._bulk(urb)
        except OSError as error:
            urb.end(-(error.errno or errno.EIO))
            return True

    def _control(self, urb: _Urb) -> bool:
        raw = urb.sent()
        setup = Setup.of(raw)
        answer = self.responder.control(setup, b"" if setup.is_in else raw[8:])
        if answer is None:
            return False
        urb.end(0, len(answer) if setup.is_in else setup.length, answer if setup.is_in else b"", at=8)
        return True

    def _bulk(self, urb: _Urb) -> bool:
        if not urb.endpoint & 0x80:
            self.responder.bulk_out(urb.endpoint, urb.sent())
            urb.end(0, urb.length)
            return True
        answer = self.responder.bulk_in(urb.endpoint, urb.length)
        if answer is None:
            return False
        urb.end(0, len(answer), answer)
        return True
