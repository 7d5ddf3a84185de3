"""The practice phones themselves: different, complete, made up, and printed as real phones print."""

from __future__ import annotations

import re

import pytest

from diagnostics.practice.android.dumps import DUMPS
from diagnostics.practice.android.loading import characters, load_androids
from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.programs import shell_for

PHONES = {phone.id: phone for phone in load_androids(28)}
OWNER = "com.example.mdm.agent/com.example.mdm.agent.AdminReceiver"
ALL = pytest.mark.parametrize("phone", PHONES.values(), ids=PHONES)


def told(phone_id: str, command: str) -> str:
    return shell_for(PHONES[phone_id]).run(command).text()


def test_there_are_at_least_twelve_makers_and_every_version_from_7_to_16():
    makers = {kind.build.brand.lower() for kind in characters()}
    assert len(makers) >= 12
    assert {kind.build.android.split(".")[0] for kind in characters()} >= {str(n) for n in range(7, 17)}
    assert len({kind.build.model for kind in characters()}) == len(characters())
    assert all(set(kind.title) == {"en", "fr"} for kind in characters())


def test_the_first_eight_are_a_whole_lesson():
    assert [kind.id for kind in characters()[:8]] == [
        "worn-battery",
        "signed-in",
        "fresh-battery",
        "reset-protection",
        "supervised",
        "not-allowed-yet",
        "carrier-locked",
        "old-system",
    ]


def test_more_phones_than_characters_get_identifiers_of_their_own():
    phones = load_androids(60)
    own = [p for p in phones if not p.character.one_serial]
    assert len({p.serial for p in own}) == len(own)
    assert len({p.id for p in phones}) == len({p.usb for p in phones}) == 60
    assert len({i for p in phones for i in p.imeis}) == sum(len(p.imeis) for p in phones)
    assert load_androids(60) == phones


@ALL
def test_imeis_pass_the_luhn_check(phone: PracticeAndroid):
    from stdnum import imei

    assert all(imei.is_valid(number) and len(number) == 15 for number in phone.imeis)


@ALL
def test_properties_are_printed_as_getprop_does(phone: PracticeAndroid):
    lines = shell_for(phone).run("getprop").text().splitlines()
    assert all(re.fullmatch(r"\[[^\]]+\]: \[.*\]", line) for line in lines)
    assert f"[ro.serialno]: [{phone.serial}]" in lines
    assert "[sys.boot_completed]: [1]" in lines
    assert not any("{" in line for line in lines)


@ALL
@pytest.mark.parametrize("service", DUMPS)
def test_every_dump_is_text_or_a_missing_service(phone: PracticeAndroid, service: str):
    outcome = shell_for(phone).run(f"dumpsys {service}")
    assert outcome.status == 0
    assert bool(outcome.text(1)) != bool(outcome.text(2))


def test_a_phone_that_is_still_booting_has_no_services():
    phone = load_androids(1)[0]
    phone.booted = False
    assert (
        shell_for(phone).run("dumpsys battery; getprop sys.boot_completed").text()
        == "Can't find service: battery\n\n"
    )


