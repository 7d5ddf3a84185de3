"""Rates are fetched when asked, kept by day for ever, and nothing that is wrong takes their place."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pricing.feeds.getting import Limits
from pricing.rates.columns import shipped
from pricing.rates.fetching import FetchedRates, fetch_rates
from pricing.rates.keeping import DAYS, FOLDER, META, rates_in
from tests.fakes.web_servers import WebServer, body, broken_off, hanging, with_etag

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LIMITS = Limits(connect=1.0, read=0.3, total=3.0, tries=2, backoff=0.01)


def a_file(*days: tuple[str, str]) -> bytes:
    cubes = "".join(
        f"<Cube time='{day}'><Cube currency='USD' rate='{usd}'/><Cube currency='JPY' rate='175.1'/>"
        "<Cube currency='GBP' rate='0.83'/><Cube currency='CHF' rate='0.92'/></Cube>"
        for day, usd in days
    )
    head = (
        '<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" '
        'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">'
    )
    return f"{head}<Cube>{cubes}</Cube></gesmes:Envelope>".encode()


HISTORY = a_file(("2026-11-20", "1.1300"), ("2026-11-19", "1.1290"), ("2026-11-18", "1.1280"))


def fetched(folder: Path, server: WebServer, now: datetime = NOW) -> FetchedRates:
    daily, history = server.url("/daily.xml"), server.url("/90d.xml")
    return fetch_rates(folder, now=now, limits=LIMITS, daily=daily, history=history)


def usd(folder: Path, day: date) -> tuple[Decimal, str]:
    rate = rates_in(folder).rate("USD", "EUR", day)
    assert rate is not None
    return rate.units, rate.origin


def test_the_first_time_brings_the_last_weeks_and_later_ones_the_day(tmp_path) -> None:
    tuesday = NOW + timedelta(days=2)
    with WebServer(body(HISTORY), body(a_file(("2026-11-24", "1.1400")))) as server:
        first = fetched(tmp_path, server)
        second = fetched(tmp_path, server, tuesday)
    assert [path for path, _ in server.seen] == ["/90d.xml", "/daily.xml"]
    assert (first.fresh, first.problem, second.fresh) == (True, None, True)
    assert usd(tmp_path, tuesday.date()) == (Decimal("1.1400"), "ecb")
    assert usd(tmp_path, NOW.date()) == (Decimal("1.1300"), "ecb"), "what held on a day does not change later"
    assert usd(tmp_path, date(2026, 11, 18)) == (Decimal("1.1280"), "ecb")
    assert usd(tmp_path, date(2026, 11, 10)) == (Decimal("1.1172"), "shipped")
    assert rates_in(tmp_path).fetched_at == "2026-11-24T12:00:00Z"


def test_after_a_long_pause_the_gap_is_filled(tmp_path) -> None:
    with WebServer(body(HISTORY)) as server:
        fetched(tmp_path, server)
        fetched(tmp_path, server, NOW + timedelta(days=9))
    assert [path for path, _ in server.seen] == ["/90d.xml", "/90d.xml"]


def test_what_did_not_change_is_not_sent_again(tmp_path) -> None:
    with WebServer(body(HISTORY), with_etag(a_file(("2026-11-20", "1.1300")), '"a"')) as server:
        fetched(tmp_path, server)
        fetched(tmp_path, server)
        third = fetched(tmp_path, server, NOW + timedelta(hours=5))
    assert server.seen[2][1]["if-none-match"] == '"a"'
    assert (third.fresh, third.problem) == (False, None)
    assert third.rates.fetched_at == "2026-11-22T17:00:00Z"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (body(b"", 500), "status"),
        (hanging, "timeout"),
        (broken_off(HISTORY), "broken_off"),
        (body(b"<html>proxy: sign in</html>", Content_Type="text/html"), "web_page"),
        (body(a_file(("2026-11-20", "11300"))), "bad_rates"),
        (body(a_file(("2026-11-20", "2.9000"))), "bad_rates"),
        (body(a_file(("2026-11-20", "0.7000"))), "bad_rates"),
        (body(a_file(("2026-11-19", "1.1290"), ("2026-11-20", "1.7500"))), "bad_rates"),
        (body(a_file(("2026-11-20", "1.1300"), ("2026-11-20", "1.1310"))), "bad_rates"),
        (body(HISTORY[:-30]), "bad_rates"),
        (body(b" " * (9 << 20)), "too_large"),
    ],
    ids=[
        *(
            "500",
            "hangs",
            "broken off",
            "page",
            "lost point",
            "too dear",
            "too cheap",
            "jump within",
            "a day twice",
        ),
        *("cut", "large"),
    ],
)
def test_what_is_wrong_leaves_all_as_it_was(tmp_path, answer, code) -> None:
    with WebServer(body(HISTORY)) as server:
        before = fetched(tmp_path, server).rates
        server.answers = [answer]
        found = fetched(tmp_path, server, NOW + timedelta(hours=1))
    assert found.problem is not None
    assert found.problem.code == code
    assert "–" not in found.problem.words("fr")
    assert found.rates == rates_in(tmp_path) == before
    assert not list((tmp_path / FOLDER).glob("*.part"))


def test_a_currency_that_halves_in_a_year_is_believed_and_in_a_month_only_a_smaller_one(tmp_path) -> None:
    """The last shipped day is 2026-10-30: 1.1172 USD."""
    with WebServer(body(a_file(("2027-11-19", "2.2000")))) as server:
        found = fetched(tmp_path, server, NOW + timedelta(days=364))
    assert (found.problem, found.fresh) == (None, True)
    lira = Decimal(shipped().days[-1].per_euro["TRY"]) * 2
    crisis = a_file(("2026-11-20", "1.13")).replace(
        b"currency='JPY' rate='175.1'", b"currency='JPY' rate='175.1'/><Cube currency='TRY' rate='%f'" % lira
    )
    with WebServer(body(crisis)) as server:
        assert fetched(tmp_path / "other", server).problem is None


def test_a_damaged_table_is_said_the_shipped_rates_count_and_it_is_kept_beside_the_new_one(tmp_path) -> None:
    with WebServer(body(HISTORY)) as server:
        fetched(tmp_path, server)
        table = tmp_path / FOLDER / DAYS
        table.write_text("day,USD\n2026-11-20,-3\n")
        damaged = rates_in(tmp_path)
        assert "cannot be used" in damaged.wrong
        assert damaged.days == shipped().days
        assert fetched(tmp_path, server).rates.wrong == ""
    assert usd(tmp_path, NOW.date()) == (Decimal("1.1300"), "ecb")
    assert table.with_name(f"{DAYS}.damaged").read_text().endswith("-3\n")


def test_damaged_notes_of_a_fetch_cost_nothing(tmp_path) -> None:
    with WebServer(body(HISTORY)) as server:
        fetched(tmp_path, server)
        for text in ("", "[]", '{"fetched_at": 3}', "[" * 100_000, "\x00"):
            (tmp_path / FOLDER / META).write_text(text)
            assert fetched(tmp_path, server).problem is None
    assert usd(tmp_path, NOW.date())[1] == "ecb"


def test_no_folder_has_the_shipped_rates(tmp_path) -> None:
    assert rates_in(None) is rates_in(tmp_path) is shipped()


def test_two_that_fetch_at_once_leave_one_whole_table(tmp_path) -> None:
    with WebServer(body(HISTORY)) as server:
        threads = [threading.Thread(target=fetched, args=(tmp_path, server)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert rates_in(tmp_path).wrong == ""
    assert usd(tmp_path, NOW.date()) == (Decimal("1.1300"), "ecb")
