"""All of a shop's market prices: what its feeds brought, and the files that a person loaded.

They are asks. The shop's own sales, and feeds of what was sold, are not among them: what is asked and what is paid
are two levels, and a model of both at once would be of neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diagnostics.errors import BadInput
from diagnostics.regular import check_regular
from pricing.model.columns import NUMBERS, Columns
from pricing.pricedata.findings import Findings
from pricing.pricedata.launching import with_launches
from pricing.pricedata.loading import MOST_ROWS, load_prices
from pricing.pricedata.marking import marks

DATA = "data"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """One file of prices.

    Attributes:
        name: For people: the feed's, or the file's.
        rows: That are used; 0 where none is.
        findings: What was found wrong with it; ``None`` where it cannot be used at all.
        problem: Why it cannot be used; ``None`` where it can.
        repeated: Rows that an earlier file has word for word; they are left out.
    """

    name: str
    path: Path
    rows: int = 0
    findings: Findings | None = None
    problem: BadInput | None = None
    repeated: int = 0


def price_files(prices: Path) -> list[Source]:
    """Return the files of prices that a person loaded, by name.

    Args:
        prices: The folder ``prices`` of the data folder.
    """
    place = prices / DATA
    try:
        paths = sorted(path for path in place.iterdir() if path.suffix == ".csv")
    except FileNotFoundError:
        return []
    except OSError as error:
        said = f"The folder {place} cannot be read: {error.strerror}."
        why = BadInput(said, code="unreadable_file", name=place.name, why=error.strerror or "?")
        return [Source(f"{place.name}/", place, problem=why)]
    return [Source(path.name, path) for path in paths]


def gather(
    sources: Sequence[Source],
    today: date,
    *,
    most: int = MOST_ROWS,
    progress: Callable[[float], None] = lambda _share: None,
) -> tuple[Columns, list[Source]]:
    """Return the usable prices of some files together, and what became of each.

    Launches that no file tells are the catalogue's. A file that cannot be used is left out and says why; the same file
    twice counts once.

    Args:
        sources: The files; one that has a problem already is left out.
        today: No price may be later.
        most: Rows; of more a fair draw, always the same one.
        progress: Called with 0 .. 1 after each file; may raise to stop.

    Raises:
        BadInput: None of them has a price that can be used, code ``no_prices``.
    """
    parts: list[Columns] = []
    told: list[Source] = []
    digests: set[bytes] = set()
    for number, source in enumerate(sources):
        part, after = _load(source, today, most, digests)
        if part is not None:
            fresh = _fresh(parts, part)
            after = replace(after, rows=int(fresh.sum()), repeated=int((~fresh).sum()))
            parts.append(part.take(fresh))
        told.append(after)
        progress((number + 1) / len(sources))
    if not any(len(part) for part in parts):
        raise _none(told)
    return with_launches(_drawn(joined(parts), most))[0], told


def joined(parts: Sequence[Columns]) -> Columns:
    """Return the rows of several tables as one, in their order."""
    phones = {phone: None for part in parts for phone in part.phones}
    places = {place: None for part in parts for place in part.places}
    phone_of = {phone: number for number, phone in enumerate(phones)}
    place_of = {place: number for number, place in enumerate(places)}
    return Columns(
        phones=tuple(phones),
        places=tuple(places),
        phone=np.concatenate([_codes(part.phones, phone_of)[part.phone] for part in parts]),
        place=np.concatenate([_codes(part.places, place_of)[part.place] for part in parts]),
        catalogued=frozenset[str]().union(*(part.catalogued for part in parts)),
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in NUMBERS},
    )


def _codes(names: Sequence[Hashable], numbers: Mapping[Any, int]) -> NDArray[np.int64]:
    return np.array([numbers[name] for name in names], dtype=np.int64)


def _load(source: Source, today: date, most: int, digests: set[bytes]) -> tuple[Columns | None, Source]:
    if source.problem is not None:
        return None, source
    try:
        check_regular(source.path)
        digest = _digest(source.path)
        if digest in digests:
            return None, replace(source, problem=BadInput("It is the same file once more.", code="same_file"))
        digests.add(digest)
        data, findings = load_prices(source.path, today, most=most)
    except OSError as error:
        detail = error.strerror or str(error)
        why = BadInput(
            f"{source.path} cannot be read: {detail}.",
            code="unreadable_file",
            name=source.name,
            why=detail,
        )
        return None, replace(source, problem=why)
    except BadInput as error:
        return None, replace(source, problem=error)
    return data, replace(source, findings=findings, rows=len(data))


def _digest(path: Path) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for piece in _pieces(file.read):
            digest.update(piece)
    return digest.digest()


def _pieces(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while piece := read(_PIECE):
        yield piece


def _fresh(earlier: Sequence[Columns], part: Columns) -> NDArray[np.bool_]:
    """Return which rows no earlier file has; two phones of one file may be alike, the same in two files is one."""
    told = np.isfinite(part.day)
    if not earlier:
        return np.ones(len(part), dtype=bool)
    before = np.concatenate([marks(one) for one in earlier])
    return np.asarray(~(told & np.isin(marks(part), before)))


def _drawn(data: Columns, most: int) -> Columns:
    if len(data) <= most:
        return data
    chosen = np.random.default_rng(most).choice(len(data), most, replace=False)
    return data.take(np.sort(chosen))


def _none(told: Sequence[Source]) -> BadInput:
    said = " ".join(f"{source.name}: {source.problem}" for source in told if source.problem)
    return BadInput(
        f"There are no market prices to learn from. {said}".strip(),
        "Load a file of prices or name a feed; what the columns are called is in docs/command-line.md.",
        "no_prices",
    )
