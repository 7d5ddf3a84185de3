"""The file service of a practice phone: it can be looked at and pulled from, never pushed to (AOSP adb, SYNC.TXT)."""

from __future__ import annotations

import asyncio
import struct
from contextlib import suppress

from diagnostics.practice.android.files import HIDDEN, children, is_directory, readable_files, refused_files
from diagnostics.practice.android.phone import PracticeAndroid

_BLOCK = 64 * 1024
_PATH_LIMIT = 4096
_DIRECTORY, _FILE = 0o040771, 0o100444
_MODIFIED = 1_735_689_600  # 2025-01-01, one day for all files
_NOT_FOUND, _DENIED = 2, 13
_STAT_V2 = struct.Struct("<4sI QQ IIII Q qqq")


async def serve_sync(
    phone: PracticeAndroid, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Answer file requests until the client quits."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            verb, length = struct.unpack("<4sI", await reader.readexactly(8))
            if verb == b"QUIT" or length > _PATH_LIMIT:
                return
            path = (await reader.readexactly(length)).decode("utf-8", "surrogateescape")
            phone.log("sync", verb.decode("ascii", "replace"), path, changes=verb not in _READING)
            answer = _ANSWERS.get(verb)
            writer.write(_fail("unknown command") if answer is None else answer(phone, path))
            await writer.drain()
            if verb == b"SEND":
                await _swallow(reader)


def _fail(text: str) -> bytes:
    return b"FAIL" + struct.pack("<I", len(text)) + text.encode()


def _mode_and_size(phone: PracticeAndroid, path: str) -> tuple[int, int]:
    path = path.rstrip("/") or "/"
    if is_directory(phone, path):
        return _DIRECTORY, 4096
    if path in refused_files(phone):
        return 0o100400, 4096
    content = readable_files(phone).get(path)
    return (0, 0) if content is None else (_FILE, len(content))


def _stat(phone: PracticeAndroid, path: str) -> bytes:
    mode, size = _mode_and_size(phone, path)
    return b"STAT" + struct.pack("<III", mode, size, _MODIFIED if mode else 0)


def _stat_v2(verb: bytes, phone: PracticeAndroid, path: str) -> bytes:
    mode, size = _mode_and_size(phone, path)
    times = (_MODIFIED,) * 3 if mode else (0, 0, 0)
    return _STAT_V2.pack(verb, 0 if mode else _NOT_FOUND, 0, 0, mode, int(bool(mode)), 0, 0, size, *times)


def _list(phone: PracticeAndroid, path: str) -> bytes:
    folder = path.rstrip("/") or "/"
    entries = bytearray()
    for name in [] if folder in HIDDEN else children(phone, folder):
        mode, size = _mode_and_size(phone, f"{folder.rstrip('/')}/{name}")
        encoded = name.encode()
        entries += b"DENT" + struct.pack("<IIII", mode, size, _MODIFIED, len(encoded)) + encoded
    return bytes(entries) + b"DONE" + bytes(16)


def _receive(phone: PracticeAndroid, path: str) -> bytes:
    content = readable_files(phone).get(path)
    if content is None:
        denied = path in refused_files(phone)
        return _fail("open failed: Permission denied" if denied else "open failed: No such file or directory")
    blocks = (content[i : i + _BLOCK] for i in range(0, len(content), _BLOCK))
    return b"".join(b"DATA" + struct.pack("<I", len(b)) + b for b in blocks) + b"DONE" + bytes(4)


def _refuse_send(_phone: PracticeAndroid, _path: str) -> bytes:
    return _fail("couldn't create file: Read-only file system")


async def _swallow(reader: asyncio.StreamReader) -> None:
    """Read what a client sends although it was refused, so that it can read the refusal."""
    while True:
        verb, length = struct.unpack("<4sI", await reader.readexactly(8))
        if verb != b"DATA" or length > _BLOCK:
            return
        await reader.readexactly(length)


_ANSWERS = {
    b"STAT": _stat,
    b"STA2": lambda phone, path: _stat_v2(b"STA2", phone, path),
    b"LST2": lambda phone, path: _stat_v2(b"LST2", phone, path),
    b"LIST": _list,
    b"RECV": _receive,
    b"SEND": _refuse_send,
}
_READING = frozenset(_ANSWERS) - {b"SEND"}
