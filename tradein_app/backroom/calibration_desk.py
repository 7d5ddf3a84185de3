"""Calibration in the backroom, as the window holds it; each call may be asked twice, for it then changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

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


class RemoteCalibration:
    """Does in the backroom what `tradein_app.services.calibration_desk.CalibrationDesk` describes."""

    def _call(self, name: str, *arguments: object, **named: object) -> object:
        """Do something in the backroom; `tradein_app.backroom.desk.RemoteDesk` knows how."""
        raise NotImplementedError

    def calibration_sets(self) -> tuple[SetRecord, ...]:
        """Return all sets with their reference phones."""
        return cast("tuple[SetRecord, ...]", self._call("calibration_sets"))

    def import_calibration(self, document: object, *, actor: Actor) -> ImportRecord:
        """Save a set from a document."""
        return cast("ImportRecord", self._call("import_calibration", document, actor=actor))

    def import_practice_calibration(self, language: str = "en", *, actor: Actor) -> ImportRecord:
        """Save the set that comes with the program for practice."""
        return cast("ImportRecord", self._call("import_practice_calibration", language, actor=actor))

    def export_calibration(self, name: str) -> dict[str, Any]:
        """Return a set as a document."""
        return cast("dict[str, Any]", self._call("export_calibration", name))

    def take_reference(
        self, inspection_id: str, set_name: str, code: str, *, actor: Actor
    ) -> ReferenceRecord:
        """Make a reference phone of a closed inspection."""
        return cast(
            "ReferenceRecord", self._call("take_reference", inspection_id, set_name, code, actor=actor)
        )

    def begin_round(self, code: str, grader: str, *, actor: Actor) -> RoundRecord:
        """Begin a grader's round, or go on with one that was left half."""
        return cast("RoundRecord", self._call("begin_round", code, grader, actor=actor))

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
        done = self._call("answer_round", round_id, dict(answers), actor=actor, given_at=given_at, late=late)
        return cast("RoundRecord", done)

    def finish_round(self, round_id: str, *, actor: Actor, as_it_is: bool = False) -> RoundRecord:
        """Finish a round."""
        return cast("RoundRecord", self._call("finish_round", round_id, actor=actor, as_it_is=as_it_is))

    def calibration_round(self, round_id: str) -> RoundRecord:
        """Return a round as it is saved."""
        return cast("RoundRecord", self._call("calibration_round", round_id))

    def calibration_agreement(self, by: str = "month") -> Agreement:
        """Return how far graders agree with the references."""
        return cast("Agreement", self._call("calibration_agreement", by))

    def calibration_counts(self, by: str = "month", after: int = 0) -> CountedPage:
        """Return some finished rounds as counts."""
        return cast("CountedPage", self._call("calibration_counts", by, after))

    def calibration_lines(self, by: str = "month") -> list[list[str]]:
        """Return the same as the lines of a CSV file."""
        return cast("list[list[str]]", self._call("calibration_lines", by))
