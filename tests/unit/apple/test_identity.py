"""Names, numbers and colours: by table, checked, and unknown when unknown."""

from __future__ import annotations

import pytest

from diagnostics.apple.identity import answers_gestalt, read_a_number, read_identity
from diagnostics.apple.tables import Known, a_number, colour_of_enclosure, colour_of_part, model_name, sold_as
from diagnostics.imei import is_imei
from diagnostics.model import Identity, Platform
from diagnostics.teaching import Unnamed, unnamed
from resources.opening import load_csv, load_toml
from tests.unit.apple.builders import builder, codes

IPHONE = {
    "DeviceClass": "iPhone",
    "ProductType": "iPhone14,5",
    "ProductVersion": "16.3.1",
    "BuildVersion": "20D67",
    "ModelNumber": "MLPF3",
    "RegionInfo": "CH/A",
    "SerialNumber": "MXKKWTA9K3",
    "InternationalMobileEquipmentIdentity": "490154203237518",
    "InternationalMobileEquipmentIdentity2": "356938035643809",
    "DeviceColor": "1",
}


def identity_of(values: object, enclosure: object = None) -> Identity:
    made = builder()
    read_identity(values, made, enclosure=enclosure)
    return made.partial().identity


def test_a_trusted_phone_is_known_fully():
    assert identity_of(IPHONE) == Identity(
        manufacturer="Apple",
        model="iPhone 13",
        model_code="iPhone14,5",
        part_number="MLPF3",
        region="CH/A",
        colour="midnight",
        serial="MXKKWTA9K3",
        imei="490154203237518",
        imei2="356938035643809",
        os="iOS",
        os_version="16.3.1",
        sold_as="retail",
        os_build="20D67",
    )


def test_before_trust_the_model_and_the_system_are_known_and_nothing_is_a_problem():
    made = builder()
    read_identity(
        {key: IPHONE[key] for key in ("DeviceClass", "ProductType", "ProductVersion", "DeviceColor")}, made
    )
    reading = made.partial()
    assert (reading.identity.model, reading.identity.os_version) == ("iPhone 13", "16.3.1")
    assert reading.problems == ()


def test_names_have_no_technical_suffix_and_follow_the_identifier_not_its_number():
    assert model_name("iPhone12,1") == Known("iPhone 11")
    assert model_name("iPhone9,3") == model_name("iPhone9,1") == Known("iPhone 7")
    assert not [
        row["name"] for row in load_csv("apple/models.csv") if "GSM" in row["name"] or "Global" in row["name"]
    ]


def test_an_unknown_model_is_shown_raw_and_said_to_be_unknown():
    made = builder()
    read_identity({"ProductType": "iPhone42,1"}, made)
    reading = made.partial()
    assert (reading.identity.model, reading.identity.model_code) == (None, "iPhone42,1")
    assert codes(made, "identity.model") == ["unknown_code"]


def test_a_front_colour_is_not_taken_for_the_housing():
    assert identity_of({"ProductType": "iPhone11,8", "DeviceColor": "1"}).colour is None
    assert identity_of({"ProductType": "iPhone11,8", "DeviceColor": "1"}, enclosure="7").colour == "yellow"


def test_one_colour_code_means_different_things_on_different_models():
    assert colour_of_enclosure("4", "iPhone9,3") == Known("rose gold")
    assert colour_of_enclosure("4", "iPhone11,2") == Known("gold")
    assert colour_of_enclosure("1", "iPhone14,5") is None


def test_a_colour_that_no_table_knows_is_unknown():
    made = builder()
    read_identity({**IPHONE, "ModelNumber": "MZZZ9"}, made, enclosure="3")
    assert made.partial().identity.colour is None
    assert codes(made, "identity.colour") == ["unknown_code"]


def test_once_the_housing_was_told_it_is_its_code_that_is_said_to_be_unknown_and_can_be_named():
    made = builder()
    values = {**IPHONE, "ModelNumber": "MZZZ9"}
    read_identity(values, made)
    assert [dict(p.params) for p in made.partial().problems if p.field == "identity.colour"] == [
        {"raw": "MZZZ9"}
    ]
    assert unnamed(made.partial()) is None, "a part number is of one size and region"
    read_identity(values, made, enclosure="3")
    read_identity(values, made)
    assert unnamed(made.partial()) == Unnamed(Platform.IOS, "iPhone14,5", colour="3", called="iPhone 13")


@pytest.mark.parametrize("enclosure", ["x" * 41, "1\u202e2", b"\xff\n3", "", 7, None])
def test_a_housing_code_that_could_not_be_kept_is_not_offered_to_be_named(enclosure):
    made = builder()
    read_identity({**IPHONE, "ModelNumber": "MZZZ9"}, made, enclosure=enclosure)
    assert unnamed(made.partial()) is None


def test_the_model_is_named_before_its_colour_and_what_is_known_is_not_named():
    made = builder()
    read_identity({"ProductType": "iPhone42,1"}, made, enclosure="3")
    assert unnamed(made.partial()) == Unnamed(Platform.IOS, "iPhone42,1")
    known = builder()
    read_identity(IPHONE, known)
    assert unnamed(known.partial()) is None
    silent = builder()
    read_identity({}, silent)
    assert unnamed(silent.build()) is None


def test_a_part_number_of_another_model_tells_no_colour():
    assert colour_of_part("MLPF3", "iPhone 13") == Known("midnight")
    assert colour_of_part("MLPF3", "iPhone 14") is None


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("MLPF3", "retail"),
        ("FLPF3", "refurbished"),
        ("NLPF3", "replacement"),
        ("PLPF3", "engraved"),
        ("3A", None),
        ("", None),
    ],
)
def test_the_first_letter_says_how_it_was_sold(part, kind):
    assert sold_as(part) == kind


