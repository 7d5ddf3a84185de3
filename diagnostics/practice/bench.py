"""The practice bench: practice iPhones and Android phones together, and the thread that runs them beside a program."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AsyncExitStack
from dataclasses import asdict
from itertools import chain
from typing import Any, Self, TypeVar

from diagnostics.errors import BadInput
from diagnostics.practice.control import ControlServer, whole
from diagnostics.practice.hands import Hands
from diagnostics.practice.records import PracticePhoneInfo, Request, UsbFacts, changing
from diagnostics.practice.side import Command, Side
from diagnostics.practice.usb import PracticeUsb
from diagnostics.usb.device import UsbDevice

T = TypeVar("T")
HOST = "127.0.0.1"
USBMUXD, ADB = "usbmuxd", "adb"


class PracticeBench(Hands):
    """Phones that are not there, behind daemons that are. Everything runs in the loop that called `start`.

    Args:
        iphones: How many iPhones; beyond the number of characters they come again with ids of their own.
        androids: How many Android phones; with 0 there is no adb server.
        seed: The same seed gives the same iPhones.
    """

    def __init__(self, *, iphones: int = 8, androids: int = 8, seed: int = 1) -> None:
        self._counts = {USBMUXD: iphones, ADB: androids}
        self._seed = seed
        self._sides: dict[str, Side] = {}
        self._control = ControlServer(self.answer)
        self._usb = PracticeUsb(self._infos, self._usb_facts, self._plug)
        self._running = AsyncExitStack()

    async def start(self, *, usbmuxd: int = 0, adb: int = 0, control: int = 0) -> None:
        """Start both daemons and the control port, each on the given port of 127.0.0.1 or a free one.

        Raises:
            OSError: A port is taken; nothing runs then.
        """
        self._sides = self._make_sides()
        ports = {USBMUXD: usbmuxd, ADB: adb}
        async with AsyncExitStack() as stack:
            for name, side in self._sides.items():
                await side.start(ports[name])
                stack.push_async_callback(side.stop)
            await self._control.start(control)
            stack.push_async_callback(self._control.stop)
            self._running = stack.pop_all()

    async def stop(self) -> None:
        """Stop everything and cut every connection."""
        await self._running.aclose()

    def environment(self) -> dict[str, str]:
        """Return the variables that point clients at the bench."""
        names = {USBMUXD: "USBMUXD_SOCKET_ADDRESS", ADB: "ANDROID_ADB_SERVER_PORT"}
        values = {USBMUXD: f"{HOST}:{{}}", ADB: "{}"}
        found = {names[name]: values[name].format(side.port) for name, side in self._sides.items()}
        return {**found, "TRADEIN_PRACTICE": f"{HOST}:{self._control.port}"}

    def phones(self) -> tuple[PracticePhoneInfo, ...]:
        """Return all phones, iPhones first, plugged in or not."""
        return tuple(self._usb.shown(info) for info in self._infos())

    def bus(self) -> tuple[UsbDevice, ...]:
        """Return what is on the bench's USB bus now."""
        return self._usb.devices()

    def requests(self, name: str = USBMUXD) -> Sequence[Any]:
        """Return all requests to ``usbmuxd`` (and the iPhones) or to ``adb``, oldest first."""
        side = self._sides.get(name)
        return () if side is None else tuple(side.requests())

    def do(self, command: str, phone_id: str) -> None:
        """Do something to a phone.

        Args:
            command: One of `Command`.
            phone_id: Its UDID, serial or name.

        Raises:
            BadInput: There is no such command or phone.
        """
        if command not in list(Command):
            known = ", ".join(Command)
            raise BadInput(
                f"The practice bench knows no command {command!r}.",
                f"Use one of: {known}.",
                "unknown_command",
            )
        if not self._usb.takes(Command(command), phone_id):
            self._each(lambda side: side.do(Command(command), phone_id), phone_id)
        self._usb.devices()  # what was plugged in anew has a new address, also when nobody looked meanwhile

    def mode(self, phone_id: str, mode: str) -> None:
        """Put a phone in another mode; see `Hands.mode`.

        Raises:
            BadInput: There is no such phone or mode.
        """
        try:
            self._usb.put(phone_id, mode)
        except KeyError:
            raise _unknown(phone_id) from None
        self._usb.devices()

    def fault(self, target: str, fault: str, step: str | None = None, times: int = 0) -> None:
        """Give a phone, ``usbmuxd`` or ``adb`` a fault; see `Hands.fault`.

        Raises:
            BadInput: There is no such phone, fault or step.
        """
        self._each(lambda side: side.fault(target, fault, step or "", times), target)

    def clear(self, target: str) -> None:
        """Take a fault away; see `Hands.clear`.

        Raises:
            BadInput: There is no such phone.
        """
        self._each(lambda side: side.clear(target), target)

    def changes(self, phone_id: str | None = None) -> tuple[Request, ...]:
        """Return the requests that change a phone or its records, the iPhones' first, oldest first.

        Args:
            phone_id: A UDID, or an Android phone's id on the bench; ``None`` for all phones.
        """
        return changing(self._log(""), phone_id)

    def _each(self, work: Callable[[Side], None], target: str) -> None:
        """Let the side that knows a phone do something."""
        for side in self._sides.values():
            try:
                work(side)
            except KeyError:
                continue
            return
        raise _unknown(target)

    async def stop_service(self, name: str) -> None:
        """Stop ``usbmuxd`` or ``adb`` alone, as if it had died or were not installed."""
        await self._sides[name].stop()

    async def start_service(self, name: str) -> None:
        """Start a stopped daemon again, on the port that it had."""
        await self._sides[name].start()

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer one request of the control port; see `diagnostics.practice.control`.

        Raises:
            BadInput: There is no such command or phone.
        """
        command, target = str(request.get("command")), str(request.get("id", ""))
        if command == "requests":
            return {"requests": [entry.to_json() for entry in self._log(target)]}
        if command == "bus":
            return {"bus": [_plain(device) for device in self.bus()]}
        if command == "fault":
            self.fault(
                target, str(request.get("fault")), str(request.get("step", "")), whole(request, "times")
            )
        elif command == "mode":
            self.mode(target, str(request.get("mode", "")))
        elif command == "clear":
            self.clear(target)
        elif command != "list":
            self.do(command, target)
        return {"phones": [info.to_json() for info in self.phones()], "services": self._services()}

    def _infos(self) -> Iterator[PracticePhoneInfo]:
        return (info for side in self._sides.values() for info in side.infos())

    def _usb_facts(self, phone_id: str) -> UsbFacts:
        found: list[UsbFacts] = []
        self._each(lambda side: found.append(side.usb(phone_id)), phone_id)
        return found[0]

    def _plug(self, command: Command, phone_id: str) -> None:
        self._each(lambda side: side.do(command, phone_id), phone_id)

    def _log(self, phone_id: str) -> Iterator[Request]:
        log = chain.from_iterable(side.log() for side in self._sides.values())
        return (entry for entry in log if phone_id in ("", entry.udid))

    def _services(self) -> dict[str, str]:
        return {side.name: side.daemon_fault() for side in self._sides.values()}

    def _make_sides(self) -> dict[str, Side]:
        sides: dict[str, Side] = {}
        if self._counts[USBMUXD]:
            from diagnostics.practice.apple.side import IphoneSide

            sides[USBMUXD] = IphoneSide(self._counts[USBMUXD], seed=self._seed)
        if self._counts[ADB]:
            from diagnostics.practice.android_side import AndroidSide

            sides[ADB] = AndroidSide(self._counts[ADB])
        return sides


def _unknown(target: str) -> BadInput:
    return BadInput(
        f"There is no practice phone {target!r}.", "Ask the bench for its list of phones.", "unknown_phone"
    )


def _plain(device: UsbDevice) -> dict[str, Any]:
    return {**asdict(device), "interfaces": sorted(device.interfaces)}


class PracticeThread(Hands):
    """A practice bench in a thread with a loop of its own; every method may be called from any thread.

    Use it as a context manager: entering starts the bench, leaving stops it.
    """

    def __init__(self, *, iphones: int = 8, androids: int = 8, seed: int = 1) -> None:
        self._bench = PracticeBench(iphones=iphones, androids=androids, seed=seed)
        self._started: Future[asyncio.AbstractEventLoop] = Future()
        self._end = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="practice-bench", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.result()
        return self

    def __exit__(self, *_: object) -> None:
        self._started.result().call_soon_threadsafe(self._end.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # it is raised where the bench was to be started
            if self._started.done():
                raise
            self._started.set_exception(error)

    async def _serve(self) -> None:
        await self._bench.start()
        self._started.set_result(asyncio.get_running_loop())
        await self._end.wait()
        await self._bench.stop()

    def _call(self, function: Callable[..., T], *args: Any) -> T:
        async def run() -> T:
            return function(*args)

        return asyncio.run_coroutine_threadsafe(run(), self._started.result()).result()

    def environment(self) -> dict[str, str]:
        """Return the variables that point clients at the bench."""
        return self._call(self._bench.environment)

    def phones(self) -> tuple[PracticePhoneInfo, ...]:
        """Return all phones, iPhones first, plugged in or not."""
        return self._call(self._bench.phones)

    def requests(self, name: str = USBMUXD) -> Sequence[Any]:
        """Return all requests to ``usbmuxd`` (and the iPhones) or to ``adb``, oldest first."""
        return self._call(self._bench.requests, name)

    def do(self, command: str, phone_id: str) -> None:
        """Do something to a phone; see `PracticeBench.do`.

        Raises:
            BadInput: There is no such command or phone.
        """
        self._call(self._bench.do, command, phone_id)

    def fault(self, target: str, fault: str, step: str | None = None, times: int = 0) -> None:
        """Give a phone, ``usbmuxd`` or ``adb`` a fault; see `Hands.fault`.

        Raises:
            BadInput: There is no such phone, fault or step.
        """
        self._call(self._bench.fault, target, fault, step, times)

    def mode(self, phone_id: str, mode: str) -> None:
        """Put a phone in another mode; see `Hands.mode`.

        Raises:
            BadInput: There is no such phone or mode.
        """
        self._call(self._bench.mode, phone_id, mode)

    def bus(self) -> tuple[UsbDevice, ...]:
        """Return what is on the bench's USB bus now."""
        return self._call(self._bench.bus)

    def clear(self, target: str) -> None:
        """Take a fault away; see `Hands.clear`.

        Raises:
            BadInput: There is no such phone.
        """
        self._call(self._bench.clear, target)

    def changes(self, phone_id: str | None = None) -> tuple[Request, ...]:
        """Return the requests that change a phone or its records; see `PracticeBench.changes`."""
        return self._call(self._bench.changes, phone_id)

    def stop_service(self, name: str) -> None:
        """Stop ``usbmuxd`` or ``adb`` alone, as if it had died or were not installed."""
        asyncio.run_coroutine_threadsafe(self._bench.stop_service(name), self._started.result()).result()

    def start_service(self, name: str) -> None:
        """Start a stopped daemon again, on the port that it had."""
        asyncio.run_coroutine_threadsafe(self._bench.start_service(name), self._started.result()).result()
