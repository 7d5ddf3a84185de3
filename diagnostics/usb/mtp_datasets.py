"""What a phone answers over MTP: who it is, and what it stores on (MTP 1.1, sections 5.1.1 and 5.2.2)."""

from __future__ import annotations

from dataclasses import dataclass

from diagnostics.usb.mtp_codec import BadDataset, Cursor

FIXED = frozenset({1, 3})
"""Storage types that are built in: ROM and RAM; 2 and 4 can be taken out."""
_NONE_LEFT = 0xFFFF


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """Who the phone says it is; the texts are hostile.

    Attributes:
        extension: Such as ``microsoft.com: 1.0; android.com: 1.0;``.
        operations: What it can be asked, by code.
        properties: What it tells of itself, by code; the battery's level is 0x5001.
        serial: Not the phone's on newer Android phones: a random number of 32 hexadecimal digits.
    """

    extension: str
    operations: frozenset[int]
    properties: frozenset[int]
    maker: str
    model: str
    version: str
    serial: str


@dataclass(frozen=True, slots=True)
class Storage:
    """One storage: bytes in all and free, as the phone says them, which may be nonsense."""

    kind: int
    capacity: int
    free: int
    name: str

    @property
    def built_in(self) -> bool:
        """Whether it belongs to the phone; a card does not."""
        return self.kind in FIXED


def device_info(data: bytes) -> DeviceInfo:
    """Return what GetDeviceInfo answered.

    Raises:
        BadDataset: It breaks off, or a length in it lies.
    """
    cursor = Cursor(data)
    cursor.number(2)  # the standard's version
    cursor.number(4)  # the extension's number and version
    cursor.number(2)
    extension = cursor.string()
    cursor.number(2)  # functional mode
    operations = frozenset(cursor.array(2))
    cursor.array(2)  # events
    properties = frozenset(cursor.array(2))
    cursor.array(2)  # capture formats, then playback formats
    cursor.array(2)
    texts = [cursor.string() for _ in range(4)]
    return DeviceInfo(extension, operations, properties, *texts)


def storage_ids(data: bytes) -> tuple[int, ...]:
    """Return the storages that can be asked about; a slot without a card has an id, too, whose lower half is 0.

    Raises:
        BadDataset: It breaks off, or its length lies.
    """
    return tuple(number for number in Cursor(data).array(4) if number & _NONE_LEFT)


def storage_info(data: bytes) -> Storage:
    """Return what GetStorageInfo answered.

    Raises:
        BadDataset: It breaks off. The names at its end may be missing.
    """
    cursor = Cursor(data)
    kind = cursor.number(2)
    cursor.number(4)  # file system and access
    capacity, free = cursor.number(8), cursor.number(8)
    cursor.number(4)  # free in objects
    try:
        name = cursor.string()
    except BadDataset:
        name = ""
    return Storage(kind, capacity, free, name)


def battery_level(data: bytes) -> int:
    """Return what GetDevicePropValue answered for the battery: a byte (MTP 1.1, appendix C.2.1).

    Raises:
        BadDataset: It is empty.
    """
    return Cursor(data).number(1)
