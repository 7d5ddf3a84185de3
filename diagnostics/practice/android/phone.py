"""A practice phone: what is fixed about its character, and what may change while the bench runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from diagnostics.practice.android.troubles import Troubles
from diagnostics.practice.records import Request


class Connection(StrEnum):
    """What the adb server says of a phone (AOSP adb, ConnectionState)."""

    DEVICE = "device"
    UNAUTHORIZED = "unauthorized"
    AUTHORIZING = "authorizing"
    OFFLINE = "offline"
    RECOVERY = "recovery"
    SIDELOAD = "sideload"
    NO_PERMISSIONS = "no permissions"


@dataclass(frozen=True, slots=True)
class Build:
    """The system on a phone.

    Attributes:
        android: ``ro.build.version.release``; ``sdk`` its API level.
        patch: Security patch level, such as ``2025-10-01``.
        codename: ``ro.product.device``; ``product`` is ``ro.product.name``.
        id: Build id, such as ``BP3A.251005.004``.
        incremental: Build number of the maker, such as ``G991BXXSCGXH1``.
    """

    brand: str
    manufacturer: str
    model: str
    codename: str
    product: str
    android: str
    sdk: int
    patch: str
    id: str
    incremental: str
    platform: str = ""
    kernel: str = "5.10.198-android12-9"


@dataclass(frozen=True, slots=True)
class SamsungGauge:
    """What Samsung's battery service prints besides (empty text: the line is absent).

    Attributes:
        style: ``bracket`` (One UI of 2024 on), ``plain`` (Android 10 era) or ``efs`` (only in the log buffer).
        asoc: Health in percent as printed, also ``-1`` and ``null``.
        bsoh: Another health, not the same number.
        usage: Discharged percent, summed up: 100 are one cycle.
        first_use: First day of use, ``YYYYMMDD``.
        calibrated: Day of the cell's calibration, ``YYYYMMDD``.
    """

    style: str = "bracket"
    asoc: str = ""
    bsoh: str = ""
    usage: str = ""
    first_use: str = ""
    calibrated: str = ""
    max_temperature: int = 451
    max_current: int = 4890
    authentic: str = ""


@dataclass(frozen=True, slots=True)
class HealthHal:
    """What the health HAL (AIDL, Android 13 on) prints; zero is its word for not filled.

    Attributes:
        made: Seconds since 1970; ``first_used`` too.
        state_of_health: Percent; ``None`` leaves the whole BatteryHealthData out.
        hidl: Whether it is the one of Android 11 and 12 still, on a phone that was updated since.
    """

    full_uah: int = 0
    design_uah: int = 0
    cycles: int = 0
    made: int = 0
    first_used: int = 0
    state_of_health: int | None = None
    hidl: bool = False


@dataclass(frozen=True, slots=True)
class Battery:
    """A battery and what the system tells of it.

    Attributes:
        temperature: Tenths of a degree Celsius.
        counter_uah: Charge counter; HyperOS prints mAh here.
        design_mah: ``Estimated battery capacity`` of the battery statistics.
        learned_mah: ``Last learned battery capacity`` there; 0 leaves the line out.
        broadcast_cycles: Cycles that Android tells its apps (14 on); -1 takes the HAL's.
        maker_full_uah: Motorola's ``Full capacity`` line, with ``maker_design_uah`` beside it; 0 leaves both out.
        updates_stopped: Somebody set values with ``dumpsys battery set``: they are not the battery's.
        service_lines: What the maker's battery service prints besides, line by line.
    """

    level: int
    design_mah: int
    counter_uah: int = 0
    status: int = 2
    health: int = 2
    voltage_mv: int = 4187
    temperature: int = 274
    technology: str = "Li-ion"
    current_ma: int = 412
    learned_mah: int = 0
    broadcast_cycles: int = -1
    maker_full_uah: int = 0
    maker_design_uah: int = 0
    samsung: SamsungGauge | None = None
    hal: HealthHal | None = None
    updates_stopped: bool = False
    service_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """An account that is signed in."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Locks:
    """What stands between this phone and its next owner.

    Attributes:
        credential: None, Pin, Pattern or Password, in the spelling of the release (``Pin`` and ``PIN`` are both seen).
        locked: Whether the screen is locked now.
        accounts: Signed-in accounts.
        owner: Component of the Device Owner (a managed phone); empty when there is none.
        work_profile: Component of a Profile Owner; empty when there is none.
        frp: ``off``, ``on``, ``refused`` (the dump is for the system only) or ``absent``.
    """

    credential: str = "None"
    locked: bool = False
    accounts: tuple[Account, ...] = ()
    owner: str = ""
    owner_name: str = ""
    work_profile: str = ""
    frp: str = "refused"

    @property
    def secured(self) -> bool:
        """Return whether there is a PIN, a pattern or a password."""
        return self.credential.lower() != "none"


