"""What is stored is graded anew by several processes as by one, whatever happens to them."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from benchmarks.grading import fill
from diagnostics.errors import ServiceMissing
from diagnostics.grading.standards import load_standard
from tradein_app.services import regrading_batches
from tradein_app.services.regrading_batches import Batch, batches
from tradein_app.store.browsing import browse

PHONES = 60
STRICT = load_standard("backmarket-older")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A database of sixty inspections, a few in each slice."""
    monkeypatch.setattr(regrading_batches, "SLICE", 4)
    fill(tmp_path / "shop.sqlite3", PHONES, by_chance=6)
    return tmp_path / "shop.sqlite3"


def found(file, **how) -> list[Batch]:
    browser = browse(f"sqlite:///{file}")
    try:
        return list(batches(browser, STRICT, **how))
    finally:
        browser.close()


def change(file, statement, *values) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute(statement, values)
        database.commit()


def ids(some: list[Batch]) -> list[str]:
    return [row.stored.id for batch in some for row in batch.noted]


def test_several_processes_find_what_one_finds_in_the_same_order(file):
    alone, together = found(file), found(file, alone=0)
    assert len(alone) == PHONES / 4
    assert together == alone
    assert ids(alone) == sorted(ids(alone))
    assert sum(batch.through for batch in alone) == PHONES


def test_only_numbers_where_nobody_asks_for_the_phones(file):
    every, numbers = found(file), found(file, changes=False)
    assert [batch.counts for batch in numbers] == [batch.counts for batch in every]
    assert ids(numbers) == []
    assert ids(every) != []


def test_what_a_helper_had_that_was_killed_is_done_here(file):
    wanted = found(file)
    browser = browse(f"sqlite:///{file}")
    with closing(batches(browser, STRICT, alone=0)) as running:
        some = [next(running)]
        for child in multiprocessing.active_children():
            child.kill()
        assert some + list(running) == wanted
    assert multiprocessing.active_children() == []
    browser.close()


def test_no_helper_outlives_a_walk_that_was_given_up(file):
    browser = browse(f"sqlite:///{file}")
    with closing(batches(browser, STRICT, alone=0)) as running:
        next(running)
        assert multiprocessing.active_children() != []
    assert multiprocessing.active_children() == []
    browser.close()


@pytest.mark.parametrize("alone", [0, PHONES])
def test_a_damaged_reading_costs_one_inspection(file, alone):
    before = sum((batch.counts for batch in found(file)), Counter())
    change(file, "UPDATE reading SET document = '{\"platf' WHERE entry = 7")
    after = found(file, alone=alone)
    (bad,) = [row for batch in after for row in batch.noted if row.problem]
    assert "Its reading is damaged" in bad.problem
    assert sum(batch.failed for batch in after) == 1
    counts = sum((batch.counts for batch in after), Counter())
    assert counts["good", "none"] == 1
    assert (before - counts).total() == 1


def test_an_inspection_without_its_reading_is_said_and_the_others_are_graded(file):
    change(file, "DELETE FROM reading WHERE entry = 7")
    after = found(file)
    (bad,) = [row for batch in after for row in batch.noted if row.problem]
    assert bad.problem == "There is no reading of it."
    assert sum(batch.counts.total() for batch in after) == PHONES


@pytest.mark.parametrize("alone", [0, PHONES])
def test_a_damaged_file_is_said_in_words(file, alone):
    browser = browse(f"sqlite:///{file}")
    spans = browser.spans(4)
    browser.close()
    data = bytearray(file.read_bytes())
    page = len(data) // 2
    data[page:] = b"\x00" * (len(data) - page)
    file.write_bytes(data)
    for name in ("-wal", "-shm"):
        file.with_name(file.name + name).unlink(missing_ok=True)
    assert spans
    with pytest.raises(ServiceMissing, match="damaged"):
        found(file, alone=alone)


def test_a_database_in_memory_has_no_helpers(shop):
    from tradein_app.store.browsing import SqlBrowser

    assert SqlBrowser(shop.store._engine).elsewhere is None
