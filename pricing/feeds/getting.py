"""Brings one file over HTTP: with retries, limits of time and size, and only when it changed."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast
from urllib.parse import SplitResult, urljoin, urlsplit

from pricing.feeds.deadline import Deadline, watched_adapter
from pricing.feeds.problems import NotFetched, Problem, failed
from pricing.feeds.stopping import Stop
from pricing.feeds.unpacking import ACCEPTED, BrokenOff, Unreadable, is_packed, unpacked

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session
    from urllib3 import BaseHTTPResponse
    from urllib3.util import Retry

_OK, _UNCHANGED = 200, 304
_REFUSED = frozenset({401, 403, 407})
_GONE = frozenset({404, 410})
_AGAIN = frozenset({429, 500, 502, 503, 504})
_TOO_MANY = 429
_REDIRECTS = 5
_LONGEST_PAUSE = 10
"""Seconds; who asks for more is left alone, and it is said."""
LINE_ENDS = (b"\n", b"\r", b"\n\0", b">")
"""Of text in one or two bytes a letter, and of XML."""
_PIECE = 64 * 1024
_MB = 1024 * 1024
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})

Check = Callable[[str, bytes], Problem | None]
"""Says from the content's type and first bytes what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much.

    Attributes:
        connect: Seconds to get a connection, ``read`` between two pieces, ``total`` for everything with its retries.
        most: Bytes, unpacked.
        tries: How often at most, the first time included.
        backoff: Seconds before the third try; before each further one twice as many.
        stop: Ends it before, when a person asks.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 300.0
    most: int = 200 * _MB
    tries: int = 3
    backoff: float = 0.5
    stop: Stop = field(default_factory=Stop, compare=False)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for. Its secrets are never shown.

    Attributes:
        etag: What the server called what we have; ``""`` for nothing.
        last_modified: The same by its time.
        user: With ``secret`` as its password; without a user the secret is a bearer token.
    """

    url: str = field(repr=False)
    etag: str = ""
    last_modified: str = ""
    user: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Got:
    """What came.

    Attributes:
        changed: Something came; else what we have holds.
        sha256: Of what came.
        size: Its bytes, unpacked.
        open_end: It ends in the middle of a line, and the server did not say how long it is: it may be cut off.
    """

    changed: bool
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    size: int = 0
    open_end: bool = False


def shown_url(url: str) -> str:
    """Return an address as it may be shown and kept: without names, passwords and what follows a question mark."""
    try:
        parts = urlsplit(url)
        host = f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        return "?"
    return f"{parts.scheme}://{host}{parts.path}"


def get(ask: Ask, target: Path, check: Check, limits: Limits | None = None) -> Got:
    """Bring a file; what is at ``target`` is only whole when this returns.

    Raises:
        NotFetched: It could not be had; its problem says why, without any secret.
    """
    from requests import Session

    # At DEBUG it writes whole addresses, and keys stand in some.
    logging.getLogger("urllib3").setLevel(logging.INFO)
    limits = limits or Limits()
    with Deadline(limits.total) as deadline, limits.stop.waking(deadline.end), Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, watched_adapter(deadline))

        def once() -> Got:
            try:
                return _once(session, ask, target, check, limits)
            finally:
                session.close()  # a connection that the server is about to shut would cost the next try

        return _tries(once, _policy(limits), deadline, limits.stop)


def _policy(limits: Limits) -> Retry:
    from urllib3.util import Retry

    return Retry(
        total=limits.tries - 1,
        backoff_factor=limits.backoff,
        backoff_max=_LONGEST_PAUSE,
        retry_after_max=_LONGEST_PAUSE,
        redirect=0,
    )


def _tries(once: Callable[[], Got], retry: Retry, deadline: Deadline, stop: Stop) -> Got:
    from urllib3.exceptions import MaxRetryError

    once = _twice_the_same(once)
    while True:
        try:
            got = once()
            stop.check()
            return _in_time(got, deadline)
        except NotFetched as error:
            stop.check()  # what it ended is no fault of the server
            if deadline.passed:
                raise failed("timeout", seconds=f"{deadline.seconds:g}") from None
            wish = _wish(error)
            if not error.again or wish > min(_LONGEST_PAUSE, deadline.left):
                raise  # what the server says is told, not that the time was over while nobody asked it
            try:
                retry = retry.increment("GET")
            except MaxRetryError:
                raise error from None
            stop.pause(wish or retry.get_backoff_time())


def _in_time(got: Got, deadline: Deadline) -> Got:
    """Return what came; without a length an answer that was shut in the middle looks as if it had come to its end."""
    if deadline.passed:
        raise failed("timeout", seconds=f"{deadline.seconds:g}")
    return got


def _wish(error: NotFetched) -> float:
    """Return how many seconds the answer says to wait; 0 where it says nothing clear."""
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    answer = cast("BaseHTTPResponse | None", error.wait_for)
    try:
        return (Retry().get_retry_after(answer) if answer is not None else None) or 0.0
    except (InvalidHeader, ValueError, OverflowError):
        return 0.0


def _twice_the_same(once: Callable[[], Got]) -> Callable[[], Got]:
    """Return it so that an answer whose end nothing vouches for is believed when it comes again as it was.

    A connection that breaks cuts each time elsewhere; some servers end without a line's end whenever they are asked.
    """
    seen: set[str] = set()

    def believed() -> Got:
        got = once()
        if got.open_end and got.sha256 not in seen:
            seen.add(got.sha256)
            raise failed("open_end", again=True)
        return got

    return believed


def _once(session: Session, ask: Ask, target: Path, check: Check, limits: Limits) -> Got:
    with _worded(ask, limits), closing(_opened(session, ask, limits)) as response:
        if response.status_code == _UNCHANGED and (ask.etag or ask.last_modified):
            return Got(changed=False, etag=ask.etag, last_modified=ask.last_modified)
        _check_status(response)
        with target.open("wb") as file:
            return _taken(response, file, check, limits.most)


def _opened(session: Session, ask: Ask, limits: Limits) -> Response:
    """Return the answer, redirections followed one by one: none may lead to a file, nor carry a secret elsewhere."""
    url, secret = ask.url, bool(ask.secret)
    for _ in range(_REDIRECTS + 1):
        parts = _checked(url, secret=secret)
        response = session.get(
            url,
            headers=_headers(ask),
            auth=_Credentials(ask if secret else None),
            timeout=(limits.connect, limits.read),
            stream=True,
            allow_redirects=False,
        )
        if not response.is_redirect:
            return response
        response.close()
        url = urljoin(url, response.headers["location"])
        secret = _same_place(parts, url) and secret
    raise failed("redirects", url=shown_url(ask.url), count=str(_REDIRECTS))


def _same_place(parts: SplitResult, url: str) -> bool:
    """Return whether an address is of the same server; refuse one that leads out of encryption or off the web."""
    target = _checked(url, secret=False)
    if parts.scheme == "https" and target.scheme != "https":
        raise failed("bad_redirect", url=shown_url(url))
    return (parts.hostname, parts.port, parts.scheme) == (target.hostname, target.port, target.scheme)


def _checked(url: str, *, secret: bool) -> SplitResult:
    try:
        parts = urlsplit(url)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise failed("bad_url", url=shown_url(url)) from None
    if not right:
        raise failed("bad_redirect" if parts.scheme else "bad_url", url=shown_url(url))
    if secret and parts.scheme == "http" and parts.hostname not in _LOCAL:
        raise failed("insecure", url=shown_url(url))
    return parts


def _headers(ask: Ask) -> dict[str, str]:
    asked = {
        "If-None-Match": ask.etag,
        "If-Modified-Since": ask.last_modified,
        "User-Agent": "tradein",
        "Accept-Encoding": ACCEPTED,
    }
    return {name: value for name, value in asked.items() if value}


class _Credentials:
    """Says who asks; without an `Ask` nothing, so that no ``.netrc`` is looked into either."""

    def __init__(self, ask: Ask | None) -> None:
        self._ask = ask

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        from requests.auth import HTTPBasicAuth

        if self._ask is None:
            return request
        if self._ask.user:
            basic = HTTPBasicAuth(self._ask.user.encode(), self._ask.secret.encode())
            return cast("PreparedRequest", basic(request))
        request.headers["Authorization"] = f"Bearer {self._ask.secret}"
        return request


def _check_status(response: Response) -> None:
    status, url = response.status_code, shown_url(response.url)
    if status == _OK:
        return
    if status in _REFUSED:
        raise failed("refused", url=url, status=str(status))
    if status in _GONE:
        raise failed("not_found", url=url, status=str(status))
    code = "too_many" if status == _TOO_MANY else "status"
    raise failed(code, again=status in _AGAIN, wait_for=response.raw, url=url, status=str(status))


def _taken(response: Response, file: BinaryIO, check: Check, most: int) -> Got:
    """Write the body piece by piece, and stop where it is too large: packed data can be a thousand times larger."""
    digest, size, last = hashlib.sha256(), 0, b""
    for piece in unpacked(response.raw.stream(_PIECE, decode_content=False), _encoding(response)):
        if not size:
            problem = check(response.headers.get("Content-Type", ""), piece)
            if problem:
                raise NotFetched(problem)
        size, last = size + len(piece), piece or last
        if size > most:
            raise failed("too_large", most=f"{most / _MB:g}")
        digest.update(piece)
        file.write(piece)
    if not size:
        raise failed("empty", again=True)
    tags = (response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
    return Got(
        True, *tags, digest.hexdigest(), size, open_end=_unvouched(response) and not last.endswith(LINE_ENDS)
    )


def _unvouched(response: Response) -> bool:
    """Return whether nothing tells a whole answer from one that broke off: neither a length nor chunks nor packing.

    What is packed says where it ends, and `unpacked` holds it to that.
    """
    headers = response.headers
    chunked = "chunked" in headers.get("Transfer-Encoding", "").casefold()
    return not (chunked or is_packed(_encoding(response)) or "Content-Length" in headers)


def _encoding(response: Response) -> str:
    return str(response.headers.get("Content-Encoding", ""))


@contextmanager
def _worded(ask: Ask, limits: Limits) -> Iterator[None]:
    """Turn what the libraries raise into problems; their own words may hold the whole address."""
    import requests.exceptions as web
    from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError, SSLError

    url = shown_url(ask.url)
    try:
        yield
    except NotFetched:
        raise
    except (web.SSLError, SSLError):
        raise failed("tls", url=url) from None
    except Unreadable:
        raise failed("damaged", again=True, url=url) from None
    except (web.Timeout, ReadTimeoutError):
        raise failed("timeout", again=True, seconds=f"{limits.read:g}") from None
    except (BrokenOff, ProtocolError):
        raise failed("broken_off", again=True, url=url) from None
    except web.ConnectionError as error:
        late = bool(error.args) and isinstance(error.args[0], ReadTimeoutError)
        code = "timeout" if late else "no_connection"
        raise failed(code, again=True, url=url, seconds=f"{limits.read:g}") from None
    except OSError as error:
        if isinstance(error, web.RequestException):
            raise failed("bad_url", url=url) from None
        raise failed("unwritable", detail=error.strerror or "?") from None
    except (HTTPError, ValueError, LookupError):
        raise failed("bad_url", url=url) from None
