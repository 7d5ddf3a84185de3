"""What a person types to teach a name: what is wrong with it is said of it, and not of the file."""

from __future__ import annotations

import pytest

from diagnostics.android import names as android
from diagnostics.apple import names as apple
from diagnostics.errors import BadInput


@pytest.mark.parametrize(
    ("code", "name", "device", "said"),
    [
        ("SM-S999B", " ", "", "“” cannot be a name."),
        ("SM-S999B", "x" * 61, "", "cannot be a name. Type 1 to 60 characters"),
        ("SM-S999B", "a\u202eb", "", "cannot be a name."),
        (" ", "Galaxy", "", "“” cannot be a code."),
        (" ", "Galaxy", "o1s", "cannot be a code."),
        ("A|B", "Galaxy", "", "“A|B” cannot be a code."),
        ("A", "Galaxy", "b|c", "without “|”"),
        ("x" * 81, "Galaxy", "", "of at most 80 characters"),
    ],
)
def test_an_android_name_or_code_that_cannot_be_one(tmp_path, code, name, device, said):
    path = tmp_path / "android-names.toml"
    with pytest.raises(BadInput) as raised:
        android.learn(path, code, name, device=device)
    assert said in str(raised.value)
    assert "cannot be used" not in str(raised.value)
    assert not path.exists()


@pytest.mark.parametrize(
    ("code", "name", "colour", "said"),
    [
        ("iPhone20,1", " ", "", "cannot be a name"),
        ("iPhone20,1", "a  b", "7", "without two blanks in a row"),
        ("SM-S999B", "iPhone", "", "“SM-S999B” cannot be a code. Give a product type such as iPhone14,5."),
        ("iPhone20,1", "black", "7" * 41, "a colour's code of at most 40 characters"),
    ],
)
def test_an_iphones_name_or_code_that_cannot_be_one(tmp_path, code, name, colour, said):
    path = tmp_path / "iphone-names.toml"
    with pytest.raises(BadInput) as raised:
        apple.learn(path, code, name, colour=colour)
    assert said in str(raised.value)
    assert "cannot be used" not in str(raised.value)
    assert not path.exists()


def test_a_row_of_both_codes_written_by_hand_is_still_one():
    assert android.parse_names(b'[models]\n"A|b" = "Shop phone"\n').name_of("A", "b") == "Shop phone"