@pytest.mark.parametrize(
    "raw",
    [
        "490154203237519",
        "000000000000000",
        "35693803564380",
        "49-015420-323751-8",
        "٤90154203237518",
        490154203237518,
        b"x",
        None,
        "",
    ],
)
def test_an_imei_that_is_none_is_a_problem_and_is_not_passed_on(raw):
    made = builder()
    read_identity({"InternationalMobileEquipmentIdentity": raw}, made)
    assert made.partial().identity.imei is None
    wrong_digit = raw in {"490154203237519", "000000000000000"}
    assert codes(made, "identity.imei") == ["bad_check_digit" if wrong_digit else "implausible"]


def test_imeis_pass_the_luhn_check():
    assert is_imei("490154203237518")
    assert not is_imei("490154203237517")


@pytest.mark.parametrize(
    ("key", "field", "raw"),
    [
        ("ProductType", "model_code", "<b>iPhone</b>"),
        ("ModelNumber", "part_number", "=HYPERLINK()"),
        ("RegionInfo", "region", "x" * 500),
        ("SerialNumber", "serial", "a\u202eb"),
        ("ProductVersion", "os_version", "16.3.1; rm -rf"),
        ("ProductVersion", "os_version", 17),
    ],
)
def test_texts_that_do_not_look_like_what_they_should_be_are_withheld(key, field, raw):
    made = builder()
    read_identity({key: raw}, made)
    assert getattr(made.partial().identity, field) is None
    assert codes(made, f"identity.{field}") == ["implausible"]


def test_an_ipad_runs_ipados():
    assert identity_of({"DeviceClass": "iPad"}).os == "iPadOS"
    assert identity_of({"DeviceClass": "Toaster"}).os is None


def test_every_row_of_the_tables_names_a_model_that_there_is():
    models = {row["name"] for row in load_csv("apple/models.csv")}
    types = [row["product_type"] for row in load_csv("apple/models.csv")]
    parts = load_csv("apple/part_numbers.csv")
    assert len(set(types)) == len(types)
    assert {row["model"] for row in parts} <= models
    assert len({row["part_number"] for row in parts}) == len(parts)
    assert {
        product for group in load_toml("apple/colours.toml")["codes"] for product in group["products"]
    } <= set(types)


def test_the_same_number_twice_is_no_second_imei():
    made = builder()
    same = IPHONE["InternationalMobileEquipmentIdentity"]
    read_identity({**IPHONE, "InternationalMobileEquipmentIdentity2": same}, made)
    assert (made.partial().identity.imei, made.partial().identity.imei2) == (same, None)
    assert codes(made, "identity.imei2") == ["same_imei"]


def test_a_phone_with_one_card_has_no_second_imei_and_says_so_in_the_end():
    made = builder()
    read_identity({key: value for key, value in IPHONE.items() if not key.endswith("Identity2")}, made)
    assert codes(made, "identity.imei2") == []
    said = [problem.code for problem in made.build("absent").problems if problem.field == "identity.imei2"]
    assert said == ["absent"]


@pytest.mark.parametrize(("letter", "said"), [("Q", ["unknown_code"]), ("M", [])])
def test_a_first_letter_that_nobody_knows_is_said_to_be_unknown(letter, said):
    made = builder()
    read_identity({**IPHONE, "ModelNumber": f"{letter}LPF3"}, made)
    assert codes(made, "identity.sold_as") == said


@pytest.mark.parametrize(
    ("told", "number", "said"),
    [
        (b"A2634\0", "A2634", []),
        ("A2634", "A2634", []),
        (None, None, []),
        (b"", None, ["implausible"]),
        (b"\0\0\0", None, ["implausible"]),
        (b"A26\x0034", None, ["implausible"]),
        ("2634", None, ["implausible"]),
        (2634, None, ["implausible"]),
        (["A2634"], None, ["implausible"]),
    ],
)
def test_the_a_number_is_text_that_ends_in_nul_or_a_problem(told, number, said):
    made = builder()
    read_a_number(told, "IORegistry device-tree regulatory-model-number", made)
    assert made.partial().identity.a_number == number
    assert codes(made, "identity.a_number") == said


@pytest.mark.parametrize(
    ("product", "region", "number"),
    [
        ("iPhone14,5", "CH/A", "A2634"),
        ("iPhone14,5", "LL/A", "A2482"),
        ("iPhone14,5", "ZD/A", "A2633"),
        ("iPhone14,5", "QQ/A", None),
        ("iPhone14,5", None, None),
        ("iPhone9,3", "QQ/A", "A1778"),
        ("iPhone42,1", "LL/A", None),
    ],
)
def test_the_table_tells_an_a_number_only_where_it_is_sure_of_the_place(product, region, number):
    assert a_number(product, region) == number


@pytest.mark.parametrize(
    ("version", "answers"),
    [("12.4.1", True), ("17.3.1", True), ("17.4", False), ("26.0", False), ("x", False)],
)
def test_mobilegestalt_is_asked_below_17_4_only(version, answers):
    assert answers_gestalt({"ProductVersion": version}) is answers


def test_every_practice_phone_has_the_a_number_that_the_table_estimates():
    for phone in load_toml("practice/iphones.toml")["phone"]:
        model = phone["model"]
        assert a_number(model["product_type"], model["region"]) in {None, model["regulatory_number"]}
