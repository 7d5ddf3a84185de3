"""The card that is in the phone now, and what it hints at."""

from __future__ import annotations

from diagnostics.apple.identity import TELEPHONY
from diagnostics.apple.tables import sim_status
from diagnostics.apple.values import mapping, text_of
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, Quality

_SOURCE = "lockdown SIMStatus"


def read_sim(values: object, builder: ReadingBuilder) -> None:
    """Read ``SIMStatus``: how the card is, and a hint at a carrier lock; that there is none cannot be read.

    Turning the card down because of a lock (``OperatorLocked`` and its like) is a sign that the phone is locked, so on,
    as a hint. A card that works proves nothing (libimobiledevice #300, #498). Only phones are judged: an iPad with an
    embedded SIM says it without a lock (libimobiledevice #359).
    """
    known = mapping(values)
    raw = known.get("SIMStatus")
    if raw is None and known.get(TELEPHONY) is False:
        # No radio, no carrier, so none that could have locked it: the device's own word, not silence.
        builder.put("locks.sim", LockState.OFF, f"lockdown {TELEPHONY}", raw=False)
        builder.problem("sim.status", "no_network")
        return
    status = sim_status(text_of(raw) or "")
    if raw is None:
        builder.problem("sim.status", "absent")
    elif status is None:
        builder.reject("sim.status", _SOURCE, raw=raw, code="unknown_answer")
    else:
        builder.put("sim.status", status[0], _SOURCE, raw=raw, quality=Quality.HINT)
    if status is not None and status[1] and text_of(known.get("DeviceClass")) == "iPhone":
        builder.put("locks.sim", LockState.ON, _SOURCE, raw=raw, quality=Quality.HINT)
    else:
        builder.problem("locks.sim", "not_readable")
