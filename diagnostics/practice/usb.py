"""The USB bus of the practice bench: every phone has descriptors according to what it is doing now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from diagnostics.errors import BadInput
from diagnostics.practice.records import PracticePhoneInfo, UsbFacts
from diagnostics.practice.side import Command
from diagnostics.usb.device import UsbDevice, UsbInterface
from resources.opening import load_toml

FILE = "practice/usb.toml"
NORMAL = "normal"
_CONTROLLER = "practice"
_HIGH_SPEED, _USB_2, _FIRST_ADDRESS = 480.0, 0x0200, 2


class PracticeUsb:
    """Knows in which mode each phone is, and lists the bus.

    Args:
        infos: Gives all phones as their sides see them.
        facts: Gives what is fixed about a phone, by its id.
        work: Lets the side that knows a phone plug or unplug it.
    """

    def __init__(
        self,
        infos: Callable[[], Iterable[PracticePhoneInfo]],
        facts: Callable[[str], UsbFacts],
        work: Callable[[Command, str], None],
    ) -> None:
        self._infos = infos
        self._facts = facts
        self._work = work
        self._modes: dict[str, str] = {}
        self._cabled: set[str] = set()
        self._seen: dict[str, tuple[str, int]] = {}
        self._next = _FIRST_ADDRESS

    def shown(self, info: PracticePhoneInfo) -> PracticePhoneInfo:
        """Return a phone with its modes, and with its cable in where it is, though its side does not serve it."""
        able = replace(info, modes=_fitting(info, self._facts(info.id)))
        mode = self._modes.get(info.id)
        return able if mode is None else replace(able, mode=mode, plugged=info.id in self._cabled)

    def put(self, phone_id: str, mode: str) -> None:
        """Put a phone in a mode; ``normal`` starts it again.

        Raises:
            BadInput: Phones of its kind have no such mode.
            KeyError: There is no such phone.
        """
        info = self._info(phone_id)
        _check(info, self._facts(info.id), mode)
        cabled = info.id in self._cabled if info.id in self._modes else info.plugged
        self._modes.pop(info.id, None)
        self._cabled.discard(info.id)
        if mode != NORMAL:
            self._modes[info.id] = mode
            self._cabled |= {info.id} if cabled else set()
        if cabled:
            self._work(Command.PLUG if mode == NORMAL else Command.UNPLUG, info.id)

    def takes(self, command: Command, phone_id: str) -> bool:
        """Plug or unplug a phone that its side does not serve in its present mode; returns whether that was it."""
        info = self._found(phone_id)
        if info is None or info.id not in self._modes or command not in (Command.PLUG, Command.UNPLUG):
            return False
        if command is Command.PLUG:
            self._cabled.add(info.id)
        else:
            self._cabled.discard(info.id)
        return True

    def devices(self) -> tuple[UsbDevice, ...]:
        """Return what is on the bus now; each plug and each change of mode gives another address."""
        plugged = [info for info in map(self.shown, self._infos()) if info.plugged]
        self._seen = {info.id: self._address(info) for info in plugged}
        return tuple(self._device(info, self._seen[info.id][1]) for info in plugged)

    def _address(self, info: PracticePhoneInfo) -> tuple[str, int]:
        mode = info.mode or NORMAL
        known = self._seen.get(info.id)
        if known is not None and known[0] == mode:
            return known
        self._next += 1
        return mode, self._next

    def _device(self, info: PracticePhoneInfo, address: int) -> UsbDevice:
        looks, facts = load_toml(FILE)[_platform(info)][info.mode or NORMAL], self._facts(info.id)
        maker = _maker(facts.maker)
        shown = tuple(UsbInterface(at, *pair) for at, pair in enumerate(looks["interfaces"]))
        return UsbDevice(
            "05ac" if info.side == "ios" else looks.get("vid", maker["vid"]),
            maker.get(looks["pid"], looks["pid"]),
            frozenset(one.triple for one in shown),
            info.slot,
            address,
            serial=_serial(looks["serial"], facts),
            product=facts.product if looks["product"] == "own" else looks["product"],
            manufacturer="Apple Inc." if info.side == "ios" else facts.maker,
            bcd_usb=_USB_2,
            speed=_HIGH_SPEED,
            configuration=1,
            max_power_ma=500,
            controller=_CONTROLLER,
            openable=True,
            named=tuple(replace(one, name=one.name or None) for one in shown),
        )

    def _info(self, phone_id: str) -> PracticePhoneInfo:
        if info := self._found(phone_id):
            return info
        raise KeyError(phone_id)

    def _found(self, phone_id: str) -> PracticePhoneInfo | None:
        """Return a phone by its id or name, else the first one with this serial, as the sides find theirs."""
        infos = tuple(self._infos())
        by_name = (info for info in infos if phone_id in (info.id, info.name))
        by_serial = (info for info in infos if phone_id in self._facts(info.id).serials)
        return next(chain(by_name, by_serial), None)


def modes(side: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the modes that phones of a side, ``ios`` or ``android``, can be put in, by id."""
    table: Mapping[str, Mapping[str, Any]] = load_toml(FILE)[side]
    return table


def device_from_json(document: Mapping[str, Any]) -> UsbDevice:
    """Return a device of a bus listing; ``dataclasses.asdict`` is the way there."""
    named = tuple(UsbInterface(**one) for one in document["named"])
    return UsbDevice(**{**document, "interfaces": frozenset(document["interfaces"]), "named": named})


def _check(info: PracticePhoneInfo, facts: UsbFacts, mode: str) -> None:
    fitting = _fitting(info, facts)
    if mode not in fitting:
        hint = f"Use one of: {', '.join(fitting)}."
        raise BadInput(f"This phone has no mode {mode!r}.", hint, "unknown_mode")


def _fitting(info: PracticePhoneInfo, facts: UsbFacts) -> tuple[str, ...]:
    """Return the modes that phones of this maker have."""
    maker = facts.maker.lower()
    return tuple(
        name for name, looks in modes(_platform(info)).items() if maker in looks.get("only", [maker])
    )


def _platform(info: PracticePhoneInfo) -> str:
    return "ios" if info.side == "ios" else "android"


def _maker(name: str) -> Mapping[str, str]:
    makers: Mapping[str, Mapping[str, str]] = load_toml(FILE)["makers"]
    return makers.get(name.lower(), makers["other"])


def _serial(kind: str, facts: UsbFacts) -> str | None:
    if kind == "own":
        return facts.serial
    if kind == "boot":
        return facts.boot
    return facts.boot.partition(" SRNM:")[0] if kind == "dfu" else None
