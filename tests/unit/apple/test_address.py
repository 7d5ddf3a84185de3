"""usbmuxd's address in the three forms that the ecosystem's tools take."""

from __future__ import annotations

import pytest

from diagnostics.apple.address import VARIABLE, usbmuxd_address
from diagnostics.apple.missing import service_missing, starts_with_a_phone
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
