"""What the bus alone shows of cables and ports, and what it must not be blamed for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from diagnostics.messages import message
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.health import (
    CHURN,
    CHURN_WINDOW,
    LOOP_WINDOW,
    UNCONFIGURED_AFTER,
    PortHealth,
    Verdict,
    speed_verdict,
)
from diagnostics.usb.history import HANGS, MANY, SlotDay, SlotEvent, SlotHistory

PHONE = UsbDevice(
    "04e8", "6860", frozenset({"06/01/01"}), "1-2.3", 5, bcd_usb=0x0210, speed=480.0, configuration=1
)
IPHONE = replace(PHONE, vid="05ac", pid="12a8", interfaces=frozenset({"06/01/01", "ff/fe/02"}))
DOWNLOAD = replace(PHONE, pid="685d", interfaces=frozenset({"02/02/01"}))


def codes(verdicts: tuple[Verdict, ...]) -> list[str]:
    return [verdict.code for verdict in verdicts]


@pytest.mark.parametrize(
    ("device", "code"),
    [
        (PHONE, None),
        (replace(PHONE, superspeed=True), None),  # nobody knows what the port can do
        (replace(PHONE, superspeed=True, port_superspeed=False), None),  # a USB 2 port
        (replace(PHONE, superspeed=None, port_superspeed=True), None),  # 2.10 alone proves no USB 3
        (replace(PHONE, superspeed=True, port_superspeed=True), "usb_slow"),
        (replace(PHONE, superspeed=True, port_superspeed=True, speed=5000.0), None),
        (replace(PHONE, speed=12.0), "usb_full_speed"),
        (replace(IPHONE, speed=12.0), "usb_full_speed"),
        (replace(PHONE, speed=None), None),
        # MediaTek's boot ROM is that slow itself.
        (UsbDevice("0e8d", "0003", frozenset(), "1-2", 7, speed=12.0), None),
        (UsbDevice("046d", "c31c", frozenset({"03/01/01"}), "1-4", 7, speed=1.5), None),  # a keyboard
    ],
)
def test_the_cable_is_blamed_only_where_both_ends_could_do_more(device: UsbDevice, code: str | None) -> None:
    verdict = speed_verdict(device)
    assert (verdict.code if verdict else None) == code


def test_a_phone_that_comes_and_goes_is_churn_until_it_has_been_quiet() -> None:
    health, addresses = PortHealth(), count(10)
    verdicts: tuple[Verdict, ...] = ()
    for at in range(CHURN + 2):
        verdicts = health.see([replace(PHONE, address=next(addresses))], now=at * 2.0)
        health.see([], now=at * 2.0 + 1)
    assert codes(verdicts) == ["usb_churn"]
    assert verdicts[0].params == {"times": str(CHURN + 1), "seconds": "30", "returns": str(CHURN + 1)}
    assert health.churning(now=10.0) == (PHONE.place,)  # also while it is away
    last = replace(PHONE, address=99)
    assert codes(health.see([last], now=10.0)) == ["usb_churn"]
    assert codes(health.see([last], now=11.0 + CHURN_WINDOW)) == []


def test_changes_of_mode_and_the_phones_of_other_places_are_no_churn() -> None:
    health, addresses = PortHealth(), count(10)
    for at in range(8):
        turned = (PHONE, DOWNLOAD)[at % 2]
        others = [replace(PHONE, slot=f"1-{port}", address=next(addresses)) for port in range(4 + at, 5 + at)]
        assert codes(health.see([replace(turned, address=next(addresses)), *others], now=float(at))) == []


def test_five_phones_one_after_the_other_at_one_cable_are_no_loose_contact() -> None:
    health = PortHealth()
    for at in range(2 * CHURN):
        came = replace(PHONE, address=10 + at, serial=f"R5CT{at}ABCD")
        assert codes(health.see([came], now=at * 5.0)) == []
        health.see([], now=at * 5.0 + 2)
    same = replace(PHONE, serial="R5CT9ABCD")
    for at in range(CHURN + 2):
        said = health.see([replace(same, address=90 + at)], now=60.0 + at)
        health.see([], now=60.5 + at)
    assert codes(said) == ["usb_churn"], "one that comes and goes is"
    assert said[0].params["times"] == str(CHURN + 1)


@pytest.mark.parametrize(
    "faces",
    [
        (UsbDevice("0e8d", "2000", frozenset({"0a/00/00"}), "1-2.3", 1, configuration=1), PHONE),
        (replace(IPHONE, serial="0" * 40), replace(IPHONE, pid="1281", serial="CPID:8101 ECID:1A2C")),
        (replace(PHONE, serial="R5CT0"), DOWNLOAD),
    ],
    ids=["preloader and files", "iPhone and recovery", "files and download"],
)
def test_a_phone_that_restarts_for_ever_is_said_so_and_no_cable_is_blamed(
    faces: tuple[UsbDevice, UsbDevice],
) -> None:
    health, said = PortHealth(), set[str]()
    for at in range(20):
        if at == 4:
            assert said == set(), "that many a technician makes"
        verdicts = health.see([replace(faces[at % 2], address=50 + at)], now=at * 3.0)
        said |= set(codes(verdicts))
        health.see([], now=at * 3.0 + 1)
    assert said == {"usb_boot_loop"}
    assert "again and again" in message(verdicts[0].problem)
    quiet = health.see([replace(faces[0], address=99)], now=60 + 2 * LOOP_WINDOW)
    assert codes(quiet) == []


def test_a_phone_that_is_never_configured_is_said_and_usbmuxds_own_pause_is_not() -> None:
    health = PortHealth()
    waiting = replace(PHONE, configuration=0)
    assert codes(health.see([waiting], now=0.0)) == []
    assert codes(health.see([waiting], now=UNCONFIGURED_AFTER - 1)) == []
    assert codes(health.see([waiting], now=UNCONFIGURED_AFTER)) == ["usb_unconfigured"]
    assert codes(health.see([replace(waiting, configuration=1)], now=12.0)) == []
    iphone = replace(IPHONE, configuration=0)
    for now in (20.0, 40.0):
        assert codes(health.see([iphone], now=now)) == []


def test_a_port_that_tripped_is_said_and_one_that_had_before_we_looked_is_not() -> None:
    health = PortHealth()
    assert codes(health.see([replace(PHONE, over_currents=2)], now=0.0)) == []
    health.see([], now=1.0)
    verdicts = health.see([replace(PHONE, over_currents=3, address=6)], now=2.0)
    assert codes(verdicts) == ["usb_over_current"]
    assert "1 times" in message(verdicts[0].problem)
    health.see([], now=3.0)
    # The port is well again.
    assert codes(health.see([replace(PHONE, over_currents=3, address=7)], now=4.0)) == []


def test_every_verdict_is_said_in_both_languages() -> None:
    for code in (
        "usb_slow",
        "usb_full_speed",
        "usb_churn",
        "usb_boot_loop",
        "usb_unconfigured",
        "usb_over_current",
        "usb_unreadable",
    ):
        problem = Verdict("p", "1-2", code, {"speed": "12", "times": "4", "seconds": "30"}).problem
        assert "\N{EN DASH}" not in message(problem)
        assert message(problem, "fr") != message(problem)


class Memory:
    """Days in a dict."""

    def __init__(self) -> None:
        self.kept: dict[tuple[date, str], SlotDay] = {}

    def load(self, day: date) -> dict[str, SlotDay]:
        return {slot: entry for (on, slot), entry in self.kept.items() if on == day}

    def save(self, entry: SlotDay) -> None:
        self.kept[entry.day, entry.slot] = entry


MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def test_a_slot_that_lost_its_phone_often_today_is_said_also_after_a_restart() -> None:
    days = Memory()
    history = SlotHistory(days)
    for _ in range(MANY - 1):
        history.happened(SlotEvent.LOST, "7", MONDAY)
    assert history.problem("7", MONDAY) is None
    again = SlotHistory(days)
    again.happened(SlotEvent.LOST, "7", MONDAY)
    problem = again.problem("7", MONDAY)
    assert problem is not None
    assert message(problem).startswith(f"This place lost its phone {MANY} times today.")
    assert again.problem("8", MONDAY) is None
    assert again.problem("7", TUESDAY) is None
    assert again.of("7", MONDAY).lost == MANY


def test_two_hangs_in_a_row_ask_to_reseat_the_cable_and_a_reading_ends_that() -> None:
    history = SlotHistory(Memory())
    for _ in range(HANGS):
        assert history.problem("7", MONDAY) is None
        history.happened(SlotEvent.HUNG, "7", MONDAY)
    problem = history.problem("7", MONDAY)
    assert problem is not None
    assert problem.code == "usb_reseat"
    history.happened(SlotEvent.READ, "7", MONDAY)
    assert history.problem("7", MONDAY) is None
    assert history.of("7", MONDAY).hung == HANGS


def test_midnight_ends_a_day_and_no_row_of_hangs() -> None:
    history = SlotHistory(Memory())
    history.happened(SlotEvent.HUNG, "7", MONDAY)
    history.happened(SlotEvent.HUNG, "7", TUESDAY)
    problem = history.problem("7", TUESDAY)
    assert problem is not None
    assert problem.code == "usb_reseat"
    assert (history.of("7", TUESDAY).hung, history.of("8", TUESDAY).hung_in_a_row) == (1, 0)
