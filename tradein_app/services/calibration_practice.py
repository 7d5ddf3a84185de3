"""The reference phones that come with the program, for practice: each is told by its note, as nobody can hold one."""

from __future__ import annotations

import json
from typing import Any

from resources.opening import read_bytes

FILE = "practice/calibration.json"


def practice_set(language: str = "en") -> dict[str, Any]:
    """Return the document of the practice set, its notes in a language where they are there in it."""
    document: dict[str, Any] = json.loads(read_bytes(FILE))
    for reference in document["references"]:
        reference["note"] = reference.get(f"note_{language}", reference["note"])
    return document
