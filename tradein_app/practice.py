"""Starts a practice bench beside the window, in a process of its own: the window does not know of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import MutableMapping
from typing import Any

from diagnostics.errors import ServiceMissing

HOME, DATABASE = "TRADEIN_HOME", "TRADEIN_DB"
ADDRESS = "TRADEIN_PRACTICE"
PHONES = 16


class PracticeProcess:
    """A practice bench that lives as long as this object.

    Args:
        phones: How many.
    """

    def __init__(self, phones: int = PHONES) -> None:
        command = [sys.executable, "-m", "tradein_app", "practice", "--phones", str(phones), "--json"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)  # noqa: S603
        self.environment = self._announced()

    def stop(self) -> None:
        """End the bench."""
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _announced(self) -> dict[str, str]:
        text = ""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            text += line.decode()
            document = _parsed(text)
            if document is not None:
                return {str(name): str(value) for name, value in document["environment"].items()}
        self.stop()
        raise ServiceMissing(
            "The practice bench did not start.", "Try it alone: tradein practice", "no_practice"
        )


def practise_apart(environ: MutableMapping[str, str] = os.environ) -> None:
    """Point data folder and database at a place of their own, so that practice never mixes with real deals."""
    from tradein_app.config import load_config

    environ.pop(DATABASE, None)
    if not environ.get(HOME):
        environ[HOME] = str(load_config(environ).home / "practice")


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        document = json.loads(text)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None
