"""The lights of an Android phone's locks, and what further sources said of its battery."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from diagnostics.model import LockState, Quality, Reading, State
from tests.fakes.window_androids import builder, read_android
from tests.fakes.windows import read_iphone
from tradein_app.services.records import Actor, Answered
from tradein_app.viewmodels.fact_making import sections
from tradein_app.viewmodels.facts import Fact, Section
from tradein_app.viewmodels.formatting import format_time, without_isolates

ON, OFF = LockState.ON, LockState.OFF
MONA = Answered(Actor("2", "Mona"), datetime(2026, 11, 22, 12, 0, tzinfo=UTC))


def made(reading: Reading, language: str = "en", **options: Any) -> tuple[Section, ...]:
    return sections(reading, language=language, secrets_shown=False, **options)


def locks(reading: Reading, language: str = "en", **options: Any) -> dict[str, Fact]:
    return {fact.name: fact for fact in made(reading, language=language, **options)[3].facts}


def whole(reading: Reading, **options: Any) -> str:
    fact = made(reading, **options)[3].whole
    return f"{fact.tone}: {fact.value}" if fact else ""


@pytest.mark.parametrize(
    ("lock", "state", "tone", "light"),
    [
        ("account", ON, "bad", "stop"),
        ("account", OFF, "ok", "clear"),
        ("screen", ON, "warn", "ask first"),
        ("bootloader", OFF, "warn", "ask first"),
        ("bootloader", ON, "ok", "clear"),
        ("root", ON, "warn", "ask first"),
    ],
)
def test_each_lock_has_a_colour_and_a_word(lock: str, state: LockState, tone: str, light: str):
    fact = locks(read_android(**{lock: state}))[f"locks.{lock}"]
    assert (fact.tone, fact.light) == (tone, light)
    assert f"({light}, USB, exact, " in fact.as_text()


def test_what_nothing_proves_is_not_lit_and_what_asks_is():
    reading = builder()
    reading.put("identity.model", "Pixel 7", "getprop", raw="Pixel 7")
    reading.problem("locks.mdm", "work_profile")
    facts = locks(reading.build())
    assert (facts["locks.mdm"].tone, facts["locks.mdm"].light) == ("warn", "ask first")
    assert (facts["locks.sim"].tone, facts["locks.sim"].light) == ("dim", "not proved")


def test_the_phone_as_a_whole_names_what_is_red_and_what_is_amber():
    assert whole(read_android(activation=OFF, account=OFF, mdm=OFF)) == "ok: clear, as far as the cable tells"
    assert whole(read_android(account=ON, bootloader=OFF)) == (
        "bad: stop: Owner's account · ask first: Bootloader"
    )
    assert (
        whole(read_android(activation=OFF, account=OFF, mdm=OFF, screen=ON)) == "warn: ask first: Screen lock"
    )


def test_a_phone_whose_reset_lock_is_not_known_is_not_clear_and_says_so():
    unknown = read_android(account=OFF, mdm=OFF)
    assert whole(unknown) == "dim: not known: Reset lock (FRP) · nothing found otherwise"
    asks = read_android(account=OFF, mdm=OFF, screen=ON)
    assert whole(asks) == "warn: ask first: Screen lock · not known: Reset lock (FRP)"
    seen = {"owner_lock": "seen_off"}
    assert whole(read_android(mdm=OFF), answers=seen).endswith("clear, as far as the cable tells")


def test_an_all_clear_of_an_earlier_reading_says_when_that_was_and_is_not_green():
    clear, held = read_android(activation=OFF, account=OFF, mdm=OFF), read_android(account=ON)
    then = format_time(clear.evidence["locks.account"].at)
    assert whole(clear, earlier=True) == f"dim: as of {then}: clear, as far as the cable tells"
    assert whole(held, earlier=True) == f"bad: as of {then}: stop: Owner's account"


def test_half_a_reading_is_no_all_clear():
    half = builder(State.CONNECTING)
    half.put("locks.account", OFF, "dumpsys account", raw="Accounts: 0")
    assert whole(half.partial(), running=True) == ""
    assert whole(builder(State.UNAUTHORIZED).build()) == ""


def test_the_lines_keep_their_places_and_the_worst_reason_comes_first():
    clear, held = (
        read_android(account=OFF, mdm=OFF, screen=OFF),
        read_android(account=OFF, mdm=ON, screen=ON),
    )
    assert list(locks(clear)) == list(locks(held))
    reasons = made(held)[3].reasons()
    assert reasons[0] == "Company MDM: An organisation or a payment plan controls the phone."
    assert reasons[1] == "Screen lock: A screen lock is set."


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("lock", "state"),
    [(name, ON) for name in ("activation", "account", "mdm", "sim", "screen", "root", "blacklist")]
    + [("bootloader", OFF)],
)
def test_why_and_what_to_do_are_said_once_each(lock: str, state: LockState, language: str):
    section = made(read_android(**{lock: state}), language)[3]
    fact = next(fact for fact in section.facts if fact.name == f"locks.{lock}")
    assert fact.reason
    assert fact.todo
    shared = set(_sentences(fact.reason)) & set(_sentences(fact.todo))
    assert shared == set()


def _sentences(text: str) -> list[str]:
    return [part.strip().lower() for part in text.split(".") if part.strip()]


def test_what_a_person_saw_counts_for_the_light_too():
    answers = {"owner_lock": "seen_off"}
    reading = read_android(mdm=OFF)
    fact = locks(reading, answers=answers, answered={"owner_lock": MONA})["locks.account"]
    assert (fact.origin, fact.tone, fact.light, fact.reason) == ("seen", "ok", "clear", "")


def test_iphones_have_no_light_but_their_lines_as_before():
    assert made(read_iphone("A"))[3].whole is None
    assert {fact.light for fact in locks(read_iphone("A")).values()} == {""}


def test_a_lock_that_is_asked_for_anew_is_dim_until_it_is_told():
    again = builder(State.CONNECTING).partial()
    facts = locks(again, running=True, before=read_android(account=ON))
    assert (facts["locks.account"].tone, facts["locks.account"].light) == ("dim", "")


def test_what_asks_is_not_said_as_what_stops():
    section = made(read_android(account=ON, screen=ON))[3]
    assert [line.partition(":")[0] for line in section.todo(asks=True)] == ["Screen lock"]
    assert [line.partition(":")[0] for line in section.todo(asks=False)] == ["Owner's account"]
    assert len(section.todo()) == 2


# --- memory, days, further sources


def with_battery(**other: str) -> Reading:
    reading = builder()
    reading.put("battery.health_percent", 92, "mSavedBatteryAsoc", raw="92")
    for key, raw in other.items():
        quality = Quality.REJECTED if key == "counter" else Quality.ESTIMATE
        reading.witness("battery.health_percent", key, key, raw=raw, quality=quality)
    return reading.build()


def battery(reading: Reading, language: str = "en") -> Section:
    return made(reading, language)[2]


def test_further_sources_are_named_with_what_they_said():
    section = battery(with_battery(hal="4095000/4500000", bsoh="89", counter="9900/4500"))
    assert without_isolates(section.reasons()[-1]) == (
        "Health: also health HAL 91\u00a0%, Samsung BSOH 89\u00a0%; not believed: charge counter 220\u00a0%"
    )


def test_a_source_that_nobody_named_is_called_by_its_key_in_its_own_words():
    section = battery(with_battery(new_thing="good"), "fr")
    assert without_isolates(section.reasons()[-1]).endswith("new_thing good")


def test_where_there_is_one_source_nothing_is_said_of_others():
    assert not any("also" in reason for reason in battery(with_battery()).reasons())


def test_days_are_said_in_the_language_and_another_days_too():
    reading = builder()
    reading.put("battery.manufactured_on", "2023-02-07", "IHealth", raw="1675728000")
    reading.witness("battery.manufactured_on", "llb_cal", "LLB CAL", raw="20230209", quality=Quality.ESTIMATE)
    made_on = {fact.name: fact for fact in battery(reading.build(), "fr").facts}["battery.manufactured_on"]
    assert without_isolates(made_on.value) == "7 févr. 2023"
    assert without_isolates(made_on.others).endswith("LLB CAL de Samsung 9 févr. 2023")


def test_days_that_a_phone_does_not_offer_take_no_line_and_nonsense_does():
    reading = builder()
    reading.put("identity.model", "Pixel 7", "getprop", raw="Pixel 7")
    reading.problem("battery.manufactured_on", "absent")
    reading.reject("battery.first_used_on", "IHealth", raw="99999999")
    facts = {fact.name: fact for fact in battery(reading.build()).facts}
    assert "battery.manufactured_on" not in facts
    assert facts["battery.first_used_on"].rejected == "99999999"


def test_memory_stands_under_storage():
    reading = builder()
    reading.put("storage.ram_gb", 8, "MemTotal", raw="7654321 kB")
    facts = {fact.name: fact for fact in made(reading.build(), "fr")[1].facts}
    assert without_isolates(facts["storage.ram_gb"].value) == "8\u00a0Go"


def with_serials(**other: str) -> Reading:
    reading = builder()
    reading.put("identity.serial", "R5CR70TRN1A", "getprop ro.serialno", raw="R5CR70TRN1A")
    for key, raw in other.items():
        reading.witness("identity.serial", key, key, raw=raw, quality=Quality.HINT)
    return reading.build()


def phone_reasons(reading: Reading, **options: Any) -> str:
    section = sections(reading, language="en", **options)[0]
    return without_isolates(" ".join(section.reasons()))


def test_a_further_source_tells_no_serial_that_is_hidden():
    reading = with_serials(modem="RF8N30TRN2B")
    assert "Serial number: also Samsung's modem ••••N2B" in phone_reasons(reading, secrets_shown=False)
    assert "Serial number: also Samsung's modem RF8N30TRN2B" in phone_reasons(reading, secrets_shown=True)


def test_the_same_serial_once_more_is_no_news():
    assert "Serial number" not in phone_reasons(with_serials(bus="R5CR70TRN1A"), secrets_shown=True)


def test_a_vendor_s_bare_number_is_no_maker():
    reading = builder()
    reading.put("identity.manufacturer", "Samsung", "getprop ro.product.brand", raw="samsung")
    reading.witness("identity.manufacturer", "bus", "USB vendor id", raw="04e8:6860", quality=Quality.EXACT)
    assert "04e8" not in phone_reasons(reading.build(), secrets_shown=True)


def test_what_a_person_typed_is_said_to_be_typed_once():
    reading = builder()
    reading.put("identity.imei", "352917110000017", "scanned", raw="352917110000017", quality=Quality.TYPED)
    fact = next(fact for fact in made(reading.build())[0].facts if fact.name == "identity.imei")
    assert fact.as_text().count("typed") == 1
