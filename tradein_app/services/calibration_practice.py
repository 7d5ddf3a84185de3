"""The reference phones that come with the program, for practice: each is told by its note, as nobody can hold one."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from resources.opening import read_bytes

FILE = "practice/calibration.json"


@cache
def is_practice(set_name: str, code: str) -> bool:
    """Return whether a reference phone is one that comes with the program: its note is all that there is of it."""
    document = practice_set()
    return set_name == document["name"] and code in {each["code"] for each in document["references"]}


def practice_set(language: str = "en") -> dict[str, Any]:
    """Return the document of the practice set, its notes in a language where they are there in it."""
    document: dict[str, Any] = json.loads(read_bytes(FILE))
    for reference in document["references"]:
        reference["note"] = reference.get(f"note_{language}", reference["note"])
    return document
