"""The window's side of the backroom: starts its process, calls it, hears its news, and replaces one that died."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import sys
import threading
import time
from concurrent.futures import Future
from dataclasses import replace
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any

from diagnostics.building import concluded
from diagnostics.errors import ServiceMissing
from diagnostics.model import State
from tradein_app.backroom.serving import serve
from tradein_app.backroom.wire import GOODBYE, Call, Crashed, News, Reply, Wire
from tradein_app.config import Config
from tradein_app.errors import CrashReport, ErrorElsewhere, head, make_report

if TYPE_CHECKING:
    from diagnostics.bench import BenchEvent, Phone, Subscriber

GRACE = 5.0
"""Seconds that a backroom may take to finish what its desk was given."""
PAUSES = (0.0, 0.5, 2.0, 10.0)
"""Seconds before a backroom that died is replaced: at once, then more slowly when it dies again and again."""
STEADY = 30.0
"""Seconds after which a backroom counts as well again."""
BEAT = 5.0
"""Seconds of silence after which the backroom is asked whether it lives; as many later it counts as hung."""
FIRST_BEATS = 12
"""So many beats a new process may take until it is first heard: a cold disk is slow."""
ENDED = "backroom_ended"
"""The code of the error that a call raises whose process ended before it replied."""


class Backroom:
    """The process beside the window. Everything is callable from any thread but blocks: never from the window's.

    A process of its own, because phones that are read, paired and graded keep Python's interpreter lock busy: with
    eight of them the window stood still for 60 to 120 ms, with the bench in here for 20 to 40. It also survives
    what kills a process: a crash in libusb or OpenSSL costs a second, and no answer.

    Args:
        config: Where things are.
        subscriber: Called with every event of the bench, in a thread of the backroom's own.
    """

    def __init__(self, config: Config, subscriber: Subscriber) -> None:
        self._config = config
        self._subscriber = subscriber
        self._phones: dict[str, Phone] = {}
        self._numbers = itertools.count(1)
        self._pending: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        # Apart from the other one, and never taken inside it: who takes a reply must not wait for one who sends. Where
        # both did, a photo that was being sent kept replies back, and two full pipes kept window and backroom for ever.
        self._sending = threading.Lock()
        self._wire: Wire | None = None
        self._process: BaseProcess | None = None
        self._watching = False
        self._ending = threading.Event()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._live, name="backroom", daemon=True)

    def start(self) -> None:
        """Start the process; calls may be made from now on, and wait until it has come up."""
        self._try_to_begin()
        self._thread.start()

    def wait_until_up(self, limit: float) -> bool:
        """Wait for a process that takes calls, and return whether there is one.

        Args:
            limit: Seconds; it ends at once when everything ends.
        """
        return not self._ending.is_set() and self._up.wait(limit) and not self._ending.is_set()

    def watch(self) -> None:
        """Have the buses watched from now on, also by a process that takes this one's place."""
        self._watching = True
        self.call("bench", "watch")

    def read_again(self, key: str, *, ask_trust: bool) -> None:
        """Have a phone read anew; does not wait."""
        self._send("bench", "read_again", (key,), {"ask_trust": ask_trust})

    def tell(self, room: str, name: str, *arguments: Any) -> None:
        """Have something done in the backroom; does not wait, and what comes of it is heard by nobody."""
        self._send(room, name, arguments, {})

    def call(self, room: str, name: str, *arguments: Any, **named: Any) -> Any:
        """Do something in the backroom, and wait for what comes of it.

        Raises:
            ServiceMissing: The process ended before it replied; what it had begun may have been done.
            UserError: What the call itself raises.
            ErrorElsewhere: It met an error that nobody expected.
        """
        return self._send(room, name, arguments, named).result()

    def stop(self) -> None:
        """End the process; what its desk was given is saved first."""
        self._ending.set()
        self._say_goodbye()
        self._thread.join(GRACE)
        if self._thread.is_alive():
            self._kill()
            self._thread.join()
        self._up.set()

    # --- its life, in a thread of its own

    def _live(self) -> None:
        deaths = 0
        while True:
            begun = time.monotonic()
            if self._wire is not None:
                self._listen(self._wire)
                self._bury(crashed=not self._ending.is_set())
            deaths = 0 if time.monotonic() - begun > STEADY else deaths + 1
            if self._ending.wait(PAUSES[min(deaths, len(PAUSES)) - 1] if deaths else 0.0):
                return
            self._try_to_begin()
            if self._ending.is_set():
                self._say_goodbye()
            elif self._watching:
                self._send("bench", "watch", (), {})

    def _say_goodbye(self) -> None:
        self._say(GOODBYE, GRACE)

    def _say(self, message: object, patience: float) -> None:
        """Send what nobody waits for a reply to; not at all where another call is being sent for longer than that."""
        wire = self._wire
        if wire is None or not self._sending.acquire(timeout=patience):
            return
        try:
            with contextlib.suppress(OSError):
                wire.send(message)
        finally:
            self._sending.release()

    def _try_to_begin(self) -> None:
        """Start a process; one that cannot be started now counts as dead, and is tried again."""
        try:
            self._begin()
        except OSError as error:
            _tell_of(make_report(error))

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._config), name="backroom", daemon=True)
        process.start()
        # Only the process may hold its end: then the pipe ends when it does.
        theirs.close()
        with self._lock:
            self._wire, self._process = ours, process
        self._up.set()

    def _listen(self, wire: Wire) -> None:
        """Take what comes until the pipe ends; a process that hangs is ended."""
        silent, allowed = 0, FIRST_BEATS
        while True:
            try:
                if wire.poll(BEAT):
                    self._take(wire.recv())
                    silent, allowed = 0, 1
                    continue
            except (EOFError, OSError):
                return
            except Exception as error:  # noqa: BLE001 - what cannot be understood ends the process, not this thread
                _tell_of(make_report(error))
                silent = allowed
            silent += 1
            self._ask_whether_it_lives() if silent <= allowed else self._kill()

    def _ask_whether_it_lives(self) -> None:
        # Whoever takes what comes never waits for one who sends: to a process that hangs that may be for ever.
        self._say(Call(next(self._numbers), "bench", "ping"), 0.0)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def _take(self, message: object) -> None:
        if isinstance(message, News):
            for event in message.events:
                self._note(event)
                self._subscriber(event)
        elif isinstance(message, Reply):
            self._settle(message)
        elif isinstance(message, Crashed):
            _tell_of(message.report)

    def _settle(self, reply: Reply) -> None:
        with self._lock:
            future = self._pending.pop(reply.number, None)
        if future is not None and reply.error is not None:
            future.set_exception(reply.error)
        elif future is not None:
            future.set_result(reply.value)

    def _bury(self, *, crashed: bool) -> None:
        """Say what the process left: calls without a reply, phones that nobody sees any more."""
        with self._lock:
            wire, process = self._wire, self._process
            pending, self._pending = list(self._pending.values()), {}
            self._wire = None
        self._up.clear()
        assert wire is not None
        assert process is not None
        # Who still sends hears at once that nobody listens: the other end went with the process.
        with self._sending:
            wire.close()
        process.join()
        for future in pending:
            future.set_exception(_ended())
        if crashed:
            self._let_phones_go()
        if crashed and process.exitcode:
            _tell_of(_report(process.exitcode))

    def _let_phones_go(self) -> None:
        from diagnostics.bench import BenchEvent, EventKind

        phones, self._phones = self._phones, {}
        for phone in phones.values():
            reading = concluded(phone.reading, State.OFFLINE, "interrupted") if phone.busy else phone.reading
            gone = replace(phone, present=False, busy=False, reading=reading)
            self._subscriber(BenchEvent(EventKind.WENT, gone))

    def _note(self, event: BenchEvent) -> None:
        if event.phone is not None and event.phone.present:
            self._phones[event.phone.key] = event.phone
        elif event.phone is not None:
            self._phones.pop(event.phone.key, None)

    def _send(self, room: str, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> Future[Any]:
        call = Call(next(self._numbers), room, name, arguments, named)
        future: Future[Any] = Future()
        with self._lock:
            wire = self._wire
            if wire is None:
                future.set_exception(_ended())
                return future
            self._pending[call.number] = future
        try:
            with self._sending:
                wire.send(call)
        except OSError:
            self._fail(call.number)
        return future

    def _fail(self, number: int) -> None:
        """Say that a call cannot be sent, unless that was said already, with the end of its process."""
        with self._lock:
            future = self._pending.pop(number, None)
        if future is not None:
            future.set_exception(_ended())


def _ended() -> ServiceMissing:
    return ServiceMissing(
        "The part of this program that reads phones and saves answers has to be started again.",
        "It does that by itself; what was given is saved then.",
        ENDED,
    )


def _report(exit_status: int | None) -> CrashReport:
    title = f"The backroom ended with exit status {exit_status}"
    return CrashReport(title, f"{head()}\n{title}\n")


def _tell_of(report: CrashReport) -> None:
    """Hand a report to the one place for crashes."""
    sys.excepthook(ErrorElsewhere, ErrorElsewhere(report), None)
