"""iPhones that lie there after they were read: the bench follows what happens to them, and nobody has to ask."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from diagnostics import bench as bench_room
from diagnostics import idling
from diagnostics.apple.asking import Limits
from diagnostics.bench import Bench, BenchEvent, Phone
from diagnostics.model import LockState, State
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import id_of, trust_of
from tests.fakes.iphone_readings import NEW, PAIRING, READS, sent, source_of, whole
from tests.matrix.leaks import settles

OFTEN = 0.1
FRESH = "iphone-fresh"
LOOKS = {
    ("usbmux", "Connect"),
    ("lockdown", "StartSession"),
    ("lockdown", "GetValue"),
}


class Watched:
    """The program's bench on practice phones, looking often, and everything it said."""

    def __init__(self, practice: PracticeThread, records: Path, limits: Limits) -> None:
        self.practice = practice
        self.events: list[BenchEvent] = []
        self.bench = Bench([source_of(practice, records, limits)], look_every=OFTEN)
        self.bench.subscribe(self.events.append)

    async def until(self, condition: Callable[[], object], limit: float = 10.0) -> None:
        async with asyncio.timeout(limit):
            while not condition():
                await asyncio.sleep(0.005)

    def phone(self, name: str) -> Phone:
        udid = id_of(self.practice, name)
        return next(phone for phone in self.bench.phones if phone.sighting.id == udid)

    def is_(self, name: str, state: State) -> bool:
        with suppress(StopIteration):
            phone = self.phone(name)
            return not phone.busy and phone.reading.state is state
        return False

    def sessions(self) -> int:
        return sum(request.verb == "StartSession" for request in self.practice.requests())

    async def looks(self, count: int) -> None:
        """Wait until phones were looked at so often."""
        before = self.sessions()
        await self.until(lambda: self.sessions() >= before + count)


@pytest.fixture
def practice() -> Iterator[PracticeThread]:
    with PracticeThread(iphones=8, androids=0) as running:
        for phone in running.phones():
            if phone.name not in {FRESH, NEW}:
                running.unplug(phone.id)
        yield running


@pytest.fixture
def limits() -> Limits:
    return Limits(open=1.5, query=1.5)


@pytest.fixture
async def watched(
    practice: PracticeThread, limits: Limits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Watched]:
    monkeypatch.setattr(bench_room, "RETRY_AFTER", dict.fromkeys(bench_room.RETRY_AFTER, 0.1))
    monkeypatch.setattr(bench_room, "RETRY_FORBIDDEN", 0.2)
    monkeypatch.setattr(idling, "LOOK_LIMIT", 0.3)
    watched = Watched(practice, tmp_path / "records", limits)
    running = asyncio.create_task(watched.bench.run())
    await watched.until(lambda: watched.is_(FRESH, State.READY) and watched.is_(NEW, State.NEEDS_TRUST))
    practice.unplug(id_of(practice, NEW))
    await watched.until(lambda: len(watched.bench.phones) == 1)
    yield watched
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_looking_at_an_idle_phone_sends_what_only_reads_and_tells_nothing(watched, practice):
    before, said = len(practice.requests()), len(watched.events)
    await watched.looks(4)
    asked = practice.requests()[before:]
    assert {(request.channel, request.verb) for request in asked} <= LOOKS
    assert not [request for request in asked if request.changes]
    assert len(watched.events) == said


async def test_a_pairing_revoked_on_an_idle_phone_is_noticed_by_itself(watched, practice):
    udid = id_of(practice, FRESH)
    practice.do("revoke", udid)
    await watched.until(lambda: watched.is_(FRESH, State.NEEDS_TRUST))
    assert whole(watched.phone(FRESH).reading) == ["pairing_lost"]
    assert sent(practice) <= READS | PAIRING
    practice.trust(udid)
    await watched.until(lambda: watched.is_(FRESH, State.READY))
    await watched.looks(2)
    assert watched.is_(FRESH, State.READY)


async def test_a_screen_that_is_locked_and_unlocked_is_followed_without_another_reading(watched, practice):
    known, said = watched.phone(FRESH).reading, len(watched.events)
    practice.lock(id_of(practice, FRESH))
    await watched.until(lambda: watched.phone(FRESH).reading.locks.screen is LockState.ON)
    evidence = watched.phone(FRESH).reading.evidence["locks.screen"]
    assert (evidence.source, evidence.raw) == ("lockdown PasswordProtected", "true")
    assert evidence.at > max(row.at for row in known.evidence.values())
    practice.unlock(id_of(practice, FRESH))
    await watched.until(lambda: watched.phone(FRESH).reading.locks.screen is not LockState.ON)
    now = watched.phone(FRESH).reading
    assert now.evidence == known.evidence
    assert sorted(now.problems, key=str) == sorted(known.problems, key=str)
    assert now.locks == known.locks
    assert [event.phone.busy for event in watched.events[said:] if event.phone] == [False, False]
    await watched.looks(2)
    assert len(watched.events) == said + 2


