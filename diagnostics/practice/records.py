"""What the practice bench tells about itself: which phones there are, and what they were asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class PracticePhoneInfo:
    """One practice phone, as a trainer sees it.

    Attributes:
        id: UDID or adb serial; what every command of the bench takes.
        side: ``ios`` or ``android``.
        title: Its character in a few words, such as ``worn battery``.
        plugged: Whether its cable is in.
        trust: ``trusted``, ``asked`` (its dialog is up), ``denied`` or ``untrusted``.
        name: A short handle that is easier to type than the id, such as ``iphone-worn-battery``.
        titles: The title by language.
        slot: Its port chain, such as ``1-2.3``.
        locked: Whether its screen is locked.
        fault: The id of the fault that it has; empty for none.
        step: At which step of the conversation that happens, where a person chose one.
        mode: In which mode it is, such as ``dfu``; empty while its system runs.
        modes: In which modes it can be put, ``normal`` first.
    """

    id: str
    side: str
    title: str
    plugged: bool
    trust: str
    name: str = ""
    titles: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    slot: str = ""
    locked: bool = False
    fault: str = ""
    step: str = ""
    mode: str = ""
    modes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return {**asdict(replace(self, titles={})), "titles": dict(self.titles)}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """Return what `to_json` made."""
        return cls(**{**document, "modes": tuple(document["modes"])})


@dataclass(frozen=True, slots=True)
class UsbFacts:
    """What the USB bus shows of a practice phone, whatever mode it is in.

    Attributes:
        serial: Its own serial string.
        maker: Such as ``samsung``.
        product: Its product string.
        boot: What an iPhone says of itself in recovery.
        printed: The serial number that an iPhone has in Settings and in recovery, but not as its string.
    """

    serial: str
    maker: str
    product: str
    boot: str = ""
    printed: str = ""

    @property
    def serials(self) -> tuple[str, ...]:
        """Everything that a person may call its serial."""
        return (self.serial, self.printed) if self.printed else (self.serial,)


@dataclass(frozen=True, slots=True)
class Request:
    """One request that a practice phone, or the bus in front of it, received.

    Attributes:
        udid: Which phone: a UDID, or an Android phone's id on the bench; empty for the bus as a whole.
        channel: ``usbmux``, ``lockdown``, a service's name, ``host`` (the adb server), ``shell`` or ``sync``.
        verb: The request's own word: ``GetValue``, ``Pair``, ``IORegistry``.
        details: What else was asked for, without certificates, keys and other blobs.
        changes: Whether it would change a real phone or its records: pairing does, reading does not, and what nobody
            knows counts as if it did.
    """

    udid: str
    channel: str
    verb: str
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    changes: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return it as a JSON object; ``Request(**object)`` is the way back."""
        details = {name: _plain(value) for name, value in self.details.items() if value is not None}
        return {**asdict(replace(self, details={})), "details": details}


def changing(requests: Iterable[Request], phone_id: str | None = None) -> tuple[Request, ...]:
    """Return those that change a phone or its records, of one phone or of all."""
    return tuple(entry for entry in requests if entry.changes and phone_id in (None, entry.udid))


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | list) else str(value)
