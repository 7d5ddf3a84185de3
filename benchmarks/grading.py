"""All standards for one inspection, and all inspections of a big shop under another standard."""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measuring import ms
from benchmarks.quote import make_inspection
from benchmarks.reporting import Section, Table, verdict
from benchmarks.surroundings import folder

CALLS = 300
COMPARE_BAR_MS = 2.0
STORED = 100_000
STORED_BAR_S = 10.0
KINDS = {"every fleet's": 3, "hardly two alike": 99}
"""Questions of each inspection that are answered by chance, not at their best; 99 is all of them."""
ASKED_AGAIN = 5
"""One inspection of so many had an answer corrected."""
_METHOD = (
    "*All standards* is one inspection of a phone with a used battery and a marked back under every standard that is "
    f"for its checklist, with all reasons; the median of {CALLS} calls, in milliseconds. *Stored* is what `tradein "
    f"regrade` does, without what it prints: {STORED:,} inspections, each with its own answers to every question, a "
    "reading of full size and a grade, read from SQLite and graded under another standard, and counted by old and new "
    "grade, by one process for each processor; in seconds, their start counted. "
    f"One of {ASKED_AGAIN} had an answer corrected. *Every fleet's* have three "
    "answers by chance, *hardly two alike* all of them; the readings differ throughout. The file lies in the system's "
    "cache, as it does after the first run."
)


def measure(runs: int) -> Section:
    """Measure both."""
    calls = sorted(_compared() for _ in range(CALLS))
    middle = median(calls)
    one = ("all standards, one inspection", ms(middle), ms(calls[-1]), f"≤ {COMPARE_BAR_MS:g}")
    rows = [(*one, verdict(middle * 1000, COMPARE_BAR_MS))]
    remarks = []
    for kind, by_chance in KINDS.items():
        with folder() as home:
            file = home / "shop.sqlite3"
            fill(file, STORED, by_chance)
            worked, times = zip(*(regraded(file) for _ in range(runs)), strict=True)
        middle = median(times)
        many = (
            f"{STORED:,} stored, {kind}",
            f"{middle:.1f} s",
            f"{max(times):.1f} s",
            f"≤ {STORED_BAR_S:g} s",
        )
        rows.append((*many, verdict(middle, STORED_BAR_S)))
        remarks.append(
            f"For {kind}, this process and its helpers had a processor for {median(worked):.1f} s together, at "
            f"least {min(worked):.1f} s."
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    remarks.append(
        f"The most memory that this process had at any time, making the databases included: {peak} MB."
    )
    return Section("Grading", _METHOD, [Table(("", "median", "worst", "bar", ""), rows)], remarks)


def fill(file: Path, number: int, by_chance: int = 3) -> None:
    """Make a database with inspections that differ, each with its answers, one reading and one grade.

    Args:
        file: Where it goes.
        number: Of inspections.
        by_chance: Questions of each that are not answered at their best.
    """
    from tradein_app.store.engines import make_engine, parse_url
    from tradein_app.store.schema import upgrade

    engine = make_engine(parse_url(f"sqlite:///{file}"))
    upgrade(engine)
    engine.dispose()
    # Past SQLAlchemy: what a row of the tables costs there is not what is measured, and there are three million.
    database = sqlite3.connect(file)
    database.execute("PRAGMA synchronous = OFF")
    fresh = _rows(number, by_chance)
    while rows := list(islice(fresh, 2000)):
        for table, columns in _COLUMNS.items():
            insert = f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(columns.split()))})"
            database.executemany(insert, [one for row in rows for one in row[table]])
    database.commit()
    database.close()


def regraded(file: Path) -> tuple[float, float]:
    """Return how many seconds a whole database takes under another standard: of processors, and on the clock."""
    from diagnostics.grading.standards import load_standard
    from tradein_app.services.regrading_batches import batches
    from tradein_app.store.browsing import browse

    started, worked = time.perf_counter(), _worked()
    browser = browse(f"sqlite:///{file}")
    found = list(batches(browser, load_standard("backmarket-older"), changes=False))
    browser.close()
    took = _worked() - worked, time.perf_counter() - started
    # Nothing that could not be graded, and no answer that did not fit: either would have been quicker.
    assert not any(batch.noted for batch in found)
    assert sum(batch.counts.total() for batch in found) == _stored(file)
    return took


def _worked() -> float:
    """Return the processor seconds of this process and of those it started that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _stored(file: Path) -> int:
    with closing(sqlite3.connect(file)) as database:
        return int(database.execute("SELECT count(*) FROM inspection").fetchone()[0])


def _compared() -> float:
    from diagnostics.grading.comparing import compare

    inspection = make_inspection()
    started = time.perf_counter()
    compare(inspection)
    return time.perf_counter() - started


_RECORDED = "id, inspection_id, entry, actor_id, at"
_COLUMNS = {
    "audit_entry": "sequence, at, actor_id, actor_name, action, data, previous, hash",
    "phone": "id, platform, device_id, serial, added_at",
    "inspection": "id, phone_id, stage, checklist, opened_at, updated_at",
    "reading": f"{_RECORDED}, state, document",
    "answer": f"{_RECORDED}, question, value",
    "grade": f"{_RECORDED}, document, inputs, grade, disposition, rule_set",
}
_Row = tuple[object, ...]


def _rows(number: int, by_chance: int) -> Iterator[dict[str, list[_Row]]]:
    """Yield the rows of each inspection by table; but for their keys the same at each run."""
    from diagnostics.grading.checklist import load_checklist

    chance = random.Random(7)
    questions = [q for q in load_checklist().questions if q.answers]
    possible = {q.id: [json.dumps(answer.id) for answer in q.answers] for q in questions}
    graded = {"grade": "good", "disposition": "sellable", "rule_set": "backmarket-2025@1"}
    grade = (json.dumps(graded), "0" * 64, *graded.values())
    start = datetime(2025, 1, 1, tzinfo=UTC)
    document = _document()
    for entry in range(1, number + 1):
        key, phone = _key(), _key()
        at = (start + timedelta(minutes=entry)).strftime("%Y-%m-%d %H:%M:%S.000000")
        recorded = key, entry, "ann", at
        document["battery"]["health_percent"] = chance.randint(70, 100)
        document["battery"]["cycle_count"] = entry
        free = set(chance.sample(sorted(possible), min(by_chance, len(possible))))
        given = [(q, chance.choice(all_) if q in free else all_[0]) for q, all_ in possible.items()]
        given += given[:1] if entry % ASKED_AGAIN == 0 else []
        yield {
            "audit_entry": [(entry, at, "ann", "Ann", "answers.saved", "{}", "", f"{entry:064}")],
            "phone": [(phone, "ios", key, key[:12], at)],
            "inspection": [(key, phone, "accepted", "phone-1", at, at)],
            "reading": [(_key(), *recorded, "ready", json.dumps(document))],
            "answer": [(_key(), *recorded, question, value) for question, value in given],
            "grade": [(_key(), *recorded, *grade)],
        }


def _document() -> dict[str, Any]:
    """Return a reading of full size."""
    from diagnostics.codec import to_json

    source = "IORegistry NominalChargeCapacity/DesignCapacity"
    evidence = {"source": source, "quality": "estimate", "at": "2026-01-15"}
    document = to_json(make_inspection().reading)
    document["evidence"] = {f"battery.field{place}": evidence for place in range(25)}
    return document


def _key() -> str:
    from tradein_app.services.shop import new_id

    return new_id().replace("-", "")
