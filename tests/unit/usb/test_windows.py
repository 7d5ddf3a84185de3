"""Serials by the registry of Windows: only of devices that are there, and only where one can be meant."""

from __future__ import annotations

import pytest

from diagnostics.usb import strings, windows
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.telling import identifier
from diagnostics.usb.windows import serial_of

ENUM, SERVICES = r"SYSTEM\CurrentControlSet\Enum\USB", r"SYSTEM\CurrentControlSet\Services"
GALAXY = "VID_04E8&PID_6860"


class FakeRegistry:
    """A `Registry` in memory."""

    def __init__(self) -> None:
        self.tree: dict[str, dict[str, str | int]] = {}

    def keys(self, path: str) -> tuple[str, ...]:
        below = (key[len(path) + 1 :] for key in self.tree if key.startswith(f"{path}\\"))
        return tuple(dict.fromkeys(name.partition("\\")[0] for name in below))

    def values(self, path: str) -> dict[str, str | int]:
        return dict(self.tree.get(path, {}))

    def add(self, ids: str, instance: str, port: int | None, *, there: bool = True) -> FakeRegistry:
        """Let Windows know a device, as it does for ever; ``there`` is plugged in now."""
        address: dict[str, str | int] = {} if port is None else {"Address": port}
        self.tree[rf"{ENUM}\{ids}\{instance}"] = {"Service": "usbccgp", "Mfg": "x", **address}
        running = self.tree.setdefault(rf"{SERVICES}\usbccgp\Enum", {"Count": 0})
        if there:
            running[str(len(running) - 1)] = rf"USB\{ids}\{instance.upper()}"
        return self


def galaxy(slot: str = "3-1.2", pid: str = "6860", vid: str = "04e8") -> UsbDevice:
    return UsbDevice(vid, pid, frozenset({"06/01/01"}), slot, 5)


def test_a_phone_is_called_by_its_serial_and_last_years_are_not_meant() -> None:
    registry = FakeRegistry().add(GALAXY, "r5ct10trn1a", 2).add(GALAXY, "OLD", 2, there=False)
    assert serial_of(galaxy(), [galaxy()], registry) == "r5ct10trn1a"


def test_an_id_that_windows_made_up_is_no_serial() -> None:
    registry = FakeRegistry().add(GALAXY, "5&2c4a1b5&0&2", 2)
    assert serial_of(galaxy(), [galaxy()], registry) is None


def test_two_alike_are_told_apart_by_their_ports_and_where_those_are_the_same_not_at_all() -> None:
    one, other = galaxy("3-1.2"), galaxy("3-1.4")
    registry = FakeRegistry().add(GALAXY, "AAA", 2).add(GALAXY, "BBB", 4)
    assert [serial_of(each, [one, other], registry) for each in (one, other)] == ["AAA", "BBB"]
    another_hub = galaxy("3-2.2")
    registry = FakeRegistry().add(GALAXY, "AAA", 2).add(GALAXY, "BBB", 2)
    assert [serial_of(each, [one, another_hub], registry) for each in (one, another_hub)] == [None, None]


@pytest.mark.parametrize("port", [4, 0])
def test_a_port_that_does_not_fit_is_another_device(port: int) -> None:
    registry = FakeRegistry().add(GALAXY, "AAA", port)
    expected = "AAA" if port == 0 else None  # 0 is no port: nothing speaks against the only one
    assert serial_of(galaxy(), [galaxy()], registry) == expected


def test_lists_that_do_not_agree_name_nobody() -> None:
    one, other = galaxy("3-1.2"), galaxy("3-1.4")
    registry = FakeRegistry().add(GALAXY, "AAA", 2)
    assert serial_of(one, [one, other], registry) is None
    assert serial_of(one, [one], FakeRegistry()) is None


def test_an_iphone_in_dfu_is_the_same_as_on_other_systems() -> None:
    told = "cpid:8101_cprv:11_cpfm:03_scep:01_bdid:0c_ecid:001a2c3e0a42801e_ibfl:3c"
    registry = FakeRegistry().add("VID_05AC&PID_1227", told, 2)
    phone = galaxy(vid="05ac", pid="1227")
    serial = serial_of(phone, [phone], registry)
    assert serial == "CPID:8101 CPRV:11 CPFM:03 SCEP:01 BDID:0C ECID:001A2C3E0A42801E IBFL:3C"
    assert (
        identifier(UsbDevice("05ac", "1227", frozenset(), "3-1.2", 5, serial)) == "00008101-001A2C3E0A42801E"
    )


class FakeWinreg:
    """As much of winreg as is used, over one key; every other key is missing."""

    HKEY_LOCAL_MACHINE = "HKLM"

    class Key:
        def __enter__(self) -> FakeWinreg.Key:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    def OpenKey(self, root: str, path: str) -> FakeWinreg.Key:  # noqa: N802  winreg's own names
        if (root, path) != ("HKLM", r"A\B"):
            raise FileNotFoundError(path)
        return self.Key()

    def QueryInfoKey(self, _: object) -> tuple[int, int, int]:  # noqa: N802
        return (2, 3, 0)

    def EnumKey(self, _: object, at: int) -> str:  # noqa: N802
        return ("one", "two")[at]

    def EnumValue(self, _: object, at: int) -> tuple[str, object, int]:  # noqa: N802
        return (("Service", "usbccgp", 1), ("Address", 2, 4), ("Raw", b"x", 3))[at]


def test_the_real_registry_is_read_by_the_standard_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_winreg", FakeWinreg)
    registry = windows.WindowsRegistry()
    assert registry.keys(r"A\B") == ("one", "two")
    assert registry.values(r"A\B") == {"Service": "usbccgp", "Address": 2}
    assert (registry.keys(r"A\C"), registry.values(r"A\C")) == ((), {})


def test_each_system_has_its_ways_and_the_quietest_is_the_first() -> None:
    assert strings.ways("linux") == ()
    assert strings.ways("darwin") == (strings.by_library, strings.by_opening)
    assert strings.ways("win32") == (strings.by_registry, strings.by_library)
