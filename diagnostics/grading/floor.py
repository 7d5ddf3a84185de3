"""What holds in every rule set and cannot be loosened: safety, stolen phones, locks, and what was not wiped.

The rules stand in ``resources/standards/common.toml``. A shop may grade as it likes; what endangers people or must not
be sold is no matter of taste. The linter says where a standard allows more, and the engine never goes below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from diagnostics.grading.checklist import Checklist
from diagnostics.grading.result import SEVERITY, Disposition
from diagnostics.model import LockState
from resources.opening import load_toml

Data = Mapping[str, Any]
_FILE = "standards/common.toml"
_STATES = (LockState.ON.value, LockState.OFF.value)


@dataclass(frozen=True, slots=True)
class Bound:
    """One rule that every standard has, at least as strict.

    Attributes:
        table: ``answers`` or ``readings``.
        about: The question or the reading.
        said: The answer, or the lock's state.
        cap: A grade or a disposition.
    """

    table: str
    about: str
    said: str
    cap: str

    @property
    def place(self) -> str:
        """Where it stands in a standard's file."""
        about = f'"{self.about}"' if "." in self.about else self.about
        return f"{self.table}.{about}.{self.said}"


def bounds(checklist: Checklist) -> Iterator[Bound]:
    """Yield every rule that a standard for this checklist cannot loosen."""
    for question, rules in floor_answers().items():
        if question in checklist.by_id:
            yield from (Bound("answers", question, said, rule["cap"]) for said, rule in rules.items())
    for field, row in floor_readings().items():
        states = (state for state in _STATES if state in row)
        yield from (Bound("readings", field, state, row[state]["cap"]) for state in states)


@cache
def floor_answers() -> Mapping[str, Mapping[str, Data]]:
    """Return the rules by question and answer, as they stand in a standard's data."""
    rows = {name: _strict(rules) for name, rules in load_toml(_FILE)["answers"].items()}
    return MappingProxyType({name: rules for name, rules in rows.items() if rules})


@cache
def floor_readings() -> Mapping[str, Data]:
    """Return the rules by reading, as they stand in a standard's data."""
    rows = load_toml(_FILE)["readings"]
    kept = {
        name: {**_strict(row), **({"only": row["only"]} if "only" in row else {})}
        for name, row in rows.items()
    }
    return MappingProxyType({name: row for name, row in kept.items() if row.keys() & set(_STATES)})


def floor_sources() -> Mapping[str, str]:
    """Return the pages that these rules name."""
    sources: Mapping[str, str] = load_toml(_FILE)["sources"]
    return sources


def _strict(rules: Data) -> dict[str, Data]:
    """Return those that are no matter of taste: a hold, a reject or a stop."""
    least = SEVERITY[Disposition.HOLD]
    tables = {name: rule for name, rule in rules.items() if isinstance(rule, Mapping)}
    return {name: rule for name, rule in tables.items() if SEVERITY[rule["cap"]] >= least}
