"""Which model counts: kept whole, changed by one call, and one step back is one step back."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from diagnostics.errors import BadInput, UserError
from pricing.standing.changing import back, promoted, taken_back, trained
from pricing.standing.keeping import read_standing, write_standing
from pricing.standing.places import standing_file
from pricing.standing.records import Standing, What
from tests.fakes.standings import ANA, AT, a_verdict, an_entry


def three() -> Standing:
    """Return a standing in which a was followed by b and c."""
    standing = Standing()
    for version in ("model-a", "model-b", "model-c"):
        standing = trained(standing, an_entry(version), at=AT, actor=ANA)
        standing = promoted(standing, version, at=AT, actor=ANA, by_itself=True)
    return standing


def champion(standing: Standing) -> str | None:
    return standing.champion.version if standing.champion else None


def challenger(standing: Standing) -> str | None:
    return standing.challenger.version if standing.challenger else None


def test_nothing_stands_before_the_first_model(tmp_path: Path) -> None:
    assert read_standing(tmp_path) == Standing()


def test_it_comes_back_as_it_was_written(tmp_path: Path) -> None:
    standing = trained(three(), an_entry("model-d", a_verdict(better=False)), at=AT, actor=ANA)
    write_standing(tmp_path, standing)
    assert read_standing(tmp_path) == standing
    assert [path.name for path in (tmp_path / "prices").iterdir()] == ["standing.json"]


def test_a_new_model_waits_until_it_is_promoted() -> None:
    standing = trained(three(), an_entry("model-d"), at=AT, actor=ANA)
    assert (champion(standing), challenger(standing)) == ("model-c", "model-d")
    standing = promoted(standing, "model-d", at=AT, actor=("bo", "Bo"))
    assert (champion(standing), challenger(standing)) == ("model-d", None)
    last = standing.history[-1]
    assert (last.what, last.version, last.former, last.actor_name) == (
        What.PROMOTED,
        "model-d",
        "model-c",
        "Bo",
    )


def test_each_step_back_goes_to_the_champion_before() -> None:
    once = back(three(), at=AT, actor=ANA)
    assert (champion(once), challenger(once)) == ("model-b", "model-c")
    twice = back(once, at=AT, actor=ANA)
    assert (champion(twice), challenger(twice)) == ("model-a", "model-b")
    first = back(twice, at=AT, actor=ANA)
    assert (champion(first), challenger(first)) == (None, "model-a")
    with pytest.raises(UserError) as said:
        back(first, at=AT, actor=ANA)
    assert said.value.code == "no_former_champion"


def test_after_a_step_back_another_promotion_goes_back_to_where_it_came_from() -> None:
    standing = promoted(back(three(), at=AT, actor=ANA), "model-a", at=AT, actor=ANA)
    assert champion(back(standing, at=AT, actor=ANA)) == "model-b"


def test_what_a_person_took_back_is_remembered_until_a_person_promotes_it() -> None:
    standing = back(three(), at=AT, actor=ANA)
    assert taken_back(standing, "model-c")
    assert not taken_back(standing, "model-b")
    assert not taken_back(promoted(standing, "model-c", at=AT, actor=ANA), "model-c")


def test_the_champion_that_is_promoted_once_more_changes_nothing() -> None:
    standing = three()
    assert promoted(standing, "model-c", at=AT, actor=ANA) == standing


def test_the_champion_that_is_trained_once_more_does_not_wait_for_itself() -> None:
    standing = trained(three(), an_entry("model-c"), at=AT, actor=ANA)
    assert (champion(standing), challenger(standing)) == ("model-c", None)
    assert len(standing.models) == 3


def test_a_model_that_is_not_kept_cannot_be_promoted() -> None:
    with pytest.raises(BadInput) as said:
        promoted(three(), "model-z", at=AT, actor=ANA)
    assert said.value.code == "unknown_model_version"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "[" * 100_000,
        lambda text: "{}",
        lambda text: text.replace("model-a", "../../elsewhere"),
        lambda text: text.replace('"champion": "model-c"', '"champion": "model-z"'),
        lambda text: text.replace("+00:00", ""),
        lambda text: text.replace('"rows": 1200', '"rows": "many"'),
    ],
)
def test_a_damaged_file_is_refused_in_words(tmp_path: Path, damage) -> None:
    write_standing(tmp_path, three())
    path = standing_file(tmp_path)
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(BadInput) as said:
        read_standing(tmp_path)
    assert said.value.code == "standing_damaged"
    assert str(path) in said.value.message


def test_a_pipe_in_its_place_holds_nobody_up(tmp_path: Path) -> None:
    file = standing_file(tmp_path)
    file.parent.mkdir(parents=True)
    os.mkfifo(file)
    with pytest.raises(BadInput, match="not an ordinary file") as said:
        read_standing(tmp_path)
    assert said.value.code == "standing_damaged"


def test_what_cannot_be_written_leaves_what_stood_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_standing(tmp_path, three())
    before = standing_file(tmp_path).read_bytes()
    from pricing.standing import keeping

    def full(path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(keeping, "replaced", full)
    with pytest.raises(UserError) as said:
        write_standing(tmp_path, Standing())
    assert said.value.code == "standing_not_written"
    assert standing_file(tmp_path).read_bytes() == before


def test_the_file_can_be_read_by_people(tmp_path: Path) -> None:
    write_standing(tmp_path, three())
    document = json.loads(standing_file(tmp_path).read_text(encoding="utf-8"))
    assert document["champion"] == "model-c"
    assert [event["what"] for event in document["history"]][-2:] == ["trained", "promoted"]
