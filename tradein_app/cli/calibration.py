"""``tradein calibration``: sets of reference phones, and how far graders agree with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tradein_app import bootstrap
from tradein_app.cli.inputs import read_json
from tradein_app.cli.output import put_exactly, put_json, put_line, put_table, say
from tradein_app.config import load_config

if TYPE_CHECKING:
    from diagnostics.grading.calibration_agreement import Row, Tally
    from tradein_app.services.calibration_records import ImportRecord, SetRecord
    from tradein_app.services.desk import Desk

SETS_SCHEMA = "tradein/calibration-sets-1"


def show_sets(*, as_json: bool) -> int:
    """Print the sets and their phones, without any answer; returns the exit status."""
    with _desk() as desk:
        sets = desk.calibration_sets()
    if as_json:
        put_json({"schema": SETS_SCHEMA, "sets": [_set_to_json(each) for each in sets]})
    elif not sets:
        put_line("There is no calibration set. Import one: tradein calibration import FILE, or --practice.")
    for each in sets if not as_json else ():
        cells = [
            (
                ref.code,
                ref.model,
                str(ref.version),
                str(ref.questions),
                str(ref.finished),
                _half(ref.half_done),
            )
            for ref in each.references
        ]
        put_table(("Code", "Model", "Version", "Questions", "Finished", "Half done"), cells, title=each.name)
    return 0


def import_file(file: str, *, practice: bool, as_json: bool) -> int:
    """Save a set; returns the exit status.

    Args:
        file: A document of ``tradein/calibration-1``; ``-`` is stdin.
        practice: The set that comes with the program, in place of a file.
        as_json: What became of it as JSON, in place of words.

    Raises:
        BadInput: No file and no practice set, or both; the file is damaged.
    """
    from diagnostics.errors import BadInput
    from tradein_app.services.records import THE_PERSON

    if practice == bool(file):
        raise BadInput("Name one file, or --practice.", code="usage")
    config = load_config()
    document = None if practice else read_json(file)
    with _desk() as desk:
        if practice:
            done = desk.import_practice_calibration(config.language, actor=THE_PERSON)
        else:
            done = desk.import_calibration(document, actor=THE_PERSON)
    for note in done.notes:
        say(f"{note.message} {note.hint}")
    _put_import(done, as_json=as_json)
    return 0


def export(name: str) -> int:
    """Print a set as a document that another shop can import; returns the exit status.

    Raises:
        BadInput: There is no such set.
    """
    with _desk() as desk:
        put_json(desk.export_calibration(name))
    return 0


def take(inspection: str, set_name: str, code: str) -> int:
    """Make a reference phone of a closed inspection; returns the exit status.

    Raises:
        UserError: It is open, or the code is another phone's.
    """
    from tradein_app.services.records import THE_PERSON

    with _desk() as desk:
        taken = desk.take_reference(inspection, set_name, code, actor=THE_PERSON)
    put_line(f"{taken.code} is {taken.model} with {taken.questions} answers, in the set {set_name}.")
    return 0


def show_agreement(by: str, *, as_json: bool, as_csv: bool) -> int:
    """Print how far graders agree with the references; returns the exit status.

    Args:
        by: ``month`` or ``week``.
        as_json: The document of ``tradein/calibration-agreement-1``.
        as_csv: One line for each question, period and grader.
    """
    from diagnostics.grading.calibration_agreement import agreement_to_json

    with _desk() as desk:
        lines = desk.calibration_lines(by) if as_csv else []
        report = desk.calibration_agreement(by)
    if as_csv:
        put_exactly(_csv(lines))
    elif as_json:
        put_json(agreement_to_json(report))
    elif not report.questions:
        put_line("No round is finished yet.")
    else:
        heads = ("Answers", "Agreed", "Within one step", f"By {by}")
        put_line(
            f"{report.rounds} finished rounds. Least agreement first; below 5 answers no percent is said."
        )
        put_table(("Question", *heads), [_cells(row) for row in report.questions])
        put_table(("Grader", *heads), [_cells(row) for row in report.graders])
    return 0


@contextmanager
def _desk() -> Iterator[Desk]:
    desk = bootstrap.open_desk(load_config())
    try:
        yield desk
    finally:
        desk.close()


def _half(half_done: object) -> str:
    assert hasattr(half_done, "items")
    return ", ".join(f"{grader} ({count})" for grader, count in half_done.items())


def _set_to_json(each: SetRecord) -> dict[str, object]:
    return {
        "id": each.id,
        "name": each.name,
        "references": [
            {
                "code": ref.code,
                "model": ref.model,
                "version": ref.version,
                "checklist": ref.checklist[0],
                "checklist_version": ref.checklist[1],
                "questions": ref.questions,
                "photos": ref.photos,
                "finished": ref.finished,
                "half_done": dict(ref.half_done),
            }
            for ref in each.references
        ],
    }


def _put_import(done: ImportRecord, *, as_json: bool) -> None:
    if as_json:
        put_json(
            {
                "schema": "tradein/calibration-import-1",
                "set": done.name,
                "added": list(done.added),
                "revised": list(done.revised),
                "unchanged": list(done.unchanged),
                "notes": [{"code": note.code, "message": str(note)} for note in done.notes],
            }
        )
        return
    counts = f"{len(done.added)} new, {len(done.revised)} revised, {len(done.unchanged)} as they were"
    put_line(f"The set {done.name}: {counts}.")


def _csv(lines: list[list[str]]) -> str:
    """Return the lines as CSV; a name that begins like a formula is none in a spreadsheet."""
    text = io.StringIO()
    safe = [[f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell for cell in line] for line in lines]
    csv.writer(text, lineterminator="\n").writerows(safe)
    return text.getvalue().rstrip("\n")


def _cells(row: Row) -> tuple[str, ...]:
    trend = "  ".join(f"{name} {each.agreed}/{each.n}" for name, each in row.periods[-6:])
    return row.name, str(row.total.n), _share(row.total, row.total.agreed), _within(row.total), trend


def _share(total: Tally, count: int) -> str:
    return f"{count} of {total.n} (too few)" if total.few else f"{100 * count / total.n:.1f} %"


def _within(total: Tally) -> str:
    return _share(total, total.within_one)
