"""How a phone looks on the bench, and in which tone that is painted."""

from __future__ import annotations

from enum import StrEnum


class Look(StrEnum):
    """Colour, icon and word go together; always all three."""

    FREE = "free"
    CONNECTING = "connecting"
    WORKING = "working"
    NEEDS_YOU = "needs_you"
    PROBLEM = "problem"
    OFFER = "offer"
    LATER = "later"
    DONE = "done"
    DECLINED = "declined"
    HOLD = "hold"
    STOP = "stop"


TONES = {
    Look.FREE: "dim",
    Look.CONNECTING: "accent",
    Look.WORKING: "accent",
    Look.NEEDS_YOU: "warn",
    Look.PROBLEM: "bad",
    Look.OFFER: "accent",
    Look.LATER: "dim",
    Look.DONE: "ok",
    Look.DECLINED: "dim",
    Look.HOLD: "bad",
    Look.STOP: "bad",
}
