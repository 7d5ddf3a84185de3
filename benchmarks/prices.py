"""The price model's speed beside CatBoost, LightGBM and scikit-learn's boosting: one price, a million, load, training.

CatBoost and LightGBM are left out where they are not installed.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import Times, interleave, ms
from benchmarks.reporting import Section, Table, verdict

if TYPE_CHECKING:
    from pricing.model.columns import Columns, Floats
    from pricing.model.trained import Trained
    from pricing.ports import PriceQuery

ROWS = 15_000
FLEET = 1_000_000
CALLS = 200
ONE_BAR_MS = 0.5
LOAD_BAR_MS = 20.0
TRAIN_BAR_S = 30.0
_METHOD = (
    f"A made-up market of {ROWS:,} prices of 300 phone models. *One price* of ours has its range and its reasons; the "
    "others say the median alone (for a range they need two models more). *The shop's book* is what a quote asks: that "
    "model, the published curves and 400 own sales, each time of another phone. *A million* is a fleet of the former "
    "phones; the others get it as a table of numbers, without the strings that slow CatBoost down. All on one thread. "
    "Load is from the files. Training of ours is the command line's: mistakes found, eleven fits for ranges and "
    "scores; the others are one fit."
)
_TRAIN = """
import os, resource, sys, time
os.environ["OMP_NUM_THREADS"] = "1"
from benchmarks.prices import market
from pricing.model.learning import train
data = market()
started = time.perf_counter()
train(data)
print(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One model: prices one phone, prices a fleet; ``fit`` is how long its training took."""

    one: Callable[[], object]
    fleet: Callable[[], object]
    fit: float


def measure(runs: int) -> Section:
    """Measure all of it."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    # Their libraries must be loaded before: the limit holds only for what is there when it is set.
    _others()
    with tempfile.TemporaryDirectory() as folder, threadpool_limits(1):
        sides = dict(_sides(Path(folder)))
        books = _books(_load(Path(folder)))
        calls = {name: side.one for name, side in sides.items()} | books
        one = interleave({name: _calls(work) for name, work in calls.items()}, runs)
        fleet = interleave({name: _once(side.fleet) for name, side in sides.items()}, min(runs, 5))
        load = interleave({"load": _once(lambda: _load(Path(folder)))}, runs)["load"]
    seconds, memory = _training()
    rows = [_row(name, one[name], fleet, sides[name].fit if name != "tradein" else seconds) for name in sides]
    rows[1:1] = [_book_row(name, one[name]) for name in books]
    remarks = [
        f"Load of a model: {ms(load.median)} ms (bar {LOAD_BAR_MS:g}): {verdict(load.median * 1000, LOAD_BAR_MS)}",
        f"Training of ours: {seconds:.1f} s (bar {TRAIN_BAR_S:g}): {verdict(seconds, TRAIN_BAR_S)}",
        f"Memory of that process at its peak: {memory:.0f} MB",
    ]
    heads = ("", "one price, ms", "best", "bar", "a million, s", "of CatBoost's", "training, s")
    return Section("Prices", _METHOD, [Table(heads, rows)], remarks)


def market() -> Columns:
    """Return made-up prices with the structure of real ones."""
    import numpy as np

    from pricing.model.columns import columns

    chance = np.random.default_rng(7)
    phones = [
        (f"Brand {number % 12}", f"Phone {number // 12} {'Pro' if number % 3 else ''}")
        for number in range(300)
    ]
    launch = chance.uniform(150, 1300, 300).round()
    born = chance.integers(736_500, 739_500, 300)
    which = chance.integers(0, 300, ROWS)
    storage = 2.0 ** chance.integers(6, 11, ROWS)
    grade = chance.integers(1, 6, ROWS).astype(float)
    battery = chance.integers(70, 101, ROWS).astype(float)
    day = chance.integers(739_500, 739_560, ROWS).astype(float)
    fall = 0.98 ** ((day - born[which]) / 30.4)
    price = launch[which] * fall * 1.07 ** (grade - 3) * 1.06 ** np.log2(storage / 128)
    noisy = price * np.exp(chance.normal(0, 0.15, ROWS))
    return columns(
        [
            {
                "brand": phones[phone][0],
                "model": phones[phone][1],
                "market": "FR",
                "currency": "EUR",
                "storage": storage[row],
                "grade": grade[row],
                "battery": battery[row],
                "day": day[row],
                "launch_day": float(born[phone]),
                "launch_price": float(launch[phone]),
                "price": noisy[row],
            }
            for row, phone in enumerate(which)
        ]
    )


def _sides(folder: Path) -> Iterator[tuple[str, Side]]:
    import numpy as np

    data = market()
    fleet = data.take(np.random.default_rng(8).integers(0, ROWS, FLEET))
    yield "tradein", _ours(data, fleet, folder)
    for name, make in _others().items():
        yield name, _other(make, data, fleet)


def _ours(data: Columns, fleet: Columns, folder: Path) -> Side:
    import numpy as np

    from pricing.model.explaining import explain
    from pricing.model.keeping import save
    from pricing.model.learning import train
    from pricing.model.scoring import Scorer

    started = time.perf_counter()
    model = train(data)
    took = time.perf_counter() - started
    save(model, folder)
    scorer = Scorer(_load(folder))
    phone = data.take(np.array([0]))
    alone = _alone(phone)
    return Side(lambda: explain(scorer, alone), lambda: scorer.price(fleet), took)


def _alone(phone: Columns) -> Columns:
    """Return one phone as a quote gives it: without the names of all others."""
    from dataclasses import replace

    import numpy as np

    return replace(phone, phones=(phone.phones[phone.phone[0]],), phone=np.zeros(1, dtype=np.int64))


def _books(model: Trained) -> dict[str, Callable[[], object]]:
    """Return what prices one phone after the other by a shop's book: phones that the model knows, and unknown ones."""
    from itertools import cycle

    from pricing.book.deals import Deal, Deals
    from pricing.book.market import Champion, MarketPrices
    from pricing.book.shop import ShopBook
    from pricing.book.weights import load_weights
    from pricing.rates.columns import shipped
    from pricing.seed.book import SeedBook

    rates, weights = shipped(), load_weights()
    market = MarketPrices(Champion(model), rates, weights)
    known, unseen = list(_queries("Phone")), list(_queries("Fone"))
    sold = Deals(tuple(Deal(query, 300.0 + place) for place, query in enumerate(known * 2)), "own")
    book = ShopBook(SeedBook(rates=rates), market, sold, weights)
    first, second = cycle(known), cycle(unseen)
    return {
        "tradein, the shop's book": lambda: book.price(next(first)),
        "the same, models it has not seen": lambda: book.price(next(second)),
    }


def _queries(word: str) -> Iterator[PriceQuery]:
    """Yield 200 different phones of the made-up market, or others of its makers."""
    from datetime import date
    from decimal import Decimal

    from diagnostics.grading.result import Grade
    from pricing.catalogue import Model
    from pricing.money import Money
    from pricing.ports import PriceQuery

    grades = (Grade.FAIR, Grade.GOOD, Grade.EXCELLENT, Grade.PREMIUM)
    for number in range(CALLS):
        brand, name = f"Brand {number % 12}", f"{word} {number // 12} {'Pro' if number % 3 else ''}"
        launch = {128: Money(Decimal(200 + 5 * number), "EUR")}
        born = date.fromordinal(737_000 + 7 * number)
        model = Model(f"{word}-{number}", brand, name, (), (), "", born, launch, (128, 256), "", "published")
        day = date.fromordinal(739_559)
        yield PriceQuery(model, 128 << number % 3, grades[number % 4], 70 + number % 31, day, "FR", "EUR")


def _others() -> dict[str, Callable[[], Any]]:
    from sklearn.ensemble import HistGradientBoostingRegressor

    made: dict[str, Callable[[], Any]] = {
        "scikit-learn HGB": lambda: HistGradientBoostingRegressor(
            max_iter=300, early_stopping=False, random_state=0
        )
    }
    if importlib.util.find_spec("lightgbm"):
        from lightgbm import LGBMRegressor  # type: ignore[import-not-found]

        made["LightGBM"] = lambda: LGBMRegressor(n_estimators=300, n_jobs=1, verbose=-1, random_state=0)
    if importlib.util.find_spec("catboost"):
        from catboost import CatBoostRegressor  # type: ignore[import-not-found]

        settings: dict[str, Any] = {"iterations": 300, "depth": 5, "thread_count": 1, "verbose": 0}
        made["CatBoost"] = lambda: CatBoostRegressor(random_seed=0, allow_writing_files=False, **settings)
    return made


def _other(make: Callable[[], Any], data: Columns, fleet: Columns) -> Side:
    import numpy as np

    started = time.perf_counter()
    model = make().fit(_table(data), np.log(data.price))
    took = time.perf_counter() - started
    one, many = _table(data)[:1], _table(fleet)
    return Side(lambda: model.predict(one), lambda: model.predict(many), took)


def _table(data: Columns) -> Floats:
    import numpy as np

    from pricing.model.shape import age_of

    numbers = (data.phone, data.storage, data.grade, data.battery, data.day, age_of(data), data.launch_price)
    return np.column_stack([number.astype(np.float64) for number in numbers])


def _calls(work: Callable[[], object]) -> Callable[[], float]:
    def seconds() -> float:
        started = time.perf_counter()
        for _ in range(CALLS):
            work()
        return (time.perf_counter() - started) / CALLS

    return seconds


def _once(work: Callable[[], object]) -> Callable[[], float]:
    def seconds() -> float:
        started = time.perf_counter()
        work()
        return time.perf_counter() - started

    return seconds


def _load(folder: Path) -> Any:
    from pricing.model.keeping import load

    return load(folder)


def _training() -> tuple[float, float]:
    """Return seconds and megabytes of a training in a process of its own."""
    done = subprocess.run([sys.executable, "-c", _TRAIN], check=True, capture_output=True, text=True)
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak / 1024


def _book_row(name: str, one: Times) -> tuple[str, ...]:
    bar = f"{ONE_BAR_MS:g} {verdict(one.median * 1000, ONE_BAR_MS)}"
    return (name, ms(one.median), ms(one.best), bar, "–", "–", "–")


def _row(name: str, one: Times, fleet: dict[str, Times], fit: float) -> tuple[str, ...]:
    ours = name == "tradein"
    bar = f"{ONE_BAR_MS:g} {verdict(one.median * 1000, ONE_BAR_MS)}" if ours else ""
    catboost = fleet.get("CatBoost")
    share = f"{fleet[name].median / catboost.median:.2f}" if catboost else "–"
    if ours and catboost:
        share += f" {verdict(fleet[name].median, catboost.median)}"
    return (name, ms(one.median), ms(one.best), bar, f"{fleet[name].median:.2f}", share, f"{fit:.1f}")
