"""Which repairs lift a grade, what they cost by model, and whether they pay."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from diagnostics.errors import BadInput
from diagnostics.grading.engine import grade
from diagnostics.grading.standards import standard_ids
from pricing.catalogue import load_catalogue
from pricing.codec import quote_from_json, quote_to_json
from pricing.money import Money
from pricing.quote import Quote, quote
from pricing.records import reason
from pricing.repairs.codec import plan_from_json, plan_to_json
from pricing.repairs.doing import repaired
from pricing.repairs.kinds import load_kinds
from pricing.repairs.own import FILE, parse_own, prices_of
from pricing.repairs.prices import RepairPrices, load_prices
from pricing.repairs.records import Plan
from pricing.repairs.words import source_words, sum_lines
from pricing.words import words
from resources.opening import load_toml
from tests.fakes.inspections import an_inspection

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
KINDS = load_kinds("phone-1")


def made(prices: RepairPrices | None = None, **phone: Any) -> Quote:
    return quote(an_inspection(**phone), as_of=TODAY, now=NOW, repair_prices=prices)


def names(plan: Plan) -> tuple[str, ...]:
    return tuple(cost.kind for cost in plan.repairs)


def own(text: str) -> RepairPrices:
    return parse_own(text.encode(), load_prices(), load_catalogue(), TODAY)


def test_one_cap_has_one_repair_with_its_cost_and_what_it_brings() -> None:
    result = made(back_scratches="visible")
    (plan,) = result.repairs
    assert names(plan) == ("back_glass",)
    assert (result.grade.grade, plan.to) == ("fair", "excellent")
    # 14 for the glass and 45 minutes at 36 an hour.
    assert plan.cost == Money(Decimal("41.00"), "EUR")
    assert plan.repairs[0].quality == "exact"
    assert plan.price_step is not None
    assert plan.fees is not None
    assert plan.saved == Money(Decimal("3.00"), "EUR"), "fair needs 6.00 of refurbishing, excellent 3.00"
    assert plan.net == plan.price_step - plan.fees + plan.saved - plan.cost - plan.handling
    assert plan.pays is False


def test_the_step_is_that_of_the_same_phone_at_both_grades() -> None:
    worn, better = made(back_scratches="visible"), made(parts_history="unknown_part")
    (plan,) = worn.repairs
    assert worn.resale is not None
    assert better.resale is not None
    assert plan.price_step == better.resale.p50 - worn.resale.p50


def test_a_cheap_repair_of_a_dear_phone_pays() -> None:
    plan = made(model="iPhone 16 Pro Max", frame_scratches="visible").repairs[0]
    assert names(plan) == ("frame_refinish",)
    assert plan.to == "good"
    assert plan.pays


def test_where_two_caps_are_equally_low_only_repairs_of_both_are_named() -> None:
    result = made(frame_scratches="visible", buttons="worn_but_work")
    assert {cap.question for cap in result.repairs[0].caps} == {"frame_scratches", "buttons"}
    assert set(names(result.repairs[0])) == {"frame_refinish", "buttons"}
    assert result.repairs[-1].to == "excellent"
    assert names(result.repairs[-1]) == ("housing",), "the frame brings buttons that are not worn"


def test_what_no_repair_lifts_has_no_plan() -> None:
    assert made(liquid="tripped").repairs == ()
    assert made(back_scratches="visible", radios_sensors="fail").repairs == ()
    four: dict[str, Any] = {"front_crack": "hairline", "back_damage": "crack", "camera_picture": "fault"}
    assert made(**four, ports="loose_or_missing").repairs == (), "four repairs are not looked for"
    assert len(made(**four).repairs[0].repairs) == 3


@pytest.mark.parametrize(
    "phone", [{"safety": "swollen"}, {"locks": {"blacklist": "on"}}, {"owner_lock": "seen_on"}]
)
def test_no_repair_is_offered_for_a_phone_that_is_not_bought(phone: dict[str, Any]) -> None:
    assert made(**phone, back_scratches="visible").repairs == ()


def test_a_phone_that_cannot_be_sold_as_it_is_tells_what_could_be_paid_for_it() -> None:
    plan = made(model="iPhone 15 Pro", front_crack="shattered").repairs[0]
    assert names(plan) == ("screen_compatible",)
    assert plan.price_step is None
    assert plan.net == plan.offer_after
    assert plan.pays
    cheap = made(model="iPhone 8", storage=64, front_crack="shattered").repairs[0]
    assert cheap.pays is False


def test_a_crack_and_a_worn_battery_are_repaired_together() -> None:
    assert set(names(made(front_crack="hairline", battery=74).repairs[0])) == {
        "battery_compatible",
        "screen_compatible",
    }


def test_a_compatible_screen_is_what_it_is_afterwards() -> None:
    phone = an_inspection(battery=95, front_crack="shattered", display_fit="gap_or_raised")
    after = repaired(phone, [KINDS["screen_compatible"]])
    assert after.answers["front_crack"] == "none"
    assert after.answers["display_fit"] == "compatible_flush"
    assert after.answers["parts_history"] == "unknown_part"
    assert grade(after).grade == "excellent"
    assert grade(after, ["amazon-renewed"]).grade is None, "Amazon takes no compatible part"
    genuine = repaired(phone, [KINDS["screen_genuine"]])
    assert grade(genuine, ["amazon-renewed"]).grade is not None


def test_a_repair_never_answers_what_is_open_and_leaves_worse_messages() -> None:
    phone = an_inspection(without=("pixels",), parts_history="warning_message")
    after = repaired(phone, [KINDS["screen_compatible"], KINDS["battery_compatible"]])
    assert "pixels" not in after.answers
    assert after.answers["parts_history"] == "warning_message"
    assert after.reading.battery.health_percent == 100


def test_a_polish_takes_no_deep_scratch_away() -> None:
    light = made(screen_scratches="at_20cm", screen_scratch_count="up_to_10")
    assert names(light.repairs[0]) == ("screen_polish",)
    deep = made(screen_scratches="nail_catches", screen_scratch_count="up_to_10")
    assert names(deep.repairs[0]) == ("screen_compatible",)


@pytest.mark.parametrize("standard", standard_ids())
def test_a_plan_brings_what_the_rules_say(standard: str) -> None:
    phone = an_inspection(back_scratches="visible", frame_dents="few_small", screen_lit="slightly_visible")
    result = quote(phone, as_of=TODAY, now=NOW, standards=[standard])
    for plan in result.repairs:
        after = repaired(phone, [KINDS[name] for name in names(plan)])
        assert grade(after, [standard]).grade == plan.to
        for left_out in names(plan):
            fewer = repaired(phone, [KINDS[name] for name in names(plan) if name != left_out])
            assert grade(fewer, [standard]).grade != plan.to, f"{left_out} could be left out"


def test_a_model_that_is_not_listed_has_estimates_and_no_amount() -> None:
    plan = made(model="Foo 3", platform="android", front_crack="hairline").repairs[0]
    assert plan.estimated
    assert plan.net is None
    assert plan.pays is None


def test_every_repair_has_a_price_for_every_model() -> None:
    for model in (None, *load_catalogue()):
        for name in KINDS:
            cost = load_prices().cost(name, model, lambda money: Money(money.amount, "EUR"))
            assert cost is not None or name == "battery_compatible", f"{name} of {model}"


def test_a_quote_comes_back_from_json_with_its_repairs() -> None:
    document = quote_to_json(made(back_scratches="visible"))
    assert quote_to_json(quote_from_json(json.loads(json.dumps(document)))) == document
    (lift,) = document["lifts"]
    assert (lift["to"], lift["repairs"], lift["repaired_to"]) == ("good", ["back_glass"], "excellent")
    assert lift["pays"] is False
    older = {key: value for key, value in document.items() if not key.startswith("repairs")}
    assert quote_from_json(older).repairs == ()


# ------------------------------------------------------------------------------------------------- the shop's own


def test_the_shops_own_price_counts_before_all_others() -> None:
    prices = own('rate_per_hour = "30"\n[back_glass]\n"iPhone 13" = "6.50"\nminutes = 20\n')
    (plan,) = made(prices, back_scratches="visible").repairs
    assert plan.cost == Money(Decimal("16.50"), "EUR")
    assert plan.repairs[0].mark == "own"
    other = made(prices, model="iPhone 12", back_scratches="visible").repairs[0]
    assert other.repairs[0].mark == "ours", "of another model the program's price counts"


def test_an_own_battery_price_counts_in_the_offer_too() -> None:
    result = made(own('[battery_compatible]\nother = "20.00"\nminutes = 10\n'), battery=74)
    fitted = next(step for step in result.waterfall if step.key == "battery")
    assert fitted.amount == -result.repairs[0].cost == Money(Decimal("-26.00"), "EUR")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[screan]\nother = "3"', "'screan' is no repair"),
        ('[back_glass]\n"iPhone 99" = "3"', "[back_glass] 'iPhone 99' is no model of the catalogue"),
        ('[back_glass]\nother = "cheap"', "[back_glass] other must be a price from 0 to 5000, not 'cheap'"),
        ('[back_glass]\nother = "-3"', "must be a price"),
        ('[back_glass]\nother = "NaN"', "must be a price"),
        ("[back_glass]\nother = true", "must be a price"),
        ('[back_glass]\nother = "3"\nminutes = "long"', "minutes must be a whole number"),
        ('currency = "euro"', "currency must be three letters"),
        ("back_glass = 3", "[back_glass] must be a section"),
        ("[back_glass", "cannot be used"),
        (
            '[back_glass]\n"iPhone 13" = "3"\n"iPhone14,5" = "9"',
            "[back_glass] 'iPhone 13' and 'iPhone14,5' are one model",
        ),
    ],
)
def test_a_wrong_file_is_said_in_words(text: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        own(text)
    assert said in str(caught.value)
    assert FILE in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[screan]\nother = "3"', "'screan' n'est pas une réparation. Les réparations\N{NO-BREAK SPACE}: "),
        ('[back_glass]\n"iPhone 99" = "3"', "[back_glass] 'iPhone 99' n'est pas un modèle du catalogue."),
        (
            '[back_glass]\nother = "cheap"',
            "[back_glass] other doit être un prix de 0 à 5000, et non 'cheap'.",
        ),
        ('currency = "euro"', "currency doit être trois lettres"),
        ('[back_glass]\nother = "3"\nminutes = "long"', "minutes doit être un nombre entier de 0 à 600"),
        ("[back_glass]\nother = 3 4", "la ligne 2, colonne 11 n'est pas écrite en TOML."),
        (
            '[back_glass]\n"iPhone 13" = "3"\n"iPhone14,5" = "9"',
            "'iPhone 13' et 'iPhone14,5' sont un seul modèle avec deux prix. N'en gardez qu'un.",
        ),
    ],
)
def test_a_french_window_says_what_is_wrong_with_a_file_in_french(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    result = made(prices_of(tmp_path), back_scratches="visible")
    (warning,) = (each for each in result.warnings if each.code == "own_repairs_unused")
    french = words(warning, "fr")
    assert said in french
    assert "cannot be used" not in french
    assert "cannot be used" in words(warning, "en")


def test_a_warning_of_an_older_program_is_said_as_it_was_kept() -> None:
    assert words(reason("own_repairs_unused", detail="It is no TOML."), "fr").endswith(": It is no TOML.")


def test_every_figure_of_ours_has_its_source_in_french() -> None:
    for row in load_toml("repairs/prices.toml")["prices"]:
        assert source_words(row["source"], "fr") == row["source_fr"] != row["source"]
        assert source_words(row["source"]) == row["source"]
    assert source_words("repairs.toml", "fr") == "repairs.toml"


def test_a_file_that_cannot_be_used_keeps_no_quote_back_and_says_why(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[back_glass]\nother = "cheap"')
    result = made(prices_of(tmp_path), back_scratches="visible")
    assert result.repairs[0].repairs[0].mark == "ours"
    (warning,) = (each for each in result.warnings if each.code == "own_repairs_unused")
    assert "must be a price" in warning.params["detail"]
    (tmp_path / FILE).write_text('[back_glass]\nother = "3"')
    assert made(prices_of(tmp_path), back_scratches="visible").repairs[0].repairs[0].mark == "own"
    assert prices_of(tmp_path / "none") == load_prices()


@pytest.mark.parametrize("currency", ["VND", "RUB", "XXX"])
def test_prices_without_a_rate_are_not_used_and_nothing_becomes_free(tmp_path: Path, currency: str) -> None:
    (tmp_path / FILE).write_text(
        f'currency = "{currency}"\nhandling = "500"\nrate_per_hour = "9"\n[back_glass]\nother = "3"'
    )
    result, usual = made(prices_of(tmp_path), back_scratches="visible"), made(back_scratches="visible")
    assert result.repairs == usual.repairs
    assert result.repairs[0].handling == Money(Decimal("4.00"), "EUR")
    (warning,) = (each for each in result.warnings if each.code == "own_repairs_unused")
    for said in (FILE, currency, "rate_per_hour", "handling", "[back_glass]", "Write the prices in EUR"):
        assert said in warning.params["detail"]


def test_a_currency_with_a_rate_is_converted(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        'currency = "USD"\nhandling = "11.172"\n[back_glass]\nother = "22.344"\nminutes = 0'
    )
    result = made(prices_of(tmp_path), back_scratches="visible")
    assert result.repairs[0].handling == Money(Decimal("10.00"), "EUR")
    assert result.repairs[0].cost == Money(Decimal("20.00"), "EUR")
    assert not [each for each in result.warnings if each.code == "own_repairs_unused"]


@pytest.mark.parametrize(
    "text",
    [
        "handling = " + "9" * 5000,
        "handling = 0x" + "f" * 5000,
        'handling = "٦٩"',
        'handling = "6_9"',
        'handling = "1e3"',
        "a = " + "[" * 9000,
        "#" * 300_000,
    ],
)
def test_what_nobody_thought_of_is_said_of_the_file_and_the_quote_is_made(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    result = made(prices_of(tmp_path), back_scratches="visible")
    assert result.repairs == made(back_scratches="visible").repairs
    (warning,) = (each for each in result.warnings if each.code == "own_repairs_unused")
    assert FILE in warning.params["detail"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_that_is_called_like_the_file_keeps_no_quote_back(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE)
    assert "not an ordinary file" in prices_of(tmp_path).wrong


def test_an_offer_that_rises_though_the_repair_does_not_pay_says_how_that_can_be() -> None:
    plan = made(back_scratches="visible").repairs[0]
    assert plan.offer_step is not None
    poor = replace(plan, net=Money(Decimal("-1.00"), "EUR"), offer_step=Money(Decimal("2.00"), "EUR"))
    said = [list(sum_lines(each, lambda money, sign: str(money.amount))) for each in (poor, plan)]
    assert any("The offer rises all the same" in line for line in said[0])
    assert not any("The offer rises all the same" in line for line in said[1])
    assert "saved on refurbishing 3.00" in said[0]


def test_a_quote_of_the_time_when_savings_were_in_the_fees_still_opens() -> None:
    plan = plan_to_json(made(back_scratches="visible").repairs[0])
    del plan["saved"]
    assert plan_from_json(plan).saved is None
