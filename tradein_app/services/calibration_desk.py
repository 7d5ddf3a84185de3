"""The desk's part that keeps reference phones and the rounds of graders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from diagnostics.grading.calibration_agreement import Agreement, agreement, agreement_lines
from tradein_app.services import calibration_rounds as rounds
from tradein_app.services import calibration_sets as sets
from tradein_app.services.calibration_records import (
    CountedPage,
    ImportRecord,
    ReferenceRecord,
    RoundRecord,
    SetRecord,
)
from tradein_app.services.records import Actor
from tradein_app.services.shop import Shop


class CalibrationDesk:
    """Saves each step of calibration as it happens; errors as of `tradein_app.services.desk.Desk`."""

    _shop: Shop

    def calibration_sets(self) -> tuple[SetRecord, ...]:
        """Return all sets with their reference phones, whose answers are not told."""
        return sets.sets(self._shop)

    def import_calibration(self, document: object, *, actor: Actor) -> ImportRecord:
        """Save a set from a document of ``tradein/calibration-1``.

        Raises:
            BadInput: It is damaged; nothing is saved then.
        """
        return sets.import_set(self._shop, document, actor)

    def import_practice_calibration(self, language: str = "en", *, actor: Actor) -> ImportRecord:
        """Save the set that comes with the program for practice, its notes in a language."""
        from tradein_app.services.calibration_practice import practice_set

        return sets.import_set(self._shop, practice_set(language), actor)

    def export_calibration(self, name: str) -> dict[str, Any]:
        """Return a set as a document of ``tradein/calibration-1``, by its name or id.

        Raises:
            BadInput: There is no such set.
        """
        return sets.export_set(self._shop, name)

    def take_reference(
        self, inspection_id: str, set_name: str, code: str, *, actor: Actor
    ) -> ReferenceRecord:
        """Make a reference phone of a closed inspection, without personal data.

        Raises:
            BadInput: No such inspection, or a code that a phone has already.
            UserError: The inspection is open.
        """
        return sets.take_reference(self._shop, inspection_id, set_name, code, actor)

    def begin_round(self, code: str, grader: str, *, actor: Actor) -> RoundRecord:
        """Begin a grader's round on the phone with a code, or go on with one that was left half.

        Raises:
            BadInput: No phone has this code, or the grader has no name.
        """
        return rounds.begin(self._shop, code, grader, actor)

    def answer_round(
        self,
        round_id: str,
        answers: Mapping[str, str | int | None],
        *,
        actor: Actor,
        given_at: datetime | None = None,
        late: bool = True,
    ) -> RoundRecord:
        """Save answers of a round; ``None`` clears one. Late ones yield to newer ones.

        Raises:
            BadInput: No such round, question or answer.
            UserError: The round is finished.
        """
        return rounds.answer(self._shop, round_id, answers, actor, given_at, late=late)

    def finish_round(self, round_id: str, *, actor: Actor, as_it_is: bool = False) -> RoundRecord:
        """Finish a round, and tell what it found.

        Raises:
            UserError: Questions are open, and it was not said that it may be finished as it is.
        """
        return rounds.finish(self._shop, round_id, actor, as_it_is=as_it_is)

    def calibration_round(self, round_id: str) -> RoundRecord:
        """Return a round as it is saved.

        Raises:
            BadInput: There is no such round.
        """
        return rounds.look(self._shop, round_id)

    def calibration_agreement(self, by: str = "month") -> Agreement:
        """Return how far graders agree with the references, by ``month`` or ``week``."""
        return agreement(rounds.count_all(self._shop, by))

    def calibration_counts(self, by: str = "month", after: int = 0) -> CountedPage:
        """Return some finished rounds as counts, those after a page's end: each page is short work."""
        return rounds.count(self._shop, by, after)

    def calibration_lines(self, by: str = "month") -> list[list[str]]:
        """Return the same as the lines of a CSV file: for each question, period and grader."""
        return agreement_lines(rounds.count_all(self._shop, by))
