"""The commands that every shell knows, and the toolbox filters that scripts pipe into."""

from __future__ import annotations

import re

from diagnostics.practice.android.shell.interpreter import Call, Command, ExitRequested

_LONGEST_SLEEP = 30.0
_NUMBER = re.compile(r"-?\d{1,9}")
_MISUSE = 2


def _echo(call: Call) -> int:
    words = list(call.args)
    newline = "\n"
    if words and words[0] == "-n":
        newline = ""
        words = words[1:]
    call.out(" ".join(words) + newline)
    return 0


def _exit(call: Call) -> int:
    given = call.args[0] if call.args else str(call.status)
    raise ExitRequested(int(given) if _NUMBER.fullmatch(given) else 1)


def _sleep(call: Call) -> int:
    if len(call.args) != 1 or not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", call.args[0]):
        call.err("sleep: Needs 1 argument\n")
        return 1
    call.pause(min(float(call.args[0]), _LONGEST_SLEEP))
    return 0


def _count(call: Call) -> tuple[int, bool]:
    """Return the number of lines that ``-n 5``, ``-n5`` or ``-5`` asks for (10 if none), and whether it is one."""
    joined = "".join(call.args).removeprefix("-").removeprefix("n")
    if not call.args:
        return 10, True
    return (int(joined), True) if re.fullmatch(r"\d{1,9}", joined) else (10, False)


def _head(call: Call) -> int:
    count, known = _count(call)
    if not known:
        call.err(f"head: {call.args[-1]}: No such file or directory\n")
        return 1
    call.write[1](b"".join(call.stdin.splitlines(keepends=True)[:count]))
    return 0


def _tail(call: Call) -> int:
    count, known = _count(call)
    if not known:
        call.err(f"tail: {call.args[-1]}: No such file or directory\n")
        return 1
    lines = call.stdin.splitlines(keepends=True)
    call.write[1](
        b"".join(lines[len(lines) - count :] if 0 < count <= len(lines) else lines if count else [])
    )
    return 0


def _wc(call: Call) -> int:
    counts = {"l": call.stdin.count(b"\n"), "w": len(call.stdin.split()), "c": len(call.stdin)}
    chosen = [counts[c] for c in "lwc" if any(c in a for a in call.args)] or list(counts.values())
    call.out(" ".join(str(n) for n in chosen) + "\n")
    return 0


def _grep(call: Call) -> int:
    flags = "".join(a[1:] for a in call.args if a.startswith("-"))
    rest = [a for a in call.args if not a.startswith("-")]
    if len(rest) != 1 or len(rest[0]) > 200:  # noqa: PLR2004 - a longer pattern is no pattern
        call.err("grep: bad pattern or files not supported\n")
        return _MISUSE
    wanted = rest[0].lower() if "i" in flags else rest[0]
    alternatives = re.split(r"\|" if "E" in flags else r"\\\|", wanted) if "F" not in flags else [wanted]
    lines = call.stdin.decode("utf-8", "surrogateescape").splitlines()
    kept = [
        s for s in lines if ("v" in flags) != _line_matches(s.lower() if "i" in flags else s, alternatives)
    ]
    return _print_matches(call, kept, flags)


def _line_matches(line: str, alternatives: list[str]) -> bool:
    """Match the simple patterns of scripts (text with ``^`` and ``$``); no regular expression of a stranger is run."""
    return any(_alternative_matches(line, wanted) for wanted in alternatives)


def _alternative_matches(line: str, wanted: str) -> bool:
    text = wanted.removeprefix("^").removesuffix("$").replace("\\.", ".").replace("\\", "")
    if wanted.startswith("^") and wanted.endswith("$"):
        return line == text
    if wanted.startswith("^"):
        return line.startswith(text)
    return line.endswith(text) if wanted.endswith("$") else text in line


def _print_matches(call: Call, kept: list[str], flags: str) -> int:
    if "c" in flags:
        call.out(f"{len(kept)}\n")
    elif "q" not in flags:
        call.out("".join(f"{line}\n" for line in kept))
    return 0 if kept else 1


def _test(call: Call) -> int:
    truth = _truth([a for a in call.args if a != "]"])
    if truth is None:
        call.err("test: expression not supported\n")
        return _MISUSE
    return int(not truth)


def _truth(args: list[str]) -> bool | None:
    match args:
        case [] | ["-n"]:
            return bool(args)
        case [text] | ["-n", text]:
            return bool(text)
        case ["-z", text]:
            return not text
        case [left, "=" | "==" | "!=" as operator, right]:
            return (left == right) != (operator == "!=")
        case _:
            return None


BUILTINS: dict[str, Command] = {
    "echo": _echo,
    "true": lambda _call: 0,
    ":": lambda _call: 0,
    "false": lambda _call: 1,
    "exit": _exit,
    "sleep": _sleep,
    "head": _head,
    "tail": _tail,
    "wc": _wc,
    "grep": _grep,
    "test": _test,
    "[": _test,
}
