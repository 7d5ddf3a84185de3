"""What a trusted practice iPhone tells through its services, and how it behaves when it does not answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import HandClient, id_of, open_phone


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[PracticeThread]:
    with PracticeThread(iphones=10, androids=0) as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running


async def test_the_battery_is_told_at_both_levels(bench: PracticeThread, tmp_path: Path):
    from pymobiledevice3.services.diagnostics import DiagnosticsService

    async with (
        await open_phone(id_of(bench, "iphone-worn-battery"), tmp_path) as lockdown,
        DiagnosticsService(lockdown) as relay,
    ):
        battery = await relay.get_battery()
        assert battery == await relay.ioregistry(name="AppleSmartBattery")
        gauge = (await relay.info("GasGauge"))["GasGauge"]

    for level in (battery, battery["BatteryData"]):
        assert (level["NominalChargeCapacity"], level["DesignCapacity"], level["CycleCount"]) == (
            2270,
            3110,
            986,
        )
    assert battery["MaxCapacity"] == gauge["FullChargeCapacity"] == 100
    assert battery["Serial"] == battery["BatteryData"]["BatterySerialNumber"]


async def test_an_older_phone_keeps_its_battery_under_another_driver(bench: PracticeThread, tmp_path: Path):
    from pymobiledevice3.services.diagnostics import DiagnosticsService

    async with (
        await open_phone(id_of(bench, "iphone-other-driver"), tmp_path) as lockdown,
        DiagnosticsService(lockdown) as relay,
    ):
        assert await relay.ioregistry(name="AppleSmartBattery") is None
        battery = await relay.ioregistry(name="AppleARMPMUCharger")
        assert battery == await relay.get_battery()
        assert "Serial" not in battery
        assert await relay.ioregistry(plane="IOService") == {}


@pytest.mark.parametrize(("name", "alive"), [("iphone-carrier", True), ("iphone-signed-in", False)])
async def test_mobilegestalt_ends_with_17_4(bench: PracticeThread, tmp_path: Path, name: str, alive: bool):
    from pymobiledevice3.exceptions import DeprecationError
    from pymobiledevice3.services.diagnostics import DiagnosticsService

    async with (
        await open_phone(id_of(bench, name), tmp_path) as lockdown,
        DiagnosticsService(lockdown) as relay,
    ):
        if alive:
            answer = await relay.mobilegestalt(keys=["RegulatoryModelNumber", "NoSuchKey"])
            assert answer == {"RegulatoryModelNumber": "A2341"}
        else:
            with pytest.raises(DeprecationError):
                await relay.mobilegestalt(keys=["RegulatoryModelNumber"])
        tree = await relay.ioregistry(name="device-tree")
        assert tree["regulatory-model-number"].endswith(b"\0")


async def test_supervision_and_profiles(bench: PracticeThread, tmp_path: Path):
    from pymobiledevice3.services.mobile_config import MobileConfigService

    answers = {}
    for name in ("iphone-supervised", "iphone-everyday", "iphone-activation-locked"):
        async with (
            await open_phone(id_of(bench, name), tmp_path) as lockdown,
            MobileConfigService(lockdown) as config,
        ):
            answers[name] = (await config.get_cloud_configuration(), await config.get_profile_list())

    cloud, profiles = answers["iphone-supervised"]
    assert (cloud["IsSupervised"], cloud["OrganizationName"]) == (True, "Nordlog Spedition GmbH")
    assert profiles["ProfileMetadata"]["example.nordlog.mdm"]["PayloadRemovalDisallowed"] is True
    assert answers["iphone-everyday"][0]["IsSupervised"] is False
    assert answers["iphone-everyday"][1]["OrderedIdentifiers"] == []
    assert answers["iphone-activation-locked"][0] == {}


async def test_activation_and_find_my(bench: PracticeThread, tmp_path: Path):
    from pymobiledevice3.services.diagnostics import DiagnosticsService
    from pymobiledevice3.services.mobile_activation import MobileActivationService

    seen = {}
    for name in ("iphone-activation-locked", "iphone-signed-in", "iphone-everyday"):
        async with (
            await open_phone(id_of(bench, name), tmp_path) as lockdown,
            DiagnosticsService(lockdown) as relay,
        ):
            assert await lockdown.get_value("com.apple.fmip") == {}
            options = await relay.ioregistry(name="options")
            assert options == lockdown.all_values["NonVolatileRAM"]
            seen[name] = (
                await MobileActivationService(lockdown).state(),
                await lockdown.get_value("com.apple.fmip", "IsAssociated"),
                options["fm-activation-locked"],
            )

    assert seen["iphone-activation-locked"] == ("Unactivated", False, b"YES")
    assert seen["iphone-signed-in"] == ("Activated", True, b"NO")
    assert seen["iphone-everyday"] == ("Activated", False, b"NO")


async def test_a_locked_screen_shuts_diagnostics_unless_the_escrow_bag_comes_along(
    bench: PracticeThread, tmp_path: Path
):
    from pymobiledevice3.exceptions import InvalidServiceError, PasswordRequiredError

    udid = id_of(bench, "iphone-everyday")
    relay = "com.apple.mobile.diagnostics_relay"
    async with await open_phone(udid, tmp_path) as lockdown:
        bench.lock(udid)
        assert await lockdown.get_value("", "PasswordProtected") is True
        with pytest.raises(PasswordRequiredError):
            await lockdown.start_lockdown_service(relay)
        await (await lockdown.start_lockdown_service(relay, include_escrow_bag=True)).close()
        await (await lockdown.start_lockdown_service("com.apple.mobileactivationd")).close()
        bench.unlock(udid)
        await (await lockdown.start_lockdown_service(relay)).close()
        with pytest.raises(InvalidServiceError):
            await lockdown.start_lockdown_service("com.apple.afc2")


async def test_heartbeat_and_notifications_talk_as_the_phone_does(bench: PracticeThread, tmp_path: Path):
    async with await open_phone(id_of(bench, "iphone-everyday"), tmp_path) as lockdown:
        heart = await lockdown.start_lockdown_service("com.apple.mobile.heartbeat")
        assert (await heart.recv_plist())["Command"] == "Marco"
        await heart.send_plist({"Command": "Polo"})
        assert (await heart.recv_plist())["Command"] == "Marco"
        await heart.close()
        proxy = await lockdown.start_lockdown_service("com.apple.mobile.notification_proxy")
        await proxy.send_plist(
            {"Command": "ObserveNotification", "Name": "com.apple.mobile.lockdown.trusted"}
        )
        await proxy.send_plist({"Command": "Shutdown"})
        assert (await proxy.recv_plist()) == {"Command": "ProxyDeath"}
        await proxy.close()


async def test_nothing_that_changes_a_phone_is_done_and_all_of_it_is_remembered(
    bench: PracticeThread, tmp_path: Path
):
    from pymobiledevice3.exceptions import PyMobileDevice3Exception
    from pymobiledevice3.services.diagnostics import DiagnosticsService
    from pymobiledevice3.services.mobile_config import MobileConfigService

    async with await open_phone(id_of(bench, "iphone-everyday"), tmp_path) as lockdown:
        async with DiagnosticsService(lockdown) as relay:
            for action in (relay.restart, relay.shutdown, relay.sleep):
                with pytest.raises(PyMobileDevice3Exception):
                    await action()
        async with MobileConfigService(lockdown) as config:
            with pytest.raises(PyMobileDevice3Exception):
                await config.erase_device(preserve_data_plan=False, disallow_proximity_setup=False)
        assert await lockdown.get_value("", "ProductType") == "iPhone14,5"

    changes = [request.verb for request in bench.requests() if request.changes]
    assert changes == ["Restart", "Shutdown", "Sleep", "EraseDevice"]


async def test_a_full_read_is_logged_and_changes_nothing(bench: PracticeThread, tmp_path: Path):
    from pymobiledevice3.services.diagnostics import DiagnosticsService

    udid = id_of(bench, "iphone-everyday")
    async with await open_phone(udid, tmp_path) as lockdown, DiagnosticsService(lockdown) as relay:
        await lockdown.get_value("com.apple.disk_usage")
        await relay.get_battery()

    asked = [request for request in bench.requests() if request.udid == udid]
    assert not any(request.changes for request in bench.requests())
    assert ("lockdown", "GetValue", "com.apple.disk_usage") in {
        (request.channel, request.verb, request.details.get("domain")) for request in asked
    }
    assert {"EntryClass": "IOPMPowerSource"} in [request.details for request in asked]


async def test_a_phone_that_hangs_answers_once_it_wakes(bench: PracticeThread, tmp_path: Path):
    udid = id_of(bench, "iphone-everyday")
    async with await open_phone(udid, tmp_path) as lockdown:
        bench.do("hang", udid)
        asked = asyncio.create_task(lockdown.get_value("", "ProductType"))
        done, _ = await asyncio.wait({asked}, timeout=0.2)
        assert not done
        other = await open_phone(id_of(bench, "iphone-fresh"), tmp_path)
        await other.close()
        bench.do("wake", udid)
        assert await asked == "iPhone14,5"


def test_a_phone_that_hangs_can_be_unplugged(bench: PracticeThread):
    udid = id_of(bench, "iphone-everyday")
    with HandClient(bench.environment()["USBMUXD_SOCKET_ADDRESS"]) as client:
        client.connect(udid)
        bench.do("hang", udid)
        client.socket.sendall(b"\0\0\0\x10")
        bench.unplug(udid)
        with pytest.raises(ConnectionError):
            client.exactly(1)


def test_a_drop_sends_half_an_answer_and_pulls_the_cable(bench: PracticeThread):
    udid = id_of(bench, "iphone-everyday")
    with HandClient(bench.environment()["USBMUXD_SOCKET_ADDRESS"]) as client:
        client.connect(udid)
        bench.do("drop", udid)
        with pytest.raises(ConnectionError):
            client.ask(Request="GetValue")

    assert [info.plugged for info in bench.phones() if info.id == udid] == [False]
    bench.plug(udid)
    with HandClient(bench.environment()["USBMUXD_SOCKET_ADDRESS"]) as client:
        client.connect(udid)
        assert client.ask(Request="QueryType")["Type"] == "com.apple.mobile.lockdown"


@pytest.mark.parametrize("nonsense", [b"\xff\xff\xff\xff", b"\0\0\0\x04nope", b"\0\0\0\x0b<plist/>"])
def test_nonsense_ends_one_conversation_and_no_other(bench: PracticeThread, nonsense: bytes):
    udid = id_of(bench, "iphone-everyday")
    address = bench.environment()["USBMUXD_SOCKET_ADDRESS"]
    with HandClient(address) as rude, HandClient(address) as polite:
        rude.connect(udid)
        polite.connect(udid)
        rude.socket.sendall(nonsense + b"\0" * 8)
        with pytest.raises(ConnectionError):
            rude.exactly(1)
        assert polite.ask(Request="QueryType")["Type"] == "com.apple.mobile.lockdown"
