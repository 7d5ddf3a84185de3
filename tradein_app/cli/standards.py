"""``tradein standards``: which there are, and whether those that a shop wrote hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from diagnostics.grading.findings import Finding, finding_words
from tradein_app import bootstrap
from tradein_app.cli.output import put_json, put_line, put_table, say
from tradein_app.config import load_config

LIST_SCHEMA = "tradein/standards-1"
LINT_SCHEMA = "tradein/lint-1"


def list_standards(*, as_json: bool) -> int:
    """Print every standard in every version; returns 1 when one of the shop's own was left out, else 0."""
    config = load_config()
    library = bootstrap.open_standards(config)
    if as_json:
        rows = [_row(standard) for standard in library.by_rule_set.values()]
        left_out = _findings(library.findings, config.language)
        put_json({"schema": LIST_SCHEMA, "standards": rows, "left_out": left_out})
    else:
        cells = [
            (
                each.id,
                each.version,
                each.valid_from.isoformat(),
                each.checklist,
                each.origin or "the program's own",
            )
            for each in library.by_rule_set.values()
        ]
        put_table(("Standard", "Version", "Valid from", "Checklist", "From"), cells)
    warn_of(library.findings, config.language)
    return 1 if library.findings else 0


def lint_standards(files: tuple[str, ...], *, as_json: bool) -> int:
    """Print what is wrong with standards; returns 0 where nothing is, else 1.

    Args:
        files: Which; all in the data folder when empty.
        as_json: A document of ``tradein/lint-1`` in place of words.
    """
    from diagnostics.grading.drafts import Draft, read_draft
    from diagnostics.grading.library import FOLDER
    from diagnostics.grading.linting import look_at_file

    config = load_config()
    if files:
        paths = [Path(name) for name in files]
        beside = [draft for path in paths if isinstance(draft := read_draft(path), Draft)]
        findings = [found for path in paths for found in look_at_file(path, beside).findings]
        looked = len(paths)
    else:
        library = bootstrap.open_standards(config)
        findings = list(library.findings)
        folder = config.home / FOLDER
        looked = len(list(folder.glob("*.toml"))) if folder.is_dir() else 0
    _put_findings(findings, looked, config.language, as_json=as_json)
    return 1 if findings else 0


def warn_of(findings: tuple[Finding, ...], language: str) -> None:
    """Say on stderr which standards were left out, and why."""
    for found in findings:
        say(f"tradein: {finding_words(found, language)}")


def _put_findings(findings: list[Finding], looked: int, language: str, *, as_json: bool) -> None:
    if as_json:
        put_json({"schema": LINT_SCHEMA, "files": looked, "findings": _findings(tuple(findings), language)})
        return
    for found in findings:
        put_line(finding_words(found, language))
    if not findings:
        put_line(f"Nothing is wrong with {looked} {'file' if looked == 1 else 'files'}.")


def _findings(findings: tuple[Finding, ...], language: str) -> list[dict[str, Any]]:
    return [
        {
            "file": found.file,
            "place": found.place,
            "code": found.code,
            "params": dict(found.params),
            "message": finding_words(found, language),
        }
        for found in findings
    ]


def _row(standard: Any) -> dict[str, Any]:
    return {
        "id": standard.id,
        "version": standard.version,
        "rule_set": standard.rule_set,
        "valid_from": standard.valid_from.isoformat(),
        "checklist": standard.checklist,
        "labels": list(standard.labels.values()),
        "file": standard.origin or None,
    }
