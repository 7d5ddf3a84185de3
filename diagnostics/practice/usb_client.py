"""Lists the bus of a practice bench that runs elsewhere, in place of libusb."""

from __future__ import annotations

from diagnostics.practice.control import PracticeClient
from diagnostics.practice.usb import device_from_json
from diagnostics.usb.device import UsbDevice


class PracticeBus:
    """What `UsbSource` lists the bus with on a practice bench; it blocks for a moment.

    Args:
        address: ``host:port``, as the variable TRADEIN_PRACTICE has it.
    """

    def __init__(self, address: str) -> None:
        self._client = PracticeClient(address)

    def __call__(self) -> tuple[UsbDevice, ...]:
        """Return every practice phone whose cable is in.

        Raises:
            ServiceMissing: No practice bench runs there.
        """
        return tuple(device_from_json(entry) for entry in self._client.bus())
