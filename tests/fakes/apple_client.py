"""A computer in front of the practice iPhones: pymobiledevice3 as it comes, and the same protocols by hand."""

from __future__ import annotations

import plistlib
import socket
import ssl
import struct
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from diagnostics.practice.bench import PracticeThread

LOCKDOWN = 62078


def id_of(bench: PracticeThread, name: str) -> str:
    """The UDID of a practice iPhone, by its handle."""
    return next(info.id for info in bench.phones() if info.name == name)


def trust_of(bench: PracticeThread, udid: str) -> str:
    """What a trainer sees of a phone's trust."""
    return next(info.trust for info in bench.phones() if info.id == udid)


async def open_phone(udid: str, folder: Path) -> Any:
    """pymobiledevice3's lockdown client, which never pairs by itself."""
    from pymobiledevice3.lockdown import create_using_usbmux

    return await create_using_usbmux(
        serial=udid, connection_type="USB", autopair=False, pairing_records_cache_folder=folder
    )


class HandClient:
    """usbmux and lockdown by hand, over a blocking socket: for what a well-behaved library never sends."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self.socket: socket.socket = socket.create_connection((host, int(port)), timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def mux(self, **message: Any) -> dict[str, Any]:
        """One request to usbmuxd, and its answer."""
        body = plistlib.dumps(message)
        self.socket.sendall(struct.pack("<IIII", 16 + len(body), 1, 8, 77) + body)
        return self.event(tag=77)

    def event(self, *, tag: int = 0) -> dict[str, Any]:
        """The next packet from usbmuxd, which must carry this tag."""
        length, version, message, got = struct.unpack("<IIII", self.exactly(16))
        assert (version, message, got) == (1, 8, tag)
        answer: dict[str, Any] = plistlib.loads(self.exactly(length - 16))
        return answer

    def connect(self, udid: str, port: int = LOCKDOWN) -> int:
        """Become a port of a phone; the result's number."""
        rows = self.mux(MessageType="ListDevices")["DeviceList"]
        device_id = next(row["DeviceID"] for row in rows if row["Properties"]["SerialNumber"] == udid)
        number: int = self.open_port(device_id, port)["Number"]
        return number

    def open_port(self, device_id: int, port: int) -> dict[str, Any]:
        """Ask to become a port of the phone with this number on the bus; usbmuxd's answer."""
        return self.mux(MessageType="Connect", DeviceID=device_id, PortNumber=socket.htons(port))

    def ask(self, **request: Any) -> dict[str, Any]:
        """One request to the phone, and its answer."""
        body = plistlib.dumps(request)
        self.socket.sendall(struct.pack(">I", len(body)) + body)
        answer: dict[str, Any] = plistlib.loads(self.exactly(struct.unpack(">I", self.exactly(4))[0]))
        return answer

    def exactly(self, size: int) -> bytes:
        """Read so many bytes; an error when the other end closes before."""
        data = b""
        while len(data) < size:
            chunk = self.socket.recv(size - len(data))
            if not chunk:
                raise ConnectionResetError("the other end closed")
            data += chunk
        return data

    def start_tls(self, certificate: bytes, key: bytes) -> None:
        """Put TLS on, presenting this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.set_ciphers("ALL:!aNULL:!eNULL:@SECLEVEL=0")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "host.pem"
            path.write_bytes(certificate + b"\n" + key)
            context.load_cert_chain(path)
        self.socket = context.wrap_socket(self.socket)

    def ask_in_tls(self, certificate: bytes, key: bytes, **request: Any) -> dict[str, Any]:
        """Put TLS on and ask; in TLS 1.3 a refused certificate shows in the answer only."""
        self.start_tls(certificate, key)
        return self.ask(**request)

    def end_tls(self) -> None:
        """Take TLS off again."""
        assert isinstance(self.socket, ssl.SSLSocket)
        self.socket = self.socket.unwrap()


def make_pair_record(device_public: bytes, host_id: str = "AAAA") -> dict[str, Any]:
    """The pair record of a computer that was not here before, with its private keys."""
    from diagnostics.practice.apple.certificates import HostKeys, new_key, pair_record

    return dict(pair_record(device_public, HostKeys(new_key(), new_key()), host_id, "BBBB"))


def without_keys(record: dict[str, Any]) -> dict[str, Any]:
    """What of a pair record is sent to the phone."""
    return {name: value for name, value in record.items() if not name.endswith("PrivateKey")}
