"""A phone's own names lead to its model, and never to another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.catalogue import Catalogue, load_catalogue, normal_name, parse_catalogue

COLUMNS = [
    "id",
    "brand",
    "name",
    "family",
    "codes",
    "aliases",
    "launch_date",
    "launch_price",
    "currency",
    "storages",
    "base_storage",
    "source",
    "confidence",
]
ROWS = """
iphone-13;Apple;iPhone 13;iphone;iPhone14,5;;2021-09-24;829;USD;128|256|512;128;apple.com;published
iphone-13-pro;Apple;iPhone 13 Pro;iphone_pro;iPhone14,2;;2021-09-24;999;USD;128|256;128;apple.com;published
iphone-se-2;Apple;iPhone SE (2nd generation);iphone_se;iPhone12,8;iPhone SE 2020;2020-04-24;399;USD;64;64;a;published
s21;Samsung;Galaxy S21 5G;galaxy_s;SM-G991B|SM-G991U;Galaxy S21;2021-01-29;859;EUR;128|256;128;samsung.com;published
s21-plus;Samsung;Galaxy S21+ 5G;galaxy_s;SM-G996B;Galaxy S21+;2021-01-29;1059;EUR;128;128;samsung.com;published
a52;Samsung;Galaxy A52;galaxy_a;SM-A525F;;2021-03-26;369;EUR;128;128;samsung.com;published
a52-5g;Samsung;Galaxy A52 5G;galaxy_a;SM-A526B;;2021-03-26;449;EUR;128;128;samsung.com;published
pixel-8;Google;Pixel 8;pixel;;;2023-10-12;699;USD;128|256;128;google.com;published
note-12;Redmi;Redmi Note 12;redmi;23021RAAEG;;2023-03-23;199;EUR;64|128;64;mi.com;published
note-12-pp;Redmi;Redmi Note 12 Pro+ 5G;redmi;22101316UG;;2023-03-23;499;EUR;256;256;mi.com;published
oneplus-11;OnePlus;OnePlus 11;oneplus;CPH2449;;2023-02-07;849;EUR;128|256;128;oneplus.com;published
p30-pro;Huawei;HUAWEI P30 Pro;huawei;VOG-L29;;2019-04-05;999;EUR;128|256;128;huawei.com;approximate
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return parse_catalogue(
        dict(zip(COLUMNS, line.split(";"), strict=True)) for line in ROWS.strip().splitlines()
    )


def found(
    catalogue: Catalogue, name: str | None = None, code: str | None = None, maker: str | None = None
) -> str | None:
    model = catalogue.find(manufacturer=maker, name=name, code=code)
    return model.id if model else None


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("iPhone 13", "iphone-13"),
        ("apple  IPHONE13 ", "iphone-13"),
        ("iPhone 13 Pro", "iphone-13-pro"),
        ("iPhone14,5", "iphone-13"),
        ("iPhone SE 2nd Generation", "iphone-se-2"),
        ("Galaxy S21 5G", "s21"),
        ("Samsung Galaxy S21", "s21"),
        ("Galaxy S21+", "s21-plus"),
        ("Galaxy S21 Plus 5G", "s21-plus"),
        ("SM-G991B", "s21"),
        ("sm-g991b/DS", "s21"),
        ("Galaxy A52", "a52"),
        ("Galaxy A52 5G", "a52-5g"),
        ("Pixel 8", "pixel-8"),
        ("Redmi Note 12", "note-12"),
        ("Redmi Note 12 Pro+ 5G", "note-12-pp"),
        ("Redmi Note 12 Pro Plus 5G", "note-12-pp"),
    ],
)
def test_finds_what_phones_call_themselves(catalogue: Catalogue, name: str, model: str) -> None:
    assert found(catalogue, name) == model


@pytest.mark.parametrize(
    "name",
    [
        "",
        None,
        "+",
        "iPhone",
        "iPhone 13 Max",
        "iPhone 1",
        "iPhone 130",
        "Galaxy S21 FE",
        "Redmi Note 12 Pro 5G",
        "13",
        "A52",
    ],
)
def test_never_takes_a_likeness(catalogue: Catalogue, name: str | None) -> None:
    assert found(catalogue, name) is None


def test_the_code_speaks_first_and_may_not_contradict_the_name(catalogue: Catalogue) -> None:
    assert found(catalogue, "Anna's phone", "iPhone14,5") == "iphone-13"
    assert found(catalogue, "Galaxy S21 5G", "SM-G991XYZ") == "s21"
    assert found(catalogue, "iPhone 13 Pro", "iPhone14,5") is None


@pytest.mark.parametrize(
    ("maker", "name", "model"),
    [
        ("samsung", "Galaxy S21 5G", "s21"),
        ("Xiaomi", "Redmi Note 12", "note-12"),
        ("OnePlus", "11", "oneplus-11"),
        ("HUAWEI", "P30 Pro", "p30-pro"),
        ("Samsung", "A52", None),
        ("GooPhone", "iPhone 13", None),
        ("Samsung", "iPhone 13", None),
        ("Apple", "Galaxy S21 5G", None),
    ],
)
def test_the_maker_must_fit(catalogue: Catalogue, maker: str, name: str, model: str | None) -> None:
    assert found(catalogue, name, maker=maker) == model


def test_a_name_of_two_models_is_nobodys() -> None:
    row = dict(zip(COLUMNS, ROWS.strip().splitlines()[0].split(";"), strict=True))
    twins = parse_catalogue([row, row | {"id": "twin", "codes": "iPhone99,1"}])
    assert found(twins, "iPhone 13") is None
    assert found(twins, code="iPhone99,1") == "twin"


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=20))
def test_any_text_is_found_or_not_but_never_fails(name: str, code: str, maker: str) -> None:
    model = load_catalogue().find(manufacturer=maker, name=name, code=code)
    assert model is None or model in set(load_catalogue())


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normal_name(normal_name(text)) == normal_name(text)


@pytest.mark.parametrize(
    "change",
    [
        {"launch_price": "cheap"},
        {"launch_price": "0"},
        {"launch_date": "2021"},
        {"base_storage": "32"},
        {"confidence": "sure"},
        {"source": ""},
        {"currency": "$"},
    ],
)
def test_a_wrong_row_is_named(change: dict[str, str]) -> None:
    row = dict(zip(COLUMNS, ROWS.strip().splitlines()[0].split(";"), strict=True)) | change
    with pytest.raises(ValueError, match="iphone-13"):
        parse_catalogue([row])


def test_every_model_that_came_with_the_program_is_found_by_its_own_names() -> None:
    catalogue = load_catalogue()
    assert len(catalogue) >= 250
    for model in catalogue:
        for name in (model.name, *model.aliases):
            assert catalogue.find(manufacturer=model.brand, name=name, code=None) is model, name
        for code in model.codes:
            assert catalogue.find(manufacturer=model.brand, name=None, code=code) is model, code
