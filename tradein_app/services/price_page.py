"""What the page of prices is told: what a phone is worth, and how well that is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.errors import BadInput, UserError
from tradein_app.services.price_fetching import FetchNews, Stops
from tradein_app.services.price_page_dots import Selection, dots_of
from tradein_app.services.price_page_files import Files, Found
from tradein_app.services.price_page_health import data_of
from tradein_app.services.price_page_records import (
    BATTERIES,
    Asked,
    By,
    Choice,
    Choices,
    Data,
    Overview,
    Place,
    Point,
    PriceCurve,
    Source,
    Watch,
)
from tradein_app.services.price_page_scan import Scan, stamp

if TYPE_CHECKING:
    from pricing.catalogue import Model
    from pricing.ports import Price, PriceModel, PriceQuery

PRICES = "prices"
"""The shop's prices in the data folder."""
GRADES = ("premium", "excellent", "good", "fair")
_AHEAD = 24
"""Months after today that the curve goes on."""
_OLDEST = 120
_POINTS = 60
_DAYS_PER_MONTH = 30.4375


class PricePage:
    """Answers the page; what was read of files is kept until a file changes.

    Args:
        home: The data folder; ``None`` for none, as in tests.
        today: Tells the day.
    """

    def __init__(self, home: Path | None, today: Callable[[], date] = date.today) -> None:
        self._home = home
        self._folder = home / PRICES if home else None
        self._today = today
        self._stamp: tuple[object, ...] | None = None
        self._stops = Stops()
        self._files = Files()
        self._found = Found()

    def choices(self) -> Choices:
        """Return what can be chosen: all phone models of the catalogue, and the markets with their currencies."""
        found = self._scanned()
        models = tuple(
            Choice(model.id, model.title, model.storages, found.phones[_key(model)]) for model in _models()
        )
        return Choices(models, GRADES, tuple(_places(found, self._today())))

    def curve(self, asked: Asked) -> PriceCurve:
        """Return a phone model's price along an axis, with the real prices that the shop has of it.

        Raises:
            BadInput: There is no such model, storage or grade, code ``unknown_model``.
            UserError: It has no honest price today; the code says why.
        """
        model = _model(asked.model)
        asked = _filled(asked, model)
        today, book = self._today(), self._book()
        at = _Axis(model, asked, today)
        now = book.price(at.query(today))
        at.learned = now.range.counts.market > 0
        points = tuple(_along(book, at))
        chosen = Selection(_key(model), asked, model.launch_date, today)
        dots = dots_of(self._scanned(), chosen)
        return PriceCurve(
            asked,
            model.title,
            points,
            _point(at.today, asked.grade, now),
            now.factors,
            now.warnings,
            now.version,
            asked.battery,
            months(model.launch_date, today),
            dots.shown,
            dots.own,
            dots.market,
            dots.sold,
            *dots.every,
        )

    def overview(self) -> Overview:
        """Return how good the models are, what the data is like, and what came of the shop's own promises."""
        from tradein_app.services import price_page_state as state

        home, today = self._home, self._today()
        standing, problem = state.standing_of(home)
        return Overview(
            standing,
            self._told(),
            state.watch_of(self._folder, today) if self._folder else Watch(),
            state.training_of(home),
            problem,
            state.rates_of(home, today),
            state.feeds_named(home),
            str(self._folder) if self._folder else "",
        )

    def fetch(self, number: int = 0) -> FetchNews:
        """Fetch all feeds and the exchange rates; where many are slow, that takes minutes.

        Args:
            number: What `cancel_fetch` names it by.

        Raises:
            BadInput: ``bad_feeds``: the file that names the feeds cannot be used.
        """
        from tradein_app.services.price_fetching import fetch_prices

        if self._home is None:
            return FetchNews()
        try:
            return fetch_prices(self._home, self._stops.of(number))
        finally:
            self._stops.forget(number)

    def cancel_fetch(self, number: int = 0) -> None:
        """Have a fetch end, also one that has not begun: what it has not brought whole by now is not kept."""
        self._stops.of(number).ask()

    def load(self, path: Path) -> Source:
        """Copy a file of prices into the shop's data, and return what is in it.

        Raises:
            BadInput: No row of it can be used.
            UserError: It cannot be copied.
        """
        from tradein_app.services.price_page_loading import load

        if self._folder is None:
            raise UserError("There is no data folder.", code="prices_not_copied", file=path.name)
        return load(self._folder, path, self._today())

    def take_out(self, name: str) -> None:
        """Take a loaded file out of the shop's data; it is kept aside.

        Raises:
            UserError: There is none, or it cannot be moved.
        """
        from tradein_app.services.price_page_loading import take_out

        if self._folder is not None:
            take_out(self._folder, name)

    def _scanned(self) -> Scan:
        now = (self._today(), *stamp(self._folder))
        if now != self._stamp:
            self._found = self._files.read(self._home, self._today()) if self._home else Found()
            self._stamp = now
        return self._found.scan

    def _told(self) -> Data:
        self._scanned()
        return data_of(self._found)

    def _book(self) -> PriceModel:
        from pricing.book.opening import shop_book

        return shop_book(self._home, self._today())


