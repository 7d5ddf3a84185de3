"""The phone as it would be sold: which grade, battery and storage a price is asked for, and what was assumed for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from diagnostics.grading.checklist import load_checklist
from diagnostics.grading.engine import Disposition, Grade, GradeResult, grade
from diagnostics.grading.facts import believed
from diagnostics.grading.inspection import Inspection
from diagnostics.grading.standards import load_standard
from diagnostics.model import Identity, LockState
from pricing.catalogue import Catalogue, Model
from pricing.locks import lock_state
from pricing.records import Reason, reason

_HEALTH = "battery.health_percent"
_UNSOLD = frozenset({Disposition.REPAIR.value, Disposition.REJECT.value})
_GENUINE = frozenset({"all_genuine", "genuine_used"})


@dataclass(frozen=True, slots=True)
class Sale:
    """How a phone would be sold.

    Attributes:
        grade: ``None`` when it cannot be sold before some other repair, or nothing can be said yet.
        incomplete: Nothing can be said yet: the checklist's first questions are open.
        battery_percent: What the price counts with; a battery that is replaced or was not read counts as the worst
            that may be sold, so a worn or hidden battery never earns more than a better one.
        new_battery: The battery must be replaced first.
        battery_read: Somebody or something told the battery's health.
    """

    grade: Grade | None
    incomplete: bool
    battery_percent: int
    new_battery: bool
    battery_read: bool
    genuine_parts: bool
    carrier_locked: bool


@cache
def battery_floor(checklist_id: str) -> int:
    """Return the percent of health below which a kind of device is not sold, or 0.

    It is the lowest step that its standard sells (Back Market: 80 % of phones, 85 % of tablets).
    """
    readings = load_standard(load_checklist(checklist_id).standard).readings
    steps = next((rule.steps for rule in readings if rule.field == _HEALTH), ())
    return min((least for least, rule in steps if rule.cap not in _UNSOLD), default=0)


def battery_health(inspection: Inspection) -> int | None:
    """Return the battery's health in percent; what a person typed from the settings overrides the reading."""
    health = believed(inspection)["battery.health_percent"].value
    return health if isinstance(health, int) else None


def as_sold(inspection: Inspection, graded: GradeResult, standards: tuple[str, ...]) -> Sale:
    """Return how a phone would be sold once it is wiped, free of locks, and its battery good enough.

    Args:
        inspection: The phone as it is now.
        graded: The grade of the phone as it is now.
        standards: Under which it was graded.
    """
    health, floor = battery_health(inspection), battery_floor(inspection.checklist)
    worn = health is not None and health < floor
    ready = cleared(inspection, new_battery=worn)
    result = graded if ready == inspection else grade(ready, standards)
    return Sale(
        grade=result.grade,
        incomplete=result.disposition is Disposition.INCOMPLETE,
        battery_percent=floor if health is None else max(health, floor),
        new_battery=worn,
        battery_read=health is not None,
        genuine_parts=inspection.answers.get("parts_history") in _GENUINE,
        carrier_locked=lock_state(inspection, "sim") is LockState.ON,
    )


def cleared(inspection: Inspection, *, new_battery: bool) -> Inspection:
    """Return the inspection as it would be after wiping and, if asked, a new battery."""
    answers: dict[str, str | int] = dict(inspection.answers)
    if answers.get("wiped") == "no":
        answers["wiped"] = "yes"
    reading = inspection.reading
    if new_battery:
        answers.pop("battery_settings", None)
        reading = replace(
            reading, battery=replace(reading.battery, health_percent=battery_floor(inspection.checklist))
        )
    if answers == dict(inspection.answers) and reading is inspection.reading:
        return inspection
    return replace(inspection, reading=reading, answers=answers)


def find_model(catalogue: Catalogue, identity: Identity) -> Model | None:
    """Return the model that a phone says it is, or ``None``."""
    return catalogue.find(manufacturer=identity.manufacturer, name=identity.model, code=identity.model_code)


def model_reasons(catalogue: Catalogue, identity: Identity) -> Iterable[Reason]:
    """Yield why a phone whose model was not found has no price."""
    said = identity.model or identity.model_code
    if not said:
        yield reason("model_not_read")
    elif _listed(catalogue, identity.model) or _listed(catalogue, identity.model_code):
        known = (identity.manufacturer, identity.model, identity.model_code)
        yield reason("model_contradicts", names=", ".join(name for name in known if name))
    else:
        yield reason("model_unknown", name=said)


def _listed(catalogue: Catalogue, name: str | None) -> bool:
    """Return whether a name alone, as model or as code, leads to one model."""
    return bool(name) and catalogue.find(manufacturer=None, name=name, code=None) is not None


def priced_storage(model: Model, read: int | None) -> tuple[int, tuple[Reason, ...]]:
    """Return the storage size that is priced, and the reason for a look when it is not the size that was read.

    A size that was not read is priced as the smallest; one that the catalogue does not list as the next smaller.
    """
    if not read or read < 0:
        size = model.storages[0]
        return size, (reason("storage_unknown", size=str(size)),)
    if read in model.storages:
        return read, ()
    size = max((listed for listed in model.storages if listed < read), default=read)
    return size, (reason("storage_unlisted", read=str(read), size=str(size)),)
