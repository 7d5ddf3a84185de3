"""All slots as a list: what is in each, how it is connected, and how often it lost its phone today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.usb.history import HANGS, MANY
from tradein_app.viewmodels.cables import cable_problem, words_of
from tradein_app.viewmodels.formatting import format_value
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from diagnostics.usb.history import SlotDay
    from tradein_app.viewmodels.board import Port
    from tradein_app.viewmodels.devices import DevicesModel
    from tradein_app.viewmodels.tile import Tile

_GIGA = 1000


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One slot.

    Attributes:
        index: Of its port.
        number: As the board shows it.
        follows: Nobody gave it that number, while others were given theirs.
        state: In a word or two.
        phone: What is in it, or was and is not done; ``""`` where it is free.
        speed: As negotiated; ``""`` where nobody tells.
        lost: How often it lost its phone today; ``None`` where that is not known.
        verdict: What is wrong with its cable or the slot itself, or that all is well; ``""`` where nothing is known.
    """

    index: int
    number: int
    follows: bool
    state: str
    phone: str
    speed: str
    lost: int | None
    verdict: str


def slot_rows(devices: DevicesModel, days: Mapping[str, SlotDay] | None) -> tuple[SlotRow, ...]:
    """Return all slots in the order of the board.

    Args:
        devices: What is in them.
        days: What happened today by slot; ``None`` while that is not known.
    """
    return tuple(
        _row(index, devices.tiles[index], devices.board.ports[index], days, devices.language)
        for index in devices.board.order()
    )


def _row(index: int, tile: Tile, port: Port, days: Mapping[str, SlotDay] | None, language: str) -> SlotRow:
    day = days.get(port.id) if days else None
    said = " · ".join(part for part in (tile.word, tile.note, tile.trouble) if part)
    return SlotRow(
        index=index,
        number=tile.number,
        follows=tile.follows,
        state=said,
        phone=tile.model,
        speed=_speed(port, language),
        lost=None if days is None else day.lost if day else 0,
        verdict=_verdict(port, day),
    )


def _speed(port: Port, language: str) -> str:
    """Return the negotiated speed; USB 3 counts in thousands."""
    speed = port.phone.reading.usb.speed_mbps if port.phone and port.present else None
    if speed is None:
        return ""
    if speed >= _GIGA and speed % _GIGA == 0:
        return format_value(speed // _GIGA, "Gbit/s", language=language)
    return format_value(speed, "Mbit/s", language=language)


def _verdict(port: Port, day: SlotDay | None) -> str:
    """Return what the bus says of the phone's cable, or what a slot's day says of it, also while it is empty."""
    problem = cable_problem(port.phone.reading) if port.phone and port.present else None
    # The number of losses in a reading is that of its end; the slot may have lost its phone since.
    if problem is not None and not (day is not None and problem.code == "usb_history"):
        return words_of(problem.code, **problem.params)
    if day is not None and day.hung_in_a_row >= HANGS:
        return words_of("usb_reseat")
    if day is not None and day.lost >= MANY:
        return words_of("usb_history", times=str(day.lost))
    # An empty slot of which nothing is known is neither well nor bad.
    return translate("slots", "fine") if port.present or day is not None else ""


def lost_tip() -> str:
    """Return what counts as lost."""
    return translate(
        "slots",
        "How often a phone's connection broke off while it was being read, or went and came back by itself. "
        "A phone that somebody unplugs while nothing is being read is not counted.",
    )


def follows_tip() -> str:
    """Return what a number in brackets means."""
    return translate("slots", "A number in brackets: nobody gave this slot its number yet. Press Shift+F11.")


def heads() -> tuple[str, ...]:
    """Return the columns' titles, in the order of `SlotRow`."""
    return (
        translate("slots", "Slot"),
        translate("slots", "State"),
        translate("slots", "Phone"),
        translate("slots", "Speed"),
        translate("slots", "Lost today"),
        translate("slots", "Cable and slot"),
    )
