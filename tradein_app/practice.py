"""Starts a practice bench beside the window, in a process of its own: the window does not know of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import MutableMapping

from diagnostics.errors import ServiceMissing

HOME, DATABASE, NAMES = "TRADEIN_HOME", "TRADEIN_DB", "TRADEIN_NAMES"
ADDRESS = "TRADEIN_PRACTICE"
PHONES = 16
_FOLDER = "practice"
"""In the data folder, whichever that is: a person who works in a folder of their own practises apart from it, too."""
_NICENESS = 10
"""Real phones compute by themselves; these must not take the processor from the program that reads them."""


class PracticeProcess:
    """A practice bench that lives as long as this process, however that ends.

    Args:
        phones: How many.

    Raises:
        ServiceMissing: The bench did not start.
    """

    def __init__(self, phones: int = PHONES) -> None:
        command = [sys.executable, "-m", "tradein_app.practice", str(phones)]
        # A session of its own: Ctrl+C in the terminal is this process's to handle.
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, start_new_session=True
        )
        self.environment = self._announced()

    def stop(self) -> None:
        """End the bench."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _announced(self) -> dict[str, str]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            hint = "Try it alone: tradein practice"
            raise ServiceMissing("The practice bench did not start.", hint, "no_practice")
        return {str(name): str(value) for name, value in json.loads(line).items()}


def serve(phones: int) -> None:
    """Run a bench until standard input ends: that is when the process that started this one ends."""
    from diagnostics.practice.bench import PracticeThread

    step_back()
    with PracticeThread(iphones=(phones + 1) // 2, androids=phones // 2) as bench:
        sys.stdout.write(json.dumps(bench.environment()) + "\n")
        sys.stdout.flush()
        sys.stdin.read()


def step_back() -> None:
    """Leave the processor to the programs that read the practice phones, where both want it."""
    if hasattr(os, "nice"):
        os.nice(_NICENESS)


def practise_apart(environ: MutableMapping[str, str] = os.environ) -> None:
    """Point data folder and database at a place of their own, so that practice never mixes with real deals."""
    from tradein_app.config import load_config

    environ.pop(DATABASE, None)
    environ.pop(NAMES, None)  # what practice phones are called is nobody else's business
    environ[HOME] = str(load_config(environ).home / _FOLDER)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
