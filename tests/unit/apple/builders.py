"""What every test of this room starts with."""

from __future__ import annotations

from datetime import UTC, datetime

from diagnostics.building import ReadingBuilder
from diagnostics.model import DeviceId, Platform, State, Transport
from diagnostics.ports import Sighting

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class StoppedClock:
    """Always says noon."""

    def now(self) -> datetime:
        return NOON


def builder() -> ReadingBuilder:
    """Return an empty builder for some iPhone."""
    sighting = Sighting(
        key="k",
        id=DeviceId("00008110-001A2C3E0A42801E"),
        platform=Platform.IOS,
        transport=Transport.USBMUX,
        slot=None,
        state=State.CONNECTING,
    )
    return ReadingBuilder(sighting, StoppedClock())


def codes(made: ReadingBuilder, field: str) -> list[str]:
    """Return the codes of a field's problems."""
    return [problem.code for problem in made.partial().problems if problem.field == field]
