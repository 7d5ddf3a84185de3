"""What a phone told before it went into recovery is kept, but no lock stays off: it may be restored there."""

from __future__ import annotations

from diagnostics.building import ReadingBuilder
from diagnostics.merging import with_kept
from diagnostics.model import DeviceId, LockState, Platform, Reading, State, Transport
from diagnostics.ports import Sighting, SystemClock

UDID = DeviceId("00008101-000A1B2C3D4E5F60")


def builder(transport: Transport, state: State) -> ReadingBuilder:
    sighting = Sighting(key="1", id=UDID, slot="1-2", platform=Platform.IOS, transport=transport, state=state)
    return ReadingBuilder(sighting, SystemClock())


def before() -> Reading:
    made = builder(Transport.USBMUX, State.READY)
    made.put("identity.os_version", "17.5", "lockdown ProductVersion", raw="17.5")
    made.put("locks.activation", LockState.OFF, "lockdown ActivationState", raw="Activated")
    made.put("locks.mdm", LockState.ON, "MCInstall", raw="IsSupervised=True")
    return made.build("absent")


def test_a_lock_that_was_off_is_unknown_in_recovery_and_one_that_was_on_stays():
    poorer = builder(Transport.USB, State.RECOVERY).build("not_read")
    kept = with_kept(poorer, before())
    assert (kept.state, kept.identity.os_version) == (State.RECOVERY, "17.5")
    assert kept.locks.activation is LockState.UNKNOWN
    assert "locks.activation" not in kept.evidence
    assert [problem.code for problem in kept.problems if problem.field == "locks.activation"] == ["not_read"]
    assert kept.locks.mdm is LockState.ON
