"""A counter whose window of prices can be opened, and prices made up for it."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.fakes.windows import Counter
from tradein_app.bridge.worker import Worker
from tradein_app.services.price_page import GRADES, PricePage
from tradein_app.services.price_page_records import BATTERY
from tradein_app.ui.prices_window import PricesWindow

TODAY = date(2026, 11, 22)
HEAD = (
    "id", "brand", "model", "storage_gb", "grade", "battery_pct", "date", "market", "currency", "launch_date",
    "launch_price", "price",
)  # fmt: skip
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class PriceCounter(Counter):
    """A counter with prices; the keyboard is at their window once it was opened."""

    prices: PricesWindow

    def __init__(self, folder: Path, language: str = "en", home: Path | None = None) -> None:
        super().__init__(folder, language)
        self.price_worker = Worker("prices")
        self.price_worker.start()
        self.fetch_worker = Worker("fetching")
        self.fetch_worker.start()
        self.open()
        page = PricePage(home or folder, lambda: TODAY)
        self.bench.prices.open(page, self.price_worker, self.fetch_worker)

    def open_prices(self, size: tuple[int, int] = (1240, 800)) -> PricesWindow:
        """Press the key in the main window."""
        main = self.window or self.show_window()
        main.activateWindow()
        QTest.keyClick(main, Qt.Key.Key_P, CTRL | Qt.KeyboardModifier.ShiftModifier)
        self.settle()
        assert main.handling.prices is not None
        self.prices = main.handling.prices
        self.prices.resize(*size)
        self.settle()
        return self.prices

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        focused: QWidget | None = self.prices.focusWidget()
        QTest.keyClick(self.prices if focused is None else focused, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        focused = self.prices.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)

    def settle(self) -> None:
        for _ in range(2):
            super().settle()
            done: list[bool] = []
            self.price_worker.submit(lambda done=done: done.append(True))  # type: ignore[misc]
            while not done:
                QCoreApplication.processEvents()
            QCoreApplication.processEvents()

    def close(self) -> None:
        super().close()
        self.price_worker.stop()
        self.fetch_worker.stop()


def asks(count: int, models: Iterable[str], *, seed: int = 1, days: int = 300) -> Iterator[dict[str, Any]]:
    """Yield made-up asks about what the published curves say, a seventh more, with the spread of a market."""
    from diagnostics.grading.result import Grade
    from pricing.catalogue import load_catalogue
    from pricing.ports import PriceQuery
    from pricing.seed.book import SeedBook

    chance, book = random.Random(seed), SeedBook()
    known = {model.id: model for model in load_catalogue()}
    chosen = [known[name] for name in models]
    tastes = {model.id: chance.gauss(0, 0.12) for model in chosen}
    for number in range(count):
        model, grade = chance.choice(chosen), chance.choice(GRADES)
        storage, day = chance.choice(model.storages), TODAY - timedelta(days=chance.randrange(days))
        if day < model.launch_date:
            continue
        query = PriceQuery(model, storage, Grade(grade), BATTERY, day, "FR", "EUR", genuine_parts=True)
        middle = float(book.price(query).range.p50.amount)
        price = middle * 1.14 * 2.718281828 ** (tastes[model.id] + chance.gauss(0, 0.16))
        yield {
            "id": f"a{seed}-{number}",
            "brand": model.brand,
            "model": model.name,
            "storage_gb": storage,
            "grade": grade,
            "battery_pct": BATTERY,
            "date": day.isoformat(),
            "market": "FR",
            "currency": "EUR",
            "launch_date": model.launch_date.isoformat(),
            "launch_price": "",
            "price": f"{price:.2f}",
        }


def put_prices(home: Path, rows: Iterable[dict[str, Any]], place: str = "data/leboncoin.csv") -> None:
    """Put rows where the shop's prices lie."""
    path = home / "prices" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEAD)
        writer.writeheader()
        writer.writerows(rows)
