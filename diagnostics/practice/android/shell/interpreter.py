"""Runs a parsed script; every command is a Python function, so that it always ends and touches nothing."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from diagnostics.practice.android.shell.parser import parse
from diagnostics.practice.android.shell.syntax import (
    AndOr,
    Group,
    Literal,
    Part,
    Pipeline,
    Redirect,
    Script,
    ShellSyntaxError,
    Simple,
    Variable,
    Word,
)

NOT_FOUND = 127
OUTPUT_LIMIT = 8 * 1024 * 1024
STEP_LIMIT = 5_000
SCRIPT_LIMIT = 1024 * 1024
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")


@dataclass(frozen=True, slots=True)
class Output:
    """Bytes on descriptor 1 or 2."""

    fd: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that passes before the next event, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What follows, up to the next mark, is printed by this command; no words: by nothing in particular."""

    words: tuple[str, ...] = ()


Event = Output | Pause | Mark


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a script did: its events in order, and its exit status, 0 to 255."""

    events: tuple[Event, ...]
    status: int

    def text(self, fd: int | None = None) -> str:
        """Return what was printed on one descriptor, or on both in order."""
        chunks = (e.data for e in self.events if isinstance(e, Output) and fd in {None, e.fd})
        return b"".join(chunks).decode("utf-8", "replace")


Write = Callable[[bytes], None]


def encoded(text: str) -> bytes:
    """Return a text as the bytes that came in; what never was bytes becomes a question mark."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


@dataclass(slots=True)
class Call:
    """One command that is being run.

    Attributes:
        args: Its words, the name left out.
        stdin: What it can read.
        write: Writers by descriptor.
        pause: Lets time pass.
        status: Exit status of the command before, for ``exit`` without a number.
    """

    args: tuple[str, ...]
    stdin: bytes
    write: Mapping[int, Write]
    pause: Callable[[float], None]
    status: int = 0

    def out(self, text: str) -> None:
        """Print on stdout."""
        self.write[1](encoded(text))

    def err(self, text: str) -> None:
        """Print on stderr."""
        self.write[2](encoded(text))


Command = Callable[[Call], int]


