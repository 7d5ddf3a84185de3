"""The rows of the catalogue: in order, in bounds, and honest about where they come from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import chain

import pytest

from pricing.catalogue import Model, load_catalogue, normal_code, normal_name, parse_catalogue
from pricing.seed.tables import load_tables
from resources.opening import load_csv

ROWS = load_csv("catalogue/phones.csv")
MODELS = tuple(load_catalogue())
TODAY = date(2026, 11, 22)  # when the rows were last gone through
ASKED_FOR = frozenset(chain.from_iterable(phones.families for phones in load_tables().classes))
COLUMNS = [
    *("id", "brand", "name", "family", "codes", "aliases", "launch_date", "launch_price", "currency"),
    *("storages", "base_storage", "source", "confidence"),
]

# Families that no class of the seed tables asks for: their phones are priced by brand and list price alone.
BY_BRAND = {
    "Apple": {"iphone", "iphone_plus", "iphone_pro", "iphone_se"},
    "Samsung": {
        *("galaxy_s", "galaxy_s_ultra", "galaxy_fe", "galaxy_a", "galaxy_a_low", "galaxy_m", "galaxy_xcover"),
    },
    "Google": {"pixel", "pixel_a"},
    "Xiaomi": {"xiaomi"},
    "Redmi": {"redmi"},
    "POCO": {"poco"},
    "OnePlus": {"oneplus", "oneplus_nord"},
    "Motorola": {"moto_g", "moto_edge"},
    "Huawei": {"huawei"},
    "HONOR": {"honor"},
    "OPPO": {"oppo", "oppo_find"},
    "realme": {"realme"},
    "vivo": {"vivo"},
    "Sony": {"sony"},
    "Nothing": {"nothing"},
    "Fairphone": {"fairphone"},
    "ASUS": {"zenfone"},
    "Nokia": {"nokia"},
}
PAGE = re.compile(r"\b[a-z0-9-]+(\.[a-z]{2,})+ .*\b20\d\d\b")
UNCHECKED = "typed from memory of launch coverage, not checked against a page"


def twice(keys: Iterable[str]) -> list[str]:
    return [key for key, times in Counter(keys).items() if times > 1]


def test_every_row_is_a_model_and_nothing_else() -> None:
    for row in ROWS:
        assert list(row) == COLUMNS, row
        assert all(cell == cell.strip() for cell in row.values()), row
        (model,) = parse_catalogue([row])
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", model.id)


def test_an_id_is_of_one_model() -> None:
    assert not twice(row["id"] for row in ROWS)


def test_a_code_is_of_one_model() -> None:
    assert not twice(code for model in MODELS for code in {normal_code(code) for code in model.codes})


def test_a_name_is_of_one_model_with_its_brand_and_without() -> None:
    assert not twice(name for model in MODELS for name in spellings(model))


def spellings(model: Model) -> set[str]:
    plain = {model.name, *model.aliases}
    return {normal_name(name) for name in plain | {f"{model.brand} {name}" for name in plain}}


def test_no_model_is_named_by_the_code_of_another() -> None:
    """A code may stand where a name is asked for, and the other way round."""
    names = {name: model.id for model in MODELS for name in spellings(model)}
    assert {
        (code, names[normal_name(code)], model.id)
        for model in MODELS
        for code in model.codes
        if names.get(normal_name(code), model.id) != model.id
    } == set()


def test_storages_rise_from_the_one_that_has_the_price() -> None:
    for row in ROWS:
        sizes = [int(size) for size in row["storages"].split("|")]
        assert sizes == sorted(set(sizes)), row
        assert sizes[0] == int(row["base_storage"]), row
        assert set(sizes) <= {2**power for power in range(4, 12)}, row


def test_dates_and_prices_are_those_of_phones_on_sale() -> None:
    for model in MODELS:
        price = model.launch_prices[model.base_storage]
        assert date(2015, 1, 1) <= model.launch_date <= TODAY, model
        assert price.currency in {"EUR", "USD"}, model
        assert 80 <= price.amount <= 2500, model
        assert price.amount == price.amount.to_integral_value(), model


def test_every_row_says_where_its_price_was_read_or_that_it_was_not() -> None:
    for model in MODELS:
        read, owned_up = bool(PAGE.search(model.source)), UNCHECKED in model.source
        if model.confidence == "approximate":
            assert read or owned_up, model
        else:
            assert model.confidence in {"published", "derived"}, model
            assert read, model
            assert not owned_up, model


@pytest.mark.parametrize(
    "source",
    [
        "Apple newsroom, US list price at launch",
        "European launch coverage, EUR list price, rounded",
        UNCHECKED,
        "",
    ],
)
def test_a_maker_or_the_press_in_general_is_no_page(source: str) -> None:
    assert not PAGE.search(source)


def test_a_family_is_one_the_seed_tables_ask_for_or_is_left_to_its_brand() -> None:
    strays = {(model.brand, model.family) for model in MODELS if model.family not in ASKED_FOR}
    assert strays == {(brand, family) for brand, families in BY_BRAND.items() for family in families}
    assert {"foldable"} == ASKED_FOR


def test_every_phone_falls_into_a_class() -> None:
    for model in MODELS:
        price = model.launch_prices[model.base_storage].amount
        assert any(phones.fits(model, price) for phones in load_tables().classes), model


def model_of(name: str) -> Model:
    (model,) = (model for model in MODELS if normal_name(name) in spellings(model))
    return model


@pytest.mark.parametrize(
    "generation", [*(str(number) for number in range(11, 18)), "SE (3rd generation)", "17e"]
)
def test_every_iphone_of_the_counter_is_there(generation: str) -> None:
    assert model_of(f"iPhone {generation}").brand == "Apple"


@pytest.mark.parametrize(
    ("name", "base", "price"),
    [
        ("iPhone 13", 128, 799),
        ("iPhone 17 Pro", 256, 1099),
        ("Galaxy S24 Ultra", 256, 1300),
        ("Galaxy S20", 128, 899),
        ("Galaxy A53 5G", 128, 449),
        ("Pixel 8a", 128, 499),
        ("Xiaomi 13", 256, 999),
        ("POCO X3 NFC", 64, 229),
    ],
)
def test_prices_that_a_page_confirms_stay(name: str, base: int, price: int) -> None:
    model = model_of(name)
    assert (model.base_storage, model.launch_prices[base].amount) == (base, Decimal(price))
    assert model.confidence == "published"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("iPhone14,5", "iPhone 13"),
        ("SM-G991B/DS", "Galaxy S21 5G"),
        ("SM-S948B", "Galaxy S26 Ultra"),
        ("SM-N980F", "Galaxy Note20"),
        ("23021RAA2Y", "Redmi Note 12"),
        ("ONEPLUS A6003", "OnePlus 6"),
        ("moto g(30)", "moto g30"),
        ("XQ-DQ54", "Xperia 1 V"),
    ],
)
def test_a_code_leads_to_its_phone(code: str, name: str) -> None:
    assert load_catalogue().find(manufacturer=None, name=None, code=code) is model_of(name)


@pytest.mark.parametrize("code", ["YAL-L21", "JNY-LX1", "RMO-NX1", "ALI-NX1"])
def test_a_code_of_two_phones_leads_to_none(code: str) -> None:
    assert load_catalogue().find(manufacturer=None, name=None, code=code) is None
