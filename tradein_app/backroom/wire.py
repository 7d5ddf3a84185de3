"""What window and backroom say to each other: frozen records, pickled over a pipe that only these two hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diagnostics.bench import BenchEvent
    from tradein_app.errors import CrashReport

Wire = Connection
"""One end of the pipe; both ends may be written to from several threads only behind a lock."""


GOODBYE = "goodbye"
"""What the window says last."""


@dataclass(frozen=True, slots=True)
class Call:
    """Do something, and answer.

    Attributes:
        number: Counts up; the reply carries it.
        room: ``desk`` is done on the desk's thread, ``pictures``, ``arrivals``, ``prices`` and ``fetching`` on theirs,
            ``bench`` at once.
        name: A method of what stands in the room, such as `tradein_app.services.desk.Desk`; of the bench,
            `tradein_app.backroom.serving.Devices`.
    """

    number: int
    room: str
    name: str
    arguments: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a call: a value, or the error in its place."""

    number: int
    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class News:
    """The newest of each phone and of each bus since the last news."""

    events: tuple[BenchEvent, ...]


@dataclass(frozen=True, slots=True)
class Crashed:
    """Something that nobody expected happened in the backroom, which goes on."""

    report: CrashReport


def read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Return a read-only view; a function with a name that pickle can find, which the type itself has not."""
    return MappingProxyType(values)


def _taken_apart(mapping: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return read_only, (dict(mapping),)


# Readings hold such read-only views, which Python does not pickle by itself.
ForkingPickler.register(MappingProxyType, _taken_apart)