@dataclass(frozen=True, slots=True)
class Character:
    """One kind of practice phone; several phones may be of one kind.

    Attributes:
        id: Short handle, such as ``worn-battery``.
        title: What a trainer sees, by language.
        serial: The pattern of its serial number; copies change its last characters.
        tac: First eight digits of its IMEIs.
        imei_by: Who tells the IMEI: ``nobody``, ``properties`` or ``service`` (Android 9 and older).
        data_kib: Size of /data in KiB; ``free_kib`` of it are free.
        storage_device: Name of its block device.
        properties: Further system properties; ``{serial}``, ``{imei}`` and ``{imei2}`` are put in.
        settings: ``namespace/key`` to value.
        readable: Battery files that the shell may read, path to text; the others are refused.
        refused: Battery files that exist but answer "Permission denied".
        google: Whether Google's services are there.
        root: Whether ``su`` is there.
        shell_v2: Whether its adbd speaks the shell protocol (Android 7 on).
        one_serial: Whether all copies carry the same serial, as cheap phones do.
        state: How it is when it is plugged in first.
    """

    id: str
    title: Mapping[str, str]
    build: Build
    battery: Battery
    locks: Locks
    serial: str
    tac: str
    data_kib: int
    free_kib: int
    memory_kib: int
    screen: str
    imei_by: str = "nobody"
    dual_sim: bool = False
    storage_device: str = "/dev/block/dm-45"
    mount: str = "/data"
    properties: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    readable: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    google: bool = True
    root: bool = False
    shell_v2: bool = True
    one_serial: bool = False
    state: Connection = Connection.DEVICE

    @property
    def sdk(self) -> int:
        """Return the API level: 23 is Android 6, 26 is 8.0, 29 is 10, 33 is 13, 36 is 16."""
        return self.build.sdk


@dataclass(slots=True)
class PracticeAndroid:
    """One practice phone on the bench; its fields may be changed while the server runs.

    Attributes:
        id: Unique on the bench, also among phones with one serial: the character's id, a number behind it for copies.
        imeis: One for each SIM slot.
        usb: Port chain, such as ``1-2.3``.
        state: What the server says of it; change it through the server, which tells those who watch.
        plugged: Whether its cable is in; change it through the server.
        booted: While it is not, its services are not there ("Can't find service: battery").
        hang: It takes commands and never answers.
        drop: The link breaks in the middle of every answer.
        pace: Seconds that each slow command (dumpsys, cmd, service) takes; real phones need 0.02 to 0.3.
        troubles: The fault that it has now.
        note: Told of each request that came in.
    """

    id: str
    character: Character
    serial: str
    imeis: tuple[str, ...]
    usb: str
    state: Connection
    plugged: bool = True
    booted: bool = True
    hang: bool = False
    drop: bool = False
    pace: float = 0.0
    troubles: Troubles = field(default_factory=Troubles, compare=False, repr=False)
    note: Callable[[Request], None] = field(default=lambda _request: None, compare=False, repr=False)

    @property
    def shell_v2(self) -> bool:
        """Whether its adbd speaks the shell protocol."""
        return self.character.shell_v2 and not self.troubles.state.plain

    @property
    def features(self) -> tuple[str, ...]:
        """Return what its adbd announces (AOSP adb, transport.cpp, kFeature…)."""
        return ("shell_v2", "cmd", "stat_v2", "fixed_push_mkdir") if self.shell_v2 else ("cmd",)

    def log(self, channel: str, verb: str, text: str, *, changes: bool) -> None:
        """Write down a request that came in."""
        self.note(Request(self.id, channel, verb, {"command": text}, changes))
