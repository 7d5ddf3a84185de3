"""Which practice phones are plugged in, and who wants to know."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from diagnostics.practice.android.phone import Connection, PracticeAndroid

_ONLINE = frozenset({Connection.DEVICE, Connection.RECOVERY, Connection.SIDELOAD})
_UNAUTHORIZED = (
    "device unauthorized.\nThis adb server's $ADB_VENDOR_KEYS is not set\n"
    "Try 'adb kill-server' if that seems wrong.\nOtherwise check for a confirmation dialog on your device."
)
_HELP = "see [http://developer.android.com/tools/device.html]"
_NO_PERMISSIONS = f"no permissions (missing udev rules? user is in the plugdev group); {_HELP}"


class Refused(Exception):
    """The server answers FAIL; the text is what follows it."""


@dataclass(eq=False, slots=True)
class Link:
    """One plugged-in phone; a replug makes a new one.

    Attributes:
        transport_id: Unique for as long as the server runs.
        gone: Set when the cable is pulled, or the phone takes its permission back.
    """

    phone: PracticeAndroid
    transport_id: int
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def state_text(self) -> str:
        """Return the state in the words of the device list."""
        return _NO_PERMISSIONS if self.phone.state is Connection.NO_PERMISSIONS else self.phone.state

    def short_line(self) -> str:
        """Return the phone's line in ``host:devices``."""
        return f"{self.phone.serial}\t{self.state_text}\n"

    def long_line(self) -> str:
        """Return the phone's line in ``host:devices-l``."""
        place = f"usb:{self.phone.usb}{self._names()} transport_id:{self.transport_id}"
        return f"{self.phone.serial:<22} {self.state_text} {place}\n"

    def _names(self) -> str:
        if self.phone.state not in _ONLINE:
            return ""
        build = self.phone.character.build
        model = re.sub(r"[^A-Za-z0-9]", "_", build.model)
        return f" product:{build.product} model:{model} device:{build.codename}"

    def matches(self, target: str) -> bool:
        """Tell whether ``adb -s`` with this text means this phone: a serial, a port, or ``model:`` and its like."""
        build = self.phone.character.build
        model = re.sub(r"[^A-Za-z0-9]", "_", build.model)
        names = {
            f"product:{build.product}",
            f"device:{build.codename}",
            f"model:{build.model}",
            f"model:{model}",
        }
        return target in names | {self.phone.serial, f"usb:{self.phone.usb}"}

    def demand_open(self) -> Link:
        """Return the link itself if services can be opened on the phone.

        Raises:
            Refused: It is offline, not authorised, or the computer may not open it.
        """
        match self.phone.state:
            case Connection.UNAUTHORIZED:
                raise Refused(_UNAUTHORIZED)
            case Connection.AUTHORIZING:
                raise Refused("device still authorizing")
            case Connection.OFFLINE:
                raise Refused("device offline")
            case Connection.NO_PERMISSIONS:
                raise Refused(
                    f"insufficient permissions for device: {_NO_PERMISSIONS.removeprefix('no permissions ')}"
                )
        return self


class Bus:
    """The phones of one practice server.

    Args:
        phones: All phones, also those that are not plugged in yet.
    """

    def __init__(self, phones: Iterable[PracticeAndroid]) -> None:
        self.phones = {phone.id: phone for phone in phones}
        self._links: dict[str, Link] = {}
        self._next_transport = 1
        self._listeners: list[Callable[[], None]] = []
        for phone in self.phones.values():
            if phone.plugged:
                self._attach(phone)

    def links(self) -> list[Link]:
        """Return what is plugged in, in the order of the device list."""
        return sorted(self._links.values(), key=lambda link: (link.phone.serial, link.transport_id))

    def find(self, phone_id: str) -> PracticeAndroid:
        """Return a phone by its id or its serial (the first one with that serial).

        Raises:
            KeyError: There is no such phone.
        """
        if phone_id in self.phones:
            return self.phones[phone_id]
        for phone in self.phones.values():
            if phone.serial == phone_id:
                return phone
        raise KeyError(phone_id)

    def plug(self, phone_id: str) -> None:
        """Put a phone's cable in; it gets a new transport id."""
        phone = self.find(phone_id)
        if phone.id not in self._links:
            phone.plugged = True
            self._attach(phone)
            self._tell()

    def unplug(self, phone_id: str) -> None:
        """Pull a phone's cable; everything that is open to it breaks."""
        phone = self.find(phone_id)
        phone.plugged = False
        link = self._links.pop(phone.id, None)
        if link is not None:
            link.gone.set()
            self._tell()

    def set_state(self, phone_id: str, state: Connection) -> None:
        """Change what the server says of a phone; one that is no longer open loses its streams."""
        phone = self.find(phone_id)
        if phone.state is state:
            return
        phone.state = state
        link = self._links.get(phone.id)
        if link is not None and state is not Connection.DEVICE:
            link.gone.set()
            link.gone = asyncio.Event()
        self._tell()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a function after every change, until the returned function is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def by_transport(self, transport_id: str) -> Link:
        """Return the phone with a transport id.

        Raises:
            Refused: There is none.
        """
        for link in self._links.values():
            if str(link.transport_id) == transport_id:
                return link
        raise Refused(f"no device with transport id '{transport_id}'")

    def by_serial(self, target: str) -> Link:
        """Return the phone that a serial, port or name means.

        Raises:
            Refused: None is meant, or more than one.
        """
        found = [link for link in self.links() if link.matches(target)]
        if len(found) > 1:
            raise Refused("more than one device")
        if not found:
            raise Refused(f"device '{target}' not found")
        return found[0]

    def only_one(self) -> Link:
        """Return the phone that is meant when none is named.

        Raises:
            Refused: There is none, or more than one.
        """
        found = self.links()
        if not found:
            raise Refused("no devices/emulators found")
        if len(found) > 1:
            raise Refused("more than one device/emulator")
        return found[0]

    def local(self) -> Link:
        """Refuse: practice phones hang on USB, none is an emulator or on the network."""
        raise Refused("no emulators found")

    def _attach(self, phone: PracticeAndroid) -> None:
        self._links[phone.id] = Link(phone, self._next_transport)
        self._next_transport += 1

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
