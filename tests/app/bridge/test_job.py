"""Work off the window's thread: queued, cancellable, and never lost where it writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from diagnostics.errors import UserError
from tradein_app.bridge.job import Job
from tradein_app.bridge.worker import Worker


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    made = Worker("test")
    made.start()
    yield made
    made.stop()


class Heard:
    """What a job said, in order, and in which thread."""

    def __init__(self, job: Job) -> None:
        self.said: list[tuple[str, Any]] = []
        self.threads: set[int] = set()
        for name in ("done", "failed", "progress"):
            getattr(job, name).connect(lambda value, name=name: self._hear(name, value))
        job.cancelled.connect(lambda: self._hear("cancelled", None))

    def _hear(self, name: str, value: Any) -> None:
        self.threads.add(threading.get_ident())
        self.said.append((name, value))


def wait_for(event: threading.Event) -> None:
    event.wait(5)


def finish(worker: Worker) -> None:
    done = threading.Event()
    worker.submit(done.set)
    assert done.wait(5)
    QCoreApplication.processEvents()


def test_the_result_arrives_in_the_window_thread_and_only_through_its_loop(worker):
    job = Job(worker)
    heard = Heard(job)
    places: list[int] = []
    done = threading.Event()

    def work(_report: Any) -> int:
        places.append(threading.get_ident())
        done.set()
        return 42

    job.run(work)
    assert done.wait(5)
    assert heard.said == []
    finish(worker)
    assert heard.said == [("done", 42)]
    assert heard.threads == {threading.get_ident()}
    assert places != [threading.get_ident()]


def test_a_new_run_cancels_the_old_one_and_its_late_result_is_dropped(worker):
    job = Job(worker)
    heard = Heard(job)
    go = threading.Event()
    job.run(lambda _report: go.wait(5) and "old")
    job.run(lambda _report: "new")
    go.set()
    finish(worker)
    assert heard.said == [("cancelled", None), ("done", "new")]


def test_work_that_waits_is_not_begun_when_it_is_cancelled(worker):
    job = Job(worker)
    go, done = threading.Event(), []
    worker.submit(partial(wait_for, go))
    job.run(lambda _report: done.append("old"))
    job.cancel()
    go.set()
    finish(worker)
    assert done == []


def keep(done: list[int], number: int, _report: Any) -> int:
    done.append(number)
    return number


def test_work_that_writes_is_done_although_a_newer_run_cancelled_it(worker):
    job = Job(worker, must_happen=True)
    heard = Heard(job)
    go = threading.Event()
    done: list[int] = []
    worker.submit(partial(wait_for, go))
    for number in range(3):
        job.run(partial(keep, done, number))
    go.set()
    finish(worker)
    assert done == [0, 1, 2]
    assert [said for said in heard.said if said[0] == "done"] == [("done", 2)]


def test_a_write_that_fails_late_is_still_told(worker):
    job = Job(worker, must_happen=True)
    heard = Heard(job)
    go = threading.Event()

    def fails(_report: Any) -> None:
        go.wait(5)
        raise UserError("Not saved.")

    job.run(fails)
    job.run(lambda _report: "new")
    go.set()
    finish(worker)
    assert [(name, str(value)) for name, value in heard.said[1:]] == [
        ("failed", "Not saved."),
        ("done", "new"),
    ]


def test_progress_arrives_in_order_before_the_result(worker):
    job = Job(worker)
    heard = Heard(job)

    def work(report: Any) -> str:
        for step in (1, 2, 3):
            report(step)
        return "end"

    job.run(work)
    finish(worker)
    assert heard.said == [("progress", 1), ("progress", 2), ("progress", 3), ("done", "end")]


def test_a_crash_goes_to_the_one_place_for_crashes_and_the_thread_lives_on(worker, monkeypatch):
    crashes: list[Any] = []
    monkeypatch.setattr(threading, "excepthook", crashes.append)
    job = Job(worker)
    heard = Heard(job)
    job.run(lambda _report: 1 / 0)
    finish(worker)
    assert crashes[0].exc_type is ZeroDivisionError
    assert heard.said == []
    assert not job.running
    job.run(lambda _report: "after")
    finish(worker)
    assert heard.said == [("done", "after")]


def test_a_worker_finishes_what_it_was_given_before_it_ends(qapp):
    worker = Worker("ending")
    done: list[int] = []
    for number in range(5):
        worker.submit(partial(done.append, number))
    worker.start()
    assert worker.stop()
    assert done == [0, 1, 2, 3, 4]
