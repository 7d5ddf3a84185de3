"""What libusb from 1.0.30 on knows of a device's serial without opening it."""

from __future__ import annotations

from usb.backend import libusb1

from diagnostics.usb.library import _packaged
from diagnostics.usb.strings import Question, by_library
from tests.usb_bench.client import UsbBench
from tests.usb_bench.devices import Device, Interface

HANGING = "tests.usb_bench.responding:Hanging"


def test_a_phone_that_hangs_is_named_all_the_same_for_it_is_not_asked(usb_bench: UsbBench) -> None:
    interface = (Interface("06/01/01", "MTP"),)
    usb_bench.plug(Device("1-1", "04e8", "6860", interface, "SAMSUNG", "Android", "R5CT", responder=HANGING))
    usb_bench.plug(Device("1-2", "04e8", "6860", interface, "SAMSUNG", "Android", ""))
    # The package's own libusb: under this bench it sees what was there before it.
    backend = libusb1.get_backend(find_library=_packaged)
    found = {}
    for handle in backend.enumerate_devices():
        told = backend.get_device_descriptor(handle)
        if told.port_numbers:
            question = Question(backend, handle, told, None, ())  # type: ignore[arg-type]  # it looks at neither
            found[told.port_numbers[0]] = by_library(question)
    assert found[1] is not None
    assert (found[1].serial, found[2]) == ("R5CT", None)
