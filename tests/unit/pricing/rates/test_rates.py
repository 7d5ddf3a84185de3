"""A rate holds from its day until the next, comes through the euro, and is never a later one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.money import Money
from pricing.rates.columns import days_of, shipped, written
from pricing.rates.keeping import rates_in
from pricing.rates.saying import lack_words, rate_note, significant
from pricing.rates.table import Day, Rates, together

FRIDAY, MONDAY = date(2026, 10, 30), date(2026, 11, 2)
RATES = Rates(
    (
        Day(FRIDAY, {"USD": "1.2000", "GBP": "0.8", "RUB": "90"}, "shipped"),
        Day(MONDAY, {"USD": "1.2500", "GBP": "0.8"}, "ecb"),
    )
)


def test_a_weekend_has_the_last_days_rate() -> None:
    for day in (FRIDAY, FRIDAY + timedelta(1), FRIDAY + timedelta(2)):
        rate = RATES.rate("USD", "EUR", day)
        assert rate is not None
        assert (rate.day, rate.units, rate.origin) == (FRIDAY, Decimal("1.2"), "shipped")
    monday = RATES.rate("USD", "EUR", MONDAY)
    assert monday is not None
    assert (monday.units, monday.origin, monday.age(MONDAY + timedelta(40))) == (Decimal("1.25"), "ecb", 40)


def test_two_currencies_come_together_through_the_euro() -> None:
    rate = RATES.rate("USD", "GBP", MONDAY)
    assert rate is not None
    assert rate.of(Money(Decimal(100), "USD")) == Money(Decimal(64), "GBP")
    assert rate_note(rate) == "1.5625 USD/GBP (2026-11-02)"
    with pytest.raises(ValueError, match="EUR is not USD"):
        rate.of(Money(Decimal(1), "EUR"))


@pytest.mark.parametrize(
    ("source", "target", "day", "code", "said"),
    [
        ("USD", "EUR", date(2020, 1, 1), "no_day", "begin on 2026-10-30"),
        ("VND", "EUR", MONDAY, "never", "gives no rate of VND"),
        ("EUR", "RUB", MONDAY, "ended", "On 2026-11-02"),
    ],
)
def test_where_there_is_no_rate_it_is_said_why(source, target, day, code, said) -> None:
    assert RATES.rate(source, target, day) is None
    lack = RATES.lack(source, target, day)
    assert lack is not None
    assert lack.code == code
    assert said in lack_words(lack)
    assert lack_words(lack, "fr") != lack_words(lack)
    assert RATES.lack("USD", "EUR", MONDAY) is None


def test_the_same_currency_needs_no_rate_and_none_at_all_is_said() -> None:
    none = Rates(())
    same = none.rate("VND", "VND", MONDAY)
    assert same is not None
    assert (same.value, same.day, same.old(MONDAY)) == (Decimal(1), None, False)
    assert none.rate("USD", "EUR", MONDAY) is None
    assert none.lack("USD", "EUR", MONDAY) is not None


def test_the_shipped_rates_are_the_banks_and_know_their_day() -> None:
    """From the bank's own table: 1.1172 USD and 0.8338 GBP on 2026-10-30, 1.2141 USD on 2014-12-31."""
    rates = shipped()
    last = rates.rate("USD", "EUR", date(2026, 11, 22))
    assert last is not None
    assert (last.units, last.day, last.origin) == (Decimal("1.1172"), FRIDAY, "shipped")
    old = rates.rate("USD", "EUR", date(2015, 1, 10))
    assert old is not None
    assert (old.units, old.day) == (Decimal("1.2141"), date(2014, 12, 31))
    assert rates.rate("EUR", "BGN", date(2026, 2, 1)) is None, "Bulgaria has had the euro since 2026-01-01"
    gaps = [(b.day - a.day).days for a, b in zip(rates.days, rates.days[1:], strict=False)]
    assert max(gaps) <= 35


def test_what_was_fetched_counts_before_what_was_shipped() -> None:
    more = together(RATES, [Day(FRIDAY, {"USD": "1.3", "GBP": "0.8"}, "ecb")])
    rate = more.rate("USD", "EUR", FRIDAY)
    assert rate is not None
    assert (rate.units, rate.origin) == (Decimal("1.3"), "ecb")
    assert len(more.days) == 2


