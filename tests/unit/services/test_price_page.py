"""What the page of prices is told, of an empty shop and of one with data."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from diagnostics.errors import BadInput
from pricing.feeds.feed import feeds_of
from pricing.feeds.fetching import fetch
from pricing.pricedata.health import Health, health_of
from tradein_app.services.price_page import PricePage
from tradein_app.services.price_page_records import Asked, By
from tradein_app.viewmodels.prices_data_words import problem_words, source_words

TODAY = date(2026, 11, 22)
HEAD = "id,brand,model,storage_gb,grade,date,market,currency,price\n"


def page(home: Path) -> PricePage:
    return PricePage(home, lambda: TODAY)


def rows(*lines: str) -> str:
    return HEAD + "".join(f"{number},{line}\n" for number, line in enumerate(lines))


def put(home: Path, place: str, text: str) -> Path:
    path = home / "prices" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_shop_has_the_curve_of_the_seed(tmp_path: Path):
    curve = page(tmp_path).curve(Asked("iphone-13"))
    assert curve.asked.storage_gb == 128
    assert curve.today.range.basis == "seed"
    assert curve.dots == ()
    assert curve.points[0].at == 0
    assert 0 < curve.age_months < curve.points[-1].at
    assert any(point.at == curve.age_months for point in curve.points), "today is on the curve"
    for point in curve.points:
        assert point.range.p10.amount <= point.range.p50.amount <= point.range.p90.amount


def test_a_better_grade_and_more_storage_are_never_cheaper(tmp_path: Path):
    for by in (By.GRADE, By.STORAGE):
        points = page(tmp_path).curve(Asked("iphone-13", by=by)).points
        ordered = points if by is By.STORAGE else points[::-1]
        assert len(points) > 2
        assert all(a.range.p50.amount <= b.range.p50.amount for a, b in pairwise(ordered))


def test_real_prices_of_this_phone_and_no_other_stand_beside_the_curve(tmp_path: Path):
    put(
        tmp_path,
        "data/market.csv",
        rows(
            "Apple,iPhone 13,128,good,2026-11-01,FR,EUR,240",
            "Apple,iPhone 13,256,good,2026-11-01,FR,EUR,280",
            "Apple,iPhone 13,128,fair,2026-11-01,FR,EUR,200",
            "Apple,iPhone 13,128,good,2026-11-01,DE,EUR,250",
            "Apple,iPhone 13,128,good,2026-11-01,FR,USD,270",
            "Apple,iPhone 14,128,good,2026-11-01,FR,EUR,340",
            "Apple,iPhone 13,128,good,,FR,EUR,230",
        ),
    )
    put(tmp_path, "own-deals.csv", rows("Apple,iPhone 13,128,good,2026-11-02,FR,EUR,210"))
    shown = page(tmp_path)
    curve = shown.curve(Asked("iphone-13"))
    assert [(dot.own, str(dot.price.amount)) for dot in curve.dots] == [(True, "210.00"), (False, "240.00")]
    assert (curve.own_dots, curve.market_dots) == (1, 2)
    by_grade = shown.curve(Asked("iphone-13", by=By.GRADE))
    assert sorted((dot.at, str(dot.price.amount)) for dot in by_grade.dots) == [
        (2.0, "210.00"),
        (2.0, "230.00"),
        (2.0, "240.00"),
        (3.0, "200.00"),
    ]
    by_storage = shown.curve(Asked("iphone-13", by=By.STORAGE))
    assert {dot.at for dot in by_storage.dots} == {128.0, 256.0}
    assert ("DE", "EUR") in {(place.market, place.currency) for place in shown.choices().places}


def a_feed(home: Path, name: str, kind: str, text: str) -> None:
    """Name a feed of a file, and fetch it."""
    source = put(home, f"{name}.csv", text)
    with (home / "prices" / "feeds.toml").open("a", encoding="utf-8") as file:
        file.write(f"[{name}]\nkind = '{kind}'\npath = '{source}'\n")
    feed = next(each for each in feeds_of(home) if each.name == name)
    assert fetch(feed, home).path is not None


def test_what_a_feed_says_was_sold_is_no_ask_and_a_feed_that_is_gone_has_no_dots(tmp_path: Path):
    line = "Apple,iPhone 13,128,good,2026-11-01,FR,EUR,{}"
    a_feed(tmp_path, "auction", "sold", rows(line.format(220)))
    a_feed(tmp_path, "market", "asks", rows(line.format(250)))
    shown = page(tmp_path)
    curve = shown.curve(Asked("iphone-13"))
    assert [(dot.own, dot.sold, str(dot.price.amount)) for dot in curve.dots] == [
        (False, True, "220.00"),
        (False, False, "250.00"),
    ]
    assert (curve.own_dots, curve.sold_dots, curve.market_dots) == (0, 1, 1)
    (tmp_path / "prices" / "feeds.toml").write_text("", encoding="utf-8")
    assert shown.curve(Asked("iphone-13")).dots == ()


def test_a_file_that_is_taken_out_is_kept_even_twice_and_nothing_beside_the_data_is_moved(tmp_path: Path):
    line = rows("Apple,iPhone 13,128,good,2026-11-01,FR,EUR,240")
    shown = page(tmp_path)
    for _ in range(2):
        put(tmp_path, "data/market.csv", line)
        shown.take_out("market.csv")
    shown.take_out("market.csv")
    kept = tmp_path / "prices" / "taken-out"
    assert sorted(path.name for path in kept.iterdir()) == ["market-1.csv", "market.csv"]
    assert all(path.read_text() == line for path in kept.iterdir())
    own = put(tmp_path, "own-deals.csv", line)
    with pytest.raises(BadInput):
        shown.take_out("../own-deals.csv")
    assert own.is_file()


def test_of_very_many_prices_some_hundred_are_shown_and_all_are_counted(tmp_path: Path):
    line = "Apple,iPhone 13,128,good,2026-11-01,FR,EUR,{}"
    put(tmp_path, "data/ours.csv", rows(*(line.format(200 + n % 90) for n in range(5000))))
    curve = page(tmp_path).curve(Asked("iphone-13"))
    assert curve.market_dots == 5000
    assert 30 <= len(curve.dots) <= 300


def test_the_health_of_the_data_counts_what_was_left_out_and_why(tmp_path: Path):
    put(
        tmp_path,
        "data/a.csv",
        rows(
            "Apple,iPhone 13,128,good,2026-11-01,FR,EUR,240", "Apple,iPhone 13,128,good,2026-11-01,FR,EUR,-5"
        ),
    )
    put(tmp_path, "data/b.csv", "no,prices\n1,2\n")
    data = page(tmp_path).overview().data
    good, bad = data.sources
    assert (good.rows, good.used, good.left_out[0].why) == (2, 1, "price: is no price above 0")
    assert "line 3" in good.examples[0]
    assert good.newest == date(2026, 11, 1)
    assert "column" in bad.problem
    assert (data.used, data.own, data.left_out, data.models, data.known) == (1, 0, 1, 1, 0)


def test_what_changed_in_a_file_is_seen_by_the_next_look(tmp_path: Path):
    shown = page(tmp_path)
    assert shown.overview().data.used == 0
    put(tmp_path, "data/a.csv", rows("Apple,iPhone 13,128,good,2026-11-01,FR,EUR,240"))
    assert shown.overview().data.used == 1


def test_a_file_is_taken_into_the_data_or_refused_with_its_reason(tmp_path: Path):
    home, shown = tmp_path / "home", page(tmp_path / "home")
    good = tmp_path / "Prix d'été.csv"
    good.write_text(rows("Apple,iPhone 13,128,good,2026-11-01,FR,EUR,240"), encoding="utf-8")
    assert shown.load(good).used == 1
    assert [path.name for path in (home / "prices" / "data").iterdir()] == ["Prix-d-été.csv"]
    bad = tmp_path / "bad.csv"
    bad.write_text(rows("Apple,iPhone 13,128,good,2026-11-01,FR,EUR,free"), encoding="utf-8")
    with pytest.raises(BadInput, match="'free' is no number"):
        shown.load(bad)
    with pytest.raises(BadInput):
        shown.load(tmp_path / "missing.csv")
    assert len(list((home / "prices" / "data").iterdir())) == 1


def test_a_refused_file_says_first_how_many_rows_are_wrong(tmp_path: Path):
    bad = tmp_path / "bad.csv"
    bad.write_text("id,model,date,price\n" + "".join(f"{n},X,05/11/2026,300\n" for n in range(600)))
    with pytest.raises(BadInput) as refused:
        page(tmp_path / "home").load(bad)
    said = refused.value.message
    assert "600 of 600 rows: date: is no date" in said
    assert said.index("600 of 600") < said.index("line 2 (id 0), date: '05/11/2026'")


def test_a_file_in_another_encoding_is_refused_with_what_to_do(tmp_path: Path):
    odd = tmp_path / "excel.csv"
    odd.write_bytes("brand;modèle;price\nApple;iPhone 13 très bon;240\n".encode("mac_roman"))
    with pytest.raises(BadInput) as refused:
        page(tmp_path / "home").load(odd)
    assert refused.value.code == "not_utf8"
    assert "UTF-8" in refused.value.hint


def test_a_phone_model_that_there_is_not_is_said(tmp_path: Path):
    with pytest.raises(BadInput, match="no phone model"):
        page(tmp_path).curve(Asked("fairy-1"))


def test_each_file_is_read_once_and_anew_only_when_it_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    read: list[str] = []

    def counting(path: Path, today: date, **named: Any) -> Health:
        read.append(path.name)
        return health_of(path, today, **named)

    monkeypatch.setattr("pricing.pricedata.health.health_of", counting)
    line = "Apple,iPhone 13,128,good,2026-11-01,FR,EUR,{}"
    put(tmp_path, "data/a.csv", rows(line.format(240)))
    put(tmp_path, "data/b.csv", rows(line.format(250), line.format(255)))
    shown = page(tmp_path)
    shown.choices()
    shown.curve(Asked("iphone-13"))
    assert shown.overview().data.used == 3
    assert sorted(read) == ["a.csv", "b.csv"]
    put(tmp_path, "data/b.csv", rows(line.format(250)))
    assert shown.overview().data.used == 2
    assert len(shown.curve(Asked("iphone-13")).dots) == 2
    assert sorted(read) == ["a.csv", "b.csv", "b.csv"]
    (tmp_path / "prices" / "data" / "a.csv").unlink()
    assert shown.curve(Asked("iphone-13")).market_dots == 1


def test_of_two_files_each_is_drawn_by_what_it_has(tmp_path: Path):
    line = "Apple,iPhone 13,128,good,2026-11-01,FR,EUR,{}"
    put(tmp_path, "data/few.csv", rows(*(line.format(200) for _ in range(100))))
    put(tmp_path, "data/many.csv", rows(*(line.format(300) for _ in range(1900))))
    curve = page(tmp_path).curve(Asked("iphone-13"))
    assert curve.market_dots == 2000
    assert sum(dot.price.amount == 200 for dot in curve.dots) == 3, "a twentieth of sixty"


def test_files_are_told_also_where_the_one_that_names_feeds_is_damaged(tmp_path: Path):
    put(tmp_path, "feeds.toml", "[market")
    put(tmp_path, "data/a.csv", rows("Apple,iPhone 13,128,good,2026-11-01,FR,EUR,240"))
    feeds, loaded = page(tmp_path).overview().data.sources
    assert (feeds.code, loaded.used) == ("bad_feeds", 1)
    assert "n'est pas utilisable" in problem_words(feeds, "fr")


def test_why_a_file_cannot_be_used_is_told_as_a_code_that_a_french_window_has_words_for(tmp_path: Path):
    put(tmp_path, "data/a.csv", "no,prices\n1,2\n")
    put(tmp_path, "data/b.csv", rows("Apple,iPhone 13,128,good,2026-11-01,FR,EUR,free"))
    columns, none = page(tmp_path).overview().data.sources
    assert source_words(columns, "fr")[0].startswith("✗ a.csv ne nomme pas les colonnes d'un fichier de prix")
    assert problem_words(none, "fr") == "Aucun de ses prix n'est utilisable."
    assert problem_words(none, "en") == "No price in it can be used."
