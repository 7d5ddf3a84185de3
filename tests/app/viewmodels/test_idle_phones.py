"""A phone is followed while a person works on it: what it does by itself moves nothing under their hands."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import Any

from diagnostics.model import Evidence, LockState, Quality, Reading
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.viewmodels.quote import QuoteView

SCREEN = "locks.screen"


def locked(reading: Reading) -> Reading:
    """Return a reading after a look that found the screen locked."""
    row = Evidence("lockdown PasswordProtected", Quality.EXACT, "true", reading.evidence["identity.model"].at)
    return dataclasses.replace(
        reading,
        locks=dataclasses.replace(reading.locks, screen=LockState.ON),
        evidence=MappingProxyType({**reading.evidence, SCREEN: row}),
        problems=tuple(problem for problem in reading.problems if problem.field != SCREEN),
    )


def quotes_shown(counter: Any) -> list[QuoteView]:
    """Return what the window shows of the offer from now on, each time that it shows anything."""
    shown = list[QuoteView]()
    counter.bench.shown.connect(lambda: shown.append(counter.bench.quote()))
    return shown


def test_a_phone_that_locks_itself_leaves_the_offer_on_the_table(counter: Counter):
    reading = read_iphone("A")
    counter.plug(phone_of(reading))
    counter.answer_all()
    offered, tile = counter.bench.quote(), counter.bench.devices.tiles[0]
    assert offered.acceptable
    shown = quotes_shown(counter)
    for now in (locked(reading), reading, locked(reading)):
        counter.plug(phone_of(now))
        assert counter.bench.reading == now
        assert counter.bench.devices.tiles[0] == tile
    assert shown
    assert all(view == offered for view in shown)
    assert counter.notices == []
    counter.bench.accept()
    counter.settle()
    assert counter.bench.record is not None
    assert counter.bench.record.stage == "accepted"


def test_a_phone_that_locks_itself_after_its_deal_leaves_the_deal_as_it_is(counter: Counter):
    reading = read_iphone("A")
    counter.plug(phone_of(reading))
    counter.answer_all()
    counter.bench.accept()
    counter.settle()
    bought, said = counter.bench.record, len(counter.notices)
    for now in (locked(reading), reading):
        counter.plug(phone_of(now))
    assert counter.bench.record == bought
    assert len(counter.notices) == said
