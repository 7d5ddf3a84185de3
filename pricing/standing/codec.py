"""The standing as JSON and back; what comes back is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from pricing.standing.records import Entry, Event, Reason, Standing, Tried, TriedOn, Verdict, What

SCHEMA = "tradein/price-standing-1"


def standing_to_json(standing: Standing) -> dict[str, Any]:
    """Return a standing as a document."""
    return {
        "schema": SCHEMA,
        "champion": standing.champion.version if standing.champion else None,
        "challenger": standing.challenger.version if standing.challenger else None,
        "models": [entry_to_json(entry) for entry in standing.models],
        "history": [_event_to_json(event) for event in standing.history],
    }


def standing_from_json(data: Any) -> Standing:
    """Return a standing.

    Raises:
        KeyError, TypeError, ValueError: Something is missing or is not what it must be.
    """
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ValueError("it is no standing of this program")
    models = tuple(entry_from_json(entry) for entry in data["models"])
    named = {entry.version: entry for entry in models}
    return Standing(
        champion=_named(named, data["champion"]),
        challenger=_named(named, data["challenger"]),
        models=models,
        history=tuple(_event(event) for event in data["history"]),
    )


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """Return one model's entry as a document."""
    return asdict(entry) | {
        "trained_at": entry.trained_at.isoformat(),
        "first_day": entry.first_day and entry.first_day.isoformat(),
        "last_day": entry.last_day and entry.last_day.isoformat(),
        "verdict": entry.verdict and verdict_to_json(entry.verdict),
    }


def entry_from_json(data: Mapping[str, Any]) -> Entry:
    """Return one model's entry.

    Raises:
        KeyError, TypeError, ValueError: Something is missing or is not what it must be.
    """
    version = str(data["version"])
    if not version or version.startswith(".") or not version.replace("-", "").isalnum():
        # It names a folder: nothing outside the models' own may be meant.
        raise ValueError(f"{version!r} is no version")
    return Entry(
        version=version,
        trained_at=_time(data["trained_at"]),
        kind=str(data["kind"]),
        rows=int(data["rows"]),
        models=int(data["models"]),
        first_day=_day(data["first_day"]),
        last_day=_day(data["last_day"]),
        fingerprint=str(data["fingerprint"]),
        seed=int(data["seed"]),
        sources=tuple(map(str, data["sources"])),
        scores=tuple(Tried(**score) for score in data["scores"]),
        verdict=verdict_from_json(data["verdict"]),
        memory_mb=data["memory_mb"],
        seconds=data["seconds"],
    )


def verdict_to_json(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as a document."""
    reasons = [{"code": each.code, "params": dict(each.params)} for each in verdict.reasons]
    return asdict(verdict) | {"reasons": reasons}


def verdict_from_json(data: Mapping[str, Any] | None) -> Verdict | None:
    """Return a verdict; ``None`` for none.

    Raises:
        KeyError, TypeError, ValueError: Something is missing or is not what it must be.
    """
    if data is None:
        return None
    rest = {name: data[name] for name in ("rows", "models", "gain", "low", "high", "against")}
    return Verdict(
        better=data["better"] is True,
        calibrated=data["calibrated"] is True,
        tried_on=TriedOn(data["tried_on"]),
        reasons=tuple(_reason(each) for each in data["reasons"]),
        champion=Tried(**data["champion"]) if data["champion"] else None,
        challenger=Tried(**data["challenger"]) if data["challenger"] else None,
        **rest,
    )


def _reason(data: Mapping[str, Any]) -> Reason:
    return Reason(str(data["code"]), tuple((str(name), str(value)) for name, value in data["params"].items()))


def _event_to_json(event: Event) -> dict[str, Any]:
    return asdict(event) | {"at": event.at.isoformat(), "what": event.what.value}


def _event(data: Mapping[str, Any]) -> Event:
    return Event(
        at=_time(data["at"]),
        what=What(data["what"]),
        version=str(data["version"]),
        former=str(data["former"]),
        actor_id=str(data["actor_id"]),
        actor_name=str(data["actor_name"]),
        by_itself=data["by_itself"] is True,
        audited=data["audited"] is True,
    )


def _named(models: Mapping[str, Entry], version: object) -> Entry | None:
    return None if version is None else models[str(version)]


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"{text} has no zone")
    return time.astimezone(UTC)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
