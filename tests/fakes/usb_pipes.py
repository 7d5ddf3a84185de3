"""Pipes without a bus between: to a responder of the tests, held to the contract of a pipe, and to a program."""

from __future__ import annotations

import os
import select
import time

from diagnostics.usb.pipe import PipeError, PipeLost, PipeSilent
from tests.usb_bench.responding import Responder
from tests.usb_bench.umtprd import Program

_TO, _FROM = 0x01, 0x81


class DirectPipe:
    """A `Pipe` to a responder.

    Attributes:
        closed: Whether it was given back.
    """

    def __init__(self, responder: Responder) -> None:
        self._responder = responder
        self.closed = False

    def write(self, data: bytes, timeout: float) -> None:
        self._tell(data)

    def read(self, length: int, timeout: float) -> bytes:
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            come = self._hear(length)
            if come is not None:
                return come
            time.sleep(0.002)
        raise PipeSilent

    def close(self) -> None:
        self.closed = True

    def _tell(self, data: bytes) -> None:
        try:
            self._responder.bulk_out(_TO, data)
        except OSError as error:
            raise PipeLost from error

    def _hear(self, length: int) -> bytes | None:
        try:
            return self._responder.bulk_in(_FROM, length)
        except OSError as error:
            raise (PipeError("stall") if error.errno == 32 else PipeLost) from error


class ProgramPipe:
    """A `Pipe` to a running uMTP-Responder."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def write(self, data: bytes, timeout: float) -> None:
        if not self._program.runs:
            raise PipeLost
        os.write(self._program.into, data)

    def read(self, length: int, timeout: float) -> bytes:
        ready, _, _ = select.select([self._program.out], [], [], timeout)
        if not ready:
            raise PipeSilent
        return os.read(self._program.out, length)

    def close(self) -> None:
        """Leave it running: another host may ask it."""
