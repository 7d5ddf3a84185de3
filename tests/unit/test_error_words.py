"""What the desk may say is said in every language of the window."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from diagnostics.errors import BadInput, ServiceMissing, UserError
from pricing.pricedata.loading import load_prices
from resources.opening import load_toml
from tradein_app.services.price_page_loading import load
from tradein_app.viewmodels.language import error_words

ROOT = Path(__file__).parents[2] / "tradein_app"
_ELSEWHERE = {
    "answers_unsaved",  # said through Qt's translation
    "paper_incomplete",
    "unknown_question",  # only a script can give such answers
    "unknown_answer",
}


def _codes() -> Iterator[str]:
    """Yield the codes of the errors that the rooms behind the window raise."""
    files = [path for room in ("store", "services", "backroom") for path in (ROOT / room).rglob("*.py")]
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield from _code_of(node)
    source = (ROOT / "store" / "failures.py").read_text(encoding="utf-8")
    yield from re.findall(r'"((?:database|disk)_[a-z_]+)"', source)


def _code_of(call: ast.Call) -> Iterator[str]:
    assert isinstance(call.func, ast.Name)
    if call.func.id in {"UserError", "BadInput", "ServiceMissing"}:
        given = [*call.args[2:3], *(word.value for word in call.keywords if word.arg == "code")]
        yield from (str(node.value) for node in given if isinstance(node, ast.Constant))


def test_every_error_of_the_desk_has_french_words():
    codes = set(_codes()) - _ELSEWHERE
    assert len(codes) > 12
    assert codes <= load_toml("messages/errors.toml").keys()


@pytest.mark.parametrize("code", sorted(load_toml("messages/errors.toml")))
def test_each_has_a_message_and_a_hint(code):
    texts = load_toml("messages/errors.toml")[code]
    assert texts["message"]["fr"].endswith(".")
    assert texts["hint"]["fr"]


def test_a_french_window_names_the_place():
    error = ServiceMissing("The database /x is in use.", "Wait.", "database_locked", place="/x")
    message, hint = error_words(error, "fr")
    assert message == "La base de données /x est utilisée par un autre programme."
    assert hint.startswith("Fermez")
    assert error_words(error, "en") == ("The database /x is in use.", "Wait.")


def test_an_error_without_words_of_its_own_says_its_own():
    assert error_words(BadInput("No.", "Try.", "never_heard_of"), "fr") == ("No.", "Try.")


def test_an_error_crosses_processes_whole():
    import pickle

    sent = ServiceMissing("The database /x is in use.", "Wait.", "database_locked", place="/x")
    got = pickle.loads(pickle.dumps(sent))
    assert isinstance(got, ServiceMissing)
    assert (got.message, got.hint, got.code, got.params) == (
        sent.message,
        sent.hint,
        sent.code,
        {"place": "/x"},
    )
    assert isinstance(pickle.loads(pickle.dumps(UserError("No."))), UserError)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"brand,model\nApple,iPhone 13\n", "prix.csv n'a pas de colonne price."),
        (b"price,model,price\n1,x,2\n", "prix.csv a deux fois la colonne price."),
        (
            b"a,b,c\n1,2,3\n",
            "prix.csv ne nomme pas les colonnes d'un fichier de prix dans sa première ligne.",
        ),
        (b"model,price\niPhone 13,-5\n", "prix.csv ne contient aucun prix utilisable."),
    ],
)
def test_a_french_window_says_what_is_wrong_with_a_file_of_prices(tmp_path, content: bytes, said: str):
    path = tmp_path / "prix.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        load_prices(path, date(2026, 11, 22))
    assert error_words(caught.value, "fr")[0] == said


def test_a_file_that_is_loaded_in_a_french_window_and_has_no_price_is_named(tmp_path):
    path = tmp_path / "prix.csv"
    path.write_bytes(b"model,price\niPhone 13,-5\n")
    with pytest.raises(BadInput) as caught:
        load(tmp_path / "prices", path, date(2026, 11, 22))
    assert error_words(caught.value, "fr")[0] == "prix.csv ne contient aucun prix utilisable."
