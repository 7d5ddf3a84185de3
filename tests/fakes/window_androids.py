"""Android phones as the bench shows them to the window."""

from __future__ import annotations

from diagnostics.bench import Phone
from diagnostics.building import ReadingBuilder
from diagnostics.model import DeviceId, LockState, Platform, Quality, Reading, State, Transport
from diagnostics.ports import Sighting
from tests.fakes.sources import FixedClock
from tests.fakes.windows import phone_of

SLOT, SERIAL = "1-2", "R5CT00ABCDE"


def builder(state: State = State.READY, *, serial: str = SERIAL, slot: str | None = SLOT) -> ReadingBuilder:
    """Return what a reading of an Android phone begins with."""
    seen = Sighting(f"{slot}#1", DeviceId(serial), Platform.ANDROID, Transport.ADB, slot, state)
    made = ReadingBuilder(seen, FixedClock())
    made.state = state
    return made


def read_android(**locks: LockState) -> Reading:
    """Return a reading of a Galaxy A54 whose model no table knows by its name."""
    made = builder()
    made.put("identity.manufacturer", "Samsung", "getprop ro.product.manufacturer", raw="samsung")
    made.put("identity.model_code", "SM-A546X", "getprop ro.product.model", raw="SM-A546X")
    made.put(
        "identity.model", "SM-A546X", "getprop ro.product.model", raw="SM-A546X, a54x", quality=Quality.HINT
    )
    for name, state in locks.items():
        made.put(f"locks.{name}", state, f"dumpsys {name}", raw=str(state))
    return made.build()


def waiting(state: State | None = State.UNAUTHORIZED, *, key: str = "1-2#1", serial: str = SERIAL) -> Phone:
    """Return a phone that nothing was read from; ``None`` for one whose cable was pulled."""
    from tests.fakes.windows import gone

    phone = phone_of(builder(state or State.UNAUTHORIZED, serial=serial).build(), key=key)
    return gone(phone) if state is None else phone
