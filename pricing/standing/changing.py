"""How a standing changes: a model was trained, is promoted, or the one before it is taken back. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from diagnostics.errors import BadInput, UserError
from pricing.standing.records import Entry, Event, Standing, What


def trained(standing: Standing, entry: Entry, *, at: datetime, actor: tuple[str, str]) -> Standing:
    """Return the standing in which a new model waits as the challenger.

    Args:
        standing: As it was.
        entry: The model; one of the same version is replaced.
        at: UTC.
        actor: Who began the training: id and name.
    """
    others = tuple(each for each in standing.models if each.version != entry.version)
    event = Event(at, What.TRAINED, entry.version, "", *actor)
    champion = (
        entry if standing.champion and standing.champion.version == entry.version else standing.champion
    )
    return replace(
        standing,
        champion=champion,
        challenger=None if champion is entry else entry,
        models=(*others, entry),
        history=(*standing.history, event),
    )


def promoted(
    standing: Standing, version: str, *, at: datetime, actor: tuple[str, str], by_itself: bool = False
) -> Standing:
    """Return the standing in which a kept model is the champion; the one before stays, to go back to.

    Raises:
        BadInput: No model has this version, code ``unknown_model_version``.
    """
    entry = standing.entry(version)
    if entry is None:
        raise BadInput(
            f"No price model {version} is kept.",
            "See which there are: tradein price status",
            "unknown_model_version",
            version=version,
        )
    if standing.champion == entry:
        return standing
    return _crowned(standing, entry, Event(at, What.PROMOTED, version, "", *actor, by_itself=by_itself))


def back(standing: Standing, *, at: datetime, actor: tuple[str, str]) -> Standing:
    """Return the standing in which the champion before counts again, and the present one waits.

    Before the first one the program's own curves priced: back from it, they do again.

    Raises:
        UserError: They do already, code ``no_former_champion``.
    """
    if standing.champion is None:
        raise UserError(
            "No price model counts that could be taken back.",
            "The program's own curves price already.",
            "no_former_champion",
        )
    former = standing.former
    version = former.version if former else ""
    return _crowned(standing, former, Event(at, What.BACK, version, "", *actor))


def taken_back(standing: Standing, version: str) -> bool:
    """Return whether a person went back from a model, and nobody promoted it since."""
    for event in reversed(standing.history):
        if event.what is What.BACK and event.former == version:
            return True
        if event.what is not What.TRAINED and event.version == version:
            return False
    return False


def _crowned(standing: Standing, entry: Entry | None, event: Event) -> Standing:
    before = standing.champion
    waits = standing.challenger if standing.challenger != entry else None
    return replace(
        standing,
        champion=entry,
        challenger=before if event.what is What.BACK else waits,
        history=(*standing.history, replace(event, former=before.version if before else "")),
    )
