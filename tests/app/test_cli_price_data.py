"""`tradein price fetch | health | rates`."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pricing.rates import fetching
from tests.fakes.phone_market import HEADER, csv_rows
from tests.fakes.terminals import Terminal
from tests.fakes.web_servers import WebServer, body


@pytest.fixture
def tradein(monkeypatch, capsys):
    return Terminal(monkeypatch, capsys)


@pytest.fixture
def home(monkeypatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("TRADEIN_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "prices").mkdir(parents=True)
    return tmp_path / "home"


@pytest.fixture
def market(tmp_path: Path) -> bytes:
    path = tmp_path / "market.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADER, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(csv_rows(60))
    return path.read_bytes()


def test_feeds_are_fetched_and_what_fails_is_said_in_the_persons_language(tradein, home, market, monkeypatch):
    with WebServer(body(market)) as server:
        (home / "prices" / "feeds.toml").write_text(
            f'[web]\nurl = "{server.url("/p.csv?key=s3cret")}"\n[drive]\npath = "none.csv"\n'
        )
        outcome = tradein("price", "fetch", "--json")
        only = tradein("price", "fetch", "web")
    web, drive = outcome.document["feeds"]
    assert (outcome.status, web["fresh"], web["used"], web["age_days"], web["problem"]) == (
        1,
        True,
        60,
        0,
        None,
    )
    assert (drive["fresh"], drive["problem"]["code"]) == (False, "no_file")
    assert "s3cret" not in outcome.out + outcome.err + only.out + only.err
    assert only.status == 0
    assert "unchanged since" in only.out
    monkeypatch.setenv("TRADEIN_LANG", "fr")
    assert "n'existe pas" in tradein("price", "fetch", "drive").err


def test_without_feeds_and_with_wrong_ones_it_says_what_to_write(tradein, home):
    none = tradein("price", "fetch")
    assert none.status == 0
    assert "prices/feeds.toml" in none.err
    assert tradein("price", "fetch", "nobody").status == 2
    (home / "prices" / "feeds.toml").write_text("[a]\nurl = 3")
    wrong = tradein("price", "fetch")
    assert wrong.status == 2
    assert "url of a must be a text" in wrong.line


def test_health_of_a_file_and_of_all_prices(tradein, home, market, tmp_path):
    empty = tradein("price", "health")
    assert (empty.status, "prices/data" in empty.err) == (0, True)
    (home / "prices" / "data").mkdir()
    (home / "prices" / "data" / "mine.csv").write_bytes(market)
    outcome = tradein("price", "health", "--json")
    (mine,) = outcome.document["files"]
    assert outcome.status == 0
    assert (outcome.document["schema"], mine["rows"], mine["used"]) == ("tradein/price-health-1", 60, 60)
    assert set(mine["missing"]) >= {"grade", "battery_pct", "date"}
    (tmp_path / "bad.csv").write_bytes(market + b"x,Apple,iPhone 13,128,good,88,2026-01-01,FR,EUR,,,,,-3\n")
    said = tradein("price", "health", str(tmp_path / "bad.csv"))
    assert said.status == 1
    assert "61 rows, 60 used" in said.out
    assert "line 62 (id x), price: '-3' is no price above 0" in said.out


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "the last try to fetch it failed. There is no file {}. Check the path in feeds.toml"),
        (
            "fr",
            "le dernier téléchargement a échoué. Le fichier {} n'existe pas. Vérifiez le chemin dans feeds",
        ),
    ],
)
def test_health_says_why_a_feed_was_not_fetched_and_what_to_do(tradein, home, monkeypatch, language, said):
    monkeypatch.setenv("TRADEIN_LANG", language)
    (home / "prices" / "feeds.toml").write_text('[drive]\npath = "none.csv"\n')
    tradein("price", "fetch")
    outcome = tradein("price", "health")
    assert outcome.status == 1
    shown = " ".join(outcome.out.split())
    assert said.format(home / "prices" / "none.csv") in shown
    assert "no_file" not in shown
    (drive,) = tradein("price", "health", "--json").document["files"]
    assert (drive["trouble"], drive["trouble_message"] in shown) == ("no_file", True)


def test_rates_say_their_day_and_where_they_come_from(tradein, home):
    outcome = tradein("price", "rates", "--from", "USD", "--to", "eur", "--day", "2026-11-22", "--json")
    (rate,) = outcome.document["rates"]
    assert outcome.status == 0
    assert rate["value"].startswith("0.895")
    assert (rate["day"], rate["age_days"], rate["source"]) == ("2026-10-30", 23, "shipped")
    table = tradein("price", "rates", "--day", "2026-11-22")
    assert "1.1172 USD" in table.out
    assert "23 days old" in table.out
    assert "came with the program" in table.out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--to", "VND"], 1, "gives no rate of VND"),
        (["--from", "VND"], 1, "gives no rate of VND"),
        (["--to", "USD", "--day", "1999-01-01"], 1, "begin on 2014-12-31"),
        (["--to", "euro"], 2, "is no currency"),
        (["--day", "soon"], 2, "soon"),
    ],
)
def test_where_there_is_no_rate_it_is_said(tradein, home, arguments, status, said):
    outcome = tradein("price", "rates", *arguments)
    assert outcome.status == status
    assert said in outcome.line


def test_rates_are_fetched_only_when_asked(tradein, home, monkeypatch):
    day = (datetime.now(UTC) - timedelta(days=1)).date()
    rates = "".join(
        f"<Cube currency='{c}' rate='{r}'/>"
        for c, r in (("USD", 1.2), ("JPY", 175), ("GBP", 0.8), ("CHF", 0.9))
    )
    file = (
        '<a xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube>'
        f'<Cube time="{day}">{rates}</Cube></Cube></a>'
    ).encode()
    with WebServer(body(file), body(b"", 404)) as server:
        monkeypatch.setattr(fetching, "DAILY", server.url())
        monkeypatch.setattr(fetching, "LAST_90_DAYS", server.url())
        tradein("price", "rates")
        assert not server.seen
        outcome = tradein("price", "rates", "--fetch", "--to", "USD", "--json")
        failed = tradein("price", "rates", "--fetch", "--to", "USD", "--json")
    assert (outcome.status, outcome.document["rates"][0]["source"]) == (0, "ecb")
    assert outcome.document["fetched_at"]
    assert f"new rates, the last ones of {day}" in outcome.err
    assert failed.status == 1
    assert "no such file" in failed.err
    assert "stay in use" in failed.err
    assert failed.document["rates"][0]["day"] == str(day)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("1 phone model in 1 cell of", "2 phone models in 3 different cells of")),
        (
            "fr",
            ("1 modèle de téléphone dans 1 case de", "2 modèles de téléphone dans 3 cases différentes de"),
        ),
    ],
)
def test_health_counts_in_the_persons_language(tradein, home, monkeypatch, language, said):
    monkeypatch.setenv("TRADEIN_LANG", language)
    head, line = "brand,model,storage_gb,market,currency,price\n", "Apple,iPhone {},{},FR,EUR,240\n"
    (home / "one.csv").write_text(head + line.format(13, 128) * 2, encoding="utf-8")
    (home / "many.csv").write_text(
        head + line.format(13, 128) + line.format(13, 256) + line.format(14, 128), encoding="utf-8"
    )
    assert said[0] in tradein("price", "health", str(home / "one.csv")).out
    assert said[1] in tradein("price", "health", str(home / "many.csv")).out
