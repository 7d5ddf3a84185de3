"""Names on the box: what a person taught goes first; a code that two phones share is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics import text
from diagnostics.android import identity
from diagnostics.android.names import NONE, Names, NamesFile, learn, parse_names
from diagnostics.android.naming import table_name
from diagnostics.errors import BadInput
from diagnostics.learned import LARGEST
from diagnostics.model import Quality
from resources.opening import read_bytes
from tests.fakes.android import builder


def _named(names=NONE, **properties):
    building = builder()
    identity.fill(building, {f"ro.product.{name}": value for name, value in properties.items()}, names)
    reading = building.partial()
    return reading.identity.model, reading.evidence["identity.model"].quality, reading


@pytest.mark.parametrize(
    ("model", "device", "name"),
    [
        ("SM-G991B", "o1s", "Galaxy S21 5G"),
        ("2201117TY", "spesn", "Redmi Note 11"),
        ("KB2003", "OnePlus8T", "OnePlus 8T"),
        ("KB2003", "another", "OnePlus 8T"),
    ],
)
def test_a_code_that_a_table_has(model, device, name):
    assert _named(model=model, device=device)[:2] == (name, Quality.ESTIMATE)


def test_a_code_of_several_phones_is_told_by_its_codename_and_never_guessed():
    rows: dict[str, dict[str, str]] = {}
    for line in read_bytes("android/names.tsv").decode().splitlines():
        if not line.startswith("#"):
            model, device, name = line.split("\t")
            rows.setdefault(model, {})[device] = name
    shared = {model: names for model, names in rows.items() if len(set(names.values())) > 1}
    assert len(shared) > 100
    for model, names in list(shared.items())[::20]:
        for device, name in names.items():
            known = table_name(model, device)
            assert known is not None
            assert known.name == name
        assert table_name(model, "no-such-codename") is None


@pytest.mark.parametrize("code", ["", "X" * 5000, "A\tB", "a\nb", "#", "SM", "SM-G99", "\u202e"])
def test_a_code_that_no_table_has_is_given_as_a_hint(code):
    assert table_name(code, "") is None


def test_an_unknown_phone_is_its_code():
    assert _named(model="ZX-9000", device="zx")[:2] == ("ZX-9000", Quality.HINT)


def test_what_a_person_typed_once_names_every_such_phone(tmp_path):
    path = tmp_path / "android-names.toml"
    learn(path, "ZX-9000", "Zeta 9")
    learn(path, "KM5", "Shop phone", device="kilo")
    names = parse_names(path.read_bytes())
    assert _named(names, model="ZX-9000", device="zx")[:2] == ("Zeta 9", Quality.TYPED)
    assert _named(names, model="KM5", device="kilo")[0] == "Shop phone"
    assert _named(names, model="KM5", device="lima")[0] != "Shop phone"
    learn(path, "ZX-9000", "Zeta 9 Pro")
    assert parse_names(path.read_bytes()).name_of("ZX-9000", "") == "Zeta 9 Pro"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_it_goes_before_what_the_phone_calls_itself():
    names = Names({"2312DRA50G": "Redmi Note 13 Pro 5G"})
    building = builder()
    identity.fill(building, {"ro.product.model": "2312DRA50G", "ro.product.marketname": "红米"}, names)
    assert building.partial().identity.model == "Redmi Note 13 Pro 5G"


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=70), max_size=5))
def test_a_name_is_kept_as_it_was_typed_or_refused(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("names") / "android-names.toml"
    for code, name in rows.items():
        try:
            learn(path, code, name)
        except BadInput:
            plain = (
                text.plain(name, 60) == name.strip()
                and text.plain(code, 80) == code.strip()
                and "|" not in code
            )
            assert not (plain and code.strip() and name.strip())
        else:
            assert parse_names(path.read_bytes()).models[code.strip()] == name.strip()


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"models = 3",
        b"[models]\nA = 3",
        b"[models]\nA = ''",
        b"[x]\n",
        b"[models",
        b"#" * (LARGEST + 1),
    ],
)
async def test_a_file_that_cannot_be_used_is_said_and_nothing_of_it_used(tmp_path, content):
    path = tmp_path / "android-names.toml"
    path.write_bytes(content)
    names = await NamesFile(path).look()
    assert names.wrong
    assert not names.models
    with pytest.raises(BadInput):
        learn(path, "A", "B")
    assert path.read_bytes() == content
    _, quality, reading = _named(names, model="ZX-9000", device="zx")
    assert quality is Quality.HINT
    assert {problem.code for problem in reading.problems} == {"bad_names"}


async def test_the_file_is_looked_at_for_every_reading(tmp_path):
    path = tmp_path / "android-names.toml"
    file = NamesFile(path)
    assert await file.look() == NONE
    learn(path, "ZX-9000", "Zeta 9")
    assert (await file.look()).name_of("ZX-9000", "zx") == "Zeta 9"
    path.unlink()
    assert await file.look() == NONE


def test_a_property_of_control_characters_alone_says_nothing():
    building = builder()
    identity.fill(building, {"ril.product_code": "\x00\x01\x02", "ro.product.model": "SM-X"})
    reading = building.build()
    assert reading.identity.part_number is None
    assert "identity.part_number" not in reading.evidence