class ExitRequested(Exception):
    """The script called ``exit``."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status & 0xFF


class _LimitReached(Exception):
    pass


@dataclass(slots=True)
class Interpreter:
    """One shell on one phone; run it once for each script.

    Attributes:
        commands: The programs it knows, by name.
        files: Path to bytes of the files that ``<`` and ``*`` can see.
        not_found: How this system's shell words an unknown command.
        environment: Variables at the start.
        on_command: Told of each command's words before it runs, also of one that is not there.
    """

    commands: Mapping[str, Command]
    files: Mapping[str, bytes] = field(default_factory=dict)
    directories: Collection[str] = ()
    not_found: str = "inaccessible or not found"
    environment: dict[str, str] = field(default_factory=dict)
    on_command: Callable[[tuple[str, ...]], None] = lambda _words: None
    status: int = 0
    _events: list[Event] = field(default_factory=list)
    _printed: int = 0
    _steps: int = 0

    def run(self, text: str) -> Outcome:
        """Run a script to its end and return what it printed; it never raises, and never runs for ever."""
        try:
            self._script(parse(text[:SCRIPT_LIMIT]), b"", {1: self._stream(1), 2: self._stream(2)})
        except ShellSyntaxError as problem:
            self.status = 1
            self._events.append(Output(2, encoded(f"/system/bin/sh: {problem}\n")))
        except ExitRequested as request:
            self.status = request.status
        except _LimitReached:
            self.status = 137
        return Outcome(tuple(self._events), self.status)

    def _stream(self, fd: int) -> Write:
        return lambda data: self._events.append(Output(fd, data)) if data else None

    def _counted(self, write: Write) -> Write:
        def counting(data: bytes) -> None:
            self._printed += len(data)
            if self._printed > OUTPUT_LIMIT:
                raise _LimitReached
            write(data)

        return counting

    def _script(self, script: Script, stdin: bytes, write: Mapping[int, Write]) -> None:
        for step in script:
            self._and_or(step, stdin, write)

    def _and_or(self, chain: AndOr, stdin: bytes, write: Mapping[int, Write]) -> None:
        for operator, pipeline in chain.steps:
            if (operator == "&&" and self.status) or (operator == "||" and not self.status):
                continue
            self._pipeline(pipeline, stdin, write)

    def _pipeline(self, pipeline: Pipeline, stdin: bytes, write: Mapping[int, Write]) -> None:
        data = stdin
        for command in pipeline.commands[:-1]:
            buffer = bytearray()
            self._alone(command, data, {**write, 1: self._counted(buffer.extend)})
            data = bytes(buffer)
        last = pipeline.commands[-1]
        if len(pipeline.commands) > 1:
            self._alone(last, data, write)
        else:
            self._command(last, data, write)
        if pipeline.negated:
            self.status = int(not self.status)

    def _alone(self, command: Simple | Group, stdin: bytes, write: Mapping[int, Write]) -> None:
        """Run a command as a process of its own: its variables and its ``exit`` stay with it."""
        kept = dict(self.environment)
        try:
            self._command(command, stdin, write)
        except ExitRequested as request:
            self.status = request.status
        self.environment = kept

    def _command(self, command: Simple | Group, stdin: bytes, write: Mapping[int, Write]) -> None:
        self._steps += 1
        if self._steps > STEP_LIMIT:
            raise _LimitReached
        redirected = self._redirected(command.redirects, stdin, write)
        if redirected is None:
            self.status = 1
        elif isinstance(command, Simple):
            self._simple(command, *redirected)
        elif command.subshell:
            self._alone(Group(command.script, (), subshell=False), *redirected)
        else:
            self._script(command.script, *redirected)

    def _redirected(
        self, redirects: tuple[Redirect, ...], stdin: bytes, write: Mapping[int, Write]
    ) -> tuple[bytes, Mapping[int, Write]] | None:
        writers = dict(write)
        for redirect in redirects:
            target = "".join(self._expand(redirect.target))
            if redirect.kind == "<":
                if target != "/dev/null" and target not in self.files:
                    write[2](encoded(f"/system/bin/sh: can't open {target}: No such file or directory\n"))
                    return None
                stdin = self.files.get(target, b"")
            elif redirect.kind in {">&", "<&"}:
                writers[redirect.fd] = writers.get(int(target) if target in {"1", "2"} else 1, writers[1])
            elif target == "/dev/null":
                writers[redirect.fd] = lambda _data: None
            else:
                write[2](encoded(f"/system/bin/sh: can't create {target}: Read-only file system\n"))
                return None
        return stdin, writers

    def _simple(self, command: Simple, stdin: bytes, write: Mapping[int, Write]) -> None:
        words = self._without_assignments(command.words)
        args = [text for word in words for text in self._expand(word)]
        if not args:
            self.status = self.status if command.words and not words else 0
            return
        name = args[0].removeprefix("/system/bin/").removeprefix("/vendor/bin/")
        self._events.append(Mark((name, *args[1:])))
        self.on_command((name, *args[1:]))
        self._program(name, args, stdin, write)
        self._events.append(Mark())

    def _program(self, name: str, args: list[str], stdin: bytes, write: Mapping[int, Write]) -> None:
        program = self.commands.get(name)
        if program is None:
            write[2](encoded(f"/system/bin/sh: {args[0]}: {self.not_found}\n"))
            self.status = NOT_FOUND
            return
        counted = {fd: self._counted(writer) for fd, writer in write.items()}
        self.status = program(Call(tuple(args[1:]), stdin, counted, self._pause, self.status)) & 0xFF

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            self._events.append(Pause(seconds))

    def _without_assignments(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        for position, word in enumerate(words):
            first = word[0] if word else None
            if not isinstance(first, Literal) or first.quoted or not _ASSIGNMENT.match(first.text):
                return words[position:]
            self.status = 0
            name, value = first.text.split("=", 1)
            self.environment[name] = value + "".join(self._part(part) for part in word[1:])
        return ()

    def _expand(self, word: Word) -> list[str]:
        """Return a word's fields: variables put in, split at blanks where unquoted, ``*`` and ``?`` matched."""
        fields = [""]
        quoted = any(part.quoted for part in word)
        wild = False
        for part in word:
            text = self._part(part)
            if isinstance(part, Literal) or part.quoted:
                fields[-1] += text
                wild = wild or (not part.quoted and any(c in text for c in "*?["))
            else:
                _append_split(fields, text)
        if fields == [""] and not quoted:
            return []
        return [match for text in fields for match in (self._glob(text) if wild else [text])]

    def _glob(self, pattern: str) -> list[str]:
        depth = pattern.count("/")
        names = (*self.files, *self.directories)
        return sorted(n for n in names if n.count("/") == depth and fnmatch.fnmatchcase(n, pattern)) or [
            pattern
        ]

    def _part(self, part: Part) -> str:
        match part:
            case Literal(text=text):
                return text
            case Variable(name="?"):
                return str(self.status)
            case Variable(name="$"):
                return "14207"
            case Variable(name=name):
                return self.environment.get(name, "")
        buffer = bytearray()
        write = {1: self._counted(buffer.extend), 2: self._counted(self._stream(2))}
        self._alone(Group(part.script, (), subshell=False), b"", write)
        return bytes(buffer).decode("utf-8", "surrogateescape").rstrip("\n")


def _append_split(fields: list[str], text: str) -> None:
    pieces = text.split()
    if not pieces:
        return
    fields[-1] += pieces[0]
    fields.extend(pieces[1:])
