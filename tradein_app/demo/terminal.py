"""The main job without a display: read the practice phones, grade, quote, accept one, and keep the papers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from diagnostics.bench import Phone
from diagnostics.practice.bench import PracticeThread
from diagnostics.runtime import Runtime
from tradein_app.bootstrap import open_bench, open_desk
from tradein_app.config import HOME, Config, load_config
from tradein_app.demo.samples import Sample, load_samples
from tradein_app.demo.watching import WAITS_FOR_TRUST, Watcher
from tradein_app.services.desk import Desk
from tradein_app.services.records import THE_PERSON, InspectionRecord

EACH_SIDE = 8
PATIENCE = 240.0
"""Seconds; a quiet machine takes three, one that does ten other things a minute or two."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of the job.

    Attributes:
        phones: As they stand on the bench.
        records: Their inspections, as they are now.
        shown: Id of the inspection that a picture shows best: one with an open offer.
        accepted: Whether a phone was bought.
        home: Where the data lie.
    """

    phones: tuple[Phone, ...]
    records: tuple[InspectionRecord, ...]
    shown: str
    accepted: bool
    home: Path


def run(folder: Path) -> int:
    """Do the whole job once and say where the results are; returns the exit status.

    Args:
        folder: Where they go; its data folder is made anew.
    """
    from tradein_app.cli.output import put_line
    from tradein_app.ui.capture import save_window_png

    done = worked_through(folder)
    picture = save_window_png(folder / "window.png", done.phones, done.records, selected=done.shown)
    put_line(f"A picture of the window: {picture}")
    put_line(f"\nThe data of this demo lie in {done.home}.")
    return 0 if done.accepted else 1


def worked_through(folder: Path) -> Done:
    """Read the practice phones, inspect and quote them all, and buy one, telling each step.

    Args:
        folder: Where the customer's paper goes; its data folder is made anew.
    """
    from tradein_app.cli.output import put_line

    with _practice(folder) as (practice, config):
        put_line(
            f"The practice bench runs with {2 * EACH_SIDE} phones. Reading them over their real protocols …"
        )
        phones = _read(practice, config)
        desk = open_desk(config)
        try:
            inspected = _inspect(desk, phones)
            accepted = _accept_one(desk, inspected, folder)
            records = tuple(desk.inspection(record.id) for record, _ in inspected)
        finally:
            desk.close()
    offered = (record for record in records if _is_offer(record) and not record.stage.closed)
    return Done(phones, records, next(offered, records[0]).id, accepted, config.home)


@contextmanager
def _practice(folder: Path) -> Iterator[tuple[PracticeThread, Config]]:
    home = folder / "home"
    if home.exists():
        shutil.rmtree(home)
    with PracticeThread(iphones=EACH_SIDE, androids=EACH_SIDE) as practice:
        os.environ.update(practice.environment())
        os.environ[HOME] = str(home)
        os.environ.pop("TRADEIN_DB", None)
        yield practice, load_config()


def _read(practice: PracticeThread, config: Config) -> tuple[Phone, ...]:
    from tradein_app.cli.output import put_line

    bench = open_bench(config)
    with Runtime() as runtime:

        async def read_again(key: str) -> None:
            bench.read_again(key)

        watcher = Watcher(practice.trust, lambda key: runtime.submit(read_again(key)), _tell)
        bench.subscribe(watcher.listen)
        runtime.submit(bench.run())
        phones = watcher.follow(2 * EACH_SIDE, PATIENCE)
    if late := 2 * EACH_SIDE - len(watcher.settled()):
        put_line(f"{late} phones gave no full answer within {PATIENCE:.0f} s: this machine is very busy.")
    return phones


def _tell(phone: Phone) -> None:
    from tradein_app.cli.output import put_line
    from tradein_app.cli.readings import title

    waiting = " – the customer taps …" if phone.reading.state in WAITS_FOR_TRUST else ""
    put_line(
        f"  port {phone.sighting.slot or '?':8} {phone.reading.state:13} {title(phone.reading)}{waiting}"
    )


def _inspect(desk: Desk, phones: tuple[Phone, ...]) -> list[tuple[InspectionRecord, Sample]]:
    samples = load_samples()
    inspected = []
    for index, phone in enumerate(phones):
        sample = samples[index % len(samples)]
        taken = desk.take_in(phone.reading, actor=THE_PERSON)
        # What the cable answered stands: a person looks for the rest.
        seen = {
            question: answer for question, answer in sample.answers.items() if question not in taken.shown
        }
        desk.answer(taken.id, seen, actor=THE_PERSON)
        inspected.append((desk.quote(taken.id, actor=THE_PERSON), sample))
    _print_overview(inspected)
    return inspected


def _print_overview(inspected: list[tuple[InspectionRecord, Sample]]) -> None:
    from pricing.words import words
    from tradein_app.cli.output import put_table

    rows = []
    for record, sample in inspected:
        reading, quote, grade = record.reading, record.quote, record.grade
        assert quote is not None
        assert grade is not None
        health = reading.battery.health_percent
        rows.append(
            (
                record.slot or "",
                f"{reading.identity.model or reading.id} {reading.storage.capacity_gb or '?'} GB",
                f"{health} %" if health is not None else "not read",
                sample.title["en"],
                grade.grade or grade.disposition.value,
                words(f"decisions.{quote.decision}"),
                f"{quote.offer.amount} {quote.offer.currency}" if quote.offer else "none",
                "; ".join(words(why) for why in quote.reasons[:1]),
            )
        )
    headings = ("Port", "Phone", "Battery", "Sample checklist", "Grade", "Decision", "Offer", "Because")
    put_table(headings, rows, title="Grades and offers")


def _accept_one(desk: Desk, inspected: list[tuple[InspectionRecord, Sample]], folder: Path) -> bool:
    from tradein_app.cli.output import put_line
    from tradein_app.cli.readings import title
    from tradein_app.cli.valuing import print_quote
    from tradein_app.documents.quote_paper import save_quote_pdf

    offers = [record for record, _ in inspected if _is_offer(record)]
    if not offers:
        put_line("No phone could be bought: that is a fault of this demo, please report it.")
        return False
    best = max(offers, key=lambda record: record.quote.offer.amount)  # type: ignore[union-attr]  # offers have one
    assert best.quote is not None
    put_line(f"\nThe customer of {title(best.reading)} accepts. How the offer comes about:")
    print_quote(best.quote, best)
    paper = save_quote_pdf(best, folder / "quote.pdf", accepted_at=datetime.now(UTC))
    desk.accept(best.id, actor=THE_PERSON, document=paper)
    put_line(f"\nThe customer's paper: {paper}")
    return True


def _is_offer(record: InspectionRecord) -> bool:
    from pricing.quote import Decision

    return record.quote is not None and record.quote.decision is Decision.OFFER
