"""A traffic light for the locks of an Android phone, each with its reason (``resources/messages/lights.toml``)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from diagnostics.messages import FALLBACK_LANGUAGE, message
from diagnostics.model import FieldName, LockState, Problem, Reading
from resources.opening import load_toml

_FILE = "messages/lights.toml"


class Colour(StrEnum):
    """Red stops, amber asks, green is proved, and unlit is what nothing over the cable proves."""

    RED = "red"
    AMBER = "amber"
    UNLIT = "unlit"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Light:
    """One lock.

    Attributes:
        field: Such as ``locks.account``.
        state: What the reading says.
        problem: Why the state is not known; ``None`` where it is.
    """

    field: FieldName
    colour: Colour
    state: LockState
    problem: Problem | None = None


def lights(reading: Reading) -> tuple[Light, ...]:
    """Return the lights of a reading, the worst first; locks that no Android phone has (Find My) are left out."""
    problems = {problem.field: problem for problem in reading.problems}
    states = {f"locks.{name}": state for name, state in dataclasses.asdict(reading.locks).items()}
    table = load_toml(_FILE)
    found = [_light(field, state, problems.get(field)) for field, state in states.items() if field in table]
    return tuple(sorted(found, key=lambda light: list(Colour).index(light.colour)))


def _light(field: FieldName, state: LockState, problem: Problem | None) -> Light:
    table: dict[str, Any] = load_toml(_FILE)
    if row := table[field].get(state.value):
        return Light(field, Colour(row["colour"]), state)
    gap = table["unknown"]
    speaks = problem is not None and problem.code in (*gap["amber"], *gap["asked"].get(field, ()))
    return Light(field, Colour.AMBER if speaks else Colour.UNLIT, state, problem)


def whole(reading: Reading) -> Colour:
    """Return the light of the phone as a whole: its worst lock's; one that is unlit does not hide what was found.

    Root and a carrier lock are never proved off over the cable, so a phone is green without them; one whose reset lock,
    account or manager is not known is not (`unproved`).
    """
    colours = [light.colour for light in lights(reading) if light.colour is not Colour.UNLIT]
    worst = colours[0] if colours else Colour.UNLIT
    return Colour.UNLIT if worst is Colour.GREEN and unproved(reading) else worst


def unproved(reading: Reading) -> tuple[FieldName, ...]:
    """Return the locks that must be proved off before a phone is clear, and of which nothing is known.

    Those that ask (amber) are not among them: they say themselves what is not known.
    """
    unlit = {light.field for light in lights(reading) if light.colour is Colour.UNLIT}
    return tuple(field for field in load_toml(_FILE)["whole"]["proved"] if field in unlit)


def light_words(light: Light, language: str = FALLBACK_LANGUAGE) -> str:
    """Return the reason of a light, in a sentence; empty where the reading gives none."""
    texts = load_toml(_FILE)[light.field].get(light.state.value)
    if texts:
        return str(texts.get(language, texts[FALLBACK_LANGUAGE]))
    return message(light.problem, language) if light.problem else ""
