"""The syntax tree of a shell script (POSIX.1-2017, Shell Command Language, the part that phones are asked for)."""

from __future__ import annotations

from dataclasses import dataclass


class ShellSyntaxError(Exception):
    """A script that the shell would refuse to run."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Characters that stand for themselves; quoted ones are never split and never matched against file names."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Variable:
    """``$name``, ``${name}``, ``$?``."""

    name: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Substitution:
    """``$(script)`` or backquotes: the output of a script as text."""

    script: Script
    quoted: bool


Part = Literal | Variable | Substitution
Word = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Operator:
    """A separator or a bracket: ``;``, newline, ``&``, ``&&``, ``||``, ``|``, ``(`` or ``)``."""

    text: str


@dataclass(frozen=True, slots=True)
class Redirect:
    """One redirection.

    Attributes:
        fd: The descriptor that is redirected: 0, 1 or 2.
        kind: ``<``, ``>``, ``>>`` or ``>&``.
        target: A file name, or a descriptor's number after ``>&``.
    """

    fd: int
    kind: str
    target: Word


Token = Operator | Redirect | Word


@dataclass(frozen=True, slots=True)
class Simple:
    """A command with its words; leading ``name=value`` words are assignments."""

    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """``( script )`` or ``{ script; }``."""

    script: Script
    redirects: tuple[Redirect, ...]
    subshell: bool


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Commands joined by ``|``; ``!`` in front turns the exit status round."""

    commands: tuple[Simple | Group, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class AndOr:
    """Pipelines joined by ``&&`` and ``||``, each with the operator in front of it (the first has none)."""

    steps: tuple[tuple[str, Pipeline], ...]


Script = tuple[AndOr, ...]