@pytest.mark.parametrize(
    ("phone_id", "command", "line"),
    [
        ("worn-battery", "dumpsys battery", "  mSavedBatteryAsoc: [79]"),
        ("worn-battery", "dumpsys battery", "  mSavedBatteryUsage: [103016]"),
        ("worn-battery", "dumpsys battery", "  Capacity level: 3"),
        ("signed-in", "dumpsys battery", "10-19 09:12:23.192  [SS][BattInfo]AsocData efsValue:92    "),
        ("signed-in", "dumpsys account", "    Account {name=camille.exemple@gmail.com, type=com.google}"),
        ("signed-in", "dumpsys account", "  Accounts: 3"),
        ("signed-in", "dumpsys lock_settings", "    CredentialType: PIN"),
        ("signed-in", "cmd lock_settings verify", "Old password '' didn't match"),
        ("fresh-battery", "cmd lock_settings verify", "Lock credential verified successfully"),
        ("fresh-battery", "dumpsys window policy", "      secure=false"),
        ("not-allowed-yet", "cmd lock_settings verify", "Lock credential verified successfully"),
        ("fresh-battery", "cat /sys/class/power_supply/battery/cycle_count", "38"),
        ("fresh-battery", "getprop ro.boot.hardware.ufs", "128GB,SKHynix"),
        ("fresh-battery", "dumpsys persistent_data_block", "FRP state: false"),
        ("fresh-battery", "df -k /data", "/dev/block/dm-54 114982996 16762584  98220412  15% /data/user/0"),
        ("reset-protection", "dumpsys persistent_data_block", "FRP state: true"),
        ("reset-protection", "settings get secure user_setup_complete", "0"),
        ("imei-told", "getprop ro.product.marketname", "Redmi Note 13 Pro 5G"),
        ("imei-told", "dumpsys battery", "  Charge counter: 2871"),
        ("supervised", "dpm list-owners", f"User  0: admin={OWNER},DeviceOwner,Affiliated"),
        ("supervised", "dumpsys device_policy", "  Device Owner Type: 0"),
        ("supervised", "dumpsys battery", "  Full design capacity: 4400000"),
        ("worn-battery", "dpm list-owners", "no owners"),
        ("worn-battery", "dumpsys device_policy", "  Device Owner: "),
        ("worn-battery", "dumpsys device_policy", "  Device Owner Type: -1"),
        ("carrier-locked", "getprop gsm.sim.state", "NETWORK_LOCKED"),
        ("old-system", "getprop ro.boot.verifiedbootstate", "GREEN"),
        ("unlocked-bootloader", "getprop ro.boot.vbmeta.device_state", "unlocked"),
        ("unlocked-bootloader", "which su", "/product/bin/su"),
        ("worn-battery", "cat /proc/meminfo", "MemTotal:        7585304 kB"),
        ("worn-battery", "wm size", "Physical size: 1080x2400"),
    ],
)  # fmt: skip
def test_a_character_says_what_it_is_made_for(phone_id: str, command: str, line: str):
    assert line in told(phone_id, command).splitlines()


def characters_of(parcel: str) -> str:
    """Return the characters beside a printed parcel's words, without the dots between them."""
    return "".join(re.findall(r"'(.*)'", parcel)).replace(".", "")


def test_only_the_old_phone_tells_its_imei_by_service_call():
    text = told("old-system", "service call iphonesubinfo 1")
    assert text.startswith("Result: Parcel(\n  0x00000000: 00000000 0000000f 00")
    assert characters_of(text) == PHONES["old-system"].imeis[0]


@pytest.mark.parametrize("phone_id", ["worn-battery", "fresh-battery", "imei-told"])
def test_newer_phones_refuse_the_service_call(phone_id: str):
    text = told(phone_id, "service call iphonesubinfo 1")
    assert text.startswith("Result: Parcel(\n  0x00000000: ffffffff ")
    assert "The user 2000 does not meet the requirements" in characters_of(text)


def test_the_health_hal_prints_its_structure():
    text = told("fresh-battery", "dumpsys android.hardware.health.IHealth/default")
    assert "getHealthInfo -> HealthInfo{chargerAcOnline: false," in text
    assert "batteryFullChargeUah: 4518000," in text
    assert "batteryHealthData: BatteryHealthData{batteryManufacturingDateSeconds: 1735516800," in text
    redmi = told("imei-told", "dumpsys android.hardware.health.IHealth/default")
    assert redmi.endswith("batteryHealthData: (null)}")


def test_hidl_health_is_there_on_android_9_to_12_only():
    name = "android.hardware.health@2.1::IHealth/default"
    assert ".batteryFullCharge = 4352000," in told("same-serial", f"lshal debug {name}")
    assert "does not exist" in told("fresh-battery", f"lshal debug {name}")


def test_most_builds_refuse_the_battery_files():
    outcome = shell_for(PHONES["worn-battery"]).run("cat /sys/class/power_supply/battery/charge_full")
    assert outcome.text(2) == "cat: /sys/class/power_supply/battery/charge_full: Permission denied\n"
    assert outcome.status == 1
