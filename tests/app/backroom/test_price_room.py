"""Prices through the pipe, from a room of their own: everything crosses whole, and no answer waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from diagnostics.errors import BadInput
from tests.fakes.backrooms import HeardBackroom, a_config
from tests.fakes.price_windows import asks, put_prices
from tests.fakes.shops import a_reading
from tradein_app.backroom.price_room import RemotePrices
from tradein_app.services.price_page_records import Asked, By
from tradein_app.services.records import THE_PERSON


def test_prices_are_told_across_the_pipe_and_by_the_next_backroom(tmp_path: Path):
    put_prices(tmp_path, asks(120, ["iphone-13"]))
    heard = HeardBackroom(a_config(tmp_path))
    heard.start()
    prices = RemotePrices(heard.backroom)
    best = max(prices.choices().models, key=lambda each: each.rows)
    assert (best.id, best.rows) == ("iphone-13", 120)
    curve = prices.curve(Asked("iphone-13", by=By.GRADE))
    assert len(curve.points) == 4
    assert curve.market_dots > 0
    heard.kill()
    assert prices.curve(Asked("iphone-13", by=By.GRADE)) == curve
    overview = prices.overview()
    assert (overview.data.used, overview.training.running) == (120, False)
    with pytest.raises(BadInput, match="no phone model"):
        prices.curve(Asked("fairy-1"))
    heard.stop()


def test_the_desk_answers_while_prices_are_read(tmp_path: Path):
    line = "Apple,iPhone 13,128,good,2026-11-01,FR,EUR,240\n"
    path = tmp_path / "prices" / "data" / "many.csv"
    path.parent.mkdir(parents=True)
    path.write_text(
        "brand,model,storage_gb,grade,date,market,currency,price\n" + line * 150_000, encoding="utf-8"
    )
    heard = HeardBackroom(a_config(tmp_path))
    heard.start()
    heard.desk.open_inspections()
    waits = heard.backroom._send("prices", "overview", (), {})
    record = heard.desk.take_in(a_reading(), actor=THE_PERSON)
    assert not waits.done(), "the reading is saved before the file is read"
    assert waits.result(60).data.used == 150_000
    assert heard.desk.inspection(record.id) == record
    heard.stop()
