"""What one phone answered since it was plugged in, so that a reading that was cut short goes on where it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from diagnostics.apple import questions as q
from diagnostics.ports import Clock

FRESH = timedelta(seconds=120)
"""How long an answer is good enough not to be asked for again by the automatic retry."""
LOCKS_FRESH = FRESH / 2
"""The same of what tells of locks: by the end of a reading, which may take a minute, none is older than `FRESH`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a phone answered.

    Attributes:
        value: As it came; a `Trouble` where the phone said for good that it does not tell.
        at: When it came, UTC.
    """

    value: Any
    at: datetime


class Memory:
    """The answers of one phone, by question.

    Args:
        clock: What they are dated by.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answers: dict[str, Answer] = {}

    def keep(self, question: str, value: object) -> Answer:
        """Remember an answer that came just now."""
        answer = Answer(value, self._clock.now())
        self._answers[question] = answer
        return answer

    def get(self, question: str) -> Answer | None:
        """Return the last answer, however old."""
        return self._answers.get(question)

    def fresh(self, question: str) -> Answer | None:
        """Return the last answer if it need not be asked for again.

        One from the future is as old as nobody knows: the computer's clock was put back.
        """
        answer = self._answers.get(question)
        limit = LOCKS_FRESH if question in q.OF_LOCKS else FRESH
        return answer if answer and timedelta(0) <= self._clock.now() - answer.at < limit else None

    def drop(self, question: str) -> None:
        """Forget an answer, because asked again the phone did not give it."""
        self._answers.pop(question, None)

    def proves(self, at: datetime) -> bool:
        """Return whether what was said of a lock at some time proves anything now."""
        return timedelta(0) <= self._clock.now() - at <= FRESH
