"""All standards for one inspection, and all inspections of a big shop under another standard."""

from __future__ import annotations

import json
import random
import resource
import time
from collections.abc import Iterator
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
_FAULTY = 3
_METHOD = (
    "*All standards* is one inspection of a phone with a used battery and a marked back under every standard that is "
    f"for its checklist, with all reasons; the median of {CALLS} calls, in milliseconds. *Stored* is what `tradein "
    f"regrade` does, without what it prints: {STORED:,} inspections, each with its own answers to every question, a "
    "reading of full size and a grade, read from SQLite and graded under another standard, in one process; in seconds. "
    "The file lies in the system's cache, as it does after the first run."
)


def measure(runs: int) -> Section:
    """Measure both."""
    calls = sorted(_compared() for _ in range(CALLS))
    middle = median(calls)
    one = ("all standards, one inspection", ms(middle), ms(calls[-1]), f"≤ {COMPARE_BAR_MS:g}")
    rows = [(*one, verdict(middle * 1000, COMPARE_BAR_MS))]
    with folder() as home:
        file = home / "shop.sqlite3"
        fill(file, STORED)
        worked, times = zip(*(regraded(file) for _ in range(runs)), strict=True)
    middle = median(times)
    many = (f"{STORED:,} stored", f"{middle:.1f} s", f"{max(times):.1f} s", f"≤ {STORED_BAR_S:g} s")
    rows.append((*many, verdict(middle, STORED_BAR_S)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    remarks = [
        f"Of the time for all that is stored, this process had the processor for {median(worked):.1f} s.",
        f"The most memory that this process had at any time, making the database included: {peak} MB.",
    ]
    return Section("Grading", _METHOD, [Table(("", "median", "worst", "bar", ""), rows)], remarks)


def fill(file: Path, number: int) -> None:
    """Make a database with inspections that differ, each with its answers, one reading and one grade."""
    from tradein_app.store.engines import make_engine, parse_url
    from tradein_app.store.schema import upgrade

    engine = make_engine(parse_url(f"sqlite:///{file}"))
    upgrade(engine)
    with engine.begin() as connection:
        fresh = _rows(number)
        while rows := list(islice(fresh, 2000)):
            for table in rows[0]:
                connection.execute(_table(table).insert(), [one for row in rows for one in row[table]])
    engine.dispose()


def regraded(file: Path) -> tuple[float, float]:
    """Return how many seconds a whole database takes under another standard: of the processor, and on the clock."""
    from diagnostics.grading.standards import load_standard
    from tradein_app.services.regrading import regrade
    from tradein_app.store.browsing import SqlBrowser
    from tradein_app.store.engines import make_engine, parse_url

    started, worked = time.perf_counter(), time.process_time()
    browser = SqlBrowser(make_engine(parse_url(f"sqlite:///{file}")))
    rows = regrade(browser.inspections(), load_standard("backmarket-older"))
    wrong = [row for row in rows if row.outcome is None or row.left]
    browser.close()
    assert not wrong, wrong[0]
    return time.process_time() - worked, time.perf_counter() - started


def _compared() -> float:
    from diagnostics.grading.comparing import compare

    inspection = make_inspection()
    started = time.perf_counter()
    compare(inspection)
    return time.perf_counter() - started


def _table(name: str) -> Any:
    from tradein_app.store.tables import Base

    return Base.metadata.tables[name]


def _rows(number: int) -> Iterator[dict[str, list[dict[str, Any]]]]:
    """Yield the rows of each inspection by table; the same at each run."""
    from diagnostics.codec import to_json
    from diagnostics.grading.checklist import load_checklist
    from tradein_app.services.shop import new_id

    chance = random.Random(7)
    questions = [q for q in load_checklist().questions if q.answers]
    document = to_json(make_inspection().reading)
    evidence = {
        "source": "IORegistry NominalChargeCapacity/DesignCapacity",
        "quality": "estimate",
        "at": "2026-01-15",
    }
    document["evidence"] = {f"battery.field{place}": evidence for place in range(25)}
    grade = {"grade": "good", "disposition": "sellable", "rule_set": "backmarket-2025@1"}
    start = datetime(2025, 1, 1, tzinfo=UTC)
    for entry in range(1, number + 1):
        key, phone, at = new_id(), new_id(), start + timedelta(minutes=entry)
        recorded = {"inspection_id": key, "entry": entry, "actor_id": "ann", "at": at}
        document["battery"]["health_percent"] = chance.randint(70, 100)
        faulty = chance.sample(questions, _FAULTY)
        given = {q.id: (chance.choice(q.answers) if q in faulty else q.answers[0]).id for q in questions}
        audit = {
            "sequence": entry,
            "at": at,
            "actor_id": "ann",
            "actor_name": "Ann",
            "action": "answers.saved",
        }
        yield {
            "audit_entry": [{**audit, "data": {}, "previous": "", "hash": f"{entry:064}"}],
            "phone": [
                {
                    "id": phone,
                    "platform": "ios",
                    "device_id": key,
                    "serial": key[:12],
                    "imei": None,
                    "added_at": at,
                }
            ],
            "inspection": [
                {
                    "id": key,
                    "phone_id": phone,
                    "open_phone_id": None,
                    "stage": "accepted",
                    "checklist": "phone-1",
                    "opened_at": at,
                    "updated_at": at,
                }
            ],
            "reading": [
                {**recorded, "id": new_id(), "state": "ready", "document": json.loads(json.dumps(document))}
            ],
            "answer": [
                {**recorded, "id": new_id(), "question": q, "value": value} for q, value in given.items()
            ],
            "grade": [{**recorded, "id": new_id(), "document": grade, "inputs": "0" * 64, **grade}],
        }
