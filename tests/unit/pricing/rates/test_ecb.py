"""The bank's file is read as it is, and what is not the bank's file never counts."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.errors import BadInput
from pricing.rates.columns import shipped
from pricing.rates.ecb import LARGEST, parse
from pricing.rates.table import Rates

TODAY = date(2026, 11, 22)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" '
    'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">\n\t<gesmes:subject>Reference rates</gesmes:subject>\n'
)
USUAL = {"USD": "1.1172", "JPY": "175.68", "GBP": "0.83380", "CHF": "0.9194"}


def a_file(**days: dict[str, str]) -> bytes:
    cubes = "".join(
        f"<Cube time='{day.removeprefix('d').replace('_', '-')}'>"
        + "".join(f"<Cube currency='{name}' rate='{rate}'/>" for name, rate in rates.items())
        + "</Cube>"
        for day, rates in days.items()
    )
    return f"{HEAD}<Cube>{cubes}</Cube></gesmes:Envelope>".encode()


def test_the_days_of_the_file_are_read_with_their_rates() -> None:
    found = parse(a_file(d2026_11_20=USUAL, d2026_11_19=USUAL | {"PLN": "4.4"}), shipped(), TODAY)
    assert [each.day for each in found] == [date(2026, 11, 20), date(2026, 11, 19)]
    rate = Rates(found).rate("GBP", "EUR", TODAY)
    assert rate is not None
    assert (rate.units, rate.origin) == (Decimal("0.83380"), "ecb")


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12))
    + b"]><a>&m;</a>"
)
LEAK = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no XML"),
        (b"<html><body>Sign in</body></html>", "no day with rates"),
        (a_file(d2026_11_20=USUAL)[:-40], "no XML"),
        (BOMB, "entities"),
        (LEAK, "entities"),
        (b"<a>" * 200_000, "no XML"),
        (b"<a/>" + b" " * LARGEST, "larger than 8 MB"),
        (a_file(d2026_13_45=USUAL), "cannot be used"),
        (a_file(d2026_11_24=USUAL), "in the future"),
        (a_file(d2026_11_20={"USD": "1.1"}), "no rate of CHF, GBP, JPY"),
        (a_file(d2026_11_20=USUAL | {"USD": "-1"}), "no rate"),
        (a_file(d2026_11_20=USUAL | {"USD": "0.000"}), "no rate"),
        (a_file(d2026_11_20=USUAL | {"USD": "NaN"}), "no rate"),
        (a_file(d2026_11_20=USUAL | {"USD": "1e5"}), "no rate"),
        (a_file(d2026_11_20=USUAL | {"USD": "11172"}), "cannot be: it was 1.1172 before"),
        (a_file(d2026_11_20=USUAL | {"usd": "1"}), "no currency"),
        (
            HEAD.encode() + b"<Cube><Cube time='2026-11-20'><Cube rate='1'/></Cube></Cube></gesmes:Envelope>",
            "currency",
        ),
        ("\x00ÿ".encode("utf-16"), "no XML"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "no XML"),
    ],
)
def test_what_is_not_the_banks_file_is_refused_in_words(content: bytes, said: str) -> None:
    begun = time.monotonic()
    with pytest.raises(BadInput) as caught:
        parse(content, shipped(), TODAY)
    assert caught.value.code == "bad_rates"
    assert said in str(caught.value)
    assert len(str(caught.value)) < 400
    assert time.monotonic() - begun < 5


@given(
    st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_no_bytes_bring_it_down(content: bytes) -> None:
    with pytest.raises(BadInput):
        parse(content, shipped(), TODAY)


@given(st.data())
def test_a_damaged_file_is_refused_or_says_what_can_be(data) -> None:
    whole = bytearray(a_file(d2026_11_20=USUAL, d2026_11_19=USUAL))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        days = parse(bytes(whole), shipped(), TODAY)
    except BadInput:
        return
    for day in days:
        assert day.day <= date(2026, 11, 23)
        for name, usual in USUAL.items():
            assert 1 / Decimal(3) <= Decimal(day.per_euro[name]) / Decimal(usual) <= 3
