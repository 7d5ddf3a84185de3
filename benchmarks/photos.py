"""Photos: how long one takes, and whether an answer waits while some are on their way."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path

from benchmarks.measuring import Times, ms
from benchmarks.reporting import Section, Table, verdict
from tests.fakes.backrooms import HeardBackroom, a_config
from tests.fakes.photos import a_noisy_photo
from tests.fakes.shops import a_reading
from tradein_app.backroom.photo_desk import RemotePhotos
from tradein_app.services.photo_decoding import decode
from tradein_app.services.records import THE_PERSON

WAIT_BAR = 0.05
_PHOTOS = 4
_METHOD = (
    "A photo of noise, which compresses worse than any phone. *taken in* is from the file's bytes to those that are "
    "kept: unpacked, upright, made small, written anew. *An answer* goes from this process through the pipe to the "
    f"desk and is on the disk when it comes back: alone, and while {_PHOTOS} photos of 12 megapixels wait in line. "
    "The bar is what the photos may add to the median."
)


def measure(runs: int) -> Section:
    """Measure both."""
    twelve, fifty = a_noisy_photo((4000, 3000)), a_noisy_photo((8160, 6120))
    rows = [
        (f"12 megapixels taken in ({len(twelve) / 1e6:.0f} MB), ms", str(_decoding(twelve, runs)), "–", ""),
        (f"50 megapixels taken in ({len(fifty) / 1e6:.0f} MB), ms", str(_decoding(fifty, runs)), "–", ""),
    ]
    with tempfile.TemporaryDirectory() as folder:
        alone, beside = _answers(Path(folder), twelve, runs)
    added = max(0.0, beside.median - alone.median)
    rows += [
        ("an answer, ms", str(alone), "–", ""),
        (f"an answer beside {_PHOTOS} photos, ms", str(beside), "–", ""),
        ("what the photos add, ms", ms(added), f"≤ {ms(WAIT_BAR)}", verdict(added, WAIT_BAR)),
    ]
    return Section("Photos", _METHOD, [Table(("", "ours", "bar", ""), rows)])


def _decoding(data: bytes, runs: int) -> Times:
    decode(data)
    return Times(tuple(_timed(lambda: decode(data)) for _ in range(runs)))


def _answers(folder: Path, photo: bytes, runs: int) -> tuple[Times, Times]:
    heard = HeardBackroom(a_config(folder))
    heard.start()
    try:
        photos, record = RemotePhotos(heard.backroom), heard.desk.take_in(a_reading(), actor=THE_PERSON)
        path = folder / "large.jpg"
        path.write_bytes(photo)
        photos.keep(path)
        alone = [_answer(heard, record.id, number) for number in range(4 * runs)]
        beside: list[float] = []
        for _ in range(runs):
            threads = [threading.Thread(target=photos.keep, args=(path,)) for _ in range(_PHOTOS)]
            for thread in threads:
                thread.start()
            while any(thread.is_alive() for thread in threads):
                beside.append(_answer(heard, record.id, len(beside)))
        return Times(tuple(alone)), Times(tuple(beside))
    finally:
        heard.stop()


def _answer(heard: HeardBackroom, record_id: str, number: int) -> float:
    value = ("none", "visible")[number % 2]
    return _timed(lambda: heard.desk.answer(record_id, {"back_scratches": value}, actor=THE_PERSON))


def _timed(work: object) -> float:
    assert callable(work)
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
