"""Holds a new model against the one that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from diagnostics.errors import BadInput
from pricing.model.columns import Columns
from pricing.model.keeping import load
from pricing.model.trained import Trained
from pricing.standing.judging import judge
from pricing.standing.keeping import standing_or_none
from pricing.standing.places import model_folder
from pricing.standing.records import Reason, Verdict
from pricing.standing.seen import load_seen, was_seen
from pricing.standing.trying import Champion


@dataclass(frozen=True, slots=True)
class Choice:
    """What came of it.

    Attributes:
        against: The champion's version at that time; empty where none counted.
        verdict: ``None`` where the new model is the champion once more.
    """

    against: str
    verdict: Verdict | None


def choose(home: Path, data: Columns, model: Trained, progress: Callable[[float], None]) -> Choice:
    """Hold a model against the champion.

    Args:
        home: The data folder.
        data: What the model learned from.
        model: The challenger.
        progress: Called with 0 .. 1; may raise to stop.
    """
    against = _champion_version(home)
    if against == model.card.version and _usable(home, against):
        return Choice(against, None)
    champion, doubts = _champion(home, against, data)
    verdict = judge(data, model, champion, progress=progress)
    return Choice(against, replace(verdict, reasons=(*verdict.reasons, *doubts)))


def _champion_version(home: Path) -> str:
    champion = standing_or_none(home).champion
    return champion.version if champion else ""


def _usable(home: Path, version: str) -> bool:
    try:
        load(model_folder(home, version), version)
    except BadInput:
        return False
    return True


def _champion(home: Path, version: str, data: Columns) -> tuple[Champion | None, tuple[Reason, ...]]:
    if not version:
        return None, ()
    folder = model_folder(home, version)
    try:
        model = load(folder, version)
    except BadInput as error:
        # The counter cannot use it either, and prices by the seed.
        return None, (Reason("champion_unusable", (("why", error.code),)),)
    return Champion(model, was_seen(data, load_seen(folder), model.card.days[1])), ()
