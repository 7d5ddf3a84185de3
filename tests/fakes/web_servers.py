"""A web server on this computer that answers as a test says: well, badly, slowly, or not at all."""

from __future__ import annotations

import contextlib
import gzip
import ssl
import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

Answer = Callable[["Visit"], None]


class Visit(BaseHTTPRequestHandler):
    """One request, and what a test may do with it."""

    server: WebServer

    def do_GET(self) -> None:
        """Answer as the next of the test's answers says; the last one holds from then on."""
        self.server.seen.append((self.path, {name.casefold(): value for name, value in self.headers.items()}))
        with contextlib.suppress(OSError):  # the other side may have had enough
            self.server.next()(self)

    def do_CONNECT(self) -> None:
        """Answer, as a proxy, who wants to be led through."""
        self.do_GET()

    def send(self, body: bytes, status: int = 200, *, lie: int = 0, **headers: str) -> None:
        """Send a whole answer; ``lie`` bytes more are promised than come."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) + lie))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class WebServer(ThreadingHTTPServer):
    """Give it answers, and use it in a ``with``.

    Args:
        answers: One a request.
        certificate: A file with key and certificate, for https.

    Attributes:
        seen: Paths and headers of all requests.
        over: Set when the test ends, so that whoever hangs lets go.
    """

    daemon_threads = False

    def __init__(self, *answers: Answer, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self._scheme = "https" if certificate else "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            # The handshake is made by the thread that answers, so that a caller who leaves stops nobody else.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.answers = list(answers)
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def next(self) -> Answer:
        """Return the answer for this request."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def url(self, path: str = "/prices.csv") -> str:
        """Return an address of this server."""
        return f"{self._scheme}://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, *_: object) -> None:
        """Say nothing: most tests break the conversation off."""


def body(content: bytes, status: int = 200, **headers: str) -> Answer:
    """Answer with a whole body."""
    named = {"Content_Type": "text/csv"} | headers
    return lambda visit: visit.send(content, status, lie=0, **named)


def broken_off(content: bytes) -> Answer:
    """Promise more than is sent."""
    return lambda visit: visit.send(content, lie=len(content), Content_Type="text/csv")


def hanging(visit: Visit) -> None:
    """Take the request and never answer."""
    visit.server.over.wait(60)


def drip(content: Iterable[int], *, headers: bool = False) -> Answer:
    """Send a byte every few hundredths of a second, for ever; or the headers so."""

    def answer(visit: Visit) -> None:
        start = b"HTTP/1.1 200 OK\r\n" + (b"" if headers else b"Content-Length: 99999\r\n\r\n")
        visit.wfile.write(start)
        for byte in (b"X-Slow: " if headers else b"") + bytes(content) * 500:
            if visit.server.over.wait(0.03):
                return
            visit.wfile.write(bytes([byte]))

    return answer


def to(url: str, status: int = 302) -> Answer:
    """Lead somewhere else."""
    return lambda visit: visit.send(b"", status, Location=url)


def with_etag(content: bytes, tag: str) -> Answer:
    """Answer 304 to whoever has it."""

    def answer(visit: Visit) -> None:
        if visit.headers.get("If-None-Match") == tag:
            visit.send_response(304)
            visit.end_headers()
        else:
            visit.send(content, Content_Type="text/csv", ETag=tag)

    return answer


def bomb(megabytes: int) -> Answer:
    """Send little that unpacks to much."""
    packed = gzip.compress(b"a,b\n" * (megabytes * 262_144))
    return lambda visit: visit.send(packed, Content_Type="text/csv", Content_Encoding="gzip")
