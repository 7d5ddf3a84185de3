"""What happens when the process beside the window has trouble, dies, or is left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from diagnostics.bench import BenchEvent
from diagnostics.errors import ServiceMissing, UserError
from diagnostics.practice.bench import PracticeThread
from tests.fakes.backrooms import HeardBackroom, a_config, until
from tests.fakes.shops import PaperShop, a_reading
from tests.fakes.windows import CLEAR
from tradein_app.config import load_config
from tradein_app.errors import ErrorElsewhere
from tradein_app.services.records import THE_PERSON, Stage
from tradein_app.services.unsaved import Given, Unsaved

ROOT = Path(__file__).parents[3]


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[HeardBackroom]:
    made = HeardBackroom(a_config(tmp_path))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def watching(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[HeardBackroom]:
    with PracticeThread(iphones=2, androids=1) as bench:
        for name, value in bench.environment().items():
            monkeypatch.setenv(name, value)
        made = HeardBackroom(load_config())
        made.start()
        made.backroom.watch()
        yield made
        made.stop()


def test_what_happened_at_a_slot_is_counted_on_by_the_next_process(watching):
    until(lambda: watching.ready() == 3)
    until(lambda: len(watching.desk.slot_days()) == 3)
    before = {entry.slot: entry.read for entry in watching.desk.slot_days()}
    assert {phone.place for phone in watching.phones.values()} == set(before)
    watching.kill()
    until(lambda: watching.ready() == 3)
    until(lambda: all(entry.read > before[entry.slot] for entry in watching.desk.slot_days()))


def test_phones_are_read_in_it_and_come_back_when_it_dies(watching):
    until(lambda: watching.ready() == 3)
    before = set(watching.phones)
    watching.kill()
    assert len(watching.reports) == 1
    assert "exit status -9" in watching.reports[0].text
    until(lambda: watching.ready() == 3)
    assert {phone.reading.id for phone in watching.phones.values() if phone.present} == {
        watching.phones[key].reading.id for key in before
    }


def test_while_it_is_dead_no_phone_counts_as_plugged_in(watching):
    until(lambda: watching.ready() == 3)
    told: list[bool] = []
    hear = watching.backroom._subscriber

    def note(event: BenchEvent) -> None:
        if event.phone is not None:
            told.append(event.phone.present)
        hear(event)

    watching.backroom._subscriber = note
    watching.kill()
    until(lambda: watching.ready() == 3)
    assert told[:3] == [False] * 3


def test_a_call_whose_process_dies_says_so_and_the_next_one_is_answered(heard):
    heard.desk.open_inspections()
    os.kill(heard.pid, signal.SIGSTOP)
    pending = heard.backroom._send("desk", "open_inspections", (), {})
    heard.kill()
    with pytest.raises(ServiceMissing) as said:
        pending.result(10)
    assert said.value.code == "backroom_ended"
    until(lambda: heard.backroom._wire is not None)
    assert heard.desk.open_inspections() == ()


def test_answers_are_given_to_the_next_process(heard):
    record = heard.desk.take_in(a_reading(), actor=THE_PERSON)
    unsaved = Unsaved()
    unsaved.add(Given(record.id, {"frame_scratches": "visible"}))
    os.kill(heard.pid, signal.SIGKILL)
    assert unsaved.save(heard.desk, THE_PERSON).trouble is None
    assert heard.desk.inspection(record.id).answers == {"frame_scratches": "visible"}


def test_answers_wait_where_no_next_process_comes(heard, monkeypatch):
    record = heard.desk.take_in(a_reading(), actor=THE_PERSON)
    unsaved = Unsaved()
    unsaved.add(Given(record.id, {"frame_scratches": "visible"}))
    monkeypatch.setattr("tradein_app.backroom.desk.PATIENCE", 0.1)
    monkeypatch.setattr("tradein_app.backroom.process.PAUSES", (2.0,))
    os.kill(heard.pid, signal.SIGKILL)
    outcome = unsaved.save(heard.desk, THE_PERSON)
    assert outcome.trouble is not None
    assert outcome.trouble.code == "backroom_ended"
    assert len(unsaved) == 1


def test_one_that_hangs_is_noticed_and_replaced(heard, monkeypatch):
    record = heard.desk.take_in(a_reading(), actor=THE_PERSON)
    monkeypatch.setattr("tradein_app.backroom.process.BEAT", 0.3)
    before = heard.pid
    heard.backroom.call("bench", "ping")
    os.kill(before, signal.SIGSTOP)
    assert heard.desk.inspection(record.id) == record
    assert heard.pid != before
    assert len(heard.reports) == 1


def test_one_that_is_only_quiet_lives_on(heard, monkeypatch):
    monkeypatch.setattr("tradein_app.backroom.process.BEAT", 0.1)
    heard.desk.open_inspections()
    before = heard.pid
    time.sleep(1.0)
    assert heard.pid == before
    assert heard.desk.open_inspections() == ()


def test_a_process_that_cannot_be_started_now_is_started_later(heard, monkeypatch):
    heard.desk.open_inspections()
    failures = iter([OSError(24, "Too many open files"), OSError(24, "Too many open files")])
    begin = heard.backroom._begin

    def reluctant() -> None:
        for failure in failures:
            raise failure
        begin()

    monkeypatch.setattr(heard.backroom, "_begin", reluctant)
    monkeypatch.setattr("tradein_app.backroom.process.PAUSES", (0.05,))
    os.kill(heard.pid, signal.SIGKILL)
    assert heard.desk.open_inspections() == ()
    assert [report.title.partition(":")[0] for report in heard.reports[1:]] == ["OSError", "OSError"]


@pytest.mark.parametrize("done", [True, False])
def test_a_deal_over_which_it_dies_is_closed_once(heard, monkeypatch, tmp_path, done):
    desk = heard.desk
    record = desk.take_in(a_reading(), actor=THE_PERSON)
    desk.answer(record.id, CLEAR, actor=THE_PERSON)
    quoted = desk.quote(record.id, actor=THE_PERSON)
    call, dies = heard.backroom.call, [True]

    def dying(room: str, name: str, *arguments: object, **named: object) -> object:
        if name == "accept" and dies.pop():
            if done:
                call(room, name, *arguments, **named)
            dies.append(False)
            raise ServiceMissing("It died.", "", "backroom_ended")
        return call(room, name, *arguments, **named)

    monkeypatch.setattr(heard.backroom, "call", dying)
    paper = tmp_path / "paper.pdf"
    bought = desk.accept(record.id, actor=THE_PERSON, document=paper, quote_id=quoted.quote_id)
    assert bought.stage is Stage.ACCEPTED
    assert bought.document == paper


def test_a_deal_that_another_window_ended_otherwise_is_not_taken_for_done(heard, monkeypatch):
    desk = heard.desk
    record = desk.take_in(a_reading(), actor=THE_PERSON)
    desk.answer(record.id, CLEAR, actor=THE_PERSON)
    desk.quote(record.id, actor=THE_PERSON)
    call, dies = heard.backroom.call, [True]

    def dying(room: str, name: str, *arguments: object, **named: object) -> object:
        if name == "accept" and dies:
            dies.clear()
            call("desk", "decline", record.id, actor=THE_PERSON)  # the other window
            raise ServiceMissing("It died.", "", "backroom_ended")
        return call(room, name, *arguments, **named)

    monkeypatch.setattr(heard.backroom, "call", dying)
    with pytest.raises(UserError) as said:
        desk.accept(record.id, actor=THE_PERSON, document=None)
    assert said.value.code == "inspection_closed"


def test_what_cannot_be_sent_back_is_said(heard):
    with pytest.raises(ErrorElsewhere) as caught:
        heard.backroom.call("bench", "_read_again", "a", ask_trust=True)
    assert "ickl" in caught.value.report.title


def test_being_told_to_watch_twice_watches_once(watching):
    until(lambda: watching.ready() == 3)
    watching.backroom.call("bench", "watch")
    assert len({phone.key for phone in watching.phones.values()}) == 3


def test_what_its_desk_was_given_is_saved_before_it_ends(tmp_path):
    heard = HeardBackroom(a_config(tmp_path))
    heard.start()
    record = heard.desk.take_in(a_reading(), actor=THE_PERSON)
    pending = heard.backroom._send(
        "desk", "answer", (record.id, {"frame_scratches": "visible"}), {"actor": THE_PERSON}
    )
    heard.stop()
    assert pending.result(0).answers == {"frame_scratches": "visible"}
    shop = PaperShop(tmp_path / "shop.sqlite3")
    assert shop.desk.inspection(record.id).answers == {"frame_scratches": "visible"}
    shop.close()


def test_stopping_one_that_hangs_takes_no_longer_than_its_grace(heard, monkeypatch):
    monkeypatch.setattr("tradein_app.backroom.process.GRACE", 0.2)
    heard.desk.open_inspections()
    os.kill(heard.pid, signal.SIGSTOP)
    heard.stop()
    assert not heard.reports


def test_one_that_the_system_ends_is_no_crash(heard):
    before = heard.pid
    record = heard.desk.take_in(a_reading(), actor=THE_PERSON)
    os.kill(before, signal.SIGTERM)
    until(lambda: heard.pid != before)
    assert heard.desk.inspection(record.id) == record
    assert not heard.reports


def test_a_bug_in_it_comes_as_a_report_without_personal_data(heard):
    with pytest.raises(ErrorElsewhere) as caught:
        heard.backroom.call("desk", "inspection")
    report = caught.value.report
    assert "TypeError" in report.title
    assert "backroom/serving.py" in report.text
    assert heard.desk.open_inspections() == ()


def test_a_database_that_comes_back_is_found(tmp_path):
    (tmp_path / "shop.sqlite3").mkdir()
    heard = HeardBackroom(a_config(tmp_path))
    heard.start()
    with pytest.raises(ServiceMissing):
        heard.desk.open_inspections()
    (tmp_path / "shop.sqlite3").rmdir()
    assert heard.desk.open_inspections() == ()
    heard.stop()


_LEFT_ALONE = """
import os, signal, sys
from pathlib import Path
from tests.fakes.backrooms import HeardBackroom, a_config

if __name__ == "__main__":
    heard = HeardBackroom(a_config(Path(sys.argv[1])))
    heard.start()
    heard.desk.open_inspections()
    print(heard.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_ends_with_the_window_however_that_ends(tmp_path):
    script = tmp_path / "window.py"
    script.write_text(_LEFT_ALONE)
    died = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    pid = int(died.stdout)
    until(lambda: _ended(pid))


def _ended(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"
