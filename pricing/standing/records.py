"""What is said of the models that a shop keeps; free of numpy, for it also crosses to the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class TriedOn(StrEnum):
    """On what a champion and its challenger were held against each other."""

    LATER = "later"
    """Prices after both had learned: the champion as it is kept, the challenger's way up to the day before them."""
    UNSEEN = "unseen"
    """Prices that the champion as it is kept never saw; the challenger left each of them out in turn."""
    FOLDS = "folds"
    """Both learned again, each from its own prices, and left out the same ones in turn."""
    ALONE = "alone"
    """There was no champion: the challenger was tried on what it had left out."""


class What(StrEnum):
    """What happened to a model."""

    TRAINED = "trained"
    PROMOTED = "promoted"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Tried:
    """How good a model was on prices that it had not seen.

    Attributes:
        split: ``sellers`` (rows left out), ``models`` (phone models left out) or a member of `TriedOn`.
        rows: How many were tried.
        r2: In units of price; ``mape`` in percent.
        coverage: Share of the prices between p10 and p90, where 0.8 is meant.
        width: Median of (p90 - p10) / p50.
        violations: Share of the steps to something better that lowered the price; ``None`` where it was not tried.
    """

    split: str
    rows: int
    r2: float
    mape: float
    coverage: float
    width: float
    violations: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a challenger is better or not; the words are in ``resources/messages/training.toml``.

    Attributes:
        code: Such as ``better`` or ``not_better``.
        params: What the words name: plain numbers and names.
    """

    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of holding a challenger against the champion.

    Attributes:
        better: By more than chance explains, see `pricing.standing.judging`.
        calibrated: Its ranges hold about what they promise, and better is never cheaper.
        tried_on: What both were tried on.
        rows: How many prices that were, of ``models`` phone models.
        gain: How much smaller the challenger's errors are, as a share of the champion's; ``low`` and ``high`` hold
            it in nine of ten draws of phone models. ``None`` without a champion.
        champion: Its figures on these prices; ``None`` without one.
        challenger: Its figures on the same prices.
        against: The champion's version; empty without one.
        reasons: All of them, those that hold it back first.
    """

    better: bool
    calibrated: bool
    tried_on: TriedOn
    rows: int
    models: int
    reasons: tuple[Reason, ...]
    gain: float | None = None
    low: float | None = None
    high: float | None = None
    champion: Tried | None = None
    challenger: Tried | None = None
    against: str = ""

    @property
    def good(self) -> bool:
        """Return whether the challenger may take the champion's place without being asked."""
        return self.better and self.calibrated


@dataclass(frozen=True, slots=True)
class Entry:
    """One model that is kept in ``models/<version>``.

    Attributes:
        version: The card's; it names the folder, too.
        trained_at: UTC.
        kind: What its prices are: ``asks``, for a price model learns from asks.
        rows: Prices that it learned from, of ``models`` phone models.
        first_day: Of its prices; ``last_day`` likewise; ``None`` where none told its day.
        fingerprint: SHA-256 of the prices.
        sources: The files and feeds that they came from, by name.
        scores: On what it left out.
        verdict: When it was held against the champion of that time; ``None`` where it never was.
        memory_mb: The most that its training held; ``None`` where the system does not tell.
        seconds: That its training took.
    """

    version: str
    trained_at: datetime
    kind: str
    rows: int
    models: int
    first_day: date | None
    last_day: date | None
    fingerprint: str
    seed: int
    sources: tuple[str, ...] = ()
    scores: tuple[Tried, ...] = ()
    verdict: Verdict | None = None
    memory_mb: float | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a model.

    Attributes:
        at: UTC.
        what: What.
        version: Of the model; of the one that counts since then where one was promoted or taken back, empty where
            the program's own curves do.
        former: The champion before, where that changed; empty where there was none.
        actor_id: Who did it, or began the training that did; ``actor_name`` for people.
        by_itself: Whether the training promoted it, not a person.
        audited: Whether the audit log has it.
    """

    at: datetime
    what: What
    version: str
    former: str
    actor_id: str
    actor_name: str
    by_itself: bool = False
    audited: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Which model counts, which one waits, and how that came about.

    Attributes:
        champion: The model that prices; ``None`` where the seed does.
        challenger: The model that was trained last and waits; ``None`` where none does.
        models: All that are kept, by version; the champion and the challenger among them.
        history: The oldest first.
    """

    champion: Entry | None = None
    challenger: Entry | None = None
    models: tuple[Entry, ...] = ()
    history: tuple[Event, ...] = ()

    def entry(self, version: str) -> Entry | None:
        """Return a model by its version."""
        return next((entry for entry in self.models if entry.version == version), None)

    @property
    def former(self) -> Entry | None:
        """Return the champion before the present one, to which `pricing.standing.changing.back` goes.

        Each promotion adds one, each step back takes one off.
        """
        crowned: list[str] = []
        for event in self.history:
            if event.what is What.PROMOTED:
                crowned.append(event.version)
            elif event.what is What.BACK:
                crowned = crowned[:-1]
        return self.entry(crowned[-2]) if len(crowned) > 1 else None
