"""The lines of a reading: what was read, what is being read, what a person saw, and what to do about a lock."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from diagnostics.building import ReadingBuilder
from diagnostics.model import DeviceId, LockState, Platform, Quality, Reading, State, Transport
from diagnostics.ports import Sighting
from tests.fakes.sources import FixedClock
from tests.fakes.windows import read_iphone
from tradein_app.services.records import Actor, Answered
from tradein_app.viewmodels.fact_making import sections
from tradein_app.viewmodels.facts import Fact
from tradein_app.viewmodels.formatting import format_time, without_isolates

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MONA = Actor("2", "Mona")


def builder(**state: State) -> ReadingBuilder:
    seen = Sighting(
        "A", DeviceId("00008110-0009EA29"), Platform.IOS, Transport.USBMUX, "1-1", State.CONNECTING
    )
    made = ReadingBuilder(seen, FixedClock())
    made.state = state.get("state", State.CONNECTING)
    return made


def lines(reading: Reading, language: str = "en", **options: object) -> dict[str, Fact]:
    made = sections(reading, language=language, secrets_shown=False, **options)  # type: ignore[arg-type]
    return {fact.name: fact for section in made for fact in section.facts}


def notes(reading: Reading, language: str = "en", **options: object) -> list[str]:
    made = sections(reading, language=language, secrets_shown=False, **options)  # type: ignore[arg-type]
    return [sentence for section in made for sentence in section.todo()]


def test_being_read_absent_refused_and_zero_are_told_apart():
    reading = builder()
    reading.put("battery.level_percent", 0, "lockdown", raw=0)
    reading.problem("battery.cycle_count", "absent")
    reading.problem("battery.design_mah", "refused")
    facts = lines(reading.partial(), running=True)
    said = {name.partition(".")[2]: facts[name].as_text() for name in facts if name.startswith("battery.")}
    assert said["health_percent"] == "Health: being read…"
    assert said["cycle_count"] == "Charge cycles: not read. The phone does not offer this value."
    assert said["design_mah"].startswith("Design capacity: not read. The phone refused to tell.")
    assert without_isolates(facts["battery.level_percent"].value) == "0\u00a0%"


def test_what_no_cable_tells_is_never_being_read():
    facts = lines(builder().partial(), running=True)
    assert not facts["locks.blacklist"].pending
    assert not facts["asked.parts_history"].pending
    assert facts["locks.find_my"].pending


def test_what_no_iphone_ever_tells_has_no_line():
    finished = builder(state=State.READY)
    assert "not_offered" in {problem.code for problem in finished.build("absent").problems}
    assert (
        not {"battery.manufactured_on", "battery.first_used_on", "storage.ram_gb"}
        & lines(finished.build("absent")).keys()
    )


def test_when_the_reading_is_over_nothing_is_being_read():
    facts = lines(builder(state=State.READY).build())
    assert [fact.name for fact in facts.values() if fact.pending] == []
    assert facts["battery.health_percent"].as_text().startswith("Health: not read. ")


def test_what_an_iphone_tells_besides_is_shown_with_its_words():
    reading = builder(state=State.READY)
    reading.put("identity.a_number", "A2634", "device-tree", raw="A2634")
    reading.put("identity.sold_as", "refurbished", "lockdown ModelNumber", raw="F")
    reading.put("identity.os_build", "20D67", "lockdown BuildVersion", raw="20D67")
    reading.put("battery.temperature_c", 31.5, "IORegistry", raw="3150", quality=Quality.ESTIMATE)
    reading.put("management.supervised", False, "MCInstall", raw="False")
    facts = lines(reading.build(), "fr")
    shown = {name: without_isolates(fact.value) for name, fact in facts.items() if fact.value}
    assert shown["identity.sold_as"] == "vendu reconditionné par Apple"
    assert shown["battery.temperature_c"] == "31,5\u00a0°C"
    assert shown["management.supervised"] == "non"
    assert (facts["identity.a_number"].label, shown["identity.a_number"]) == ("A-number", "A2634")
    assert shown["identity.os_build"] == "20D67"


def test_the_udid_is_there_before_trust_and_masked():
    assert without_isolates(lines(builder(state=State.NEEDS_TRUST).build())["id"].value) == "••••A29"


def test_a_models_generation_is_said_in_the_language():
    reading = builder(state=State.READY)
    reading.put("identity.model", "iPhone SE (3rd generation)", "lockdown", raw="iPhone14,6")
    made = reading.build()
    assert without_isolates(lines(made, "fr")["identity.model"].value) == "iPhone SE (3e\u00a0génération)"
    assert without_isolates(lines(made)["identity.model"].value) == "iPhone SE (3rd generation)"


# --- what a person saw


def test_a_typed_battery_counts_and_what_the_cable_said_is_kept_beside_it():
    answered = {"battery_settings": Answered(MONA, NOON)}
    facts = lines(read_iphone("A"), answers={"battery_settings": 95}, answered=answered)
    typed, over_usb = facts["battery.health_percent"], facts["battery.health_over_usb"]
    assert typed.as_text() == f"Health: 95\u00a0% (typed, {format_time(NOON)}, Mona)"
    assert over_usb.as_text().startswith("Health over USB: 88\u00a0% (USB, estimate, ")
    assert without_isolates(typed.reason).startswith("Typed by Mona, ")


def test_a_lock_that_a_person_saw_names_who_and_when():
    answered = {"owner_lock": Answered(MONA, NOON)}
    facts = lines(read_iphone("A"), answers={"owner_lock": "seen_off"}, answered=answered)
    assert facts["locks.find_my"].as_text() == f"Find My: off (seen, {format_time(NOON)}, Mona)"


@pytest.mark.parametrize(
    ("field", "question"),
    [
        ("locks.find_my", "owner_lock"),
        ("locks.sim", "sim_lock"),
        ("battery.health_percent", "battery_settings"),
        ("asked.parts_history", "parts_history"),
    ],
)
def test_what_the_cable_cannot_tell_leads_to_its_question(field: str, question: str):
    assert lines(builder(state=State.READY).build())[field].question == question


def test_the_parts_history_is_what_a_person_saw():
    fact = lines(read_iphone("A"), answers={"parts_history": "unknown_part"})["asked.parts_history"]
    assert (fact.value, fact.tone, fact.question) == ("“Unknown part”", "warn", "")
    open_still = lines(read_iphone("A"), answers={"parts_history": "not_checked"})["asked.parts_history"]
    assert (open_still.value, open_still.question) == ("", "parts_history")


# --- locks


def locked(*names: str, version: str = "17.5", organisation: str | None = None) -> Reading:
    reading = builder(state=State.READY)
    reading.put("identity.os_version", version, "lockdown", raw=version)
    for name in names:
        reading.put(f"locks.{name}", LockState.ON, "lockdown", raw="true")
    if organisation is not None:
        reading.put("management.organisation", organisation, "MCInstall", raw=organisation)
    return reading.build()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "lock", ["activation", "find_my", "account", "mdm", "sim", "screen", "root", "blacklist"]
)
def test_each_lock_that_is_on_says_what_to_do(lock: str, language: str):
    (note,) = notes(locked(lock), language)
    assert note.startswith(f"{lines(locked(lock), language)[f'locks.{lock}'].label}")


def test_find_my_stands_elsewhere_in_the_settings_of_an_old_system():
    assert "their name, Find My, Find My iPhone" in notes(locked("find_my"))[0]
    assert "their name, iCloud, Find My iPhone" in notes(locked("find_my", version="12.5.7"))[0]


def test_the_account_that_goes_with_find_my_is_not_said_twice():
    assert len(notes(locked("find_my", "account"))) == 1


@pytest.mark.parametrize("name", ["Example Corp", "{0} {organisation}", "<b>Corp</b>"])
def test_the_organisation_is_named_as_it_calls_itself(name: str):
    assert f"Managed by {name}. Only that organisation" in notes(locked("mdm", organisation=name))[0]


def test_a_reason_that_the_state_says_already_is_not_repeated():
    reading = builder(state=State.NEEDS_TRUST).build("needs_trust")
    made = sections(reading, language="en", secrets_shown=False)
    assert not any("tap Trust" in reason for section in made for reason in section.reasons())
    assert "tap Trust" in made[2].facts[0].as_text()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_phone_at_its_activation_lock_is_only_told_what_can_be_done_there(language: str):
    reading = builder()
    for field in ("locks.find_my", "locks.account", "locks.sim"):
        reading.put(field, LockState.ON, "lockdown", raw="true", quality=Quality.HINT)
    said = " ".join(notes(reading.partial(), language))
    assert ("Settings" if language == "en" else "Réglages") in said
    reading.put("locks.activation", LockState.ON, "lockdown", raw="Unactivated")
    said = " ".join(notes(reading.partial(), language))
    assert "icloud.com/find" in said
    assert ("Settings" if language == "en" else "Réglages") not in said


def test_a_locked_screen_is_told_as_of_when_it_was_looked_at():
    reading = builder()
    reading.put("locks.screen", LockState.ON, "lockdown PasswordProtected", raw="true")
    (note,) = notes(reading.partial())
    assert "Locked when it was last looked at" in note
    android = dataclasses.replace(reading.partial(), platform=Platform.ANDROID)
    (note,) = notes(android)
    assert "read again (F5)" in note
    assert "F5" in note
