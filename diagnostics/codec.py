"""Readings as JSON (schema ``tradein/reading-1``), out and in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from diagnostics import text
from diagnostics.building import FIELDS
from diagnostics.errors import BadInput
from diagnostics.messages import FALLBACK_LANGUAGE, message
from diagnostics.model import (
    Battery,
    DeviceId,
    Evidence,
    Identity,
    Locks,
    LockState,
    Platform,
    Problem,
    Quality,
    Reading,
    State,
    Storage,
    Transport,
)

SCHEMA = "tradein/reading-1"


def timestamp(moment: datetime) -> str:
    """Return an aware time as RFC 3339 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def document(readings: Iterable[Reading]) -> dict[str, Any]:
    """Return the JSON document of a list of readings."""
    return {"schema": SCHEMA, "readings": [to_json(reading) for reading in readings]}


def to_json(reading: Reading) -> dict[str, Any]:
    """Return one reading as JSON values."""
    return {
        "id": reading.id,
        "platform": reading.platform.value,
        "transport": reading.transport.value,
        "slot": reading.slot,
        "state": reading.state.value,
        "identity": dataclasses.asdict(reading.identity),
        "battery": dataclasses.asdict(reading.battery),
        "storage": dataclasses.asdict(reading.storage),
        "locks": {name: lock.value for name, lock in dataclasses.asdict(reading.locks).items()},
        "evidence": {name: _evidence_to_json(evidence) for name, evidence in reading.evidence.items()},
        "problems": [_problem_to_json(problem) for problem in reading.problems],
    }


def _evidence_to_json(evidence: Evidence) -> dict[str, str]:
    return {
        "source": evidence.source,
        "quality": evidence.quality.value,
        "raw": evidence.raw,
        "at": timestamp(evidence.at),
    }


def _problem_to_json(problem: Problem) -> dict[str, Any]:
    row: dict[str, Any] = {
        "field": problem.field,
        "code": problem.code,
        "message": message(problem, FALLBACK_LANGUAGE),
    }
    if problem.params:
        row["params"] = dict(problem.params)
    return row
