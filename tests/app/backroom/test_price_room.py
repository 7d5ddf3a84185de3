"""Prices through the pipe, from a room of their own: everything crosses whole, and no answer waits for it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from diagnostics.errors import BadInput
from pricing.own_deals import read_own_deals
from tests.fakes.backrooms import HeardBackroom, a_config, until
from tests.fakes.price_windows import asks, put_prices
from tests.fakes.shops import PaperShop, a_reading
from tests.fakes.sold_phones import buy
from tests.fakes.web_servers import WebServer, body, drip, hanging
from tradein_app.backroom.fetch_room import FetchRoom
from tradein_app.backroom.price_room import RemotePrices
from tradein_app.services.price_page_records import Asked, By
from tradein_app.services.records import THE_PERSON

MANY = 40_000
"""Rows that take longer to read than a phone to be saved."""


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
        "brand,model,storage_gb,grade,date,market,currency,price\n" + line * MANY, encoding="utf-8"
    )
    heard = HeardBackroom(a_config(tmp_path))
    heard.start()
    heard.desk.open_inspections()
    waits = heard.backroom._send("prices", "overview", (), {})
    record = heard.desk.take_in(a_reading(), actor=THE_PERSON)
    assert not waits.done(), "the reading is saved before the file is read"
    assert waits.result(150).data.used == MANY
    assert heard.desk.inspection(record.id) == record
    heard.stop()


FEEDS = """[market]
url = "{url}"
every = "1d"
[slow]
url = "{slow}"
timeout = 8
"""
PRICES = b"id,brand,model,date,currency,price\n1,Apple,iPhone 13,2026-11-20,EUR,400\n"


def test_feeds_are_fetched_while_desk_and_prices_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")  # so that nobody asks the real bank
    with WebServer(body(PRICES)) as good, WebServer(drip(PRICES)) as slow:
        (tmp_path / "prices").mkdir()
        (tmp_path / "prices" / "feeds.toml").write_text(FEEDS.format(url=good.url(), slow=slow.url()))
        heard = HeardBackroom(a_config(tmp_path))
        heard.start()
        # The first question opens the database and imports what reads prices: that is not what is tried here.
        heard.desk.open_inspections()
        RemotePrices(heard.backroom).overview()
        waits = heard.backroom._send("fetching", "fetch", (), {})
        record = heard.desk.take_in(a_reading(), actor=THE_PERSON)
        assert heard.desk.inspection(record.id) == record
        assert RemotePrices(heard.backroom).overview().data is not None
        assert not waits.done(), "the phone is saved before the slow server has answered"
        news = waits.result(90)
        heard.stop()
    assert [(each.name, each.fresh, each.used) for each in news.feeds] == [
        ("market", True, 1),
        ("slow", False, 0),
    ]
    assert news.feeds[1].problem.code == "timeout"
    assert (news.rates_fresh, news.rates_problem.code) == (False, "no_connection")


def test_a_fetch_is_cancelled_in_the_backroom_at_once_also_one_that_has_not_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with WebServer(hanging) as server:
        (tmp_path / "prices").mkdir()
        feeds = f'[slow]\nurl = "{server.url()}"\ntimeout = 600\n'
        (tmp_path / "prices" / "feeds.toml").write_text(feeds)
        heard = HeardBackroom(a_config(tmp_path))
        heard.start()
        prices = RemotePrices(heard.backroom)
        first = heard.backroom._send("fetching", "fetch", (1,), {})
        until(lambda: bool(server.seen))
        second = heard.backroom._send("fetching", "fetch", (2,), {})
        prices.cancel_fetch(2)
        prices.cancel_fetch(1)
        news = [each.result(60) for each in (first, second)]
        heard.stop()
        assert len(server.seen) == 1
    assert [each.cancelled for each in news] == [True, True]
    assert [each.feeds[0].problem.code for each in news] == ["cancelled", "cancelled"]


def test_what_is_due_is_fetched_by_itself_and_nothing_before_it_is_looked_for(tmp_path: Path):
    with WebServer(body(PRICES)) as server:
        (tmp_path / "prices").mkdir()
        feeds = FEEDS.format(url=server.url(), slow=server.url())
        (tmp_path / "prices" / "feeds.toml").write_text(feeds)
        room = FetchRoom(tmp_path, lambda _call, _inside: None, first=0.05, each=0.05)
        assert not server.seen
        room.begin_looking()
        room.begin_looking()
        until((tmp_path / "prices" / "feeds" / "market" / "meta.json").is_file)
        time.sleep(0.3)
        room.stop()
        assert len(server.seen) == 1, (
            "that of which nobody said how often is left alone, the other one until tomorrow"
        )


def test_a_shop_without_feeds_asks_nobody(tmp_path: Path):
    room = FetchRoom(tmp_path, lambda _call, _inside: None, first=0.01, each=0.01)
    room.begin_looking()
    time.sleep(0.1)
    room.stop()
    assert not (tmp_path / "prices").exists()


def test_own_sales_of_another_bench_are_in_the_folder_once_this_one_watches(tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shop = PaperShop(elsewhere / "shop.sqlite3")
    deal = buy(shop)
    shop.desk.record_sale(deal.id, "300", "EUR", actor=THE_PERSON)
    shop.close()
    here = tmp_path / "here"
    here.mkdir()
    config = replace(a_config(here), database_url=f"sqlite:///{elsewhere / 'shop.sqlite3'}")
    heard = HeardBackroom(config)
    heard.start()
    heard.backroom.watch()
    until((here / "prices" / "own-deals.csv").is_file)
    heard.stop()
    assert [each.price for each in read_own_deals(here / "prices" / "own-deals.csv")] == [300]
