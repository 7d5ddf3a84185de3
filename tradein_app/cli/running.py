"""Runs one command: whatever happens ends in an exit status and, at most, one clear line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from diagnostics.errors import UserError
from tradein_app.cli.output import ReaderLeft, make_robust, say

OURS = 1
USAGE = 2
INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status.

    Args:
        arguments: Without the program's name.

    Returns:
        0 done, 1 something in it failed, 2 wrong usage or input, 3 a service is missing.
    """
    make_robust(sys.stdout, sys.stderr)
    try:
        status = _invoke(list(arguments))
    except ReaderLeft:
        _forget_stdout()
        return 0
    except UserError as error:
        say(f"tradein: {error}")
        if error.code == "no_output":
            _forget_stdout()
        return error.exit_status
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: a report instead of a traceback
        return _our_fault(error)
    return status


def _invoke(arguments: list[str]) -> int:
    from typer import Abort, TyperException
    from typer.main import get_command

    from tradein_app.cli.commands import app

    try:
        status = get_command(app).main(args=arguments, prog_name="tradein", standalone_mode=False)
    except TyperException as error:
        message = error.format_message().rstrip(". ")
        say(f"tradein: {message}. {_help_hint(error)}")
        return USAGE
    except Abort:
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _help_hint(error: Exception) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "tradein"
    return f"See: {path} --help"


def _forget_stdout() -> None:
    # What is left in its buffer goes nowhere; Python would complain once more at exit.
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _our_fault(error: Exception) -> int:
    from tradein_app.errors import save_report

    report = save_report(error, _report_folder())
    where = f"A report is in {report.path}" if report.path else f"({report.title})"
    say(f"tradein: Our fault, not the phone's: something failed that should not. {where}")
    return OURS


def _report_folder() -> Path:
    from tradein_app.config import load_config

    try:
        return load_config().home / "reports"
    except UserError:
        return Path.cwd()
