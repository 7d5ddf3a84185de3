"""Texts of the checklist never break between a number and its unit, nor before a French colon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources.opening import load_toml

FILES = ["checklists/phone-1.toml", "checklists/tablet-1.toml", "defects/phone-1.toml", "defects/tablet-1.toml",
         "messages/grade.toml", "messages/repairs.toml"]  # fmt: skip
UNIT = re.compile(r"\d (cm|mm|lux|%|h|s)\b|\d %")
FRENCH = re.compile(r" [:;?!\u00bb]|\u00ab ")


def texts(value: object, language: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each, name if name in {"en", "fr"} else language)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, language)
    elif isinstance(value, str) and language:
        yield language, value


@pytest.mark.parametrize("name", FILES, ids=lambda name: Path(name).stem)
def test_a_number_keeps_its_unit_and_french_its_punctuation(name: str) -> None:
    found = list(texts(load_toml(name)))
    assert found
    broken = [
        text for language, text in found if UNIT.search(text) or (language == "fr" and FRENCH.search(text))
    ]
    assert broken == []
