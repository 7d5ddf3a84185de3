"""A shop's own names: used at once, checked, and never a reason to read nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.apple.names import NONE, Names, NamesFile, parse_names
from diagnostics.apple.tables import Known, colour_of_enclosure, colour_of_part, model_name
from diagnostics.errors import BadInput
from diagnostics.learned import LARGEST

NOBODY = 65534
GOOD = """
[models]
"iPhone20,1" = "iPhone 19"
"iPhone14,5" = " iPhone 13 (ours) "
[parts]
MYEX3 = "ultramarine"
[colours."iPhone20,1"]
1 = "black"
"""


def test_what_the_file_says_goes_before_the_programs_own_tables():
    names = parse_names(GOOD.encode())
    assert model_name("iPhone20,1", names) == Known("iPhone 19", "own names: ")
    assert model_name("iPhone14,5", names) == Known("iPhone 13 (ours)", "own names: ")
    assert model_name("iPhone14,5") == Known("iPhone 13")
    assert colour_of_part("MYEX3", "iPhone 19", names) == Known("ultramarine", "own names: ")
    assert colour_of_enclosure("1", "iPhone20,1", names) == Known("black", "own names: ")
    assert colour_of_enclosure("1", "iPhone9,1", names) == Known("black")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[models\n", "Expected ']'"),
        ("[phones]\n", r"there is no section \[phones\]; there are models, parts, colours"),
        ("models = 3\n", r"\[models\] must hold rows"),
        ("[models]\niPhone = 'x'\n", "“iPhone” is not a code such as iPhone14,5"),
        ("[parts]\n'MLPF3CH/A' = 'red'\n", "“MLPF3CH/A” is not a code such as MLPF3"),
        ("[models]\n'iPhone20,1' = 19\n", r"\[models\] iPhone20,1 must be a name of at most 60 characters"),
        ("[models]\n'iPhone20,1' = ''\n", "must be a name"),
        ('[models]\n"iPhone20,1" = "a\\u202eb"\n', "must be a name"),
        (f"[models]\n'iPhone20,1' = '{'x' * 61}'\n", "must be a name"),
        ("[colours]\n'iPhone20,1' = 'black'\n", r"\[colours.iPhone20,1\] must hold rows"),
        ("[colours.'iPhone20,1']\n1 = []\n", r"\[colours.iPhone20,1\] 1 must be a name"),
    ],
)
def test_a_bad_file_is_told_by_its_place(content, sentence):
    with pytest.raises(BadInput, match=sentence) as raised:
        parse_names(content.encode())
    assert str(raised.value).startswith("iphone-names.toml cannot be used: ")
    assert str(raised.value).endswith("Correct it, or delete it.")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * (LARGEST + 1)])
def test_a_file_that_is_no_text_or_too_large_is_refused(content):
    with pytest.raises(BadInput):
        parse_names(content)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_breaks_the_program(content):
    with suppress(BadInput):
        assert isinstance(parse_names(content), Names)


def test_the_file_is_looked_at_again_when_it_changed(tmp_path):
    path = tmp_path / "iphone-names.toml"
    file = NamesFile(path)
    assert file.names() is NONE
    path.write_text(GOOD)
    first = file.names()
    assert first.models["iPhone20,1"] == "iPhone 19"
    assert file.names() is first
    path.write_text("rubbish")
    assert file.names().models == {}
    assert file.names().wrong.startswith("iphone-names.toml cannot be used")
    path.unlink()
    assert file.names() is NONE


def test_a_file_that_cannot_be_opened_is_said_to_be_so(tmp_path):
    (tmp_path / "iphone-names.toml").mkdir()
    assert "it cannot be opened" in NamesFile(tmp_path / "iphone-names.toml").names().wrong


def test_a_folder_that_is_closed_to_us_is_said_to_be_so(tmp_path: Path):
    tmp_path.chmod(0)
    before = os.geteuid()
    try:
        if before == 0:
            # Nothing is forbidden to root, so it is somebody else for this moment.
            os.seteuid(NOBODY)
        assert "it cannot be opened" in NamesFile(tmp_path / "iphone-names.toml").names().wrong
    finally:
        os.seteuid(before)
        tmp_path.chmod(0o700)
