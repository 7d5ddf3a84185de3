"""The practice iPhones' characters, from ``resources/practice/iphones.toml``, and each phone's own ids."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import cycle, islice
from typing import Any

from resources.opening import load_toml

DATA = "practice/iphones.toml"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTVWXYZ"
FIRST_CHIP_WITH_SHORT_UDID = 0x8020


@dataclass(frozen=True, slots=True)
class Character:
    """What kind of phone it is: one table of the data file.

    Attributes:
        name: A short word, such as ``worn-battery``.
        title: The same in words, by language.
        trusted: Whether it trusts this computer from the start.
        locked: Whether its screen is locked from the start.
        model: Product type, hardware, colour, part number, storage sizes, software.
        battery: Capacities in mAh, cycles and level.
        owner: Activation, Find My and NVRAM.
        cloud: The answer to GetCloudConfiguration.
        profiles: Installed configuration profiles by identifier.
        sim: Card and carrier.
        apps: By bundle id, those that it has besides every practice phone's.
    """

    name: str
    title: Mapping[str, str]
    trusted: bool
    locked: bool
    model: Mapping[str, Any]
    battery: Mapping[str, Any]
    owner: Mapping[str, Any]
    cloud: Mapping[str, Any]
    profiles: Mapping[str, Mapping[str, Any]]
    sim: Mapping[str, Any]
    apps: Mapping[str, Mapping[str, Any]]

    @property
    def device_class(self) -> str:
        """What it calls its kind: ``iPhone`` or ``iPad``."""
        return str(self.model["product_type"]).rstrip("0123456789,")

    @property
    def cellular(self) -> bool:
        """Whether it has a mobile network, and so an IMEI; without a type allocation code it has none."""
        return "tac" in self.model

    @property
    def version(self) -> tuple[int, ...]:
        """The system's version as numbers: ``(17, 4, 1)``."""
        return tuple(int(part) for part in str(self.model["version"]).split("."))


@dataclass(frozen=True, slots=True)
class Ids:
    """What makes one phone different from the next of its kind; made up, never a real phone's.

    Attributes:
        imei: Empty, as the second one, where the device has no mobile network.
    """

    udid: str
    ecid: int
    serial: str
    imei: str
    imei2: str
    wifi: str
    bluetooth: str
    battery_serial: str
    board_serial: str


def load_characters() -> tuple[Character, ...]:
    """Return all characters, in the data file's order."""
    return tuple(_character(table) for table in load_toml(DATA)["phone"])


def overlaid(character: Character, tables: Mapping[str, Any]) -> Character:
    """Return a character with other values in some of its tables.

    Args:
        character: As it is.
        tables: By the table's name (``model``, ``battery``, …) the keys that are different.
    """
    changed: dict[str, Any] = {
        name: {**getattr(character, name), **values} for name, values in tables.items()
    }
    return replace(character, **changed)


def cast(count: int) -> tuple[Character, ...]:
    """Return this many characters; the list starts again when it is through."""
    return tuple(islice(cycle(load_characters()), count))


def make_ids(character: Character, seed: str) -> Ids:
    """Return a phone's ids; the same seed gives the same ids."""
    dice = random.Random(f"{character.name}:{seed}")  # noqa: S311  no secret: the same phones come again each time
    ecid = dice.randrange(2**40, 2**53)
    tac = str(character.model.get("tac", ""))
    return Ids(
        udid=_udid(character.model["chip_id"], ecid, dice),
        ecid=ecid,
        serial=_fill(character.model["serial"], dice),
        imei=make_imei(tac, dice) if tac else "",
        imei2=make_imei(tac, dice) if tac else "",
        wifi=_mac(dice),
        bluetooth=_mac(dice),
        battery_serial=_fill(character.battery["serial"], dice),
        board_serial=_fill("?????????????????", dice),
    )


def make_imei(tac: str, dice: random.Random) -> str:
    """Return an IMEI: a type allocation code of 8 digits, 6 random ones, and the check digit (3GPP TS 23.003, B)."""
    body = tac + f"{dice.randrange(10**6):06d}"
    return body + str(luhn_digit(body))


def luhn_digit(body: str) -> int:
    """Return the Luhn check digit that makes ``body`` valid."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return -total % 10


def _udid(chip_id: int, ecid: int, dice: random.Random) -> str:
    if chip_id >= FIRST_CHIP_WITH_SHORT_UDID:
        return f"{chip_id:08X}-{ecid:016X}"
    return f"{dice.getrandbits(160):040x}"


def _fill(pattern: str, dice: random.Random) -> str:
    return "".join(dice.choice(ALPHABET) if sign == "?" else sign for sign in pattern)


def _mac(dice: random.Random) -> str:
    # the second bit of the first byte marks an address that no manufacturer gave out
    return ":".join(f"{byte:02x}" for byte in (0x02, *dice.randbytes(5)))


def _character(table: Mapping[str, Any]) -> Character:
    return Character(
        name=table["name"],
        title=table["title"],
        trusted=table.get("trusted", True),
        locked=table.get("locked", False),
        model=table["model"],
        battery=table["battery"],
        owner=table["owner"],
        cloud=table.get("cloud", {}),
        profiles={profile["identifier"]: profile for profile in table.get("profile", ())},
        sim=table.get("sim", {}),
        apps=table.get("apps", {}),
    )
