"""What the desk offers of calibration, for those who need not know in which process it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from diagnostics.grading.calibration_agreement import Agreement
    from tradein_app.services.calibration_records import (
        CountedPage,
        ImportRecord,
        ReferenceRecord,
        RoundRecord,
        SetRecord,
    )
    from tradein_app.services.records import Actor


class CalibrationDoor(Protocol):
    """What `tradein_app.services.calibration_desk.CalibrationDesk` does."""

    def calibration_sets(self) -> tuple[SetRecord, ...]:
        """Return all sets with their reference phones."""
        ...

    def import_calibration(self, document: object, *, actor: Actor) -> ImportRecord:
        """Save a set from a document."""
        ...

    def import_practice_calibration(self, language: str = "en", *, actor: Actor) -> ImportRecord:
        """Save the set that comes with the program for practice."""
        ...

    def export_calibration(self, name: str) -> dict[str, Any]:
        """Return a set as a document."""
        ...

    def take_reference(
        self, inspection_id: str, set_name: str, code: str, *, actor: Actor
    ) -> ReferenceRecord:
        """Make a reference phone of a closed inspection."""
        ...

    def begin_round(self, code: str, grader: str, *, actor: Actor) -> RoundRecord:
        """Begin a grader's round, or go on with one that was left half."""
        ...

    def answer_round(
        self,
        round_id: str,
        answers: Mapping[str, str | int | None],
        *,
        actor: Actor,
        given_at: datetime | None = None,
        late: bool = True,
    ) -> RoundRecord:
        """Save answers of a round."""
        ...

    def finish_round(self, round_id: str, *, actor: Actor, as_it_is: bool = False) -> RoundRecord:
        """Finish a round."""
        ...

    def calibration_round(self, round_id: str) -> RoundRecord:
        """Return a round as it is saved."""
        ...

    def calibration_agreement(self, by: str = "month") -> Agreement:
        """Return how far graders agree with the references."""
        ...

    def calibration_counts(self, by: str = "month", after: int = 0) -> CountedPage:
        """Return some finished rounds as counts."""
        ...

    def calibration_lines(self, by: str = "month") -> list[list[str]]:
        """Return the same as the lines of a CSV file."""
        ...
