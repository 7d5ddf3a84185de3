"""What a phone whose deal is closed shows: how it ended, when, for how much, and where the paper is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradein_app.viewmodels.formatting import format_day_time, format_money
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.notices import Notice

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tradein_app.services.records import InspectionRecord


@dataclass(frozen=True, slots=True)
class ClosedDeal:
    """A closed deal, ready to show.

    Attributes:
        text: One sentence, such as ``Bought 22 Nov 2026, 09:18 for €84.00``.
        bought: Whether the shop has the phone now; else the customer kept it.
        decided_at: When, UTC.
        amount: What was paid; ``""`` for a phone that was declined.
        paper: The customer's paper, where there is one.
        can_start_anew: The phone is here, so that a new inspection can begin.
    """

    text: str
    bought: bool
    decided_at: datetime
    amount: str
    paper: Path | None
    can_start_anew: bool


def closed_words(record: InspectionRecord, language: str) -> str:
    """Return how a closed inspection ended, as one sentence; ``""`` while it is open."""
    if record.decided_at is None:
        return ""
    at = format_day_time(record.decided_at, language=language)
    if record.stage != "accepted":
        return translate("closing", "Declined {0}").format(at)
    return translate("closing", "Bought {0} for {1}").format(at, amount_paid(record, language))


def amount_paid(record: InspectionRecord, language: str) -> str:
    """Return what was paid; ``""`` when nothing was."""
    return format_money(record.paid, language=language) if record.paid else ""


def closed_deal(
    record: InspectionRecord, *, paper: Path | None, present: bool, language: str
) -> ClosedDeal | None:
    """Return how an inspection ended, or ``None`` while it is open."""
    if record.decided_at is None:
        return None
    return ClosedDeal(
        text=closed_words(record, language),
        bought=record.stage == "accepted",
        decided_at=record.decided_at,
        amount=amount_paid(record, language),
        paper=paper,
        can_start_anew=present,
    )


class Papers:
    """Where the customers' papers of this session are."""

    def __init__(self) -> None:
        self._saved: dict[str, Path] = {}
        self.last: Path | None = None

    def note(self, record_id: str, path: Path) -> None:
        """Note the paper of an inspection."""
        self._saved[record_id] = self.last = path

    def of(self, record: InspectionRecord | None) -> Path | None:
        """Return an inspection's paper, once one was saved."""
        return (record.document or self._saved.get(record.id)) if record else None

    def notice(self, record: InspectionRecord | None) -> Notice:
        """Return what to say of an inspection's paper, or else of the last one."""
        path = self.of(record) or self.last
        if path is None:
            return Notice("warn", translate("closing", "No paper was saved yet."))
        if not path.exists():
            return Notice("bad", translate("closing", "The paper is not there any more."), str(path))
        return Notice("ok", translate("closing", "The customer's paper"), path=str(path))
