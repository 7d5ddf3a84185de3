"""Which phone gets an offer, which one a look, and which one a no; and why."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.errors import BadInput
from diagnostics.grading.checklist import load_checklist
from diagnostics.model import Evidence, Quality
from pricing.codec import quote_from_json, quote_to_json
from pricing.quote import Decision, Quote, quote, words
from pricing.records import Factor, Reason, Step
from tests.fakes.inspections import OFF, an_inspection, best_answers

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 10, 30, 5, 999, tzinfo=UTC)


def made(**phone: Any) -> Quote:
    return quote(an_inspection(**phone), as_of=TODAY, now=NOW)


def codes(result: Quote) -> list[str]:
    return [entry.code for entry in result.reasons]


def warned(result: Quote) -> set[str]:
    return {entry.code for entry in result.warnings}


def paid(result: Quote) -> Decimal:
    assert result.offer is not None
    assert sum(step.amount.amount for step in result.waterfall) == result.offer.amount
    return result.offer.amount


def test_a_free_and_clean_phone_gets_an_offer() -> None:
    result = made()
    assert result.decision is Decision.OFFER
    assert codes(result) == []
    assert paid(result) > 0
    assert result.model_name == "Apple iPhone 13"
    assert result.valid_until == datetime(2026, 11, 29, 10, 30, 5, tzinfo=UTC)
    assert result.resale is not None
    assert result.resale.basis == "seed"
    assert "seed_estimate" in warned(result)


@pytest.mark.parametrize("lock", ["activation", "find_my", "account", "mdm", "sim", "blacklist"])
def test_a_lock_that_is_on_is_refused(lock: str) -> None:
    result = made(locks={lock: "on"})
    assert result.decision is Decision.REFUSE
    assert result.offer is None
    assert result.valid_until is None
    assert result.waterfall == ()
    assert "lock_on" in codes(result)
    assert lock in {entry.params.get("lock") for entry in result.reasons}


@pytest.mark.parametrize("lock", ["activation", "mdm"])
def test_a_lock_that_is_unknown_gets_a_look_and_the_offer_that_would_hold(lock: str) -> None:
    result = made(locks={lock: "unknown"})
    assert result.decision is Decision.REVIEW
    assert codes(result) == ["lock_unknown"]
    assert paid(result) == paid(made())


def test_a_person_proves_what_the_cable_cannot() -> None:
    unread = {"find_my": "unknown", "account": "unknown", "sim": "unknown"}
    seen = made(locks=unread, owner_lock="seen_off", sim_lock="unlocked")
    unseen = made(locks=unread, owner_lock="not_checked", sim_lock="not_checked")
    assert seen.decision is Decision.OFFER
    assert unseen.decision is Decision.REVIEW
    assert [entry.params["lock"] for entry in unseen.reasons] == ["find_my", "account", "sim"]
    assert made(locks=unread, without=("owner_lock", "sim_lock")).decision is Decision.REVIEW


def test_seen_off_stands_for_the_reset_lock_on_android_and_never_for_apples_activation_lock() -> None:
    unread = {"activation": "unknown", "find_my": "unknown", "account": "unknown"}
    assert made(locks=unread, owner_lock="seen_off", platform="android").decision is Decision.OFFER
    assert made(locks=unread, owner_lock="not_checked", platform="android").decision is Decision.REVIEW
    apple = made(locks=unread, owner_lock="seen_off", platform="ios")
    assert apple.decision is Decision.REVIEW
    assert [entry.params["lock"] for entry in apple.reasons] == ["activation"]


@pytest.mark.parametrize("lock", ["find_my", "account", "sim"])
def test_a_reading_that_says_on_beats_a_person_who_saw_it_off(lock: str) -> None:
    result = made(locks={lock: "on"}, owner_lock="seen_off", sim_lock="unlocked")
    assert result.decision is Decision.REFUSE


@pytest.mark.parametrize(
    ("seen", "decision", "why"),
    [
        ("not_checked", Decision.REVIEW, ["lock_hinted"]),
        ("unlocked", Decision.REVIEW, ["lock_contradicted"]),
        ("locked", Decision.REFUSE, ["lock_on"]),
    ],
)
def test_a_hint_at_a_carrier_lock_is_never_bought_over_in_silence(
    seen: str, decision: Decision, why: list[str]
) -> None:
    inspection = an_inspection(locks={"sim": "on"}, sim_lock=seen)
    row = Evidence("lockdown SIMStatus", Quality.HINT, "kCTSIMSupportSIMStatusOperatorLocked", NOW)
    reading = replace(inspection.reading, evidence={"locks.sim": row})
    result = quote(replace(inspection, reading=reading), as_of=TODAY, now=NOW)
    assert (result.decision, codes(result)) == (decision, why)
    assert (result.offer is None) is (decision is Decision.REFUSE)


@pytest.mark.parametrize("seen", [{"owner_lock": "seen_on"}, {"sim_lock": "locked"}])
def test_a_person_who_saw_a_lock_on_is_believed(seen: dict[str, str]) -> None:
    assert made(**seen).decision is Decision.REFUSE


def test_a_blacklist_that_was_not_asked_is_a_warning() -> None:
    result = made(locks={"blacklist": "unknown"})
    assert result.decision is Decision.OFFER
    assert "blacklist_unchecked" in warned(result)


@pytest.mark.parametrize(
    ("locks", "code"), [({"bootloader": "off"}, "bootloader_unlocked"), ({"root": "on"}, "rooted")]
)
def test_signs_of_tampering_get_a_look(locks: dict[str, str], code: str) -> None:
    result = made(locks=locks)
    assert result.decision is Decision.REVIEW
    assert codes(result) == [code]
    assert paid(result) > 0


def test_a_dangerous_battery_is_refused_before_all_else() -> None:
    result = made(safety="swollen", locks={"activation": "unknown"})
    assert result.decision is Decision.REFUSE
    assert codes(result) == ["safety_stop"]
    assert result.resale is None


def test_a_worn_battery_is_offered_less_its_replacement() -> None:
    worn, good = made(battery=72), made(battery=81)
    assert worn.decision is Decision.REPAIR_FIRST
    assert codes(worn) == ["battery_worn"]
    assert "battery" in {step.key for step in worn.waterfall}
    assert 0 < paid(worn) < paid(good)
    assert worn.grade.grade is None
    assert [(repair.part, repair.cost is not None) for repair in worn.repair] == [("battery", True)]


def test_a_battery_typed_from_the_settings_counts() -> None:
    assert made(battery=95, battery_settings=72).decision is Decision.REPAIR_FIRST
    assert made(battery=72, battery_settings=95).decision is Decision.OFFER


@pytest.mark.parametrize("model", ["iPhone 13", "iPhone 17 Pro", "Galaxy S24 Ultra", "Pixel 8"])
def test_a_worse_battery_never_earns_more(model: str) -> None:
    offers = [paid(made(model=model, storage=256, battery=percent)) for percent in (60, 79, 80, 85, 90, 100)]
    assert offers == sorted(offers)
    assert paid(made(model=model, storage=256, battery=None)) <= offers[2]


def test_a_repair_of_unknown_price_has_no_offer() -> None:
    result = made(model="iPhone 16", front_crack="hairline")
    assert result.decision is Decision.REPAIR_FIRST
    assert codes(result) == ["repair_cost_unknown"]
    assert result.offer is None
    assert result.resale is None
    assert ("front_crack", None) in {(repair.part, repair.cost) for repair in result.repair}


def test_a_worn_battery_behind_a_cracked_screen_is_no_battery_case() -> None:
    result = made(model="iPhone 16", front_crack="hairline", battery=70)
    assert result.decision is Decision.REPAIR_FIRST
    assert codes(result) == ["repair_cost_unknown"]
    assert result.offer is None
    assert {repair.part for repair in result.repair} == {"battery", "front_crack"}


@pytest.mark.parametrize("answers", [{}, {"battery": 70}, {"front_crack": "shattered"}])
def test_what_costs_more_than_it_brings_is_recycled(answers: dict[str, Any]) -> None:
    result = made(model="iPhone 8", storage=64, **answers)
    assert result.decision is Decision.RECYCLE
    assert codes(result) == ["not_worth_it"]
    assert paid(result) == 0


def test_a_phone_that_is_not_wiped_gets_the_offer_that_holds_once_it_is() -> None:
    result = made(wiped="no")
    assert result.decision is Decision.REVIEW
    assert codes(result) == ["not_wiped"]
    assert paid(result) == paid(made())


def test_without_a_grade_there_is_no_offer() -> None:
    result = made(clean="protector_stuck")
    assert result.decision is Decision.REVIEW
    assert codes(result) == ["grade_incomplete"]
    assert result.offer is None


@pytest.mark.parametrize("model", ["iPhone 99", "iPhone 13 Max", "<b>Phone</b>"])
def test_an_unknown_model_is_said_to_be_unknown(model: str) -> None:
    result = made(model=model)
    assert result.decision is Decision.REVIEW
    assert codes(result) == ["model_unknown"]
    assert (result.offer, result.resale, result.model_name) == (None, None, None)
    assert model in words(result.reasons[0], "fr")


def test_a_model_that_was_not_read_is_said_so() -> None:
    assert codes(made(model=None)) == ["model_not_read"]


def test_storage_that_was_not_read_is_priced_as_the_smallest_and_looked_at() -> None:
    result = made(storage=None)
    assert result.decision is Decision.REVIEW
    assert codes(result) == ["storage_unknown"]
    assert paid(result) == paid(made(storage=128))


def test_storage_that_the_model_never_had_is_looked_at() -> None:
    result = made(storage=200)
    assert result.decision is Decision.REVIEW
    assert codes(result) == ["storage_unlisted"]
    assert paid(result) == paid(made(storage=128))


def test_a_model_from_the_future_has_no_price() -> None:
    result = quote(an_inspection(), as_of=date(2021, 1, 1), now=NOW)
    assert result.decision is Decision.REVIEW
    assert codes(result) == ["launch_in_future"]
    assert result.offer is None


def test_a_battery_that_nobody_knows_is_priced_as_the_worst_that_sells() -> None:
    result = made(battery=None)
    assert result.decision is Decision.OFFER
    assert "battery_unverified" in warned(result)
    multipliers = {factor.key: factor.multiplier for factor in result.price_factors}
    assert multipliers["battery"] == Decimal("0.9560")
    assert "battery_reserve" in {step.key for step in result.waterfall}


@pytest.mark.parametrize("model", ["iPhone 13", "Galaxy S23", "Pixel 8"])
def test_hiding_a_battery_never_pays(model: str) -> None:
    hidden = paid(made(model=model, battery=None))
    assert all(hidden <= paid(made(model=model, battery=percent)) for percent in (60, 79, 80, 88, 100))


def test_open_questions_are_counted() -> None:
    result = made(without=("back_scratches", "ports"))
    assert next(entry.params for entry in result.warnings if entry.code == "unanswered") == {"count": "2"}


def test_a_market_that_does_not_exist_is_bad_input() -> None:
    with pytest.raises(BadInput, match="Known: FR"):
        quote(an_inspection(), market="Mars", as_of=TODAY, now=NOW)


PHONES: list[dict[str, Any]] = [
    {},
    {"locks": {"activation": "on"}},
    {"locks": {"mdm": "unknown"}, "storage": None},
    {"battery": 70},
    {"front_crack": "hairline"},
    {"model": "iPhone 8", "storage": 64},
    {"model": "nobody's phone"},
    {"clean": "protector_stuck"},
    {"battery": None, "without": ("ports",)},
]


@pytest.mark.parametrize("phone", PHONES)
def test_a_quote_comes_back_from_json_as_it_was(phone: dict[str, Any]) -> None:
    result = made(**phone)
    assert quote_from_json(json.loads(json.dumps(quote_to_json(result)))) == result


def test_the_document_is_the_contracts() -> None:
    document = quote_to_json(made(frame_scratches="not_at_50cm"))
    assert document["schema"] == "tradein/quote-1"
    assert (document["grade"], document["disposition"], document["decision"]) == ("good", "sellable", "offer")
    assert document["valid_until"] == "2026-11-29T10:30:05Z"
    assert document["waterfall"][0]["step"] == "resale price"
    assert sum(Decimal(step["amount"]) for step in document["waterfall"]) == Decimal(
        document["offer"]["amount"]
    )
    assert document["price_factors"][0] == {
        "factor": "launch price",
        "multiplier": 1.0,
        "key": "launch_price",
        "note": "799.00 USD",
    }
    assert {"capped_by", "standards", "lifts", "unanswered", "model_version", "warnings"} <= document.keys()


@pytest.mark.parametrize("name", ["decision", "offer", "waterfall", "grade", "as_of", "price_factors"])
def test_a_damaged_quote_is_said_to_be_one(name: str) -> None:
    with pytest.raises(BadInput):
        quote_from_json(quote_to_json(made()) | {name: "?"})


@pytest.mark.parametrize(
    "document", [None, [], {}, {"schema": "tradein/grade-1"}, {"schema": "tradein/quote-1"}]
)
def test_what_is_no_quote_is_said_to_be_none(document: object) -> None:
    with pytest.raises(BadInput):
        quote_from_json(document)


@pytest.mark.parametrize("language", ["en", "fr", "xx"])
@pytest.mark.parametrize("phone", PHONES)
def test_everything_has_words(phone: dict[str, Any], language: str) -> None:
    result = made(**phone)
    items: list[Step | Factor | Reason] = [*result.waterfall, *result.price_factors]
    for item in (*items, *result.warnings, *result.reasons):
        said = words(item, language)
        assert said
        assert not {"{", "–"} & set(said)


STATES = st.sampled_from(["on", "off", "unknown"])
CHOICES = {
    question.id: st.sampled_from([answer.id for answer in question.answers])
    for page in load_checklist().pages
    for question in page.questions
    if not question.number
}


@given(
    locks=st.fixed_dictionaries({}, optional=dict.fromkeys([*OFF, "bootloader"], STATES)),
    answers=st.fixed_dictionaries({}, optional=CHOICES),
    battery=st.none() | st.integers(1, 150),
    storage=st.none() | st.sampled_from([16, 64, 128, 256, 4096]),
    model=st.none() | st.sampled_from(["iPhone 8", "iPhone 13", "Galaxy S24 Ultra", "Redmi Note 12", "?"]),
)
def test_whatever_is_found_the_rules_hold(
    locks: dict[str, str], answers: dict[str, Any], **phone: Any
) -> None:
    result = made(locks=locks, **phone, **answers)
    asked = {"activation", "mdm", "blacklist"}
    found = {(OFF | locks)[lock] for lock in asked}
    assert (result.offer is None) == (result.waterfall == ()) == (result.valid_until is None)
    assert "on" not in found or result.decision is Decision.REFUSE
    assert result.decision is not Decision.REFUSE or result.offer is None
    assert result.decision is Decision.OFFER or result.reasons
    if result.decision is Decision.OFFER:
        assert result.reasons == ()
        assert result.grade.disposition == "sellable"
        assert paid(result) > 0
    if result.offer is not None:
        assert paid(result) >= 0
    assert quote_from_json(quote_to_json(result)) == result


@pytest.mark.parametrize("answers", [{}, {"clean": "protector_stuck"}, {"wiped": "no"}])
def test_a_checklist_still_open_is_the_reason_even_where_the_battery_is_worn(answers: dict[str, str]) -> None:
    open_questions = () if "clean" in answers else tuple(best_answers().keys() - answers.keys())
    result = made(battery=70, without=open_questions, **answers)
    assert result.decision is Decision.REVIEW
    assert "grade_incomplete" in codes(result)
    assert "repair_cost_unknown" not in codes(result)


@pytest.mark.parametrize("said", [{"code": "iPhone15,2"}, {"manufacturer": "Huawei"}])
def test_names_of_different_models_are_told_from_an_unknown_one(said: dict[str, str]) -> None:
    result = made(model="iPhone 13", **said)
    assert result.decision is Decision.REVIEW
    assert codes(result) == ["model_contradicts"]
    assert "iPhone 13" in words(result.reasons[0])
    assert codes(made(model="Brick 3000")) == ["model_unknown"]
