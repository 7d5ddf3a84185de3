"""Everything that a training can say is said in both languages, with its numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from pricing.standing.changing import back, promoted, trained
from pricing.standing.records import Event, Reason, Standing, TriedOn, What
from resources.opening import load_toml
from tests.fakes.standings import ANA, AT, a_verdict, an_entry
from tradein_app.training.records import Outcome, Step
from tradein_app.training.words import (
    back_lines,
    event_words,
    outcome_words,
    reason_words,
    step_words,
    verdict_lines,
)

ROOT = Path(__file__).parents[3]
TEXTS = load_toml("messages/training.toml")


def _codes() -> Iterator[str]:
    """Yield the codes of all reasons that the program makes."""
    for path in [
        *(ROOT / "pricing" / "standing").glob("*.py"),
        *(ROOT / "tradein_app" / "training").glob("*.py"),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                yield from (str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant))


def test_every_reason_has_words_and_none_is_left_over() -> None:
    chosen = {"covers_too_little", "covers_too_much"}
    assert set(_codes()) | chosen == set(TEXTS["reasons"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_step_outcome_and_event_has_words(language: str) -> None:
    said = [step_words(step, language) for step in Step]
    said += [outcome_words(outcome, language) for outcome in Outcome]
    said += [event_words(Event(AT, what, "v", "", "ana", "Ana", by_itself=True), language) for what in What]
    said += [TEXTS["tried_on"][each.value][language] for each in TriedOn]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("group", sorted(TEXTS))
def test_both_languages_name_the_same_things(group: str) -> None:
    for name, texts in TEXTS[group].items():
        english, french = (
            {field for _, field, _, _ in Formatter().parse(texts[language]) if field}
            for language in ("en", "fr")
        )
        assert english == french, name


def test_a_verdict_says_on_what_it_stands() -> None:
    lines = list(verdict_lines(a_verdict(), "fr"))
    assert lines[0].startswith("240 prix de 18 modèles de téléphone")
    assert "{" not in " ".join(lines)


def test_a_split_is_named_in_words() -> None:
    reason = Reason("covers_too_little", (("split", "models"), ("percent", "61")))
    assert "61 % of the prices lie in them (new phone models)" in reason_words(reason)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_step_back_says_what_became_of_each_model(language: str) -> None:
    standing = Standing()
    for version in ("model-b", "model-c"):
        standing = trained(standing, an_entry(version), at=AT, actor=ANA)
        standing = promoted(standing, version, at=AT, actor=ANA)
    standing = trained(standing, an_entry("model-d"), at=AT, actor=ANA)
    after = back(standing, at=AT, actor=ANA)
    again, waits, kept = back_lines(standing, after, language)
    assert [line.split()[0].strip(",") for line in (again, waits, kept)] == ["model-b", "model-c", "model-d"]
    assert after.entry("model-d") is not None
    assert "tradein price promote model-d" in kept
    alone = promoted(trained(Standing(), an_entry("model-a"), at=AT, actor=ANA), "model-a", at=AT, actor=ANA)
    assert len(list(back_lines(alone, back(alone, at=AT, actor=ANA), language))) == 2


def test_a_french_reason_has_a_decimal_comma() -> None:
    reason = Reason("worse", (("loss", "9.4"),))
    assert "9,4 %" in reason_words(reason, "fr")
    assert "9.4 %" in reason_words(reason, "en")
