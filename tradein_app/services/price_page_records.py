"""What the page of prices shows, as frozen records that cross to the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pricing.money import Money
    from pricing.records import Factor, PriceRange, Reason
    from pricing.standing.records import Standing
    from tradein_app.training.records import TrainingState


BATTERY = 85
"""Percent of health that the page's prices assume: what most used phones have that are sold on."""
BATTERIES = (100, 95, 90, 85, 80, 75, 70)
"""What a person can have assumed instead."""


class By(StrEnum):
    """Along what a phone model's price is shown."""

    AGE = "age"
    GRADE = "grade"
    STORAGE = "storage"


@dataclass(frozen=True, slots=True)
class Place:
    """A market: where prices are asked, and in what they are.

    Attributes:
        market: Two letters of ISO 3166.
        currency: Three letters.
        rows: Market prices and own sales of it that the shop has.
    """

    market: str
    currency: str
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One phone model that can be chosen.

    Attributes:
        id: The catalogue's.
        title: Maker and name.
        storages: GB, ascending.
        rows: Market prices and own sales of it that the shop has, all storages, grades and markets.
    """

    id: str
    title: str
    storages: tuple[int, ...]
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen on the page: phone models by title, grades from the best, markets."""

    models: tuple[Choice, ...]
    grades: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which price is asked for.

    Attributes:
        model: The catalogue's id.
        storage_gb: One of the model's; the smallest whose launch price is known when it is 0.
        battery: Percent of health, one of `BATTERIES`; 85 is what most used phones have that are sold on.
    """

    model: str
    storage_gb: int = 0
    grade: str = "good"
    market: str = "FR"
    currency: str = "EUR"
    by: By = By.AGE
    battery: int = BATTERY


@dataclass(frozen=True, slots=True)
class Point:
    """A price somewhere along the axis.

    Attributes:
        at: Months since the launch, GB, or the grade's place from the best.
        name: The grade; else empty.
        range: What is expected; its basis and counts say where it comes from.
    """

    at: float
    name: str
    range: PriceRange


@dataclass(frozen=True, slots=True)
class Dot:
    """One real price: an own sale, one of others, or what somebody asks in the market; ``at`` as of `Point`."""

    at: float
    price: Money
    own: bool
    day: date | None
    sold: bool = False


@dataclass(frozen=True, slots=True)
class PriceCurve:
    """A phone model's price along one axis.

    Attributes:
        asked: For what, the storage filled in.
        title: Of the model.
        points: In the order of the axis; those without an honest price are left out.
        today: The price of today at what is asked.
        factors: Of it, the launch price first.
        warnings: Of it.
        version: Of what priced.
        battery: Percent that was assumed.
        age_months: Of the model today.
        dots: A fair draw of the real prices of this storage and grade; ``own_dots``, ``sold_dots`` (of others)
            and ``market_dots`` (asks) count all.
        own_all: Own sales of the model in this market, whatever their storage and grade; ``sold_all`` and
            ``market_all`` likewise.
    """

    asked: Asked
    title: str
    points: tuple[Point, ...]
    today: Point
    factors: tuple[Factor, ...]
    warnings: tuple[Reason, ...]
    version: str
    battery: int
    age_months: float
    dots: tuple[Dot, ...] = ()
    own_dots: int = 0
    market_dots: int = 0
    sold_dots: int = 0
    own_all: int = 0
    market_all: int = 0
    sold_all: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that were left out for one reason.

    Attributes:
        why: Column and what is wrong with it, in English words.
        rows: How many.
    """

    why: str
    rows: int


@dataclass(frozen=True, slots=True)
class Source:
    """One file of prices, or one feed.

    Attributes:
        name: Of the file, or of the feed.
        kind: ``asks``, ``sold``, or ``own`` for own sales.
        rows: Read; ``used`` of them can be used, ``repeated`` say what another row says.
        left_out: The others by reason, the most first.
        examples: The first rows that were left out, by line and column.
        newest: Day of the newest price; ``oldest`` of the oldest; ``None`` where no row says its day.
        problem: Why it cannot be used at all, in English; empty where it can. ``code`` and ``params`` of its words as
            of `pricing.pricedata.health.Health`.
        absurd: Of those left out, rows whose price is several times what all others say, or a fraction of it.
        thin: Phone models of which there are too few prices to know them.
        trouble: What the last try to fetch a feed came to, as a code; empty where it was right. ``trouble_params`` is
            what its words name.
        no_currency: No row names a currency, so that a model of these prices alone prices no phone.
    """

    name: str
    kind: str
    rows: int = 0
    used: int = 0
    repeated: int = 0
    left_out: tuple[LeftOut, ...] = ()
    examples: tuple[str, ...] = ()
    oldest: date | None = None
    newest: date | None = None
    problem: str = ""
    absurd: int = 0
    thin: int = 0
    trouble: str = ""
    code: str = ""
    params: tuple[tuple[str, str], ...] = ()
    no_currency: bool = False
    trouble_params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Data:
    """What prices the shop has to learn from.

    Attributes:
        sources: The files and feeds.
        models: Phone models with at least one price; ``known`` with enough of them to be known.
        without_grade: Share of the usable rows that say no grade; ``without_storage``, ``without_day`` likewise.
        places: Markets and currencies, the most rows first.
    """

    sources: tuple[Source, ...] = ()
    models: int = 0
    known: int = 0
    without_grade: float = 0.0
    without_storage: float = 0.0
    without_day: float = 0.0
    places: tuple[Place, ...] = ()

    @property
    def used(self) -> int:
        """Market rows that can be used."""
        return sum(each.used for each in self.sources if each.kind != "own")

    @property
    def own(self) -> int:
        """Own sales."""
        return sum(each.used for each in self.sources if each.kind == "own")

    @property
    def left_out(self) -> int:
        """Rows of all sources that cannot be used."""
        return sum(each.rows - each.used for each in self.sources)


@dataclass(frozen=True, slots=True)
class Watch:
    """How the quotes' prices held against what phones were sold for.

    Attributes:
        verdict: ``none``, ``thin``, ``ok``, or what is wrong: ``biased``, ``overconfident``, …
        sales: How many were looked at.
        bias_percent: How far sales lie above what was promised; below 0 phones sell for less.
        held: Of the sales, how many lay in their range.
        since: Day of the first of them.
    """

    verdict: str = "none"
    sales: int = 0
    bias_percent: float = 0.0
    held: int = 0
    since: date | None = None


@dataclass(frozen=True, slots=True)
class RatesKnown:
    """How new the exchange rates are.

    Attributes:
        day: Of the newest ones.
        shipped: They came with the program; else they were fetched.
        damaged: Those that were fetched cannot be used, so these are others.
        old: Prices that are made with them say that they are old.
    """

    day: date
    shipped: bool = False
    damaged: bool = False
    old: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the page that does not depend on the chosen phone.

    Attributes:
        standing: Which model counts and which one waits; empty where the seed prices.
        training: The training that runs, or the last one.
        standing_problem: Why it cannot be told; empty where it can.
        rates: The exchange rates; ``None`` where there are none.
        feeds: How many feeds are named.
        folder: Where the shop's prices lie, ``feeds.toml`` among them; empty without a data folder.
    """

    standing: Standing
    data: Data
    watch: Watch
    training: TrainingState
    standing_problem: str = ""
    rates: RatesKnown | None = None
    feeds: int = 0
    folder: str = ""
