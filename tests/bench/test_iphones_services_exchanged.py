"""usbmuxd was restarted after a service was started: behind the same number and port lies another phone's service."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from diagnostics.apple.connection import Lockdown, OtherPhoneError, open_lockdown
from diagnostics.apple.mux import listed
from diagnostics.apple.records import find_record
from diagnostics.apple.wire import Wire
from diagnostics.practice.bench import PracticeThread

RELAY = "com.apple.mobile.diagnostics_relay"
LIMIT = 5.0


@pytest.fixture(scope="module")
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=2, androids=0) as running:
        yield running


@pytest.fixture
async def two(bench: PracticeThread, tmp_path: Path) -> AsyncIterator[list[Lockdown]]:
    """Both phones, in a session each, and each with the keys of the second one."""
    address = bench.environment()["USBMUXD_SOCKET_ADDRESS"]
    async with AsyncExitStack() as stack:
        phones = list[Lockdown]()
        for row in await listed(address):
            lockdown = await open_lockdown(row, address, tmp_path)
            stack.push_async_callback(lockdown.close)
            lockdown.pair_record = await find_record(row, tmp_path, address, LIMIT)
            await lockdown.validate_pairing()
            phones.append(lockdown)
        phones[0].pair_record = phones[1].pair_record
        yield phones


def exchange(phone: Lockdown, other: Lockdown) -> None:
    """Let a phone's number be another one's, as a usbmuxd that counts anew does."""
    phone.row = dataclasses.replace(phone.row, number=other.row.number)


async def test_a_service_of_this_phone_is_known_by_its_key_and_costs_no_further_question(two, bench):
    _, phone = two
    asked = len(bench.requests())
    wire = await phone.connect_service(await phone.get_service_connection_attributes(RELAY))
    await wire.close()
    assert [request.verb for request in bench.requests()[asked:]] == ["StartService", "Connect"]


async def test_a_service_of_another_phone_under_this_number_is_not_taken(two):
    phone, other = two
    attributes = await other.get_service_connection_attributes(RELAY)
    exchange(phone, other)
    with pytest.raises(OtherPhoneError):
        await phone.connect_service(attributes)


@pytest.mark.parametrize("exchanged", [True, False])
async def test_without_a_certificate_the_list_of_usbmuxd_tells_whose_service_it_is(
    two, exchanged, monkeypatch
):
    monkeypatch.setattr(Wire, "presented", None)
    phone, other = two
    attributes = await other.get_service_connection_attributes(RELAY)
    if exchanged:
        exchange(phone, other)
        with pytest.raises(OtherPhoneError):
            await phone.connect_service(attributes)
    else:
        await (await other.connect_service(attributes)).close()
