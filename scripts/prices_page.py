"""Draws the page of prices as docs/prices.png and others: a shop with prices, two models and own sales.

``[--to FOLDER] [--mode M] [--language L] [--size WxH] [--empty]``. The prices are made up (about the published curves,
with the spread of a market); both models are trained in a process of their own, as a person would have it.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.price_windows import PriceCounter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

MODELS = (
    "iphone-11", "iphone-12", "iphone-13", "iphone-13-pro", "iphone-14", "iphone-14-pro", "iphone-15", "iphone-15-pro",
    "galaxy-s21", "galaxy-s22", "galaxy-s23", "galaxy-s24", "pixel-6", "pixel-7", "pixel-8",
)  # fmt: skip
_SALES = 26
_SETTLES = 0.4


def main() -> int:
    """Draw the pictures and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "docs")
    parser.add_argument("--mode", default="light", choices=("light", "dark", "contrast"))
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", default="1360x860")
    parser.add_argument(
        "--home", type=Path, help="A data folder to show, or to fill; a new one when left out."
    )
    parser.add_argument("--empty", action="store_true", help="A shop without any prices.")
    asked = parser.parse_args()
    from tradein_app.ui.languages import install_language
    from tradein_app.ui.theme import application

    app = application("tradein")
    kept = install_language(app, asked.language)
    asked.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder)
        if not asked.empty and not (home / "prices").is_dir():
            home.mkdir(parents=True, exist_ok=True)
            fill(home)
        _draw(asked, home)
    del kept
    return 0


def fill(home: Path) -> None:
    """Fill a data folder: prices, a model, later prices, a model that waits, and own sales."""
    from pricing.catalogue import load_catalogue
    from tests.fakes.price_windows import asks, put_prices

    known = {model.id for model in load_catalogue()}
    models = [name for name in MODELS if name in known]
    put_prices(home, asks(1500, models))
    _train(home)
    put_prices(home, asks(420, models, seed=2, days=40), "data/backmarket.csv")
    _train(home)
    _sell(home)
    put_prices(home, asks(180, models, seed=3, days=20), "data/refurbed.csv")
    _train(home)
    _go_back(home)


def _train(home: Path) -> None:
    from tests.fakes.price_folders import ended
    from tradein_app.training.starting import start

    start(home, ("picture", "Picture"))
    print(ended(home).outcome)


def _go_back(home: Path) -> None:
    """Go back to the model before, so that the last one waits."""
    from datetime import UTC, datetime

    from pricing.standing.changing import back
    from pricing.standing.keeping import read_standing, write_standing

    write_standing(home, back(read_standing(home), at=datetime.now(UTC), actor=("picture", "Picture")))


def _sell(home: Path) -> None:
    """Record own sales of what was quoted: a little below, as sales are."""
    from pricing.catalogue import load_catalogue
    from pricing.own_deals import OwnDeal, Promise, write_own_deals
    from tests.fakes.price_windows import TODAY
    from tradein_app.services.price_page import PricePage
    from tradein_app.services.price_page_records import Asked

    page, chance = PricePage(home, lambda: TODAY), random.Random(3)
    catalogue = {each.id: each for each in load_catalogue()}
    deals = []
    for number in range(_SALES):
        model = catalogue["iphone-13" if number % 3 == 0 else chance.choice(MODELS[:8])]
        found = page.curve(Asked(model.id, grade="good")).today.range
        day = TODAY - timedelta(days=4 * number + 2)
        price = round(found.p50.amount * Decimal(str(round(chance.gauss(0.99, 0.11), 3))), 2)
        promise = Promise(
            found.p10.amount, found.p50.amount, found.p90.amount, "EUR", "picture", found.basis, day
        )
        deals.append(
            OwnDeal(
                f"sale-{number}", model.id, model.brand, model.name, model.base_storage, "good", 88, day, "FR", "EUR",
                price, model.launch_date, "counter", promise,
            )
        )  # fmt: skip
    write_own_deals(home / "prices" / "own-deals.csv", deals)


def _draw(asked: argparse.Namespace, home: Path) -> None:
    from PySide6.QtCore import Qt

    from tests.fakes.price_windows import PriceCounter
    from tradein_app.ui.tokens import Mode

    with tempfile.TemporaryDirectory() as folder:
        counter = PriceCounter(Path(folder), asked.language, home)
        counter.show_window(Mode(asked.mode))
        width, height = map(int, asked.size.split("x"))
        window = counter.open_prices((width, height))
        for name, keys in (
            ("prices", ()),
            ("prices-grade", ((Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier),)),
            ("prices-numbers", ((Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier),)),
        ):
            for key in keys:
                counter.press(*key)
            _wait(counter)
            window.grab().save(str(asked.to / f"{name}.png"))
        counter.close()


def _wait(counter: PriceCounter) -> None:
    """Let layouts find their sizes."""
    until = time.monotonic() + _SETTLES
    while time.monotonic() < until:
        counter.settle()


if __name__ == "__main__":
    sys.exit(main())
