"""The card and the carrier lock: proved by a card of another carrier, by nothing else."""

from __future__ import annotations

import pytest

from diagnostics.android import sim
from diagnostics.android.lights import Colour, whole
from diagnostics.model import LockState, Quality
from tests.fakes.android import builder


def _sim(states: str | None, **properties: str):
    building = builder()
    named = {name.replace("__", "."): value for name, value in properties.items()}
    sim.fill(building, named if states is None else {"gsm.sim.state": states, **named})
    return building.build()


@pytest.mark.parametrize(
    ("states", "status"),
    [
        ("READY,ABSENT", "ready"),
        ("ABSENT,LOADED", "ready"),
        ("ABSENT", "not_inserted"),
        ("ABSENT,NETWORK_LOCKED", "operator_locked"),
        ("PIN_REQUIRED,READY", "pin_locked"),
        ("loaded", "ready"),
        ("UNKNOWN", None),
        ("", None),
        (None, None),
    ],
)
def test_what_the_slots_say(states, status):
    assert _sim(states).sim.status == status


@pytest.mark.parametrize(
    ("states", "quality"),
    [
        ("NETWORK_LOCKED", Quality.EXACT),
        (
            "ABSENT,PERM_DISABLED",
            Quality.HINT,
        ),  # a dead card (AOSP IccCardConstants), or one that is turned down
        ("PERM_DISABLED,NETWORK_LOCKED", Quality.EXACT),
    ],
)
def test_a_card_that_is_turned_down_shows_the_lock(states, quality):
    reading = _sim(states)
    assert reading.locks.sim is LockState.ON
    assert reading.evidence["locks.sim"].quality is quality


@pytest.mark.parametrize("states", ["READY", "ABSENT,ABSENT", "", None, "PIN_REQUIRED"])
def test_nothing_else_proves_anything(states):
    reading = _sim(states)
    assert reading.locks.sim is LockState.UNKNOWN
    assert {p.code for p in reading.problems if p.field == "locks.sim"} == {"not_proved_off"}


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"ro__csc__sales_code": "VZW"}, "VZW"),
        ({"ro__boot__carrierid": "TMB", "ro__csc__sales_code": "XAA"}, "TMB"),
        ({"ro__carrier": "metropcs"}, "metropcs"),
        ({"ro__product__model": "SM-S918U"}, "SM-S918U"),
        ({"ro__product__model": "SM-G950V"}, "SM-G950V"),
        ({"ro__product__model": "SM-G965R4"}, "SM-G965R4"),
    ],
)
def test_a_phone_that_a_carrier_sold_is_asked_about(properties, code):
    reading = _sim("READY,ABSENT", **properties)
    (problem,) = (p for p in reading.problems if p.field == "locks.sim")
    assert (reading.locks.sim, problem.code, problem.params["raw"]) == (
        LockState.UNKNOWN,
        "carrier_variant",
        code,
    )
    assert whole(reading) is Colour.AMBER


@pytest.mark.parametrize(
    "properties",
    [
        {"ro__csc__sales_code": "XEF", "ro__carrier": "unknown", "ro__product__model": "SM-G991B"},
        {"ro__product__model": "SM-S918U1"},
        {"ro__product__model": "SM-S9210"},
        {"ro__product__model": "SM-T970"},
        {"ro__carrier": "reteu", "ro__product__model": "moto g(6)"},
    ],
)
def test_a_phone_of_no_carrier_is_not(properties):
    assert {p.code for p in _sim("READY", **properties).problems if p.field == "locks.sim"} == {
        "not_proved_off"
    }


def test_a_card_that_is_turned_down_counts_for_more_than_who_sold_the_phone():
    assert _sim("NETWORK_LOCKED", ro__csc__sales_code="TMB").locks.sim is LockState.ON
