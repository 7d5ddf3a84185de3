"""The way from price to offer adds up to the cent, under the margin scheme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.errors import BadInput
from diagnostics.grading.engine import Grade
from pricing.market import Market, TaxMode, known_markets, load_market
from pricing.money import Money, zero
from pricing.offer import Job, Offer, build_offer, highest_bid, vat_on_margin
from pricing.records import PriceRange

FRANCE = load_market("FR", date(2026, 11, 22))
RATE = Decimal("0.2")
AMOUNTS = st.decimals(Decimal("0.00"), Decimal("3000.00"), places=2, allow_nan=False, allow_infinity=False)
SHARES = st.decimals(Decimal(0), Decimal("0.5"), places=4, allow_nan=False, allow_infinity=False)


def eur(text: str | Decimal) -> Money:
    return Money(Decimal(text), "EUR")


def a_range(p50: str, p10: str | None = None, basis: str = "seed") -> PriceRange:
    return PriceRange(eur(p10 or p50), eur(p50), eur(p50), basis)


def total(offer: Offer) -> Money:
    return sum((step.amount for step in offer.steps), zero("EUR"))


def test_vat_is_a_sixth_of_the_margin() -> None:
    assert vat_on_margin(eur("300"), eur("200"), RATE) == eur("16.67")


def test_a_loss_has_no_vat_and_no_refund() -> None:
    assert vat_on_margin(eur("280"), eur("300"), RATE) == eur("0.00")


def test_the_worked_example_bids_198_and_leaves_the_wanted_30() -> None:
    sale, commission, costs = eur("300"), eur("30"), eur("25")
    bid = highest_bid(sale, commission + costs, eur("30"), RATE)
    assert bid == eur("198")
    assert vat_on_margin(sale, bid, RATE) == eur("17.00")
    assert sale - bid - vat_on_margin(sale, bid, RATE) - commission - costs == eur("30.00")


def test_the_worked_example_as_a_waterfall() -> None:
    market = replace(
        FRANCE,
        test_and_clean=eur("25"),
        logistics=eur("0"),
        warranty=Decimal(0),
        refurbishing={"good": eur("0")},
        margin_share=Decimal(0),
        margin_minimum=eur("30"),
    )
    offer = build_offer(a_range("300"), market, Job(Grade.GOOD, "iphone"))
    steps = {step.label: step.amount for step in offer.steps if step.amount.amount}
    assert offer.amount == eur("198.00")
    assert steps == {
        "resale price": eur("300"),
        "commission 10 %": eur("-30"),
        "test, cleaning, data wipe, a fixed sum": eur("-25"),
        "target margin, the least per phone": eur("-30"),
        "VAT 20 % on the margin": eur("-17"),
    }


def test_the_lines_come_in_order_and_name_what_they_take() -> None:
    offer = build_offer(a_range("300", "230"), FRANCE, Job(Grade.GOOD, "iphone", new_battery=True))
    assert [step.key for step in offer.steps] == [
        "resale_price",
        "caution",
        "commission",
        "test_and_clean",
        "refurbishing",
        "battery",
        "warranty",
        "logistics",
        "margin",
        "vat_on_margin",
        "rounding",
    ]
    assert total(offer) == offer.amount > eur("0")


def test_every_line_says_by_which_rate_or_why() -> None:
    offer = build_offer(a_range("300", "230"), FRANCE, Job(Grade.FAIR, "iphone"))
    said = {step.key: step.label for step in offer.steps}
    assert said["caution"] == "caution: counted with the price that 65 % of such sales reach"
    assert said["refurbishing"] == "refurbishing for grade fair"
    assert said["margin"] == "target margin 12 % of the selling price"
    assert said["logistics"] == "parcel and packing, a fixed sum"


@st.composite
def markets(draw: st.DrawFn) -> Market:
    return replace(
        FRANCE,
        tax_mode=draw(st.sampled_from(TaxMode)),
        vat_rate=draw(SHARES),
        commission=draw(SHARES),
        warranty=draw(SHARES),
        margin_share=draw(SHARES),
        margin_minimum=eur(draw(AMOUNTS)),
        logistics=eur(draw(AMOUNTS)),
        offer_step=eur(draw(st.sampled_from(["0.01", "0.05", "1", "5"]))),
    )


@given(markets(), AMOUNTS, AMOUNTS, st.sampled_from(Grade), st.booleans())
def test_the_waterfall_adds_up_to_the_offer_to_the_cent(
    market: Market, price: Decimal, spread: Decimal, grade: Grade, new_battery: bool
) -> None:
    prices = PriceRange(eur(max(price - spread, Decimal(0))), eur(price), eur(price + spread), "seed")
    offer = build_offer(prices, market, Job(grade, "pixel", new_battery))
    assert total(offer) == offer.amount
    assert offer.amount.amount == 0 or offer.amount >= market.minimum_offer
    assert all(step.amount == eur(step.amount.amount.quantize(Decimal("0.01"))) for step in offer.steps)


@given(AMOUNTS, AMOUNTS)
def test_a_dearer_phone_never_gets_a_lower_offer(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    job = Job(Grade.GOOD, "iphone")
    assert (
        build_offer(a_range(str(low)), FRANCE, job).amount
        <= build_offer(a_range(str(high)), FRANCE, job).amount
    )


def test_nothing_is_paid_for_what_costs_more_than_it_brings() -> None:
    offer = build_offer(a_range("30"), FRANCE, Job(Grade.FAIR, "iphone"))
    assert offer.amount == eur("0.00")
    assert not offer.pays
    assert offer.steps[-1].key == "nothing_paid"
    assert total(offer) == offer.amount


def test_an_estimate_is_bid_on_more_carefully_than_own_deals() -> None:
    job = Job(Grade.GOOD, "iphone")
    seed = build_offer(a_range("300", "230"), FRANCE, job)
    own = build_offer(a_range("300", "230", "own_deals"), FRANCE, job)
    assert seed.amount < own.amount


def test_a_quantile_lies_on_the_lognormal_between_p10_and_p50() -> None:
    price = a_range("300", "200")
    assert price.quantile(Decimal("0.1")) == eur("200")
    assert price.quantile(Decimal("0.5")) == eur("300")
    # 300 x (200/300) ^ (z(.35) / z(.10)), with z from a table: .38532 / 1.28155
    assert price.quantile(Decimal("0.35")) == eur("265.57")
    with pytest.raises(ValueError, match="not between"):
        price.quantile(Decimal("0.6"))


def test_an_unknown_market_names_the_known_ones() -> None:
    for wrong in ("XX", "", "../fr", "fr.toml", "F" * 5000):
        with pytest.raises(BadInput, match="FR") as caught:
            load_market(wrong, date(2026, 1, 1))
        assert len(str(caught.value)) < 200
    assert "FR" in known_markets()
    assert load_market("fr", date(2026, 11, 22)) == FRANCE


def test_a_day_before_the_first_rates_is_said() -> None:
    with pytest.raises(BadInput, match="2014-01-01"):
        load_market("FR", date(2013, 12, 31))


def test_the_last_rate_that_is_valid_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    from pricing import market as room
    from resources.opening import load_toml

    data = load_toml("markets/fr.toml")
    older, newer = ({**data["tax"][0], "vat_rate": rate, "valid_from": day} for rate, day in _RATES)
    monkeypatch.setattr(room, "load_toml", lambda _path: {**data, "tax": [newer, older]})
    load = room.load_market.__wrapped__
    assert load("FR", date(2025, 12, 31)).vat_rate == Decimal("0.196")
    assert load("FR", date(2026, 1, 1)).vat_rate == Decimal("0.21")


_RATES = (("0.196", date(2020, 1, 1)), ("0.21", date(2026, 1, 1)))


def test_france_has_the_figures_that_were_asked_for() -> None:
    assert FRANCE.commission == Decimal("0.10")
    assert FRANCE.vat_rate == RATE
    assert FRANCE.tax_mode is TaxMode.MARGIN
    assert FRANCE.requires_unlocked
    assert FRANCE.valid_days == 7
