"""Every word of a quote exists in both languages, with the same parameters."""

from __future__ import annotations

import string
from dataclasses import replace
from decimal import Decimal

import pytest

from pricing.money import Money
from pricing.quote import Decision
from pricing.records import Step, reason
from pricing.words import keys, reason_lines, words
from resources.opening import load_toml

GROUPS = ("steps", "bases", "factors", "decisions", "locks", "lists", "reasons", "rates", "counts")
ENTRIES = [(group, key) for group in GROUPS for key in sorted(keys(group))]


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize(("group", "key"), ENTRIES)
def test_both_languages_say_the_same(group: str, key: str) -> None:
    texts = load_toml("messages/quote.toml")[group][key]
    assert set(texts) == {"en", "fr"}
    assert _fields(texts["en"]) == _fields(texts["fr"])


def test_every_decision_has_a_word() -> None:
    assert keys("decisions") == set(Decision)


def test_a_lock_is_named_in_the_persons_language() -> None:
    assert "le verrouillage opérateur" in words(reason("lock_on", lock="sim"), "fr")
    assert "the carrier lock" in words(reason("lock_on", lock="sim"), "de")


def test_a_key_takes_parameters() -> None:
    assert words("steps.commission", "en", rate="10") == "commission 10 %"


def test_what_is_said_of_several_locks_is_said_once_with_the_locks_named() -> None:
    locks = [reason("lock_on", lock=name) for name in ("activation", "find_my", "account")]
    lines = reason_lines([*locks, reason("not_wiped"), reason("storage_unknown", size="64")])
    assert lines[0] == (
        "These keep the phone from being bought: the activation or reset lock, Find My and the owner's account. "
        "All must be cleared first."
    )
    assert lines[1:] == (words(reason("not_wiped")), words(reason("storage_unknown", size="64")))
    assert reason_lines(locks[:1]) == (words(locks[0]),)


def test_a_line_of_an_old_quote_keeps_the_words_that_it_was_made_with() -> None:
    amount = Money(Decimal("-2.00"), "EUR")
    old = Step("refurbishing", "refurbishing", amount)
    assert words(old, "fr") == "refurbishing"
    assert words(replace(old, params={"grade": "good"}), "fr") == "remise en état pour le grade bon"
