"""A damaged set of reference phones is described in French to who reads French, down to the place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diagnostics.errors import BadInput
from diagnostics.grading.calibration_codec import parse_set
from tradein_app.cli.inputs import read_json
from tradein_app.services.calibration_practice import practice_set
from tradein_app.viewmodels.language import error_words

Damage = Callable[[dict[str, Any]], object]
_CODE = "Téléphone de référence PRACTICE-01 :"

DAMAGED: tuple[tuple[Damage, str], ...] = (
    (lambda s: s.update(schema="other/1"), "schema : il faut 'tradein/calibration-1', il y a 'other/1'."),
    (lambda s: s.update(name=""), "name : il faut un texte de 1 à 80 caractères, il y a ''."),
    (lambda s: s.update(references=[]), "references : il faut une liste de 1 à 500 téléphones, il y en a 0."),
    (lambda s: s.update(references={}), "references : il faut une liste, il y a un objet."),
    (
        lambda s: s["references"].__setitem__(0, []),
        "references[0] : il faut un objet JSON, il y a une liste.",
    ),
    (
        lambda s: _first(s).update(answers={}),
        f"{_CODE} references[0].answers : il faut au moins une réponse.",
    ),
    (lambda s: _first(s).update(answers={"sparkle": "no"}), f"{_CODE} 'sparkle' n'est pas une question"),
    (
        lambda s: _first(s).update(answers={"clean": "purple"}),
        f"{_CODE} answers.clean : il faut l'un de ces mots : ",
    ),
    (lambda s: _first(s).update(photos=["x"]), f"{_CODE} references[0].photos[0] : il faut un SHA-256 en 64"),
    (lambda s: _first(s).update(checklist="car-1"), f"{_CODE} Il n'y a pas de liste de contrôle 'car-1'"),
    (
        lambda s: _first(s).update(answers={"clean": "purple"}, checklist_version="0"),
        f"{_CODE} Une de ses réponses n'existe pas dans la liste de contrôle phone-1",
    ),
    (
        lambda s: _first(s).update(answers={"clean": {"answer": "yes", "at": "noon"}}),
        f"{_CODE} references[0].answers.clean.at : il faut une heure comme 2026-",
    ),
)


def _first(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["references"][0]
    return found


@pytest.mark.parametrize(("damage", "said"), DAMAGED)
def test_each_damage_is_said_in_french(damage: Damage, said: str):
    document = copy.deepcopy(dict(practice_set()))
    damage(document)
    with pytest.raises(BadInput) as caught:
        parse_set(document)
    message, hint = error_words(caught.value, "fr")
    assert message.startswith(said)
    assert hint
    assert " must be " not in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "n'est pas du JSON utilisable : ligne 1, colonne 2."),
        (b"\xff\xfe\xff", "ne peut pas être lu : ce n'est pas du texte en UTF-8."),
        (b'{"a": 1, "a": 2}', "n'est pas du JSON utilisable : 'a' y figure deux fois."),
        (b'{"a": NaN}', "n'est pas du JSON utilisable : NaN n'est pas un nombre."),
    ],
)
def test_a_file_that_is_no_set_is_said_in_french(tmp_path: Path, content: bytes, said: str):
    path = tmp_path / "set.json"
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read_json(str(path))
    assert error_words(caught.value, "fr")[0] == f"{path} {said}"


def test_a_file_that_is_not_there_is_said_in_french(tmp_path: Path):
    with pytest.raises(BadInput) as caught:
        read_json(str(tmp_path / "no.json"))
    assert error_words(caught.value, "fr")[0].endswith("ne peut pas être lu : il n'existe pas.")


def test_an_error_that_does_not_name_what_the_sentence_needs_says_its_own():
    error = BadInput("reading.readings holds 2 phones.", code="bad_value")
    assert error_words(error, "fr") == ("reading.readings holds 2 phones.", "")
