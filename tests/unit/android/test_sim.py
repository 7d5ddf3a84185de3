"""The card and the carrier lock: proved by a card of another carrier, by nothing else."""

from __future__ import annotations

import pytest

from diagnostics.android import sim
from diagnostics.model import LockState
from tests.fakes.android import builder


def _sim(states: str | None):
    building = builder()
    sim.fill(building, {} if states is None else {"gsm.sim.state": states})
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


@pytest.mark.parametrize("states", ["NETWORK_LOCKED", "ABSENT,PERM_DISABLED"])
def test_a_card_that_is_turned_down_shows_the_lock(states):
    assert _sim(states).locks.sim is LockState.ON


@pytest.mark.parametrize("states", ["READY", "ABSENT,ABSENT", "", None, "PIN_REQUIRED"])
def test_nothing_else_proves_anything(states):
    reading = _sim(states)
    assert reading.locks.sim is LockState.UNKNOWN
    assert {p.code for p in reading.problems if p.field == "locks.sim"} == {"not_proved_off"}
