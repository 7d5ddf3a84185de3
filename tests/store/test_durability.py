"""What a call has saved is saved, whatever happens next; and many may call at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.fakes.inspections import best_answers
from tests.fakes.shops import PaperShop, a_reading
from tradein_app.services.records import THE_PERSON, Workspace
from tradein_app.services.unsaved import Unsaved
from tradein_app.store.journal import Journal
from tradein_app.store.opening import verify_store

ROOT = Path(__file__).parents[2]

_DIES_AT_WORK = """
import os, signal, sys
from pathlib import Path
from tests.fakes.shops import PaperShop, a_reading
from tradein_app.services.records import THE_PERSON, Workspace

shop = PaperShop(Path(sys.argv[1]))
record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
shop.desk.answer(record.id, {"frame_scratches": "visible"}, actor=THE_PERSON)
shop.desk.save_workspace(Workspace(record.id, 5, "checklist"), actor=THE_PERSON)
unit = shop.store.writing()
unit.answers.current(record.id)
unit.workspaces.put("local", Workspace(page=9), shop.clock.now())
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_after_a_crash_everything_that_was_saved_is_there(file):
    died = subprocess.run(
        [sys.executable, "-c", _DIES_AT_WORK, str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    shop = PaperShop(file)
    (record,) = shop.desk.open_inspections()
    assert record.answers == {"frame_scratches": "visible"}
    assert shop.desk.workspace() == Workspace(record.id, 5, "checklist")
    assert all(check.ok for check in verify_store(shop.url))
    shop.close()


_CORRECTS_AND_DIES = """
import os, signal, sys
from pathlib import Path
from tests.fakes.shops import PaperShop
from tradein_app.services.records import THE_PERSON
from tradein_app.services.unsaved import Given, Unsaved
from tradein_app.store.journal import Journal

file = Path(sys.argv[1])
shop, queue = PaperShop(file), Unsaved(Journal(file.parent / "notes"))
(record,) = shop.desk.open_inspections()
queue.add(Given(record.id, {"front_crack": "none"}))
queue.add(Given(record.id, {"paint": "none"}))
first = queue._first()
shop.desk.answer(record.id, first.answers, actor=THE_PERSON, given_at=first.at, late=False)
queue.add(Given(record.id, {"front_crack": "shattered"}))
queue.add(Given(record.id, {"front_crack": "hairline"}))
queue.add(Given(record.id, {"paint": None}, how="undone"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_correction_that_was_only_noted_before_a_crash_holds(file):
    shop = PaperShop(file)
    record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    died = subprocess.run(
        [sys.executable, "-c", _CORRECTS_AND_DIES, str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    queue = Unsaved(journal := Journal(file.parent / "notes"))
    queue.adopt(journal.left_behind())
    outcome = queue.save(shop.desk, THE_PERSON)
    assert (outcome.refused, outcome.trouble, outcome.bug) == ((), None, None)
    found = shop.desk.inspection(record.id)
    assert found.said == {"front_crack": "hairline"}
    assert [(step.answers, step.how) for step in found.steps] == [
        ({"front_crack": "none"}, "answered"),
        ({"paint": "none"}, "answered"),
        ({"front_crack": "shattered"}, "answered"),
        ({"front_crack": "hairline"}, "answered"),
        ({"paint": None}, "undone"),
    ]
    assert all(check.ok for check in verify_store(shop.url))
    queue.close()
    shop.close()


def test_many_threads_may_answer_at_once(shop):
    record = shop.desk.take_in(a_reading(), actor=THE_PERSON)
    answers = best_answers()

    def answer(question):
        return shop.desk.answer(record.id, {question: answers[question]}, actor=THE_PERSON)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(answer, answers))
    assert shop.desk.inspection(record.id).answers == answers
    assert all(check.ok for check in verify_store(shop.url))


def test_one_phone_taken_in_twice_at_once_gets_one_inspection(file):
    shops = [PaperShop(file) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        records = list(pool.map(lambda shop: shop.desk.take_in(a_reading(), actor=THE_PERSON), shops))
    assert len({record.id for record in records}) == 1
    for shop in shops:
        shop.close()


def test_databases_made_at_once_are_made_once(file):
    with ThreadPoolExecutor(4) as pool:
        shops = list(pool.map(PaperShop, [file] * 4))
    assert all(check.ok for check in verify_store(shops[0].url))
    for shop in shops:
        shop.close()
