"""What proves that two sightings are one phone, or two, and what proves nothing."""

from __future__ import annotations

import pytest

from diagnostics.kinship import Kinship, is_named, kinship, names_of
from diagnostics.model import DeviceId, Platform, State, Transport
from diagnostics.ports import Sighting

UDID, OLD = "00008101-001A2C3E0A42801E", "f" * 40


def seen(
    name: str,
    platform: Platform = Platform.IOS,
    names: tuple[tuple[str, str], ...] = (),
    slot: str | None = "1-2",
) -> Sighting:
    return Sighting("key", DeviceId(name), platform, Transport.USB, slot, State.CONNECTING, names=names)


ANDROID = Platform.ANDROID
ECID = (("ecid", "001A2C3E0A42801E"),)


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (seen(UDID), seen(UDID), Kinship.SAME),
        (seen(UDID), seen("001A2C3E0A42801E", names=ECID), Kinship.SAME),  # DFU, by the chip's own number
        (seen(UDID), seen("X", names=(("ecid", "0" * 16),)), Kinship.OTHER),
        (seen(OLD), seen("F17XK0AAHG7F", names=(("serial", "F17XK0AAHG7F"),)), Kinship.UNKNOWN),
        (seen("R5", ANDROID), seen("R5", ANDROID), Kinship.SAME),
        (seen("R5", ANDROID), seen("R6", ANDROID), Kinship.OTHER),
        (seen("R5", ANDROID), seen("usb:1-2", ANDROID), Kinship.UNKNOWN),
        (seen("R5", ANDROID), seen("????????????", ANDROID), Kinship.UNKNOWN),
        (seen("R5", ANDROID), seen("192.168.1.5:5555", ANDROID, slot=None), Kinship.UNKNOWN),
        (seen("R5", ANDROID), seen("adb-R5-a1B2c3._adb-tls-connect._tcp", ANDROID, slot=None), Kinship.SAME),
        (seen("usb:1-2", ANDROID), seen("usb:1-2", ANDROID), Kinship.UNKNOWN),
        (seen(UDID), seen("usb:1-2", ANDROID), Kinship.OTHER),
        (
            seen("usb:1-2", ANDROID, (("maker", "OPPO"),)),
            seen("R5", ANDROID, (("maker", "realme"),)),
            Kinship.UNKNOWN,
        ),
        (
            seen("usb:1-2", ANDROID, (("maker", "Samsung"),)),
            seen("R5", ANDROID, (("maker", "Xiaomi"),)),
            Kinship.OTHER,
        ),
        (
            seen("R5", ANDROID, (("maker", "Google"),)),
            seen("R5", ANDROID, (("maker", "Fairphone"),)),
            Kinship.SAME,
        ),
    ],
)
def test_names_say_what_they_say_either_way_round(one: Sighting, other: Sighting, says: Kinship):
    assert kinship(names_of(one), names_of(other)) is says
    assert kinship(names_of(other), names_of(one)) is says


def test_a_phone_is_named_by_what_one_phone_alone_has():
    assert is_named(names_of(seen(UDID)))
    assert not is_named(names_of(seen("usb:1-2", ANDROID, (("maker", "Samsung"),))))
