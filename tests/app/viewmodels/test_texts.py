"""Small truths of the view models: numbers, money, ports, states."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.model import Reading, State
from pricing.money import Money
from tests.fakes.windows import gone, phone_of, read_iphone
from tradein_app.viewmodels.board import LOOSE_PORTS, Board
from tradein_app.viewmodels.colours import colour_words
from tradein_app.viewmodels.fact_making import sections
from tradein_app.viewmodels.facts import Fact
from tradein_app.viewmodels.formatting import (
    format_day,
    format_gigabytes,
    format_money,
    format_value,
    masked,
    without_isolates,
)
from tradein_app.viewmodels.language import look_word, state_entry
from tradein_app.viewmodels.looks import TONES, Look
from tradein_app.viewmodels.next_action import next_action
from tradein_app.viewmodels.settings import Settings, SettingsFile
from tradein_app.viewmodels.tile import Tile

DIGITS = str.maketrans({"\u202f": "", "\u00a0": "", ",": ".", "−": "-", "€": "", "\u2068": "", "\u2069": ""})


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from(["en", "fr"]))
def test_money_is_shown_to_the_cent(amount: Decimal, language: str):
    shown = format_money(Money(amount, "EUR"), language=language)
    plain = shown.translate(DIGITS)
    whole, _, cents = plain.rpartition(".")
    assert Decimal(f"{whole.replace('.', '')}.{cents}") == amount


def test_money_reads_as_the_language_writes_it():
    money = Money(Decimal("-1234.50"), "EUR")
    assert without_isolates(format_money(money)) == "−€1,234.50"
    assert without_isolates(format_money(money, language="fr")) == "−1\u202f234,50\u00a0€"


def test_measured_values_are_isolated():
    assert format_value(-18, "dB") == "\u2068-18\u00a0dB\u2069"
    assert without_isolates(format_value(3227, "mAh")) == "3,227\u00a0mAh"
    assert without_isolates(format_value(128, "GB", language="fr")) == "128\u00a0Go"
    assert without_isolates(format_gigabytes(70_123_456_789)) == "70.1\u00a0GB"
    assert without_isolates(format_gigabytes(0)) == "0.0\u00a0GB"


def test_dates_name_the_month():
    assert format_day(datetime(2026, 11, 29, tzinfo=UTC)) == "29 Nov 2026"
    assert format_day(datetime(2026, 11, 29, tzinfo=UTC), language="fr") == "29 nov. 2026"


@given(st.text(min_size=1, max_size=20))
def test_a_masked_text_shows_three_characters_at_most(text: str):
    assert len(without_isolates(masked(text)).replace("•", "")) <= 3


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_look_and_words(state: State, language: str):
    entry = state_entry(state)
    assert Look(entry["look"]) in TONES
    assert entry[language]
    assert entry["act"] in {"", "ask_trust", "read_again"}
    assert look_word(entry["look"], language)


def test_every_look_has_an_icon():
    from tradein_app.ui.icons import FOLDER

    missing = [look for look in Look if not (FOLDER / f"{look}.svg").exists()]
    assert missing == []


def test_a_port_keeps_its_number_whatever_comes_and_goes():
    board = Board(["1-1", "1-2"])
    phone = phone_of(read_iphone("A", slot="1-2"))
    assert board.apply(phone) == 1
    assert board.apply(phone_of(read_iphone("B", slot="1-9"))) == 2
    assert board.apply(gone(phone)) == 1
    assert board.apply(phone_of(read_iphone("C", slot="1-1"))) == 0
    assert board.learned() == ("1-1", "1-2", "1-9")


def test_phones_without_a_port_get_places_that_are_reused_but_not_taken_away():
    board = Board()

    def loose(name: str):
        import dataclasses

        phone = phone_of(read_iphone(name))
        return dataclasses.replace(phone, sighting=dataclasses.replace(phone.sighting, slot=None))

    phones = [loose(f"p{number:02}") for number in range(LOOSE_PORTS)]
    assert [board.apply(phone) for phone in phones] == list(range(LOOSE_PORTS))
    assert board.apply(loose("more")) == LOOSE_PORTS
    board.apply(gone(phones[3]))
    board.apply(gone(phones[1]))
    assert board.apply(loose("next")) == 3
    assert board.apply(phones[1]) == 1
    assert board.learned() == ()


def test_the_next_action_prefers_a_tap_then_the_phone_at_hand():
    def tile(number: int, look: Look, act: str = "") -> Tile:
        return Tile(number, look, text="do", act=act, present=True)

    tiles = [tile(1, Look.PROBLEM, "read_again"), tile(2, Look.NEEDS_YOU), tile(3, Look.NEEDS_YOU)]
    assert next_action(tiles, selected=2, offer="", language="en").port == 2
    tapped = [*tiles, tile(4, Look.NEEDS_YOU, "ask_trust")]
    assert next_action(tapped, selected=2, offer="", language="en").port == 3
    stopped = [*tapped, tile(5, Look.STOP)]
    assert next_action(stopped, selected=2, offer="", language="en").port == 4
    assert next_action(tiles[:1], selected=None, offer="", language="en").port == 0


def test_the_next_action_of_an_empty_bench_is_to_plug_in_a_phone():
    assert next_action([], selected=None, offer="", language="en").text == "Plug in a phone"
    done = [Tile(1, Look.DONE, present=True)]
    assert (
        next_action(done, selected=0, offer="€198.00", language="en").text
        == "Slot 1: Make the offer: €198.00"
    )
    assert (
        next_action(done, selected=0, offer="", language="en").text
        == "Nothing needs you. Plug in the next phone"
    )


def test_no_value_is_shown_that_was_not_read():
    reading = read_iphone("A", state=State.NEEDS_TRUST)
    facts = [
        fact for section in sections(reading, language="en", secrets_shown=True) for fact in section.facts
    ]
    assert [fact.name for fact in facts if fact.value] == ["id"], "the bus tells that before any trust"
    assert {fact.tone for fact in facts if not fact.value} == {"dim"}
    assert all(fact.reason for fact in facts if fact.name.startswith(("battery.", "storage.", "locks.")))


def test_what_is_not_believed_is_struck_out_and_explained():
    facts = {
        f.name: f for s in sections(read_iphone("A"), language="en", secrets_shown=True) for f in s.facts
    }
    assert facts["battery.full_mah"].rejected == "100"
    assert facts["battery.full_mah"].value == ""
    assert "cannot be right" in facts["battery.full_mah"].reason


def test_settings_outlive_the_program_and_a_broken_file_does_not_stop_it(tmp_path):
    SettingsFile(tmp_path).change(mode="dark", ports=("1-1",))
    assert SettingsFile(tmp_path).now == Settings("dark", "", ("1-1",))
    (tmp_path / "window.json").write_text("[1", encoding="utf-8")
    assert SettingsFile(tmp_path).now == Settings()


def locks_of(reading: Reading, language: str = "en", **answers: str | int) -> dict[str, Fact]:
    made = sections(reading, language=language, secrets_shown=True, answers=answers)
    return {fact.name: fact for section in made for fact in section.facts}


def test_an_activated_iphone_gets_no_tick_for_a_lock():
    facts = locks_of(read_iphone("A"))
    assert (facts["locks.activation"].label, facts["locks.activation"].value) == ("Activation", "activated")
    assert facts["locks.activation"].tone == ""
    assert facts["locks.mdm"].tone == "ok"
    assert locks_of(read_iphone("A"), "fr")["locks.activation"].value == "effectuée"


def test_what_a_person_saw_stands_where_the_cable_could_not_read():
    assert locks_of(read_iphone("A"))["locks.find_my"].value == ""
    seen = locks_of(read_iphone("A"), owner_lock="seen_off", sim_lock="unlocked", battery_settings=95)
    assert (seen["locks.find_my"].value, seen["locks.find_my"].origin) == ("off", "seen")
    assert seen["locks.find_my"].tone == "ok"
    assert seen["locks.find_my"].reason == ""
    assert (seen["locks.sim"].value, seen["locks.sim"].origin) == ("off", "seen")
    assert seen["battery.health_percent"].as_text() == "Health: 95\u00a0% (typed)"
    assert locks_of(read_iphone("A"), owner_lock="not_checked")["locks.find_my"].value == ""


def test_a_colour_is_translated_where_it_is_known():
    assert colour_words("midnight", "fr") == "minuit"
    assert colour_words("midnight", "en") == "midnight"
    assert colour_words("Bora Purple", "fr") == "Bora Purple"
    assert colour_words(None, "fr") == ""


def test_what_was_shown_once_is_remembered(tmp_path):
    SettingsFile(tmp_path).change(practised=True)
    assert SettingsFile(tmp_path).now.practised
