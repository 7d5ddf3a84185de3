"""A shop's own names: used at once, checked, and never a reason to read nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics import text
from diagnostics.apple.names import NONE, Names, NamesFile, is_housing, learn, parse_names
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


def test_what_a_person_taught_is_there_and_the_remarks_of_the_file_stay(tmp_path):
    path = tmp_path / "iphone-names.toml"
    path.write_text("# ours\r\n" + GOOD.replace("[parts]", "# by hand\n[parts]"), newline="")
    learn(path, " iPhone20,2 ", " iPhone 19 Pro ")
    learn(path, "iPhone20,1", "sage", colour="7")
    learn(path, "iPhone20,1", "ink", colour=" 1 ")
    learn(path, "iPhone20,2", "sand", colour="#e1e4e3")
    names = parse_names(path.read_bytes())
    assert names.models == {
        "iPhone20,1": "iPhone 19",
        "iPhone14,5": "iPhone 13 (ours)",
        "iPhone20,2": "iPhone 19 Pro",
    }
    assert names.parts == {"MYEX3": "ultramarine"}
    assert names.colours == {"iPhone20,1": {"1": "ink", "7": "sage"}, "iPhone20,2": {"#e1e4e3": "sand"}}
    assert path.read_bytes().startswith(b"# ours\r\n")
    assert "# by hand" in path.read_text()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("colour", ["", "7"])
@pytest.mark.parametrize("content", [b"\xff", b"[models", b"[phones]", b"models = 3", b"#" * (LARGEST + 1)])
def test_a_file_that_cannot_be_used_is_left_as_it_is(tmp_path, content, colour):
    path = tmp_path / "iphone-names.toml"
    path.write_bytes(content)
    with pytest.raises(BadInput, match="cannot be used"):
        learn(path, "iPhone20,1", "iPhone 19", colour=colour)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("model", "name", "colour"),
    [
        ("SM-S999B", "Galaxy", ""),
        ("", "iPhone", ""),
        ("iPhone20,1", " ", ""),
        ("iPhone20,1", "x" * 61, "7"),
        ("iPhone20,1", "a\u202eb", ""),
        ("iPhone20,1", "black", "7\n8"),
        ("iPhone20,1", "black", "7" * 41),
        ("SM-S999B", "black", "7"),
    ],
)
def test_what_cannot_be_a_name_or_a_code_is_not_written(tmp_path, model, name, colour):
    path = tmp_path / "iphone-names.toml"
    with pytest.raises(BadInput):
        learn(path, model, name, colour=colour)
    assert not path.exists()


@given(st.lists(st.tuples(st.text(max_size=45), st.text(max_size=65)), max_size=4))
def test_a_colour_is_kept_as_it_was_typed_or_refused(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("names") / "iphone-names.toml"
    for code, name in rows:
        kept = {} if not path.exists() else parse_names(path.read_bytes()).colours.get("iPhone20,1", {})
        try:
            learn(path, "iPhone20,1", name, colour=code or "7")
        except BadInput:
            fits = bool(name.strip()) and text.plain(name, 60) == name.strip()
            assert not (fits and (is_housing(code.strip()) or not code.strip()))
        else:
            names = parse_names(path.read_bytes())
            wanted = (code or "7").strip()
            if wanted:
                assert names.colours["iPhone20,1"] == {**kept, wanted: name.strip()}
            else:
                assert names.models["iPhone20,1"] == name.strip()


def test_a_file_that_notepad_saved_with_its_mark_counts():
    assert parse_names(b'\xef\xbb\xbf[models]\r\n"iPhone20,1" = "iPhone 19"\r\n').models == {
        "iPhone20,1": "iPhone 19"
    }
