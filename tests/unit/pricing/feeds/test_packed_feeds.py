"""A feed that comes packed is taken only when it came to its end, whatever else the server says."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pricing.feeds.feed import Feed
from pricing.feeds.fetching import Fetched, fetch, kept
from pricing.feeds.getting import Limits
from pricing.feeds.unpacking import BrokenOff, unpacked
from tests.fakes.web_servers import Answer, Visit, WebServer, body

HEAD = b"id,brand,model,date,currency,price\n"
DICE = random.Random(20)
ROWS = b"".join(
    b"%d,Apple,iPhone 13,2026-11-20,EUR,%d\n" % (n, DICE.randrange(200, 900)) for n in range(3000)
)
WHOLE, BEFORE = HEAD + ROWS, HEAD + ROWS[: ROWS.index(b"2,Apple")]


def bare(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def members(content: bytes) -> bytes:
    """Pack as a file to which was appended, padded as on a tape."""
    half = len(content) // 2
    return gzip.compress(content[:half]) + gzip.compress(content[half:]) + bytes(700)


PACKERS = [
    pytest.param(gzip.compress, "gzip", id="gzip"),
    pytest.param(gzip.compress, "X-GZIP", id="its other name"),
    pytest.param(members, "gzip", id="members"),
    pytest.param(zlib.compress, "deflate", id="deflate"),
    pytest.param(bare, "deflate", id="bare deflate"),
]


def close_delimited(content: bytes, encoding: str) -> Answer:
    """Send what ends where the connection does."""

    def answer(visit: Visit) -> None:
        visit.send_response(200)
        visit.send_header("Content-Type", "text/csv")
        visit.send_header("Content-Encoding", encoding)
        visit.end_headers()
        visit.wfile.write(content)

    return answer


def chunked(content: bytes, encoding: str) -> Answer:
    """Send it in chunks of a few bytes, and a last one as is right."""

    def answer(visit: Visit) -> None:
        visit.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n")
        visit.wfile.write(f"Content-Encoding: {encoding}\r\n\r\n".encode())
        for start in range(0, len(content), 301):
            piece = content[start : start + 301]
            visit.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
        visit.wfile.write(b"0\r\n\r\n")

    return answer


def with_length(content: bytes, encoding: str) -> Answer:
    return body(content, Content_Encoding=encoding)


WAYS = [close_delimited, chunked, with_length]


def got(server: WebServer, folder: Path, limits: Limits) -> Fetched:
    """Fetch with patience: nothing hangs here, and a busy computer may keep a server waiting for its turn."""
    feed, patient = Feed("market", url=server.url()), replace(limits, connect=20.0, read=20.0, total=60.0)
    return fetch(feed, folder, now=datetime(2026, 11, 22, 12, tzinfo=UTC), limits=patient)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("pack", "encoding"), PACKERS)
def test_a_packed_feed_comes_as_it_was(
    tmp_path, limits, pack: Callable[[bytes], bytes], encoding: str, way
) -> None:
    with WebServer(way(pack(WHOLE), encoding)) as server:
        found = got(server, tmp_path, limits)
    assert (found.problem, found.rows, len(server.seen)) == (None, 3000, 1)
    assert found.path is not None
    assert found.path.read_bytes() == WHOLE
    assert server.seen[0][1]["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("pack", "encoding"), PACKERS)
def test_one_that_breaks_off_never_replaces_a_good_copy(
    tmp_path, limits, pack: Callable[[bytes], bytes], encoding: str, way
) -> None:
    packed = pack(WHOLE).rstrip(b"\0")
    cuts = [packed[: int(len(packed) * share)] for share in (0.02, 0.6, 0.995)]
    with WebServer(body(BEFORE)) as server:
        got(server, tmp_path, limits)
        server.answers, server.seen[:] = [way(cut, encoding) for cut in cuts], []
        found = got(server, tmp_path, replace(limits, backoff=0.0))
        assert found.problem is not None
        assert (found.problem.code, found.fresh, len(server.seen)) == ("broken_off", False, 3)
        left = kept(Feed("market", url=server.url()), tmp_path)
        assert left.path is not None
        assert left.path.read_bytes() == BEFORE


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_what_nobody_asked_for_is_said_and_not_taken(tmp_path, limits, encoding: str) -> None:
    with WebServer(body(gzip.compress(gzip.compress(WHOLE)), Content_Encoding=encoding)) as server:
        found = got(server, tmp_path, limits)
    assert found.problem is not None
    assert (found.problem.code, found.path) == ("damaged", None)


def test_a_changed_byte_is_noticed_by_the_checksum(tmp_path, limits) -> None:
    packed = bytearray(gzip.compress(WHOLE, compresslevel=0))
    packed[len(packed) // 2] ^= 1
    with WebServer(with_length(bytes(packed), "gzip")) as server:
        found = got(server, tmp_path, limits)
    assert found.problem is not None
    assert found.problem.code == "damaged"


def test_what_unpacks_to_very_much_comes_piece_by_piece() -> None:
    packed = zlib.compress(bytes(32 << 20))
    largest = max(map(len, unpacked([packed], "deflate")))
    assert largest <= 64 * 1024


@pytest.mark.parametrize("size", [1, 2, 65536])
def test_the_pieces_in_which_it_comes_make_no_difference(size: int) -> None:
    for pack, encoding in ((members, "gzip"), (bare, "deflate"), (zlib.compress, "deflate")):
        packed = pack(WHOLE)
        pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
        assert b"".join(unpacked(pieces, encoding)) == WHOLE
        with pytest.raises(BrokenOff):
            list(unpacked([packed.rstrip(b"\0")[:-1]], encoding))
