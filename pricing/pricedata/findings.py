"""What was found wrong in price data: counted, with the first examples by line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pricing.pricedata.remarks import Remark, remark

EXAMPLES = 20
"""Rows that are named, unless more are asked for; all are counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that was left out.

    Attributes:
        line: In the file, the header being 1.
        id: The row's own; may be empty.
        column: Which cell; empty for the row as a whole.
        words: What is wrong with it.
        label: What the row's own is called, such as ``id``; empty where that is plain.
    """

    line: int
    id: str
    column: str
    words: str
    label: str = ""

    @property
    def _named(self) -> str:
        return f"{self.label} {self.id}".strip()

    def __str__(self) -> str:
        row = f"line {self.line}" + (f" ({self._named})" if self.id else "")
        return f"{row}, {self.column}: {self.words}" if self.column else f"{row}: {self.words}"


@dataclass(slots=True)
class Findings:
    """All that was found in one file.

    Attributes:
        rows: How many rows were read, ``used`` how many of them are used.
        counts: Rows left out, by column and words without their own text.
        examples: The first of them, at most ``shown``.
        repeated: Rows that say what another row says; they are used, because two phones can be alike.
        remarks: What else to know.
        cut_off: The last row has fewer cells than the first line, and no end: its file is being written, or broke off.
    """

    rows: int = 0
    used: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    examples: list[Finding] = field(default_factory=list)
    repeated: int = 0
    remarks: list[Remark] = field(default_factory=list)
    shown: int = EXAMPLES
    cut_off: bool = False

    @property
    def left_out(self) -> int:
        """Return how many rows were left out."""
        return sum(self.counts.values())

    @property
    def all_remarks(self) -> tuple[Remark, ...]:
        """Return the remarks, and first of all that the file breaks off."""
        return (*([remark("cut_off")] if self.cut_off else []), *self.remarks)

    def add(self, finding: Finding, kind: str) -> None:
        """Count a row that is left out."""
        self.counts[f"{finding.column}: {kind}" if finding.column else kind] += 1
        if len(self.examples) < self.shown:
            self.examples.append(finding)

    def lines(self) -> Iterator[str]:
        """Yield it in words: the counts first, then the examples."""
        yield f"{self.rows} rows read, {self.used} used, {self.left_out} left out."
        for kind, count in self.counts.most_common():
            yield f"  {count} rows: {kind}"
        for finding in self.examples:
            yield f"  {finding}"
        if self.left_out > len(self.examples):
            yield f"  and {self.left_out - len(self.examples)} more"
        if self.repeated:
            yield f"{self.repeated} rows repeat another row word for word; they are used."
        yield from (each.words() for each in self.all_remarks)