class _Axis:
    """What is asked at each place of the axis."""

    learned = False
    """Prices of this very model were learned from, with their own days."""

    def __init__(self, model: Model, asked: Asked, today: date) -> None:
        self._model = model
        self._asked = asked
        self._today = today

    @property
    def today(self) -> float:
        """Where what is asked for stands on the axis."""
        if self._asked.by is By.AGE:
            return months(self._model.launch_date, self._today)
        grade = float(GRADES.index(self._asked.grade))
        return grade if self._asked.by is By.GRADE else float(self._asked.storage_gb)

    def places(self) -> Iterator[tuple[float, str, PriceQuery]]:
        """Yield each place, its name and the query there."""
        if self._asked.by is By.AGE:
            yield from self._ages()
        elif self._asked.by is By.GRADE:
            for place, grade in enumerate(GRADES):
                yield float(place), grade, self.query(self._today, grade=grade)
        else:
            for size in self._model.storages:
                yield float(size), self._asked.grade, self.query(self._today, storage=size)

    def _ages(self) -> Iterator[tuple[float, str, PriceQuery]]:
        now = months(self._model.launch_date, self._today)
        first, last = max(0.0, math.floor(now) - _OLDEST), now + _AHEAD
        step = max(1, math.ceil((last - first) / _POINTS))
        ages = sorted({*map(float, range(math.ceil(first), math.floor(last) + 1, step)), now})
        for age in ages:
            yield age, self._asked.grade, self._aged(round((age - now) * _DAYS_PER_MONTH))

    def _aged(self, days: int) -> PriceQuery:
        """Return the query of a phone that is so many days older than this one.

        It is asked for its own day. Where only the published curves price, a younger one is asked for as of today and
        launched later: at the rates of its own day the curve would show how the dollar went up and down, not how a
        phone's price falls.
        """
        if days >= 0 or self.learned:
            return self.query(self._today + timedelta(days=days))
        query = self.query(self._today)
        return replace(
            query, model=replace(query.model, launch_date=query.model.launch_date - timedelta(days=days))
        )

    def query(self, day: date, *, grade: str = "", storage: int = 0) -> PriceQuery:
        """Return what is asked on a day."""
        from diagnostics.grading.result import Grade
        from pricing.ports import PriceQuery

        return PriceQuery(
            model=self._model,
            storage_gb=storage or self._asked.storage_gb,
            grade=Grade(grade or self._asked.grade),
            battery_percent=self._asked.battery,
            as_of=day,
            market=self._asked.market,
            currency=self._asked.currency,
            genuine_parts=True,
        )


def _along(book: PriceModel, at: _Axis) -> Iterator[Point]:
    for place, name, query in at.places():
        try:
            yield _point(place, name, book.price(query))
        except UserError:
            # A day on which it was not out, or without a rate: nothing is drawn there.
            continue


def _point(at: float, name: str, price: Price) -> Point:
    return Point(at, name, price.range)


def months(launch: date, day: date) -> float:
    """Return the months from a launch to a day."""
    return (day - launch).days / _DAYS_PER_MONTH


def _model(model_id: str) -> Model:
    found = next((model for model in _models() if model.id == model_id), None)
    if found is None:
        raise BadInput(
            f"There is no phone model {model_id}.",
            "Choose one of the list.",
            code="unknown_model",
            model=model_id,
        )
    return found


def _filled(asked: Asked, model: Model) -> Asked:
    if asked.grade not in GRADES:
        raise BadInput(
            f"There is no grade {asked.grade}.",
            "Choose one of the list.",
            code="unknown_model",
            model=asked.grade,
        )
    if asked.battery not in BATTERIES:
        raise BadInput(
            f"No price is shown for a battery of {asked.battery} %.",
            "Choose one of the list.",
            code="unknown_model",
            model=f"{asked.battery} %",
        )
    storage = asked.storage_gb if asked.storage_gb in model.storages else model.base_storage
    return replace(asked, storage_gb=storage)


def _models() -> Iterable[Model]:
    from pricing.catalogue import load_catalogue

    return load_catalogue()


def _key(model: Model) -> str:
    return _key_of(model.brand, model.name)


@cache
def _key_of(brand: str, name: str) -> str:
    from pricing.model.columns import phone

    return phone(brand, name).key


def _places(found: Scan, today: date) -> Iterator[Place]:
    """Yield the markets that the program knows, then those of the shop's data that are fully named."""
    from pricing.market import known_markets, load_market

    known = [(code, load_market(code, today).currency) for code in known_markets()]
    for place in known:
        yield Place(*place, found.places[place])
    for place, rows in found.places.most_common():
        if place not in known and all(place):
            yield Place(*place, rows)
