"""The backroom's own side: takes calls until the window is gone."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from diagnostics.errors import UserError
from tradein_app.backroom.fetch_room import FetchRoom
from tradein_app.backroom.photo_rooms import PhotoRooms
from tradein_app.backroom.price_room import PriceRoom
from tradein_app.backroom.telling import Teller
from tradein_app.backroom.wire import GOODBYE, Call, Crashed, Reply, Wire
from tradein_app.bridge.worker import Worker
from tradein_app.config import Config
from tradein_app.errors import ErrorElsewhere, make_report

if TYPE_CHECKING:
    from diagnostics.bench import Bench
    from diagnostics.runtime import Runtime
    from diagnostics.slots.memory import Keeper
    from diagnostics.usb.history import SlotDays
    from tradein_app.services.desk import Desk

_GC = (20_000, 20, 100)
"""The garbage collector's thresholds: readings are many small records that are rarely garbage in rings."""

_NICENESS = 5


def serve(wire: Wire, config: Config) -> None:
    """Work until the window hangs up; the function that the process begins with.

    Args:
        wire: Our end of the pipe; when the other one closes, however the window ended, this process ends.
        config: Where things are.
    """
    # Ctrl+C in the terminal is the window's to handle: it still has answers to save.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The system that shuts down tells all processes at once; what the desk was given is saved first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    gc.set_threshold(*_GC)
    give_way()
    backroom = Backroom(wire, config)
    backroom.install_hooks()
    try:
        with contextlib.suppress(EOFError, OSError):
            while (call := wire.recv()) != GOODBYE:
                backroom.take(call)
    finally:
        backroom.close()


def give_way() -> None:
    """Leave the processor to the window first, where both want it."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


class Backroom:
    """Desk and bench behind one pipe."""

    def __init__(self, wire: Wire, config: Config) -> None:
        self._wire = wire
        self._config = config
        self._sending = threading.Lock()
        self._desk: Desk | None = None
        self._desk_thread = Worker("desk")
        self._desk_thread.start()
        self._desk_thread.submit(self._open_early)
        from tradein_app.backroom.slot_days import KeptDays

        self._days = KeptDays(
            lambda day: self._opened_desk().slot_days(day),
            lambda days: self._opened_desk().save_slot_days(days),
            self._desk_thread.submit,
        )
        from tradein_app.backroom.slot_phones import FILE, KeptPhones

        self._phones = KeptPhones(config.home / FILE, self._desk_thread.submit)
        self._devices = Devices(config, Teller(self.send), self._days, self._phones)
        self._photos = PhotoRooms(config, self._reply)
        self._prices = PriceRoom(config, self._reply)
        self._fetching = FetchRoom(config.home, self._reply)

    def take(self, call: Call) -> None:
        """Begin what is asked; the reply follows."""
        if call.room == "desk":
            if call.name == "slot_days":
                # What was counted a moment ago is told, too: the phone's own sentence says it already.
                self._desk_thread.submit(self._days.flush)
            self._desk_thread.submit(lambda: self._reply(call, self._opened_desk))
        elif not any(room.take(call) for room in (self._photos, self._prices, self._fetching)):
            self._reply(call, lambda: self._devices)
            if call.name == "watch":
                self._desk_thread.submit(warm_up)
                self._desk_thread.submit(self._keep_own_deals)
                self._fetching.begin_looking()

    def send(self, message: object) -> None:
        """Tell the window; nobody listens any more when it has gone."""
        with self._sending, contextlib.suppress(OSError):
            self._wire.send(message)

    def install_hooks(self) -> None:
        """Tell the window of every exception that nobody caught; it keeps the reports."""
        sys.excepthook = lambda _kind, error, _trace: self._crashed(error)
        threading.excepthook = lambda args: self._crashed(args.exc_value)
        sys.unraisablehook = lambda args: self._crashed(args.exc_value)

    def close(self) -> None:
        """End: what the desk was given is done first."""
        self._devices.stop()
        self._photos.stop()
        self._prices.stop()
        self._fetching.stop()
        self._desk_thread.submit(self._days.flush)
        self._desk_thread.submit(self._phones.flush)
        self._desk_thread.submit(self._close_desk)
        self._desk_thread.stop()

    def _reply(self, call: Call, room: Callable[[], object]) -> None:
        try:
            value = getattr(room(), call.name)(*call.arguments, **call.named)
        except UserError as error:
            self.send(Reply(call.number, error=error))
        except Exception as error:  # noqa: BLE001 - the window must hear of it, and the backroom goes on
            self.send(Reply(call.number, error=ErrorElsewhere(make_report(error))))
        else:
            self._send_value(call, value)

    def _send_value(self, call: Call, value: object) -> None:
        try:
            self.send(Reply(call.number, value))
        except Exception as error:  # noqa: BLE001 - whoever waits must hear that this cannot be sent
            self.send(Reply(call.number, error=ErrorElsewhere(make_report(error))))

    def _open_early(self) -> None:
        """Open the desk while the window is furnished; what is wrong with it is said to the first who needs it."""
        with contextlib.suppress(UserError):
            self._opened_desk()

    def _opened_desk(self) -> Desk:
        """Return the desk, opened when it is first needed: a database that comes back later is found then."""
        if self._desk is None:
            from tradein_app.bootstrap import open_desk

            self._desk = open_desk(self._config)
        return self._desk

    def _keep_own_deals(self) -> None:
        """Write the own sales to the data folder: with one database for several benches, others may have sold since."""
        with contextlib.suppress(UserError):
            self._opened_desk().keep_own_deals()

    def _close_desk(self) -> None:
        if self._desk is not None:
            self._desk.close()

    def _crashed(self, error: BaseException | None) -> None:
        if error is not None:
            self.send(Crashed(make_report(error)))


class Devices:
    """The bench, and the thread that it lives in."""

    def __init__(self, config: Config, teller: Teller, days: SlotDays, phones: Keeper) -> None:
        self._config = config
        self._phones = phones
        self._teller = teller
        self._days = days
        self._runtime: Runtime | None = None
        self._bench: Bench | None = None

    def watch(self) -> None:
        """Watch the buses from now on; a second time changes nothing."""
        if self._runtime is not None:
            return
        from diagnostics.runtime import Runtime
        from tradein_app.bootstrap import open_bench

        bench = self._bench = open_bench(self._config, self._days, self._phones)
        bench.subscribe(self._teller.tell)
        self._runtime = Runtime()
        self._runtime.start()
        self._runtime.submit(bench.run())

    def ping(self) -> None:
        """Show that this process lives."""

    def read_again(self, key: str, *, ask_trust: bool) -> None:
        """Read a phone anew."""
        if self._runtime is not None:
            self._runtime.submit(self._read_again(key, ask_trust))

    def stop(self) -> None:
        """End the device thread."""
        if self._runtime is not None:
            self._runtime.stop()
        self._teller.stop()

    async def _read_again(self, key: str, ask_trust: bool) -> None:
        if self._bench is not None:
            self._bench.read_again(key, ask_trust=True if ask_trust else None)


def warm_up() -> None:
    """Load what the first phone needs to be read, graded and priced, before it comes."""
    from importlib import import_module

    from diagnostics.apple.source import warm_up as warm_up_iphones
    from pricing.catalogue import load_catalogue

    warm_up_iphones()
    load_catalogue()
    import_module("pricing.quote")
    # What was imported is never garbage.
    gc.freeze()
