"""What is known of a phone: the only records that leave the device layer.

All records are frozen, so they may cross threads. A value that was not read is ``None`` (a lock: ``unknown``), and
a `Problem` says why; a value that was read has its `Evidence`. `diagnostics.building.ReadingBuilder` makes them and
keeps that promise.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

DeviceId = NewType("DeviceId", str)
"""What a phone calls itself on its transport: a UDID, an adb serial."""

FieldName = str
"""A value's dotted name, such as ``battery.health_percent``."""


class Platform(StrEnum):
    """The family of operating systems."""

    IOS = "ios"
    ANDROID = "android"
    UNKNOWN = "unknown"


class Transport(StrEnum):
    """How the phone is reached."""

    USBMUX = "usbmux"
    ADB = "adb"
    USB = "usb"
    TYPED = "typed"


class State(StrEnum):
    """What the phone is doing, as far as the cable tells; the words of the command line's JSON."""

    READY = "ready"
    CONNECTING = "connecting"
    NEEDS_TRUST = "needs_trust"
    TRUST_DENIED = "trust_denied"
    SCREEN_LOCKED = "screen_locked"
    UNAUTHORIZED = "unauthorized"
    DEBUGGING_OFF = "debugging_off"
    OFFLINE = "offline"
    BOOTING = "booting"
    CHARGING_ONLY = "charging_only"
    RECOVERY = "recovery"
    DFU = "dfu"
    FASTBOOT = "fastboot"
    DOWNLOAD = "download"
    EDL = "edl"
    TIMEOUT = "timeout"
    ERROR = "error"


class LockState(StrEnum):
    """On, off, or not proved either way. Off needs positive evidence."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


class Quality(StrEnum):
    """How good a value is."""

    EXACT = "exact"
    """The phone states it, and the source is sound."""
    ESTIMATE = "estimate"
    """Computed or rounded from what the phone states; may differ from what the phone's own settings show."""
    HINT = "hint"
    """A sign that something is so, never a proof."""
    TYPED = "typed"
    """A person typed or saw it."""
    REJECTED = "rejected"
    """Read, but not believed; the value is withheld and only the raw text is kept."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value comes from.

    Attributes:
        source: The key, command or formula, in the words of the protocol.
        quality: How far it can be trusted.
        raw: What was read, as text, unchanged but for being cut at 200 characters.
        at: When it was read, UTC.
    """

    source: str
    quality: Quality
    raw: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is missing or not believed, and what a person can do.

    Attributes:
        field: The dotted name of the value, or ``""`` for the phone as a whole.
        code: The reason, a key of ``resources/messages/problems.toml``.
        params: What the message's template is filled with.
    """

    field: FieldName
    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Identity:
    """Which phone it is. All texts come from the phone and are hostile until shown as plain text.

    Attributes:
        a_number: The regulatory model number, such as ``A2634``.
        sold_as: How it was first sold: ``retail``, ``refurbished``, ``replacement`` or ``engraved``.
        os_build: The system's build, such as ``20D67``.
    """

    manufacturer: str | None = None
    model: str | None = None
    model_code: str | None = None
    part_number: str | None = None
    region: str | None = None
    colour: str | None = None
    serial: str | None = None
    imei: str | None = None
    imei2: str | None = None
    os: str | None = None
    os_version: str | None = None
    a_number: str | None = None
    sold_as: str | None = None
    os_build: str | None = None


@dataclass(frozen=True, slots=True)
class Battery:
    """The battery: percent 0..100, cycles >= 0, capacities in mAh, temperature in °C with one decimal.

    Attributes:
        manufactured_on: The day on which the cell was made, ISO 8601.
        first_used_on: The day on which it was first used, ISO 8601.
    """

    health_percent: int | None = None
    cycle_count: int | None = None
    design_mah: int | None = None
    full_mah: int | None = None
    level_percent: int | None = None
    temperature_c: float | None = None
    manufactured_on: str | None = None
    first_used_on: str | None = None


@dataclass(frozen=True, slots=True)
class Storage:
    """The storage: size on the box in decimal GB, and bytes as the phone counts them; ``ram_gb`` as on the box."""

    capacity_gb: int | None = None
    total_bytes: int | None = None
    free_bytes: int | None = None
    ram_gb: int | None = None


@dataclass(frozen=True, slots=True)
class Locks:
    """What may bind the phone to somebody. ``bootloader`` on is locked, as sold; ``root`` on is signs of root."""

    activation: LockState = LockState.UNKNOWN
    find_my: LockState = LockState.UNKNOWN
    screen: LockState = LockState.UNKNOWN
    mdm: LockState = LockState.UNKNOWN
    sim: LockState = LockState.UNKNOWN
    bootloader: LockState = LockState.UNKNOWN
    root: LockState = LockState.UNKNOWN
    account: LockState = LockState.UNKNOWN
    blacklist: LockState = LockState.UNKNOWN


@dataclass(frozen=True, slots=True)
class Management:
    """Who manages the phone, next to ``locks.mdm``.

    Attributes:
        supervised: Whether the phone is supervised; ``None`` where it does not say.
        organisation: The name that the managing organisation gave itself.
    """

    supervised: bool | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Sim:
    """The card that is in the phone now; it tells nothing of a carrier lock but what ``locks.sim`` says.

    Attributes:
        status: A word of ``resources/apple/sim.toml``: ``ready``, ``not_inserted``, ``pin_locked``, …
    """

    status: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The phone's end of the cable, as the bare bus shows it.

    Attributes:
        mode: A key of ``resources/usb/modes.toml``, such as ``mtp``, ``recovery``, ``edl``.
        speed_mbps: The negotiated speed in Mbit/s.
    """

    mode: str | None = None
    speed_mbps: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is known of one phone at one time (schema ``tradein/reading-1``).

    Attributes:
        id: UDID or adb serial. Two phones may carry one; the bench tells them apart by `Sighting.key`.
        slot: The port chain, such as ``1-2.3``; ``None`` where the transport does not tell.
        evidence: By dotted field name; what further sources said of a field stands under ``field@source``, such as
            ``battery.health_percent@hal``.
        problems: In the order in which they were met.
    """

    id: DeviceId
    platform: Platform
    transport: Transport
    slot: str | None
    state: State
    identity: Identity = Identity()
    battery: Battery = Battery()
    storage: Storage = Storage()
    locks: Locks = Locks()
    management: Management = Management()
    sim: Sim = Sim()
    usb: Link = Link()
    evidence: Mapping[FieldName, Evidence] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[Problem, ...] = ()
