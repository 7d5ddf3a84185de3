"""Holds one inspection, open or closed, against every standard, and against the one that it was graded under."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diagnostics.errors import BadInput
from diagnostics.grading.comparing import Compared, compare
from diagnostics.grading.findings import Finding
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.library import FOLDER, Library, open_library
from tradein_app.services import assembling
from tradein_app.services.shop import Shop


@dataclass(frozen=True, slots=True)
class Comparison:
    """One phone under several standards.

    Attributes:
        inspection_id: Whose it is.
        graded_under: The rule set that the phone keeps, as ``id@version``; ``""`` where it has no grade yet.
        own: What that very rule set says; ``None`` where it is not there any more.
        others: What every other standard says, each in its newest version.
        left_out: Why standards that the shop wrote itself are not among them.
    """

    inspection_id: str
    graded_under: str
    own: Compared | None
    others: tuple[Compared, ...]
    left_out: tuple[Finding, ...] = ()


def compare_inspection(shop: Shop, inspection_id: str, folder: Path | None = None) -> Comparison:
    """Return an inspection under every standard; nothing is saved, and no grade changes.

    Args:
        shop: Where it is saved.
        inspection_id: Open or closed.
        folder: The data folder, for the standards that the shop wrote itself; ``None`` for none.

    Raises:
        BadInput: There is no inspection with this id.
    """
    with shop.store.reading() as uow:
        saved = assembling.existing(uow, inspection_id)
        inspection = assembling.inspected(uow, saved)
        kept = uow.grades.last(saved.id)
    graded_under = str(kept.document["rule_set"]) if kept else ""
    return compared(
        inspection_id, inspection, graded_under, open_library(folder / FOLDER if folder else None)
    )


def compared(inspection_id: str, inspection: Inspection, graded_under: str, library: Library) -> Comparison:
    """Return an inspection under the rule set that it was graded under, and under every other standard."""
    own = _own(inspection, graded_under, library)
    every = compare(inspection, None, library)
    others = tuple(each for each in every if own is None or each.rule_set != own.rule_set)
    return Comparison(inspection_id, graded_under, own, others, library.findings)


def _own(inspection: Inspection, graded_under: str, library: Library) -> Compared | None:
    if not graded_under:
        return None
    try:
        return compare(inspection, (graded_under,), library)[0]
    except BadInput:
        return None  # the rule set is gone from this computer; the phone keeps the grade that it has
