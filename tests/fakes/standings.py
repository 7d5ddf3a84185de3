"""Models that a shop keeps, as records."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pricing.standing.records import Entry, Reason, Tried, TriedOn, Verdict

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ANA = ("ana", "Ana")


def a_verdict(*, better: bool = True, calibrated: bool = True) -> Verdict:
    """Return what came of holding a challenger against a champion."""
    return Verdict(
        better=better,
        calibrated=calibrated,
        tried_on=TriedOn.LATER,
        rows=240,
        models=18,
        reasons=(Reason("better", (("gain", "6.1"),)),),
        gain=0.061,
        low=0.02,
        high=0.1,
        champion=Tried("later", 240, 0.9, 12.0, 0.79, 0.4),
        challenger=Tried("later", 240, 0.91, 11.3, 0.8, 0.38, 0.0),
        against="model-000000000000",
    )


def an_entry(version: str, verdict: Verdict | None = None) -> Entry:
    """Return a model that was trained at noon."""
    return Entry(
        version=version,
        trained_at=AT,
        kind="asks",
        rows=1200,
        models=24,
        first_day=date(2026, 1, 1),
        last_day=date(2026, 11, 1),
        fingerprint="f" * 64,
        seed=20,
        sources=("market.csv",),
        scores=(Tried("sellers", 1200, 0.9, 11.0, 0.8, 0.4, 0.0),),
        verdict=verdict,
        memory_mb=210.5,
        seconds=12.25,
    )
