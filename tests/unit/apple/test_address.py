"""usbmuxd's address in the three forms that the ecosystem's tools take."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from diagnostics.apple import source
from diagnostics.apple.address import VARIABLE, usbmuxd_address
from diagnostics.apple.missing import iphone_on_bus, service_missing, starts_with_a_phone
from diagnostics.errors import BadInput


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("/run/usbmuxd", "/run/usbmuxd"),
        ("UNIX:/run/usbmuxd", "/run/usbmuxd"),
        ("127.0.0.1:27015", "127.0.0.1:27015"),
        ("  localhost:1 ", "localhost:1"),
        ("", None),
    ],
)
def test_all_three_forms_are_understood(given, text):
    assert usbmuxd_address(given, {}).text == text
    assert usbmuxd_address(None, {VARIABLE: given}).text == text


def test_what_is_given_counts_before_the_environment():
    assert usbmuxd_address("/a", {VARIABLE: "/b"}).text == "/a"
    assert usbmuxd_address(None, {}).text is None


@pytest.mark.parametrize(
    "wrong", ["usbmuxd", "host:", ":1", "host:0", "host:65536", "host:x", "/a:b", "h/x:1", "::1:5"]
)
def test_anything_else_is_wrong_usage_in_one_clear_line(wrong):
    with pytest.raises(BadInput, match="not an address of usbmuxd") as raised:
        usbmuxd_address(wrong, {})
    assert raised.value.exit_status == 2


@pytest.mark.parametrize(
    ("platform", "word"),
    [("linux", "apt install usbmuxd"), ("darwin", "Mac"), ("win32", "Apple Devices"), ("x", "apt")],
)
def test_each_system_is_told_what_to_install(platform, word):
    error = service_missing(usbmuxd_address(None, {}), platform)
    assert word in error.hint
    assert error.exit_status == 3


def test_an_address_of_ones_own_is_named_and_no_package_is_recommended():
    error = service_missing(usbmuxd_address("127.0.0.1:1", {}), "linux")
    assert "127.0.0.1:1" in error.message
    assert "apt" not in error.hint
    assert not starts_with_a_phone(usbmuxd_address("127.0.0.1:1", {}), "linux")


@pytest.mark.parametrize(
    ("vendor", "product", "there"),
    [
        ("05ac", "12a8", True),
        ("05ac", "1290", True),
        ("05ac", "1281", False),
        ("05ac", "024f", False),
        ("18d1", "12a8", False),
    ],
)
def test_an_iphone_that_usbmuxd_should_serve_is_seen_on_the_bus(tmp_path, vendor, product, there):
    for name in ("usb1", "1-2", "1-2.3", "1-2.3:1.0"):
        (tmp_path / name).mkdir()
    (tmp_path / "1-2.3" / "idVendor").write_text(f"{vendor}\n")
    (tmp_path / "1-2.3" / "idProduct").write_text(f"{product}\n")
    assert iphone_on_bus(tmp_path) is there
    assert not iphone_on_bus(tmp_path / "no sysfs here")


async def test_an_installed_service_that_an_iphone_does_not_start_is_told(tmp_path, monkeypatch):
    plugged = False
    monkeypatch.setattr(source, "starts_with_a_phone", lambda _: True)
    monkeypatch.setattr(source, "iphone_on_bus", lambda: plugged)
    monkeypatch.setattr(source, "RETRY", 0.01)
    monkeypatch.setattr(source, "STARTS_WITHIN", 0.03)
    watched = source.AppleSource(address=str(tmp_path / "nobody"), pair_records=tmp_path)
    async with asyncio.timeout(30), aclosing(watched.watch()) as watching:
        assert (await anext(watching)).error is None
        plugged = True
        error = (await anext(watching)).error
    assert error is not None
    assert error.code == "usbmuxd_stopped"


async def test_a_socket_that_is_closed_to_this_user_is_told(tmp_path, monkeypatch):
    def forbidden(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(asyncio.get_running_loop(), "sock_connect", forbidden)
    watched = source.AppleSource(address=str(tmp_path / "closed"), pair_records=tmp_path)
    async with asyncio.timeout(30), aclosing(watched.watch()) as watching:
        error = (await anext(watching)).error
    assert error is not None
    assert (error.code, error.exit_status) == ("usbmuxd_forbidden", 3)
