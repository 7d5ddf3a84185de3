"""``tradein devices`` and ``tradein read``: what is plugged in, and what is known of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from diagnostics import codec, oneshot
from diagnostics.apple.udid import normal_udid
from diagnostics.building import concluded
from diagnostics.merging import lacks_service
from diagnostics.model import DeviceId, Platform, Reading, State, Transport
from diagnostics.oneshot import Look, Seen
from diagnostics.ports import DeviceSource
from diagnostics.slots.slot import PlaceOf
from tradein_app import bootstrap
from tradein_app.cli.inputs import check_seconds
from tradein_app.cli.output import put_json, say
from tradein_app.cli.readings import print_devices, print_readings, title
from tradein_app.config import load_config

DONE, SOME_FAILED, SERVICE_MISSING = 0, 1, 3
LEAST_TIMEOUT = 0.1
RECOGNISE_TIMEOUT = 10.0
"""Seconds in which `devices` must know each phone's state: only a reading tells whether it trusts and answers."""
PLAIN_USB = "usb"
"""The bus that shows what speaks no protocol; it needs no service."""
_FAILED = frozenset({State.TIMEOUT, State.ERROR})

Read = Callable[[Seen], Awaitable[Reading]]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of looking at the buses.

    Attributes:
        look: What they showed.
        readings: Of the phones asked for, in the buses' order.
        blind: Whether no bus that reads phones works.
    """

    look: Look
    readings: tuple[Reading, ...]
    blind: bool


def show_devices(*, as_json: bool) -> int:
    """Print what is plugged in; returns the exit status."""

    async def read(seen: Seen) -> Reading:
        return await oneshot.read(seen, lambda _: None, timeout=RECOGNISE_TIMEOUT)

    result = _on_bench((), read)
    _put(result.readings, print_devices, as_json=as_json)
    if _needed_service_missing(result, ()):
        return SERVICE_MISSING
    return SOME_FAILED if any(reading.state in _FAILED for reading in result.readings) else DONE


def show_readings(wanted: tuple[str, ...], *, timeout: float, wait: float, as_json: bool) -> int:
    """Print full readings; returns the exit status: 0 means that all are ready.

    Args:
        wanted: Phones' ids; all phones when empty.
        timeout: Seconds that one phone may take.
        wait: Seconds to wait for people.
        as_json: The document of ``tradein/reading-1`` in place of tables.
    """
    check_seconds(timeout, "--timeout", least=LEAST_TIMEOUT)
    check_seconds(wait, "--wait", least=0)

    async def read(seen: Seen) -> Reading:
        reading = await oneshot.read(seen, lambda _: None, timeout=timeout, wait=wait)
        say(f"{title(reading)}: {reading.state}")
        return reading

    result = _on_bench(wanted, read)
    absent = _absent(wanted, result.readings)
    readings = (*result.readings, *absent)
    _put(readings if as_json else result.readings, print_readings, as_json=as_json)
    if _needed_service_missing(result, absent):
        return SERVICE_MISSING
    return DONE if all(reading.state is State.READY for reading in readings) else SOME_FAILED


def _on_bench(wanted: tuple[str, ...], read: Read) -> Result:
    from diagnostics.runtime import Runtime

    config = load_config()
    sources, place_of = bootstrap.open_sources(config), bootstrap.places_of(config)
    with Runtime() as runtime:
        result = runtime.submit(_side_by_side(sources, place_of, wanted, read)).result()
    for error in result.look.errors.values():
        say(f"tradein: {error}")
    if not result.look.seen and not result.look.errors:
        say("No phone is plugged in.")
    return result


async def _side_by_side(
    sources: Sequence[DeviceSource], place_of: PlaceOf, wanted: tuple[str, ...], read: Read
) -> Result:
    look = await oneshot.look(sources, place_of)
    names = {name for device in wanted for name in _names(device)}
    chosen = [seen for seen in look.seen if not wanted or seen.sighting.id in names]
    readings = await asyncio.gather(*(read(seen) for seen in chosen))
    services = {source.name for source in sources} - {PLAIN_USB}
    return Result(look, tuple(readings), blind=services <= look.errors.keys())


def _needed_service_missing(result: Result, absent: Sequence[Reading]) -> bool:
    """Whether a phone may be there, or surely is asked for, behind a service that is not."""
    broken = result.look.errors.keys() - {PLAIN_USB}
    unread = not result.readings or bool(absent) or any(lacks_service(each) for each in result.readings)
    return result.blind or (bool(broken) and unread)


def _absent(wanted: tuple[str, ...], readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return an entry for each phone that was asked for and is not there."""
    there = {reading.id for reading in readings}
    missing = [device for device in dict.fromkeys(wanted) if there.isdisjoint(_names(device))]
    for device in missing:
        say(f"No phone with the id {device} is plugged in.")
    return tuple(concluded(_typed(device), State.OFFLINE, "not_plugged_in") for device in missing)


def _names(device: str) -> frozenset[str]:
    """Return how a phone may be called in a reading; some tools write a UDID without its dash."""
    return frozenset({device, normal_udid(device)})


def _typed(device: str) -> Reading:
    return Reading(DeviceId(device), Platform.UNKNOWN, Transport.TYPED, None, State.OFFLINE)


def _put(
    readings: Sequence[Reading], print_tables: Callable[[Sequence[Reading]], None], *, as_json: bool
) -> None:
    if as_json:
        put_json(codec.document(readings))
    elif readings:
        print_tables(readings)
