"""Asks a phone that only the bus shows for what it tells in its present mode, without changing anything on it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import TypeVar

from diagnostics.building import ReadingBuilder
from diagnostics.model import State
from diagnostics.usb import fastboot, fastboot_values, modem, modem_port, mtp, mtp_values
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.pipe import Patient, Pipe, PipeError, PipeHeld, PipeSilent
from diagnostics.usb.pipe_pyusb import FASTBOOT, MTP, OLD_MTP, open_pipe
from diagnostics.usb.pipe_workers import Workers

T = TypeVar("T")
OpenPipe = Callable[..., Pipe]
"""`diagnostics.usb.pipe_pyusb.open_pipe`, or what stands for it."""
_APPLE = "05ac"
_RUNNING = frozenset({State.DEBUGGING_OFF, State.CHARGING_ONLY})
"""States of a phone whose system runs, so that it answers over MTP and over its modem."""


class Asker:
    """Fills readings over MTP, fastboot and, where a shop wants it, Samsung's modem.

    Idle it is nothing: no thread, no open device.

    Args:
        modem: Whether Samsung phones are asked over their modem, too.
        open_pipe: Opens a phone's interface.
        ports: Lists the serial ports.
    """

    def __init__(
        self,
        *,
        modem: bool = False,
        open_pipe: OpenPipe = open_pipe,
        ports: modem_port.Ports = modem_port.list_ports,
    ) -> None:
        self._modem = modem
        self._open = open_pipe
        self._ports = ports
        self._workers = Workers()

    async def fill(self, builder: ReadingBuilder, device: UsbDevice) -> None:
        """Put what the phone tells. Whatever it does, nothing is raised but cancellation.

        Without a storage over MTP the builder's state becomes `State.CHARGING_ONLY`.
        """
        answered = False
        if FASTBOOT in device.interfaces:
            await self._fill_by_fastboot(builder, device)
        elif _speaks_mtp(builder.state, device):
            answered = await self._fill_by_mtp(builder, device)
        # In download mode the port is the bootloader's, and what is written there is no question to a modem.
        if self._modem and device.vid == modem.VENDOR and builder.state in _RUNNING:
            await self._fill_by_modem(builder, device, answered=answered)

    async def has_opened(self, device: UsbDevice) -> bool | None:
        """Return whether a phone that showed no storages shows some now; ``None`` where it does not say."""
        try:
            return await self._workers.run(
                functools.partial(self._talk, device, (MTP, OLD_MTP), mtp.shows_storages)
            )
        except PipeError as error:
            # What another program has at the moment is no answer, and no sign of a fault either.
            return False if isinstance(error, PipeHeld) else None

    async def _fill_by_mtp(self, builder: ReadingBuilder, device: UsbDevice) -> bool:
        """Put what is told over MTP, and return whether the phone took the talk to its end."""
        try:
            facts = await self._workers.run(functools.partial(self._talk, device, (MTP, OLD_MTP), mtp.read))
        except PipeError as error:
            mtp_values.explain(builder, error)
            return False
        mtp_values.fill(builder, facts)
        return facts.ended is None

    async def _fill_by_fastboot(self, builder: ReadingBuilder, device: UsbDevice) -> None:
        try:
            facts = await self._workers.run(functools.partial(self._talk, device, (FASTBOOT,), fastboot.read))
        except PipeError as error:
            fastboot_values.explain(builder, error)
        else:
            fastboot_values.fill(builder, facts)

    async def _fill_by_modem(self, builder: ReadingBuilder, device: UsbDevice, *, answered: bool) -> None:
        """Put what the modem tells; a silent one is no phone that hangs where it answered otherwise: many are shut."""
        try:
            answer = await self._workers.run(lambda stop: modem_port.ask(device, stop, self._ports))
        except PipeError as error:
            builder.problem("identity.imei", "dial_imei")
            if isinstance(error, PipeSilent) and not answered:
                builder.problem("identity.imei", error.code)
        else:
            modem.fill(builder, modem.parse(answer))

    def _talk(
        self,
        device: UsbDevice,
        triples: tuple[str, ...],
        read: Callable[[Patient], T],
        stop: threading.Event,
    ) -> T:
        pipe = self._open(device, *triples)
        try:
            return read(Patient(pipe, stop))
        finally:
            pipe.close()


def _speaks_mtp(state: State, device: UsbDevice) -> bool:
    if device.vid == _APPLE or not mtp.here():
        return False
    return state in _RUNNING and not device.interfaces.isdisjoint({MTP, OLD_MTP})
