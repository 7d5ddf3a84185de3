"""Debian's libimobiledevice tools, unchanged, against the practice iPhones: the proof that these are faithful."""

from __future__ import annotations

import os
import plistlib
import subprocess
from collections.abc import Callable, Iterator

import pytest

from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import id_of

pytestmark = pytest.mark.foreign

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def bench() -> Iterator[PracticeThread]:
    with PracticeThread(androids=0) as running:
        yield running


@pytest.fixture
def run(bench: PracticeThread) -> Run:
    environment = {**os.environ, **bench.environment()}

    def call(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    return call


def test_idevice_id_lists_every_phone(bench: PracticeThread, run: Run):
    assert run("idevice_id", "-l").stdout.split() == [info.id for info in bench.phones()]


def test_idevice_id_does_not_see_an_unplugged_phone(bench: PracticeThread, run: Run):
    udid = id_of(bench, "iphone-fresh")
    bench.unplug(udid)

    assert udid not in run("idevice_id", "-l").stdout.split()
    assert run("ideviceinfo", "-u", udid).stdout == f"ERROR: Device {udid} not found!\n"


def test_ideviceinfo_shows_all_values_of_a_trusted_phone(bench: PracticeThread, run: Run):
    shown = run("ideviceinfo", "-u", id_of(bench, "iphone-carrier"))
    lines = dict(line.split(": ", 1) for line in shown.stdout.splitlines() if ": " in line and line[0] != " ")

    assert shown.returncode == 0
    assert lines["ProductType"] == "iPhone13,3"
    assert lines["RegionInfo"] == "LL/A"
    assert lines["SIMStatus"] == "kCTSIMSupportSIMStatusOperatorLocked"
    assert len(lines["InternationalMobileEquipmentIdentity"]) == 15


def test_ideviceinfo_by_key_and_by_domain(bench: PracticeThread, run: Run):
    udid = id_of(bench, "iphone-old-system")

    assert run("ideviceinfo", "-u", udid, "-k", "ProductVersion").stdout == "12.4.1\n"
    assert (
        "TotalDiskCapacity: 63989493760\n"
        in run("ideviceinfo", "-u", udid, "-q", "com.apple.disk_usage").stdout
    )
    assert run("ideviceinfo", "-u", udid, "-q", "com.apple.fmip", "-k", "IsAssociated").stdout == "false\n"
    document = plistlib.loads(run("ideviceinfo", "-u", udid, "-x").stdout.encode())
    assert document["UniqueDeviceID"] == udid


def test_ideviceinfo_simple_works_without_trust_and_the_full_one_does_not(bench: PracticeThread, run: Run):
    udid = id_of(bench, "iphone-not-trusted")
    simple, full = run("ideviceinfo", "-u", udid, "-s"), run("ideviceinfo", "-u", udid)

    assert "ProductType: iPhone13,2\n" in simple.stdout
    assert "\nSerialNumber:" not in simple.stdout
    assert full.returncode != 0
    assert "Pairing dialog response pending" in full.stderr


def test_idevicepair_through_a_whole_life(bench: PracticeThread, run: Run):
    udid = id_of(bench, "iphone-not-trusted")

    assert "accept the trust dialog" in run("idevicepair", "-u", udid, "pair").stdout
    bench.trust(udid)
    assert run("idevicepair", "-u", udid, "pair").stdout == f"SUCCESS: Paired with device {udid}\n"
    assert run("idevicepair", "-u", udid, "validate").stdout.startswith("SUCCESS: Validated pairing")
    assert run("ideviceinfo", "-u", udid, "-k", "SerialNumber").stdout.startswith("DX3")
    assert run("idevicepair", "list").returncode == 0
    assert run("idevicepair", "systembuid").stdout.count("-") == 4
    assert run("idevicepair", "-u", udid, "unpair").stdout.startswith("SUCCESS: Unpaired")
    assert "accept the trust dialog" in run("idevicepair", "-u", udid, "validate").stdout


def test_idevicepair_hears_a_refusal_and_a_locked_screen(bench: PracticeThread, run: Run):
    udid = id_of(bench, "iphone-not-trusted")
    bench.lock(udid)
    assert "passcode is set" in run("idevicepair", "-u", udid, "pair").stdout
    bench.unlock(udid)
    bench.deny(udid)
    assert "denied the trust dialog" in run("idevicepair", "-u", udid, "pair").stdout


def test_idevicediagnostics_reads_the_battery_and_the_reports(bench: PracticeThread, run: Run):
    udid = id_of(bench, "iphone-supervised")

    def diagnostics(*command: str) -> dict[str, dict[str, object]]:
        answer: dict[str, dict[str, object]] = plistlib.loads(
            run("idevicediagnostics", "-u", udid, *command).stdout.strip().encode()
        )
        return answer

    assert diagnostics("ioregentry", "AppleSmartBattery")["IORegistry"]["DesignCapacity"] == 2018
    assert diagnostics("diagnostics", "All")["GasGauge"]["CycleCount"] == 447
    assert diagnostics("ioreg") == {"IORegistry": {}}
    assert diagnostics("mobilegestalt", "ProductType")["MobileGestalt"] == {
        "Status": "MobileGestaltDeprecated"
    }


def test_idevicediagnostics_cannot_restart_a_practice_phone(bench: PracticeThread, run: Run):
    udid = id_of(bench, "iphone-fresh")

    assert run("idevicediagnostics", "-u", udid, "restart").returncode != 0
    assert [request.verb for request in bench.requests() if request.changes] == ["Restart"]
    assert udid in run("idevice_id", "-l").stdout