async def test_a_phone_whose_organisation_allows_pairing_again_is_read_by_itself(watched, practice):
    udid = id_of(practice, NEW)
    practice.fault(udid, "pairing-forbidden")
    practice.plug(udid)
    await watched.until(lambda: watched.is_(NEW, State.TRUST_DENIED))
    assert whole(watched.phone(NEW).reading) == ["pairing_forbidden"]
    practice.clear(udid)
    practice.trust(udid)
    await watched.until(lambda: watched.is_(NEW, State.READY))


async def test_a_phone_that_leaves_recovery_is_read_by_itself(watched, practice):
    udid = id_of(practice, FRESH)
    await watched.until(lambda: watched.is_(FRESH, State.READY))
    practice.fault(udid, "recovery")
    watched.bench.read_again(watched.phone(FRESH).key)
    await watched.until(lambda: watched.is_(FRESH, State.RECOVERY))
    practice.clear(udid)
    await watched.until(lambda: watched.is_(FRESH, State.READY))


async def test_a_refusal_stays_a_persons_decision_until_trust_comes_another_way(watched, practice, tmp_path):
    udid = id_of(practice, NEW)
    practice.deny(udid)
    practice.plug(udid)
    await watched.until(lambda: watched.is_(NEW, State.TRUST_DENIED))
    asked = [request.verb for request in practice.requests()].count("Pair")
    await asyncio.sleep(3 * OFTEN)
    assert [request.verb for request in practice.requests()].count("Pair") == asked
    practice.trust(udid)
    other = source_of(practice, tmp_path / "of-another-program")
    elsewhere = Bench([other])
    running = asyncio.create_task(elsewhere.run())
    await watched.until(lambda: trust_of(practice, udid) == "trusted")
    await watched.until(lambda: watched.is_(NEW, State.READY))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert [request.verb for request in practice.requests()].count("Pair") == asked + 1


async def test_a_phone_that_is_set_up_while_it_lies_there_is_read_anew(watched, practice):
    practice.fault(id_of(practice, FRESH), "activation-locked")
    watched.bench.read_again(watched.phone(FRESH).key)
    await watched.until(lambda: watched.phone(FRESH).reading.locks.activation is LockState.ON)
    await watched.looks(2)
    assert watched.phone(FRESH).reading.locks.activation is LockState.ON
    practice.clear(id_of(practice, FRESH))
    await watched.until(lambda: watched.phone(FRESH).reading.locks.activation is LockState.OFF)


@pytest.mark.parametrize("limits", [Limits(open=0.4, query=0.4)])
async def test_a_phone_that_falls_silent_is_read_anew_and_comes_back_by_itself(
    watched, practice, monkeypatch
):
    monkeypatch.setattr(bench_room, "ERROR_RETRIES", 1)
    udid = id_of(practice, FRESH)
    practice.do("hang", udid)
    await watched.until(lambda: watched.is_(FRESH, State.TIMEOUT))
    await watched.until(lambda: watched.phone(FRESH).again is None)
    practice.do("wake", udid)
    await watched.until(lambda: watched.is_(FRESH, State.READY))


@pytest.mark.parametrize("step", ["query-type", "values"])
async def test_a_phone_that_nobody_paired_is_asked_for_trust_once_it_answers_again(
    watched, practice, monkeypatch, step
):
    monkeypatch.setattr(bench_room, "ERROR_RETRIES", 1)
    udid = id_of(practice, NEW)
    practice.fault(udid, "garbled", step)
    practice.plug(udid)
    await watched.until(lambda: watched.is_(NEW, State.ERROR) and watched.phone(NEW).again is None)
    practice.clear(udid)
    await watched.until(lambda: watched.is_(NEW, State.NEEDS_TRUST))


async def test_a_failed_phone_whose_pairing_was_revoked_meanwhile_is_asked_for_trust_again(
    watched, practice, monkeypatch
):
    monkeypatch.setattr(bench_room, "ERROR_RETRIES", 1)
    udid = id_of(practice, FRESH)
    practice.fault(udid, "garbled", "start-session")
    watched.bench.read_again(watched.phone(FRESH).key)
    await watched.until(lambda: watched.is_(FRESH, State.ERROR) and watched.phone(FRESH).again is None)
    practice.clear(udid)
    practice.do("revoke", udid)
    await watched.until(lambda: watched.is_(FRESH, State.NEEDS_TRUST))


async def test_one_answer_that_breaks_off_does_not_spoil_a_good_reading(watched, practice):
    known, said = watched.phone(FRESH).reading, len(watched.events)
    practice.fault(id_of(practice, FRESH), "disconnects", "start-session", times=1)
    await watched.looks(3)
    assert watched.phone(FRESH).reading is known
    assert len(watched.events) == said


async def test_a_phone_pulled_while_it_is_looked_at_leaves_nothing_open(watched, practice):
    udid = id_of(practice, FRESH)
    before, sessions = asyncio.all_tasks(), watched.sessions()
    practice.do("hang", udid)
    await watched.until(lambda: watched.sessions() > sessions)
    practice.unplug(udid)
    await watched.until(lambda: not watched.bench.phones)
    port = int(practice.environment()["USBMUXD_SOCKET_ADDRESS"].rpartition(":")[2])
    listening = 1
    assert await settles(listening, port) == listening
    assert not [task for task in asyncio.all_tasks() - before if not task.done()]
    practice.do("wake", udid)
