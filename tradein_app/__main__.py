"""The command ``tradein``: the window when nothing else is asked for, else the command line.

Nothing slow is imported here, so that a window opens at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tradein_app.neighbours import StrangeNeighbours, check_neighbours

INTERRUPTED = 130
"""The exit status after Ctrl+C, as shells have it: 128 and the signal's number."""
_FOR_THE_COMMAND_LINE = frozenset({"--help", "-h", "--version"})


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status.

    Args:
        argv: The arguments, without the program's name; the process's own when left out.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        check_neighbours()
        return _open_window(arguments) if wants_window(arguments) else _run_command(arguments)
    except StrangeNeighbours as error:
        sys.stderr.write(f"tradein: {error}\n")
        return 3
    except KeyboardInterrupt:
        # While modules are still being imported; later on the command line answers for itself.
        return INTERRUPTED


def wants_window(arguments: Sequence[str]) -> bool:
    """Return whether no command was given: nothing at all, or options of the window such as ``--demo``."""
    if not arguments:
        return True
    return arguments[0].startswith("-") and not _FOR_THE_COMMAND_LINE.intersection(arguments)


def _open_window(arguments: list[str]) -> int:
    from diagnostics.errors import UserError

    try:
        from tradein_app.bridge.interpreter import prepare

        prepare()
        from tradein_app.app import run

        return run(arguments)
    except UserError as error:
        sys.stderr.write(f"tradein: {error}\n")
        return error.exit_status


def _run_command(arguments: list[str]) -> int:
    from tradein_app.cli.running import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
