"""Reads the practice phones' characters, and makes as many phones of them as are asked for."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from typing import Any

from diagnostics.practice.android.identifiers import fresh_imei, fresh_serial
from diagnostics.practice.android.phone import (
    Account,
    Battery,
    Build,
    Character,
    Connection,
    HealthHal,
    Locks,
    PracticeAndroid,
    SamsungGauge,
)
from resources.opening import load_toml

_PORTS_PER_HUB = 4
_DATA = ("practice/androids.toml", "practice/androids-by-maker.toml")


@cache
def characters() -> tuple[Character, ...]:
    """Return all characters in the order of their data files, the ones of a first lesson first."""
    return tuple(_character(table) for name in _DATA for table in load_toml(name)["character"])


def load_androids(count: int, *, seed: int = 1, bus: int = 2) -> list[PracticeAndroid]:
    """Return that many practice phones; the same arguments give the same phones.

    Args:
        count: When it is above the number of characters, they come again with fresh serials, IMEIs and ports.
        seed: Changes the made-up identifiers.
        bus: Number of the USB bus that they hang on.
    """
    source = random.Random(seed)  # noqa: S311 - practice data, no secret
    kinds = characters()
    return [_phone(kinds[i % len(kinds)], i, i // len(kinds), source, bus) for i in range(count)]


def _phone(kind: Character, position: int, copy: int, source: random.Random, bus: int) -> PracticeAndroid:
    fresh = fresh_serial(kind.serial, source)
    return PracticeAndroid(
        id=kind.id if copy == 0 else f"{kind.id}-{copy + 1}",
        character=kind,
        serial=fresh if copy and not kind.one_serial else kind.serial,
        imeis=tuple(fresh_imei(kind.tac, source) for _ in range(2 if kind.dual_sim else 1)),
        usb=f"{bus}-{position // _PORTS_PER_HUB + 1}.{position % _PORTS_PER_HUB + 1}",
        state=kind.state,
    )


def _character(table: Mapping[str, Any]) -> Character:
    simple = {
        k: v
        for k, v in table.items()
        if k not in {"build", "battery", "locks", "refused", "packages", "state"}
    }
    return Character(
        build=Build(**table["build"]),
        battery=_battery(table["battery"]),
        locks=_locks(table.get("locks", {})),
        refused=tuple(table.get("refused", ())),
        packages=tuple(table.get("packages", ())),
        state=Connection(table.get("state", "device")),
        **simple,
    )


def _battery(table: Mapping[str, Any]) -> Battery:
    plain = {k: v for k, v in table.items() if k not in {"samsung", "hal", "service_lines"}}
    plain["service_lines"] = tuple(table.get("service_lines", ()))
    samsung = SamsungGauge(**table["samsung"]) if "samsung" in table else None
    return Battery(samsung=samsung, hal=HealthHal(**table["hal"]) if "hal" in table else None, **plain)


def _locks(table: Mapping[str, Any]) -> Locks:
    plain = {k: v for k, v in table.items() if k != "accounts"}
    return Locks(accounts=tuple(Account(**row) for row in table.get("accounts", ())), **plain)
