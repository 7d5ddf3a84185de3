"""What a price rests on, and on how many prices: in the window, and on the customer's paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pricing.book.shop import ShopBook
from pricing.quote import Quote, quote
from tests.fakes.inspections import an_inspection
from tests.fakes.shop_prices import TODAY, a_book, sold_at, trained
from tests.fakes.shops import IMEI
from tradein_app.documents.customer_quote import CustomerQuote, customer_quote
from tradein_app.services.records import InspectionRecord, Stage
from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.quote import quote_view

NOW = datetime(2025, 11, 20, 10, tzinfo=UTC)


def with_own_sales() -> ShopBook:
    return a_book(trained(), sold_at(0.95, 7, model=trained()))


def made(book: ShopBook, model: str = "iPhone 13") -> Quote:
    return quote(an_inspection(model=model), as_of=TODAY, now=NOW, price_model=book)


def recorded(result: Quote) -> InspectionRecord:
    phone = an_inspection()
    identity = replace(phone.reading.identity, imei=IMEI)
    return InspectionRecord(
        id="0" * 32,
        phone_key="p",
        slot=None,
        stage=Stage.QUOTED,
        reading=replace(phone.reading, identity=identity),
        checklist=phone.checklist,
        answers=phone.answers,
        grade=result.grade,
        quote=result,
        quote_id="1" * 32,
        document=None,
        opened_at=NOW,
        updated_at=NOW,
    )


def test_the_window_says_on_how_many_prices_a_price_rests() -> None:
    view = quote_view(recorded(made(with_own_sales())), previous=None, language="en", now=NOW)
    assert view.range is not None
    count = trained().models["apple|iphone13"].count
    assert view.range.basis == (
        "Own deals: from what this shop sold · own sales of this model: 7 · "
        f"market prices of this model, learned: {count}"
    )
    multipliers = [without_isolates(line.amount).partition(" ")[2] for line in view.factors[1:]]
    assert all(len(each.partition(".")[2]) <= 4 for each in multipliers), multipliers


def test_the_window_does_not_call_a_markets_estimate_published_curves() -> None:
    result = made(a_book(trained()), "iPhone SE (2022)")
    view = quote_view(recorded(result), previous=None, language="en", now=NOW)
    assert view.range is not None
    assert view.range.basis == "Seed: estimate from launch price, maker and age"


def paper_of(result: Quote, language: str) -> CustomerQuote:
    return customer_quote(recorded(result), language=language, made=NOW)


def test_the_customers_paper_says_it_in_plain_words() -> None:
    count = trained().models["apple|iphone13"].count
    assert paper_of(made(with_own_sales()), "en").basis == (
        f"The selling price follows what we sold before. Sales of this model by us: 7. "
        f"Market prices of this model: {count}."
    )
    assert paper_of(made(a_book()), "fr").basis == (
        "Le prix de vente est estimé d'après des courbes de prix publiées."
    )
