"""Apps of a jailbreak are looked up by name: a hint where there is one, and nothing proved where there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from diagnostics.apple.jailbreak import INSTALLATION_PROXY, look_up
from diagnostics.apple.source import AppleSource
from diagnostics.apple.tables import jailbreak_apps
from diagnostics.model import LockState, Quality, Reading, State
from diagnostics.ports import Sighting
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import id_of, open_phone
from tests.fakes.iphone_readings import SHORT, read, sighting_of, source_of, whole

NAME = "iphone-worn-battery"
START, LOOK_UP = "start-apps", "app-lookup"
STEPS = (START, "connect-apps", "apps-tls", LOOK_UP)
OTHERS = ("battery", "storage", "identity", "management", "sim")


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[PracticeThread]:
    with PracticeThread(iphones=1, androids=0) as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def source(bench: PracticeThread, tmp_path: Path) -> AppleSource:
    return source_of(bench, tmp_path, SHORT)


@pytest.fixture
async def seen(bench: PracticeThread, source: AppleSource) -> Sighting:
    return await sighting_of(source, id_of(bench, NAME))


def reasons(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems if problem.field == "locks.root"]


def told_besides(reading: Reading) -> set[tuple[str, str]]:
    return {(problem.field, problem.code) for problem in reading.problems if problem.field != "locks.root"}


async def test_an_app_of_a_jailbreak_is_a_hint_with_the_ids_that_were_found(bench, source, seen):
    bench.fault(NAME, "jailbroken")
    reading = await read(source, seen)
    evidence = reading.evidence["locks.root"]
    assert (reading.state, reading.locks.root, reasons(reading)) == (State.READY, LockState.ON, [])
    assert (evidence.source, evidence.quality) == ("installation_proxy Lookup", Quality.HINT)
    assert evidence.raw == "com.saurik.Cydia, kjc.loader"


async def test_no_such_app_is_not_off(source, seen):
    reading = await read(source, seen)
    assert reading.locks.root is LockState.UNKNOWN
    assert reasons(reading) == ["not_proved_off"]


async def test_nobody_asks_which_apps_a_customer_has(bench, source, seen):
    await read(source, seen)
    asked = [request for request in bench.requests() if request.channel == INSTALLATION_PROXY]
    assert [request.verb for request in asked] == ["Lookup"]
    assert asked[0].details == {
        "ApplicationType": "Any",
        "BundleIDs": list(jailbreak_apps()),
        "ReturnAttributes": ["CFBundleIdentifier"],
    }
    assert bench.changes() == ()


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", ["falls-silent", "disconnects", "garbled", "noise", "cut-short", "empty"])
async def test_whatever_happens_to_the_question_costs_this_value_alone(bench, source, seen, fault, step):
    good = await read(source, seen)
    bench.fault(NAME, fault, step)
    started = asyncio.get_running_loop().time()
    reading = await read(source, seen)
    assert asyncio.get_running_loop().time() - started < 5
    assert (reading.state, whole(reading), reading.locks.root) == (State.READY, [], LockState.UNKNOWN)
    assert reasons(reading) in (["timeout"], ["protocol_error"], ["pairing_broken"])
    for group in OTHERS:
        assert getattr(reading, group) == getattr(good, group)
    assert told_besides(reading) == told_besides(good)


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (("service-not-offered", START), "not_readable"),
        (("service-port-nonsense", START), "protocol_error"),
        (("service-port-closed", "connect-apps"), "protocol_error"),
        (("refuses", LOOK_UP), "refused"),
        (("values-list", LOOK_UP), "protocol_error"),
        (("values-text", LOOK_UP), "protocol_error"),
        (("answers-list", LOOK_UP), "protocol_error"),
        (("answers-number", LOOK_UP), "protocol_error"),
        (("answers-nothing", LOOK_UP), "protocol_error"),
    ],
)
async def test_an_answer_that_is_none_is_no_answer(bench, source, seen, trouble, code):
    bench.fault(NAME, *trouble)
    reading = await read(source, seen)
    assert (reading.state, reading.locks.root, reasons(reading)) == (State.READY, LockState.UNKNOWN, [code])


async def test_a_locked_screen_costs_the_value_only_where_the_escrow_bag_does_not_open_it(
    bench, source, seen
):
    bench.fault(NAME, "locked-since-start")
    refused = await read(source, seen)
    assert (refused.locks.root, reasons(refused)) == (LockState.UNKNOWN, ["screen_locked"])
    bench.fault(NAME, "jailbroken")
    bench.lock(NAME)
    assert (await read(source, seen)).locks.root is LockState.ON


class Answering:
    """Stands for a connection to the service; held to `ServiceConnection.send_recv_plist` by the practice bench."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    async def send_recv_plist(self, _: dict[str, Any]) -> Any:
        return self.answer


@pytest.mark.parametrize(
    ("result", "found"),
    [
        ({}, ()),
        (
            {"com.opa334.TrollStore": {"CFBundleIdentifier": "com.opa334.TrollStore"}},
            ("com.opa334.TrollStore",),
        ),
        ({"com.saurik.Cydia": {}}, ("com.saurik.Cydia",)),
        ({"com.saurik.Cydia": "no"}, ()),
        ({"example.nordbank.app": {"CFBundleIdentifier": "com.saurik.Cydia"}}, ()),
    ],
)
async def test_only_what_was_asked_for_counts_and_nothing_else_is_kept(result, found):
    assert await look_up(Answering({"LookupResult": result, "Status": "Complete"})) == found


# The practice phone's side, asked by pymobiledevice3's own client


async def test_practice_phones_look_up_and_browse_as_iphones_do(bench, tmp_path):
    from pymobiledevice3.services.installation_proxy import InstallationProxyService

    bench.fault(NAME, "jailbroken")
    async with (
        await open_phone(id_of(bench, NAME), tmp_path) as lockdown,
        InstallationProxyService(lockdown) as proxy,
    ):
        named = await proxy.lookup({"BundleIDs": ["com.saurik.Cydia", "org.coolstar.SileoStore"]})
        users = await proxy.get_apps("User")
        system = await proxy.browse({"ApplicationType": "System"}, ["CFBundleIdentifier"])
        everything = await proxy.browse()
    assert named is not None
    assert {name: app["CFBundleDisplayName"] for name, app in named.items()} == {"com.saurik.Cydia": "Cydia"}
    assert users
    assert all(app["ApplicationType"] == "User" for app in users.values())
    assert {"CFBundleIdentifier": "kjc.loader"} in system
    assert len(everything) == len(system) + len(users) > 5  # more than one message holds


async def test_practice_phones_install_and_remove_nothing(bench, tmp_path):
    from pymobiledevice3.exceptions import AppInstallError
    from pymobiledevice3.services.installation_proxy import InstallationProxyService

    async with (
        await open_phone(id_of(bench, NAME), tmp_path) as lockdown,
        InstallationProxyService(lockdown) as proxy,
    ):
        with pytest.raises(AppInstallError):
            await proxy.uninstall("example.nordbank.app")
        assert "example.nordbank.app" in await proxy.get_apps("User")
    assert [request.verb for request in bench.changes()] == ["Uninstall"]


def test_every_such_app_has_one_id_and_a_name():
    from resources.opening import load_toml

    names = load_toml("apple/jailbreak_apps.toml")["apps"]
    assert len({name.lower() for name in names}) == len(names)
    assert all("." in name and title.strip() for name, title in names.items())
