"""The process that a training is: ``python -m tradein_app.training HOME RUN ACTOR NAME``."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from diagnostics.errors import UserError
from tradein_app.errors import save_report
from tradein_app.training.beginning import BUSY
from tradein_app.training.records import Outcome, TrainingState
from tradein_app.training.state import cancel_asked
from tradein_app.training.working import Order, work

_NICENESS = 10
"""Below the backroom's own: phones that are read go first."""
_LOOK = 0.1
_GRACE = 1.0
"""Seconds that the training has to stop by itself; a step of learning on many prices takes longer."""
_FAILED = 1
_STOPPED = 130


def main(arguments: Sequence[str]) -> int:
    """Train, and return the exit status: 0 done, 1 failed, 75 another training runs, 130 cancelled.

    Args:
        arguments: The data folder, the training's name, and who asked for it: id and name.
    """
    home, run, actor, name = arguments
    faulthandler.enable()
    order = Order(Path(home), run, (actor, name))
    step_back()
    watch = Watch(order)
    watch.start()
    try:
        state = work(order, os.getpid(), _nobody, watch.stop)
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return BUSY if error.code == "training_runs" else _FAILED
    except Exception as error:  # noqa: BLE001 - the last resort: a report that can be sent
        save_report(error, order.home / "reports")
        return _FAILED
    finally:
        watch.stop()
    return _status(state)


def step_back() -> None:
    """Leave the processor to whatever else wants it; on Windows the priority came with the process."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def _status(state: TrainingState) -> int:
    if state.outcome is Outcome.CANCELLED:
        return _STOPPED
    return _FAILED if state.outcome is Outcome.FAILED else 0


class Watch:
    """Ends the process when the training was asked to stop and is too deep in a step to notice.

    Nothing is lost by that: until the training keeps its model, nothing that counts was changed.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End: from now on the training comes to its own end."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_LOOK):
            if cancel_asked(self._order.home, self._order.run):
                if not self._over.wait(_GRACE):
                    os._exit(_STOPPED)
                return


def _nobody(_state: TrainingState) -> None:
    """Tell nobody: whoever wants to know reads the file."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
