"""A call that takes long to be sent holds up no reply, and hides no backroom that hangs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from multiprocessing import Pipe

import pytest

from tests.fakes.backrooms import PATIENCE, a_config
from tradein_app.backroom import process
from tradein_app.backroom.wire import Reply, Wire
from tradein_app.config import Config

LARGE = bytes(8_000_000)
"""More than a pipe takes while nobody reads."""


class HeldBackroom(process.Backroom):
    """The window's side alone; what would be the process is the test, and is told where it would be ended."""

    def __init__(self, config: Config, ours: Wire, theirs: Wire) -> None:
        super().__init__(config, lambda _event: None)
        self._wire = self._ours = ours
        self.theirs = theirs
        self.killed = threading.Event()
        self._threads: list[threading.Thread] = []

    def listen(self) -> None:
        self._begin_thread(lambda: self._listen(self._ours))

    def send_much(self) -> None:
        """Begin to send a large call; returns when its beginning is there, and it goes on in a thread."""
        self._begin_thread(lambda: self._send("pictures", "keep", (LARGE,), {}))
        assert self.theirs.poll(PATIENCE)

    def end(self) -> None:
        self.theirs.close()
        for thread in self._threads:
            thread.join(PATIENCE)
        self._ours.close()

    def _begin_thread(self, work: Callable[[], object]) -> None:
        self._threads.append(threading.Thread(target=work, daemon=True))
        self._threads[-1].start()

    def _kill(self) -> None:
        self.killed.set()


@pytest.fixture
def held(tmp_path) -> Iterator[HeldBackroom]:
    held = HeldBackroom(a_config(tmp_path), *Pipe())
    yield held
    held.end()


def test_a_reply_is_taken_while_a_large_call_is_being_sent(held):
    first = held._send("desk", "open_inspections", (), {})
    asked = held.theirs.recv()
    held.send_much()
    held.listen()
    held.theirs.send(Reply(asked.number, ()))
    assert first.result(PATIENCE) == ()
    assert held.theirs.recv().arguments == (LARGE,)


def test_a_backroom_that_hangs_is_ended_although_a_call_is_being_sent(held, monkeypatch):
    monkeypatch.setattr(process, "BEAT", 0.01)
    held.send_much()
    held.listen()
    assert held.killed.wait(PATIENCE)


def test_a_call_that_was_being_sent_to_one_that_ended_says_so(held):
    held.send_much()
    held.end()
    assert held._pending == {}
