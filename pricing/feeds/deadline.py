"""A time limit for a whole conversation over the web: an answer that drips must end, too.

The limits for connecting and reading begin anew with each byte. When this one is over, all sockets are shut, and
whoever reads from them is told that the other side has gone.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from requests.adapters import HTTPAdapter


class Deadline:
    """Shuts what it watches when its time is over; leaves no thread behind.

    Args:
        seconds: From entering it on.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._twins: list[socket.socket] = []
        self._over = threading.Event()
        self._end_at = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self.end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._end_at = time.monotonic() + self.seconds
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._timer.join()

    @property
    def passed(self) -> bool:
        """Return whether the time is over."""
        return self._over.is_set()

    @property
    def left(self) -> float:
        """Return how many seconds are left, at least 0."""
        return max(0.0, self._end_at - time.monotonic())

    def watch(self, sock: socket.socket | None) -> None:
        """Shut a socket, too, when the time is over; at once when it is over already."""
        if sock is None:
            return
        with self._lock:
            self._sockets.append(sock)
        if self.passed:
            _shut(sock)

    def begun(self, sock: socket.socket) -> socket.socket:
        """Shut a connection, too, that is still being made, and return its socket.

        By a twin of it: encryption takes the connection out of the socket before it shakes hands.
        """
        self._twins.append(sock.dup())
        self.watch(self._twins[-1])
        return sock

    @contextlib.contextmanager
    def connecting(self) -> Iterator[None]:
        """Let go of what was only `begun`: a twin would keep open what the connection itself has closed."""
        try:
            yield
        finally:
            with self._lock:
                twins, self._twins = self._twins, []
                self._sockets = [each for each in self._sockets if each not in twins]
            for twin in twins:
                twin.close()

    def end(self) -> None:
        """Let the time be over now: whoever reads or writes is told that the other side has gone."""
        self._over.set()
        with self._lock:
            for sock in self._sockets:
                _shut(sock)


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # Of the socket itself: that of an SSL socket would first take its encryption away from under whoever reads.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)


def watched_adapter(deadline: Deadline) -> HTTPAdapter:
    """Return what `requests` connects by, each connection under the deadline, also those to a proxy."""
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return deadline.begun(super()._new_conn())

        def connect(self) -> None:
            with deadline.connecting():
                super().connect()
                deadline.watch(self.sock)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return deadline.begun(super()._new_conn())

        def _tunnel(self) -> None:
            super()._tunnel()
            if deadline.passed:
                # The end of an answer that was shut looks like its last line: encryption would begin on nothing.
                raise ConnectionAbortedError

        def connect(self) -> None:
            with deadline.connecting():
                super().connect()
                deadline.watch(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    pools = {"http": PlainPool, "https": SecurePool}

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            self.poolmanager.pool_classes_by_scheme = pools

        def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
            manager = super().proxy_manager_for(*args, **kwargs)
            manager.pool_classes_by_scheme = pools
            return manager

    return Adapter(max_retries=0)
