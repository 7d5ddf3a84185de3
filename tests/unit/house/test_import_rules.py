"""The packages stand in one line, and each third-party library has its room."""

from __future__ import annotations

from importlinter import cli


def test_the_import_rules_hold(capsys) -> None:
    status = cli.lint_imports(no_cache=True)
    assert status == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out
