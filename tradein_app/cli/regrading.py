"""``tradein regrade``: what all that is stored comes to under another standard; nothing that is stored changes."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import ExitStack, closing
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from diagnostics import text
from diagnostics.errors import BadInput, UserError
from diagnostics.grading.words import result_words
from diagnostics.messages import FALLBACK_LANGUAGE
from resources.opening import load_toml
from tradein_app import bootstrap
from tradein_app.cli.inputs import parse_date
from tradein_app.cli.output import put_exactly, put_line, put_table, say
from tradein_app.cli.standards import warn_of
from tradein_app.config import load_config

if TYPE_CHECKING:
    from diagnostics.grading.rules import Standard
    from tradein_app.services.regrading_batches import Batch
    from tradein_app.services.regrading_records import Regraded

SCHEMA = "tradein/regrade-1"
STEP = 10_000
"""Inspections between two lines of progress."""
COLUMNS = (
    "inspection", "opened_at", "platform", "serial", "imei", "rule_set_before", "before", "rule_set", "after",
    "label", "left", "problem",
)  # fmt: skip
_NONE = "none"
_SENTENCES = "messages/regrade.toml"
_Counts = Counter[tuple[str, str]]


def regrade_stored(wanted: str, since: str, csv_file: str, *, as_json: bool) -> int:
    """Print counts by old and new grade, and each phone that changed; returns 1 where some could not be graded.

    Args:
        wanted: A standard's id, or ``id@version``.
        since: A day: only inspections opened on it or later; ``""`` for all.
        csv_file: Where the phones that changed go; ``""`` to leave them out unless ``as_json``.
        as_json: A document of ``tradein/regrade-1`` in place of words.
    """
    from tradein_app.services.regrading_batches import batches

    config = load_config()
    library = bootstrap.open_standards(config)
    warn_of(library.findings, config.language)
    standard = library.find(wanted)
    first = datetime.combine(parse_date(since), time()).astimezone(UTC) if since else None
    with ExitStack() as stack:
        sink = stack.enter_context(_CsvSink(csv_file)) if csv_file else None
        browser = bootstrap.open_browser(config)
        stack.callback(browser.close)
        wanted_all = as_json or sink is not None
        batch_by_batch = batches(browser, standard, first, changes=wanted_all)
        found = _counted(batch_by_batch, browser.count(first), config.language)
        stack.enter_context(closing(found))
        printer = _Json(standard) if as_json else _Words(standard, config.language)
        return _walk(found, printer, sink)


def _walk(found: Iterable[Batch], printer: _Json | _Words, sink: _CsvSink | None) -> int:
    counts, others = _Counts(), Counter[str]()
    failed = 0
    printer.begin()
    for batch in found:
        counts.update(batch.counts)
        others.update(batch.passed_over)
        failed += batch.failed
        for row in batch.noted:
            printer.row(row)
            if sink:
                sink.row(row, printer.standard)
    printer.end(counts, failed, others)
    return 1 if failed else 0


def _counted(found: Generator[Batch, None, None], number: int, language: str) -> Generator[Batch, None, None]:
    """Pass what is found on, and say on stderr how far it is."""
    place = 0
    with closing(found):
        for batch in found:
            yield batch
            before, place = place, place + batch.through
            if place // STEP > before // STEP:
                say(_words("progress", language, place=place, number=number))


class _Json:
    """Writes the document piece by piece: a hundred thousand phones are never in memory together."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self._comma = ""

    def begin(self) -> None:
        head = {"schema": SCHEMA, "rule_set": self.standard.rule_set}
        put_exactly(json.dumps(head)[:-1] + ', "changed": [')

    def row(self, row: Regraded) -> None:
        put_exactly(self._comma + json.dumps(_cells(row, self.standard)))
        self._comma = ","

    def end(self, counts: _Counts, failed: int, others: Counter[str]) -> None:
        rows = [
            {"before": before, "after": after, "count": n} for (before, after), n in sorted(counts.items())
        ]
        passed_over = [{"checklist": name, "count": number} for name, number in sorted(others.items())]
        graded = counts.total() - failed
        tail = {"counts": rows, "graded": graded, "failed": failed, "passed_over": passed_over}
        put_exactly("], " + json.dumps(tail)[1:])


class _Words:
    def __init__(self, standard: Standard, language: str) -> None:
        self.standard = standard
        self._language = language

    def begin(self) -> None:
        """Say nothing yet."""

    def row(self, row: Regraded) -> None:
        if row.problem or row.left:
            say(f"{row.stored.id}: {row.problem or _left(row, self._language)}")

    def end(self, counts: _Counts, failed: int, others: Counter[str]) -> None:
        said = partial(_words, language=self._language)
        cells = [
            (self._word(before), self._word(after), str(number), "" if before == after else said("changed"))
            for (before, after), number in sorted(counts.items(), key=lambda item: -item[1])
        ]
        heads = said("before"), said("after", rule_set=self.standard.rule_set), said("phones"), ""
        put_table(heads, cells, right=2)
        changed = sum(number for (before, after), number in counts.items() if before != after)
        put_line(said("total", total=counts.total(), changed=changed, failed=failed))
        if others:
            which = ", ".join(f"{name}: {number}" for name, number in sorted(others.items()))
            own = self.standard.checklist
            put_line(said("passed_over", number=others.total(), checklist=own, which=which))

    def _word(self, word: str) -> str:
        try:
            return _words(_NONE, self._language) if word == _NONE else result_words(word, self._language)
        except KeyError:
            return text.plain(word)  # a stored grade that is damaged: it is counted as it stands


class _CsvSink:
    def __init__(self, name: str) -> None:
        self._path = Path(name)

    def __enter__(self) -> Self:
        try:
            # The BOM lets spreadsheets see that it is UTF-8.
            self._file = self._path.open("w", encoding="utf-8-sig", newline="")
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise BadInput(f"{self._path} cannot be written: {why}.", code="unwritable_file") from None
        self._rows = csv.DictWriter(self._file, COLUMNS)
        self._rows.writeheader()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def row(self, row: Regraded, standard: Standard) -> None:
        cells = _cells(row, standard)
        shown = {name: _safe(value) for name, value in cells.items()}
        try:
            self._rows.writerow(shown | {"left": " ".join(cells["left"])})
        except OSError as error:
            raise UserError(
                f"{self._path} cannot be written: {error.strerror}.", code="unwritable_file"
            ) from None


def _safe(value: object) -> str:
    """Return a cell; what a phone says of itself must be no formula for a spreadsheet."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text


def _cells(row: Regraded, standard: Standard) -> dict[str, Any]:
    stored = row.stored
    return {
        "inspection": stored.id,
        "opened_at": stored.opened_at.isoformat().replace("+00:00", "Z"),
        "platform": stored.platform,
        "serial": stored.serial,
        "imei": stored.imei,
        "rule_set_before": stored.grade.rule_set if stored.grade else None,
        "before": row.before,
        "rule_set": standard.rule_set,
        "after": row.after,
        "label": row.outcome.label if row.outcome else "",
        "left": [f"{each.question}={each.answer}" for each in row.left],
        "problem": row.problem,
    }


def _left(row: Regraded, language: str) -> str:
    given = ", ".join(f"{each.question} = {each.answer}" for each in row.left)
    return _words("left", language, answers=given)


def _words(name: str, language: str, **values: object) -> str:
    texts = load_toml(_SENTENCES)[name]
    template: str = texts.get(language) or texts[FALLBACK_LANGUAGE]
    return template.format(**values)