units = st.decimals(min_value="0.0001", max_value="99999", places=4).map(str)
tables = st.dictionaries(
    st.dates(date(2015, 1, 1), date(2026, 12, 31)),
    st.dictionaries(st.sampled_from(["USD", "GBP", "JPY", "TRY"]), units, min_size=1),
    max_size=12,
)


@given(tables, st.dates(date(2014, 1, 1), date(2027, 12, 31)))
def test_no_rate_is_of_a_later_day_and_there_and_back_is_the_same(table, asked) -> None:
    rates = Rates(tuple(Day(day, given, "ecb") for day, given in table.items()))
    for source, target in product(("EUR", "USD", "JPY"), repeat=2):
        rate = rates.rate(source, target, asked)
        back = rates.rate(target, source, asked)
        assert (rate is None) == (back is None) == (rates.lack(source, target, asked) is not None)
        if rate and back:
            assert rate.day is None or rate.day == max(day for day in table if day <= asked)
            assert rate.units == back.value
            assert abs(rate.value * back.value - 1) < Decimal("1e-20")


@given(tables)
def test_a_table_is_kept_as_it_was(table) -> None:
    days = Rates(tuple(Day(day, given, "ecb") for day, given in table.items())).days
    assert tuple(days_of(written(days), "ecb")) == days


@pytest.mark.parametrize(
    ("number", "said"),
    [("1.17", "1.17"), ("0.0000123456789", "0.0000123457"), ("20275.17", "20275.2"), ("0", "0")],
)
def test_rates_are_shown_in_six_digits(number: str, said: str) -> None:
    assert significant(Decimal(number)) == said


_OTHERS = {"JPY": "180.1", "GBP": "0.86", "CHF": "0.93"}


def kept_table(folder: Path, *days: tuple[str, str], **units: str) -> Path:
    place = folder / "prices" / "rates" / "ecb.csv"
    place.parent.mkdir(parents=True)
    rows = (
        Day(date.fromisoformat(day), {**_OTHERS, **({"USD": usd} if usd else {}), **units}, "ecb")
        for day, usd in days
    )
    place.write_text(written(rows), encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("day", "usd", "why"),
    [
        ("2026-11-20", "999999999.9", "cannot be"),
        ("2026-11-20", "0.000000001", "cannot be"),
        ("2026-11-20", "11.5", "cannot be"),
        ("2026-11-20", "1.9", "cannot be"),
        ("2026-11-19", "1.15", "stands there twice"),
        ("2026-11-20", "", "has no rate of USD"),
        ("2026-11-20", "abc", "is no rate"),
        ("2999-11-20", "1.1", "is in the future"),
    ],
)
def test_a_kept_table_is_checked_as_one_that_comes(tmp_path, day: str, usd: str, why: str) -> None:
    place = kept_table(tmp_path, ("2026-11-19", "1.15"), (day, usd))
    place.with_name("meta.json").write_text(
        '{"fetched_at": "2026-11-22T10:00:00Z", "url": "", "etag": "", "last_modified": ""}'
    )
    found = rates_in(tmp_path)
    assert why in found.wrong
    assert found.days == shipped().days, "nothing of it is used"


@pytest.mark.parametrize(
    "content",
    [b"", bytes(5000), b"day,USD\n2026-11-20\n", b'day,USD\n2026-11-20,"' + b"1" * 200_000, b"\xff\xfe"],
)
def test_a_kept_table_that_is_damaged_is_said(tmp_path, content: bytes) -> None:
    kept_table(tmp_path).write_bytes(content)
    found = rates_in(tmp_path)
    assert "Fetch the rates anew." in found.wrong
    assert found.days == shipped().days


def test_a_currency_that_falls_for_years_is_held_against_the_day_before(tmp_path) -> None:
    lira = [("2027-11-19", "100"), ("2029-11-20", "240"), ("2031-11-20", "600")]
    table = [
        Day(date.fromisoformat(day), {**_OTHERS, "USD": "1.15", "TRY": units}, "ecb") for day, units in lira
    ]
    kept_table(tmp_path).write_text(written(table), encoding="utf-8")
    assert rates_in(tmp_path).wrong == ""
    found = rates_in(tmp_path).rate("EUR", "TRY", date(2032, 1, 1))
    assert found is not None
    assert found.value == 600
