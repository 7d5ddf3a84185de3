"""One training from the prices to the verdict; it changes what counts in its last step only, and at once.

Killed at any moment, it leaves the champion as it was: a model is made in a folder of its own that is renamed when it
is whole, and `prices/standing.json` is replaced after that.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.errors import UserError
from pricing.standing.places import prices_folder
from tradein_app.training.records import Outcome, SourceRead, Step, TrainingState, Trouble
from tradein_app.training.state import cancel_asked, training_held, write_training

if TYPE_CHECKING:
    from pricing.model.columns import Columns
    from pricing.pricedata.gathering import Source

SHARES = {
    Step.FETCHING: (0.0, 0.02),
    Step.READING: (0.02, 0.1),
    Step.LEARNING: (0.1, 0.16),
    Step.RANGES: (0.16, 0.55),
    Step.TRYING: (0.55, 0.97),
    Step.KEEPING: (0.97, 1.0),
}
"""Where each step's part of the progress begins and ends."""
_KILO, _MEGA = 1024, 1024 * 1024

Tell = Callable[[TrainingState], None]


class Cancelled(Exception):
    """The training was asked to stop."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be trained.

    Attributes:
        home: The data folder.
        run: The training's name.
        actor: Who asked for it: id and name.
    """

    home: Path
    run: str
    actor: tuple[str, str]


def work(order: Order, pid: int, tell: Tell, before_keeping: Callable[[], None]) -> TrainingState:
    """Train, try and keep a model, and return how that ended; what goes wrong is in the state.

    Args:
        order: What is to be trained.
        pid: Of the process that this is.
        tell: Called with every state.
        before_keeping: Called once it cannot be cancelled any more.

    Raises:
        UserError: Another training runs, or nothing can be written.
        Exception: A bug; the state says so as well.
    """
    with training_held(order.home):
        teller = _Teller(order, pid, tell)
        try:
            teller.end(**_trained(order, teller, before_keeping))
        except Cancelled:
            teller.end(outcome=Outcome.CANCELLED)
        except UserError as error:
            teller.end(outcome=Outcome.FAILED, trouble=Trouble.of(error))
        except MemoryError:
            teller.end(outcome=Outcome.FAILED, trouble=_too_little_memory())
        except Exception:
            teller.end(outcome=Outcome.FAILED, trouble=_our_fault())
            raise
        return teller.state


def _trained(order: Order, teller: _Teller, before_keeping: Callable[[], None]) -> dict[str, object]:
    from pricing.model.learning import train
    from tradein_app.training import choosing, shelving

    begun = time.monotonic()
    shelving.tidy(order.home)
    data, sources = _gathered(order, teller)
    model = train(data, progress=teller.learning())
    teller.at(Step.TRYING)(0.0)
    choice = choosing.choose(order.home, data, model, teller.at(Step.TRYING))
    teller.at(Step.KEEPING)(0.0)
    before_keeping()
    made = shelving.Made(data, model, tuple(sources), choice, memory_mb(), time.monotonic() - begun)
    outcome, verdict = shelving.shelve(order, made)
    return {"outcome": outcome, "version": model.card.version, "verdict": verdict}


def _gathered(order: Order, teller: _Teller) -> tuple[Columns, list[str]]:
    from pricing.feeds.feed import FILE
    from pricing.feeds.fetching import fetch_due
    from pricing.pricedata.gathering import gather
    from tradein_app.training.feeding import sources_of

    if (prices_folder(order.home) / FILE).is_file():
        teller.at(Step.FETCHING)(0.0)
        fetch_due(order.home)  # what cannot be fetched leaves the last good copy, and says so with the feed
    teller.at(Step.READING)(0.0)
    today = datetime.now(UTC).astimezone().date()
    data, told = gather(sources_of(order.home), today, progress=teller.at(Step.READING))
    teller.say(sources=tuple(_read(source) for source in told))
    return data, [source.name for source in told if source.rows]


def _read(source: Source) -> SourceRead:
    left_out = source.findings.left_out if source.findings else 0
    problem = Trouble.of(source.problem) if source.problem else None
    return SourceRead(source.name, source.rows, left_out, source.repeated, problem)


class _Teller:
    """Tells how far the training is, and notices that it is to stop."""

    def __init__(self, order: Order, pid: int, tell: Tell) -> None:
        self._order = order
        self._tell = tell
        self.state = TrainingState(
            running=True,
            run=order.run,
            pid=pid,
            step=Step.READING,
            started=datetime.now(UTC),
            actor_id=order.actor[0],
            actor_name=order.actor[1],
        )
        self.say()

    def say(self, **news: object) -> None:
        self.state = replace(self.state, **news)  # type: ignore[arg-type]
        write_training(self._order.home, self.state)
        self._tell(self.state)

    def at(self, step: Step) -> Callable[[float], None]:
        """Return what takes the progress of one step, 0 .. 1."""
        first, last = SHARES[step]

        def progress(share: float) -> None:
            if cancel_asked(self._order.home, self._order.run):
                raise Cancelled
            self.say(step=step, share=first + (last - first) * min(max(share, 0.0), 1.0))

        return progress

    def learning(self) -> Callable[[float], None]:
        """Return what takes the progress of learning: the model first, then each part that is left out in turn."""
        self.at(Step.LEARNING)(0.0)
        left_out, told = self.at(Step.RANGES), list[float]()

        def progress(share: float) -> None:
            told.append(share)
            left_out((share - told[0]) / (1.0 - told[0]) if told[0] < 1.0 else 1.0)

        return progress

    def end(self, **news: object) -> None:
        done = 1.0 if news["outcome"] not in {Outcome.CANCELLED, Outcome.FAILED} else self.state.share
        ended = datetime.now(UTC)
        self.say(running=False, ended=ended, share=done, memory_mb=memory_mb(), **news)


def memory_mb() -> float | None:
    """Return the most memory that this process held; ``None`` where the system does not tell it this way."""
    if sys.platform == "win32":
        return None
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (_MEGA if sys.platform == "darwin" else _KILO), 1)


def _too_little_memory() -> Trouble:
    return Trouble(
        "There was not enough memory to train a price model.",
        "Close other programs, or train with fewer prices.",
        "training_memory",
    )


def _our_fault() -> Trouble:
    return Trouble(
        "Something failed in the training that should not.",
        "A report is in the folder reports of the data folder; what counted before still counts.",
        "training_bug",
    )
