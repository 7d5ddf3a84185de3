"""Every reason has words in both languages, and parameters are only ever text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import diagnostics
from diagnostics.messages import message, problem_codes, value_words
from diagnostics.model import Problem
from resources.opening import load_toml

TEXTS = load_toml("messages/problems.toml")


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_both_languages_say_it_with_the_same_parameters(code):
    texts = TEXTS[code]
    assert set(texts) == {"en", "fr"}
    assert set(re.findall(r"{(\w+)}", texts["en"])) == set(re.findall(r"{(\w+)}", texts["fr"]))


def test_parameters_are_filled_in():
    problem = Problem("battery.health_percent", "implausible", {"raw": "{0.__class__} 1 %"})
    assert (
        message(problem)
        == "The phone answered “{0.__class__} 1 %”, which cannot be right. The value is not used."
    )
    assert message(problem, "fr").startswith("Le téléphone a répondu « {0.__class__} 1 % »")


def test_a_missing_parameter_shows_as_a_dash():
    assert "“\N{EN DASH}”" in message(Problem("", "unknown_code"))


def test_another_language_falls_back_to_english():
    assert message(Problem("", "timeout"), "xx") == message(Problem("", "timeout"))


@pytest.mark.parametrize(
    ("field", "value", "language", "said"),
    [
        ("identity.sold_as", "refurbished", "fr", "vendu reconditionné par Apple"),
        ("identity.sold_as", "refurbished", "xx", "sold refurbished by Apple"),
        ("management.supervised", True, "en", "supervised"),
        ("sim.status", "abducted", "en", "abducted"),
        ("battery.cycle_count", 7, "fr", "7"),
    ],
)
def test_values_of_a_few_words_are_said_in_the_persons_language(field, value, language, said):
    assert value_words(field, value, language) == said


def test_every_code_that_the_device_layer_names_has_a_message():
    sources = Path(diagnostics.__file__).parent.rglob("*.py")
    named = {
        code
        for path in sources
        for code in re.findall(
            r"""(?:\.problem\([^,()]+, |Problem\([^,()]+, )"(\w+)\"""", path.read_text("utf-8")
        )
    }
    assert named
    assert named <= problem_codes()
