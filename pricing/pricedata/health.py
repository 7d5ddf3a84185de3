"""The health of price data: what is in a file, what was left out of it and why, how new it is, and where it is thin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from diagnostics.errors import BadInput
from diagnostics.regular import check_regular
from pricing.pricedata.remarks import Remark, remark

if TYPE_CHECKING:
    from pricing.feeds.feed import Feed
    from pricing.model.columns import Columns
    from pricing.pricedata.findings import Findings
    from pricing.pricedata.loading import Each

ASKS, SOLD, OWN = "asks", "sold", "own"
_DATA, _OWN_DEALS = "data", "own-deals.csv"
_EXAMPLES = 8
_THIN = 20
"""Thin phone models that are named; all are counted."""
_CHECKED = ("brand", "model", "storage", "grade", "battery", "day", "launch_day", "launch_price", "shop")
_NAMES = MappingProxyType(
    {
        "storage": "storage_gb",
        "battery": "battery_pct",
        "day": "date",
        "launch_day": "launch_date",
        "shop": "seller_type",
    }
)


@dataclass(frozen=True, slots=True)
class Health:
    """What is to be known of one file of prices.

    Attributes:
        name: The feed's or the file's.
        kind: `ASKS`, `SOLD`, or `OWN` for the shop's own sales.
        rows: Read; ``used`` of them can be used.
        looked_at: Of those in use, how many the shares and counts below are of: all, or a fair draw of very many.
        left_out: Reasons and how many rows each, the most first.
        examples: The first rows that were left out, by line and column.
        repeated: Rows that repeat another one word for word; they are used.
        absurd: Rows whose price is several times what all others say, or a fraction; they are among ``left_out``.
        first: Day of the oldest price; ``last`` that of the newest; ``None`` where no row says its day.
        missing: By the file's column, the share of rows that leave it empty, 0 to 1.
        places: Market, currency and rows, the most first.
        grades: Grade and rows, ``""`` for none.
        models: Phone models; ``thin`` are those with too few prices to be known, the fewest first, at most twenty,
            ``thin_count`` how many there are.
        cells: Different phone models with storage, grade and market.
        remarks: What else to know.
        problem: Why the file cannot be used at all; ``""`` where it can.
        code: Of the problem's words: in ``errors.toml``, or with its group as in ``remarks.own_deals_no_csv`` in
            ``feeds.toml``; ``params`` is what they name.
        fetched_at: When a feed's copy came, RFC 3339 in UTC; ``""`` for a file.
        trouble: What a feed's last try came to, as a code of `pricing.feeds.problems`; ``""`` where it was right.
            ``trouble_params`` is what its words name.
    """

    name: str
    kind: str
    rows: int = 0
    used: int = 0
    looked_at: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    examples: tuple[str, ...] = ()
    repeated: int = 0
    absurd: int = 0
    first: date | None = None
    last: date | None = None
    missing: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    places: tuple[tuple[str, str, int], ...] = ()
    grades: tuple[tuple[str, int], ...] = ()
    models: int = 0
    thin: tuple[tuple[str, int], ...] = ()
    thin_count: int = 0
    cells: int = 0
    remarks: tuple[Remark, ...] = ()
    problem: str = ""
    code: str = ""
    params: tuple[tuple[str, str], ...] = ()
    fetched_at: str = ""
    trouble: str = ""
    trouble_params: tuple[tuple[str, str], ...] = ()

    def age(self, today: date) -> int | None:
        """Return how many days ago the newest price is; ``None`` where no row says its day."""
        return (today - self.last).days if self.last else None


class Look(Protocol):
    """Returns the health of a file, such as `health_of`, or one that remembers files that did not change."""

    def __call__(self, path: Path, today: date, *, name: str = "", kind: str = ASKS) -> Health:
        """Return the health of a file."""
        ...


def health_of(
    path: Path, today: date, *, name: str = "", kind: str = ASKS, each: Each | None = None
) -> Health:
    """Return the health of a file; one that cannot be used at all says why.

    Args:
        path: Price data.
        today: No price may be later.
        name: How it is called; the file's name by default.
        kind: What its prices are.
        each: Called with the cells of each row that can be used, for those who look at them anyway.
    """
    from pricing.pricedata.loading import load_prices

    blank = Health(name or path.name, kind)
    try:
        check_regular(path)
        data, findings = load_prices(path, today, each=each)
    except BadInput as error:
        return _useless(blank, path, today, error)
    except (OSError, ValueError) as error:
        return _unreadable(blank, path, error)
    return _counted(_found(blank, findings), data)


def shop_health(folder: Path, today: date) -> tuple[Health, ...]:
    """Return the health of all prices that a shop has: its feeds, the files it loaded, its own sales.

    Args:
        folder: The data folder.
        today: No price may be later.

    Raises:
        BadInput: ``bad_feeds``: `feeds.toml` cannot be used.
    """
    return (*feed_health(folder, today), *file_health(folder, today))


def feed_health(folder: Path, today: date, look: Look = health_of) -> tuple[Health, ...]:
    """Return the health of the copies of a shop's feeds.

    Args:
        folder: The data folder.
        today: No price may be later.
        look: Looks at a file.

    Raises:
        BadInput: ``bad_feeds``: `feeds.toml` cannot be used.
    """
    from pricing.feeds.feed import feeds_of

    return tuple(_of_feed(feed, folder, today, look) for feed in feeds_of(folder))


def file_health(folder: Path, today: date, look: Look = health_of) -> tuple[Health, ...]:
    """Return the health of the files that a shop loaded, and of its own sales; arguments as of `feed_health`."""
    prices = folder / "prices"
    return (*_of_files(prices / _DATA, today, look), *_of_sales(prices / _OWN_DEALS, today, look))


def _unreadable(blank: Health, path: Path, error: Exception) -> Health:
    why = getattr(error, "strerror", None) or str(error)
    params = (("name", path.name), ("why", why))
    return replace(blank, problem=f"{path} cannot be read: {why}.", code="unreadable_file", params=params)


def _of_files(place: Path, today: date, look: Look) -> Iterator[Health]:
    try:
        paths = sorted(path for path in place.iterdir() if path.suffix == ".csv")
    except FileNotFoundError:
        return
    except OSError as error:
        yield _unreadable(Health(f"{place.name}/", ASKS), place, error)
        return
    yield from (look(path, today) for path in paths)


def _of_sales(path: Path, today: date, look: Look) -> Iterator[Health]:
    """Yield the health of the shop's own sales, by what the prices learn from them."""
    from pricing.own_deals import examined

    read = examined(path)
    if not (read.deals or read.left_out or read.problem):
        return
    health = look(path, today, kind=OWN)
    if read.problem:
        yield replace(
            health,
            used=0,
            problem=read.problem.words(),
            code=f"remarks.{read.problem.code}",
            params=tuple((name, str(value)) for name, value in read.problem.params.items()),
        )
    elif read.left_out:
        said = remark(
            "own_deals_left",
            used=str(len(read.deals)),
            left=str(read.left_out),
            line=str(read.line),
            why=read.why or "?",
        )
        used = min(health.used, len(read.deals))
        yield replace(health, used=used, remarks=(*health.remarks, said))
    else:
        yield health


