"""Readings through JSON and back, and typed by hand."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.building import FIELDS
from diagnostics.codec import document, from_json, timestamp, to_json
from diagnostics.errors import BadInput
from diagnostics.messages import problem_codes
from diagnostics.model import (
    Battery,
    DeviceId,
    Evidence,
    Identity,
    Locks,
    LockState,
    Management,
    Platform,
    Problem,
    Quality,
    Reading,
    Sim,
    State,
    Storage,
    Transport,
)
from diagnostics.text import plain, raw

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def fields_of(kind, strategy):
    return {field.name: st.none() | strategy for field in dataclasses.fields(kind)}


plain_texts = st.text(max_size=30).map(plain)
raw_texts = st.text(max_size=60).map(raw)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 - UTC is added
    lambda moment: moment.replace(microsecond=0)
)
days = st.none() | st.dates().map(date.isoformat)
identities = st.builds(
    Identity,
    **{
        **fields_of(Identity, plain_texts),
        "imei": st.sampled_from([None, "356938035643809"]),
        "imei2": st.sampled_from([None, "490154203237518"]),
    },
)
batteries = st.builds(
    Battery,
    **{
        **fields_of(Battery, st.integers(0, 6000)),
        "health_percent": st.none() | st.integers(1, 100),
        "level_percent": st.none() | st.integers(0, 100),
        "temperature_c": st.none() | st.floats(-50, 100),
        "manufactured_on": days,
        "first_used_on": days,
    },
)
problems = st.builds(
    Problem,
    field=st.sampled_from(["", *sorted(FIELDS)]),
    code=st.sampled_from(sorted(problem_codes())),
    params=st.dictionaries(st.sampled_from(["raw", "detail", "mode", "message"]), raw_texts).map(
        MappingProxyType
    ),
)
readings = st.builds(
    Reading,
    id=plain_texts.map(DeviceId),
    platform=st.sampled_from(Platform),
    transport=st.sampled_from(Transport),
    slot=st.none() | plain_texts,
    state=st.sampled_from(State),
    identity=identities,
    battery=batteries,
    storage=st.builds(Storage, **fields_of(Storage, st.integers(1, 10**6))),
    locks=st.builds(Locks, **{field.name: st.sampled_from(LockState) for field in dataclasses.fields(Locks)}),
    management=st.builds(
        Management, supervised=st.none() | st.booleans(), organisation=st.none() | plain_texts
    ),
    sim=st.builds(Sim, status=st.none() | plain_texts),
    evidence=st.dictionaries(
        st.sampled_from([*sorted(FIELDS), "battery.health_percent@hal"]),
        st.builds(Evidence, source=raw_texts, quality=st.sampled_from(Quality), raw=raw_texts, at=moments),
        max_size=3,
    ).map(MappingProxyType),
    problems=st.lists(problems, max_size=3).map(tuple),
)


@given(readings)
def test_a_reading_goes_through_json_unchanged(reading):
    assert from_json(json.loads(json.dumps(to_json(reading)))) == reading


def test_the_document_names_its_schema():
    reading = from_json({"id": "R58M"})
    assert document([reading]) == {"schema": "tradein/reading-1", "readings": [to_json(reading)]}


def test_a_document_of_an_earlier_version_still_loads():
    row = {"id": "R58M", "platform": "ios", "battery": {"level_percent": 41}, "locks": {"mdm": "on"}}
    reading = from_json(row)
    assert (reading.management, reading.sim) == (Management(), Sim())
    assert (reading.battery.temperature_c, reading.identity.a_number) == (None, None)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"battery": {"temperature_c": True}}, "temperature_c must be a number from -100 to 200, not true"),
        ({"battery": {"temperature_c": float("nan")}}, "temperature_c must be a number"),
        ({"management": {"supervised": 1}}, "supervised must be true, false or null, not 1"),
        ({"management": {"organisation": 7}}, "organisation must be a text, not 7"),
        ({"sim": "ready"}, "reading.sim must be a JSON object"),
    ],
)
def test_the_newer_values_are_checked_like_the_others(row, sentence):
    with pytest.raises(BadInput, match=sentence):
        from_json(row)


def test_times_are_utc_to_the_second():
    assert timestamp(NOON.astimezone(timezone(timedelta(hours=2)))) == "2026-11-22T12:00:00Z"


def test_what_is_missing_was_not_read():
    reading = from_json({})
    assert (reading.id, reading.platform, reading.transport) == ("", Platform.UNKNOWN, Transport.TYPED)
    assert (reading.identity, reading.battery, reading.storage, reading.locks) == (
        Identity(),
        Battery(),
        Storage(),
        Locks(),
    )


def test_health_above_a_hundred_becomes_a_hundred():
    assert from_json({"battery": {"health_percent": 104}}).battery.health_percent == 100


def test_messages_are_made_anew_from_the_code():
    row = {"field": "locks.mdm", "code": "refused", "message": "<b>click here</b>"}
    reading = from_json({"problems": [row]})
    assert to_json(reading)["problems"][0]["message"].startswith("The phone refused to tell.")


def test_a_reason_of_another_version_keeps_its_own_words():
    reading = from_json({"problems": [{"field": "", "code": "eaten_by_dog", "message": "The dog ate {it}."}]})
    assert to_json(reading)["problems"][0]["message"] == "The dog ate {it}."


@pytest.mark.parametrize(
    "typed", ["356938035643800", "35693803564380", "3569380356438091", "0" * 15, "٣" * 15]
)
def test_a_mistyped_imei_is_a_problem_not_a_value(typed):
    reading = from_json({"identity": {"imei": typed}})
    assert reading.identity.imei is None
    assert reading.problems == (Problem("identity.imei", "bad_check_digit", {"raw": typed}),)


def test_texts_are_made_plain():
    assert from_json({"identity": {"model": "iPhone\x1b[31m\n13"}}).identity.model == "iPhone [31m 13"


def test_evidence_of_values_that_do_not_exist_is_ignored():
    assert from_json({"evidence": {"battery.taste": {"source": "tongue"}}}).evidence == {}


@pytest.mark.parametrize("at", ["yesterday", "2026-11-22T06:00:00", 7, None, "0001-01-01T00:00:00+14:00"])
def test_evidence_needs_a_time_with_its_zone(at):
    row = {"source": "seen", "quality": "typed", "raw": "off", "at": at}
    with pytest.raises(BadInput, match=r"reading\.evidence\.locks\.mdm\.at must be a time such as"):
        from_json({"evidence": {"locks.mdm": row}})


def test_the_place_in_an_error_is_where_the_reading_stands():
    with pytest.raises(BadInput, match=r"readings\[2\]\.battery\.cycle_count must be a whole number"):
        from_json({"battery": {"cycle_count": "many"}}, "readings[2]")
