"""What the message bar says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from tradein_app.services.records import InspectionRecord
    from tradein_app.viewmodels.saving import Saving


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to say in the message bar.

    Attributes:
        tone: ``accent``, ``ok``, ``warn`` or ``bad``.
        hint: What to do.
        path: A file that it is about.
        report: A text to copy.
    """

    tone: str
    text: str
    hint: str = ""
    path: str = ""
    report: str = ""


def unsaved_notice(saving: Saving) -> Notice | None:
    """Return what to say for as long as answers wait to be saved; ``None`` when none does, or only for a moment."""
    count = saving.waiting
    if not count or not saving.late:
        return None
    one = translate("saving", "1 answer waits to be saved.")
    text = one if count == 1 else translate("saving", "{0} answers wait to be saved.").format(count)
    why = f" {saving.trouble.message}" if saving.trouble else ""
    kept = translate("saving", "This is tried again every second. Nothing is lost when the window closes.")
    unkept = translate("saving", "This is tried again every second. Leave the window open until it works.")
    return Notice("warn" if saving.noted else "bad", text + why, kept if saving.noted else unkept)


def unfit_notice() -> Notice:
    """Return what to say of an inspection that goes on with the questions of another kind of device."""
    text = translate(
        "notices", "This device is asked the questions of another kind: it said too late what it is."
    )
    hint = translate(
        "notices", "What was answered stays. Decline it and start a new inspection to ask its own."
    )
    return Notice("warn", text, hint)


def changed_elsewhere(
    known: InspectionRecord | None, now: InspectionRecord, given: Mapping[str, str | int | None]
) -> bool:
    """Return whether somebody else answered questions of an inspection since it was last looked at.

    Args:
        known: The inspection as this window knew it.
        now: As it is saved now.
        given: What this window answered in between.
    """
    if known is None:
        return False
    expected = {**known.said, **given}
    return {name: value for name, value in expected.items() if value is not None} != dict(now.said)
