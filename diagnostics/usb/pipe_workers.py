"""Threads for talks with phones that block: one while a phone is asked, none else, and never more than so many."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
WORKERS = 40
"""As many as a bench has phones: each of them may hang, and the next one is asked all the same."""
_GRACE = 1.0


class Workers:
    """Runs blocking talks.

    The threads are daemons: one that hangs inside the system for ever does not keep the program from ending. A phone
    that hangs has a thread for as long as its steps may take, and nothing of it is felt by the others.

    Args:
        most: How many talks go on at a time; others wait.
    """

    def __init__(self, most: int = WORKERS) -> None:
        self._free = asyncio.Semaphore(most)

    async def run(self, talk: Callable[[threading.Event], T]) -> T:
        """Return what a blocking talk returns; when this is cancelled the talk is told to stop, and has a second.

        Args:
            talk: Gets an event that is set when nobody wants the answer any more.
        """
        async with self._free:
            done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
            stop = threading.Event()
            threading.Thread(target=_work, args=(talk, stop, done), name="usb-talk", daemon=True).start()
            try:
                return await asyncio.shield(done)
            except asyncio.CancelledError:
                stop.set()
                done.add_done_callback(asyncio.Future.exception)  # nobody else will look at it
                await asyncio.wait({done}, timeout=_GRACE)
                raise


def _work(talk: Callable[[threading.Event], T], stop: threading.Event, done: asyncio.Future[T]) -> None:
    result: T | None = None
    error: BaseException | None = None
    try:
        result = talk(stop)
    except BaseException as raised:  # noqa: BLE001  it is raised where the result is waited for
        error = raised
    # The loop may have ended in the meantime, with everybody who would hear this.
    with contextlib.suppress(RuntimeError):
        done.get_loop().call_soon_threadsafe(_tell, done, result, error)


def _tell(done: asyncio.Future[T], result: T | None, error: BaseException | None) -> None:
    if done.cancelled():
        return
    if error is not None:
        done.set_exception(error)
    else:
        done.set_result(result)  # type: ignore[arg-type]  # T itself may be None