def _useless(blank: Health, path: Path, today: date, error: BadInput) -> Health:
    """Return what is known of a file that cannot be used: why, and what is wrong with its rows where it has any."""
    from pricing.pricedata.rows import Rows

    rows = Rows(path, priced=True, last_day=today.toordinal())
    with suppress(BadInput):
        for _ in rows:
            pass
    health = _found(blank, rows.findings)
    if not rows.findings.rows or error.code != "no_rows":
        params = tuple((name, str(value)) for name, value in error.params.items())
        return replace(health, used=0, problem=error.message, code=error.code, params=params)
    return replace(health, used=0, problem="No price in it can be used.", code="no_price_used")


def _of_feed(feed: Feed, folder: Path, today: date, look: Look) -> Health:
    from pricing.feeds.fetching import kept

    found = kept(feed, folder)
    blank = Health(feed.name, feed.kind)
    health = look(found.path, today, name=feed.name, kind=feed.kind) if found.path else blank
    health = replace(health, fetched_at=found.fetched_at)
    if found.problem is None:
        return health
    return replace(health, trouble=found.problem.code, trouble_params=tuple(found.problem.params.items()))


def _found(health: Health, findings: Findings) -> Health:
    absurd = (count for kind, count in findings.counts.items() if kind.startswith("price: is absurd"))
    return replace(
        health,
        rows=findings.rows,
        used=findings.used,
        left_out=tuple(findings.counts.most_common()),
        examples=tuple(str(each) for each in findings.examples[:_EXAMPLES]),
        repeated=findings.repeated,
        absurd=sum(absurd),
        remarks=findings.all_remarks,
    )


def _counted(health: Health, data: Columns) -> Health:
    import numpy as np

    from pricing.model.trained import KNOWN_FROM

    days = data.day[np.isfinite(data.day)]
    phones = Counter(key for key in data.row_keys() if key)
    thin = sorted((count, key) for key, count in phones.items() if count < KNOWN_FROM)
    return replace(
        health,
        looked_at=len(data),
        first=date.fromordinal(int(days.min())) if len(days) else None,
        last=date.fromordinal(int(days.max())) if len(days) else None,
        missing=MappingProxyType(dict(_missing(data))),
        places=_places(data),
        grades=_grades(data),
        models=len(phones),
        thin=tuple((_title(key), count) for count, key in thin[:_THIN]),
        thin_count=len(thin),
        cells=_cells(data),
    )


def _missing(data: Columns) -> Iterator[tuple[str, float]]:
    import numpy as np

    for name in _CHECKED:
        if name in {"brand", "model"}:
            empty = np.array([not getattr(phone, name) for phone in data.phones], dtype=bool)[data.phone]
        else:
            empty = np.isnan(getattr(data, name))
        yield _NAMES.get(name, name), float(empty.mean()) if len(data) else 0.0


def _places(data: Columns) -> tuple[tuple[str, str, int], ...]:
    counts = Counter(data.place.tolist())
    return tuple((*data.places[place], count) for place, count in counts.most_common())


def _grades(data: Columns) -> tuple[tuple[str, int], ...]:
    import numpy as np

    from pricing.model.columns import GRADES

    said = [(grade, int((data.grade == place).sum())) for place, grade in enumerate(GRADES)]
    said.append(("", int(np.isnan(data.grade).sum())))
    return tuple((grade, count) for grade, count in said if count)


def _cells(data: Columns) -> int:
    import numpy as np

    parts = [data.phone.astype(float), data.place.astype(float), data.storage, data.grade]
    return len(np.unique(np.nan_to_num(np.column_stack(parts), nan=-1.0), axis=0)) if len(data) else 0


def _title(key: str) -> str:
    """Return a phone's name: the catalogue's, or the data's own in normal spelling."""
    return _titles().get(key) or key.replace("|", " ")


@cache
def _titles() -> Mapping[str, str]:
    from pricing.catalogue import load_catalogue
    from pricing.model.columns import phone

    return {phone(model.brand, model.name).key: model.title for model in load_catalogue()}
