"""A training, in this process: what it says, what it keeps, and what it never does."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pricing.standing.changing import back, promoted, trained
from pricing.standing.keeping import read_standing, write_standing
from pricing.standing.places import model_folder, models_folder, standing_file
from tests.fakes.phone_market import csv_rows
from tests.fakes.price_folders import a_price_folder, load_prices
from tests.fakes.standings import ANA, AT, an_entry
from tradein_app.training.records import Outcome, Step, TrainingState
from tradein_app.training.state import ask_to_cancel, cancel_asked, read_training, training_held
from tradein_app.training.working import Order, work


def train(
    home: Path, run: str = "one", tell: Callable[[TrainingState], None] = lambda _: None, keeping=lambda: None
) -> TrainingState:
    return work(Order(home, run, ANA), os.getpid(), tell, keeping)


def files(folder: Path) -> dict[str, str]:
    """Return the digests of a folder's files."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def trained_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose first model was trained; tests copy it."""
    home = a_price_folder(tmp_path_factory.mktemp("trained"))
    assert train(home).outcome is Outcome.PROMOTED
    return home


@pytest.fixture
def home(trained_home: Path, tmp_path: Path) -> Path:
    import shutil

    return Path(shutil.copytree(trained_home, tmp_path / "home"))


def champion(home: Path) -> str:
    found = read_standing(home).champion
    return found.version if found else ""


def test_the_first_model_counts_from_then_on(home: Path) -> None:
    standing = read_standing(home)
    assert standing.champion is not None
    assert (standing.champion.rows, standing.champion.sources) == (150, ("market.csv",))
    assert [(event.what.value, event.by_itself) for event in standing.history] == [
        ("trained", False),
        ("promoted", True),
    ]
    state = read_training(home)
    assert (state.outcome, state.share, state.running) == (Outcome.PROMOTED, 1.0, False)
    assert state.sources[0].used == 150
    if sys.platform != "win32":
        assert state.memory_mb is not None
        assert 20 < state.memory_mb < 2000


def test_its_progress_only_grows_and_goes_through_every_step(tmp_path: Path) -> None:
    told: list[TrainingState] = []
    train(a_price_folder(tmp_path), tell=told.append)
    shares = [state.share for state in told]
    assert shares == sorted(shares)
    assert {state.step for state in told} == set(Step) - {Step.FETCHING}, "there are no feeds here"
    assert len({state.share for state in told if state.step is Step.RANGES}) > 5, (
        "each part left out moves it"
    )


def test_the_same_prices_give_the_same_model_to_the_bit(home: Path, tmp_path: Path) -> None:
    other = a_price_folder(tmp_path / "other")
    train(other)
    assert champion(other) == champion(home)
    assert files(model_folder(other, champion(other))) == files(model_folder(home, champion(home)))


def test_the_champion_once_more_changes_nothing(home: Path) -> None:
    before = standing_file(home).read_bytes()
    assert train(home, "two").outcome is Outcome.UNCHANGED
    assert standing_file(home).read_bytes() == before


def test_a_model_that_is_no_better_waits_and_says_why(home: Path) -> None:
    load_prices(home, csv_rows(160))
    before = champion(home)
    state = train(home, "two")
    assert state.outcome is Outcome.WAITS
    assert state.verdict is not None
    assert state.verdict.against == before
    assert state.verdict.reasons
    standing = read_standing(home)
    assert champion(home) == before
    assert standing.challenger is not None
    assert standing.challenger.version == state.version
    assert standing.challenger.verdict == state.verdict


def test_a_damaged_champion_gives_way_to_what_can_be_used(home: Path) -> None:
    (model_folder(home, champion(home)) / "trees.npz").write_bytes(b"damaged")
    load_prices(home, csv_rows(170))
    state = train(home, "two")
    assert state.outcome is Outcome.PROMOTED
    assert state.verdict is not None
    assert "champion_unusable" in {reason.code for reason in state.verdict.reasons}


def test_a_damaged_champion_that_is_trained_once_more_is_whole_again(home: Path) -> None:
    folder = model_folder(home, champion(home))
    whole = files(folder)
    (folder / "trees.npz").write_bytes(b"damaged")
    train(home, "two")
    assert files(folder) == whole
    assert [path.name for path in models_folder(home).glob(".damaged-*")]


def test_a_damaged_standing_is_kept_beside_a_new_one(home: Path) -> None:
    standing_file(home).write_text("{damaged", encoding="utf-8")
    assert train(home, "two").outcome is Outcome.PROMOTED
    assert champion(home)
    (aside,) = standing_file(home).parent.glob("standing.json.damaged-*")
    assert aside.read_text(encoding="utf-8") == "{damaged"


def test_what_a_person_did_meanwhile_stands(home: Path) -> None:
    load_prices(home, csv_rows(60, seed=5), "more.csv")

    def person() -> None:
        standing = trained(read_standing(home), an_entry("model-other"), at=AT, actor=ANA)
        write_standing(home, promoted(standing, "model-other", at=AT, actor=ANA))

    state = train(home, "two", keeping=person)
    assert state.outcome is Outcome.WAITS
    assert state.verdict is not None
    assert state.verdict.reasons[0].code == "champion_changed"
    assert champion(home) == "model-other"


def test_what_a_person_took_back_is_not_promoted_by_itself_again(home: Path) -> None:
    version = champion(home)
    write_standing(home, back(read_standing(home), at=AT, actor=ANA))
    state = train(home, "two")
    assert (state.outcome, state.version) == (Outcome.WAITS, version)
    assert state.verdict is not None
    assert state.verdict.reasons[0].code == "taken_back"
    assert champion(home) == ""


def test_it_stops_at_the_next_step_when_it_is_asked_to(home: Path) -> None:
    load_prices(home, csv_rows(160))
    before = standing_file(home).read_bytes()
    told: list[TrainingState] = []

    def tell(state: TrainingState) -> None:
        told.append(state)
        if state.step is Step.LEARNING and state.outcome is None:
            ask_to_cancel(home, "two")

    state = train(home, "two", tell)
    assert state.outcome is Outcome.CANCELLED
    assert [each.step for each in told].count(Step.LEARNING) == 2
    assert standing_file(home).read_bytes() == before


def test_what_another_training_was_asked_does_not_stop_this_one(home: Path) -> None:
    ask_to_cancel(home, "one")
    assert train(home, "two").outcome is Outcome.UNCHANGED


def test_without_prices_it_says_what_is_missing(tmp_path: Path) -> None:
    state = train(tmp_path)
    assert state.outcome is Outcome.FAILED
    assert state.trouble is not None
    assert state.trouble.code == "no_prices"
    assert read_training(tmp_path).trouble == state.trouble


def test_a_file_that_cannot_be_used_is_named_and_the_others_are(home: Path) -> None:
    (home / "prices" / "data" / "a-photo.csv").write_bytes(b"\xff\xd8\xff\xe0photo")
    (home / "prices" / "data" / "zz-copy.csv").write_bytes(
        (home / "prices" / "data" / "market.csv").read_bytes()
    )
    state = train(home, "two")
    assert state.outcome is Outcome.UNCHANGED
    problems = {source.name: bool(source.problem) for source in state.sources}
    assert problems == {"a-photo.csv": True, "market.csv": False, "zz-copy.csv": True}


def a_feed(home: Path, name: str, kind: str) -> None:
    """Name a feed of a file, and fetch it."""
    from pricing.feeds.feed import feeds_of
    from pricing.feeds.fetching import fetch

    load_prices(home, csv_rows(40, seed=len(name)), f"../{name}.csv")
    with (home / "prices" / "feeds.toml").open("a", encoding="utf-8") as file:
        file.write(f'[{name}]\nkind = "{kind}"\npath = "{name}.csv"\n')
    (feed,) = (feed for feed in feeds_of(home) if feed.name == name)
    assert fetch(feed, home).fresh


def test_feeds_are_learned_from_but_not_those_of_what_was_sold(home: Path) -> None:
    a_feed(home, "market", "asks")
    a_feed(home, "sold", "sold")
    state = train(home, "two")
    assert [(source.name, source.used) for source in state.sources] == [("market", 40), ("market.csv", 150)]


def test_a_feed_that_cannot_be_trusted_is_left_out_and_said(home: Path) -> None:
    a_feed(home, "market", "asks")
    body = home / "prices" / "feeds" / "market" / "body.csv"
    body.write_text(body.read_text(encoding="utf-8").replace("EUR", "USD"), encoding="utf-8")
    state = train(home, "two")
    assert state.outcome is Outcome.UNCHANGED
    problem = state.sources[0].problem
    assert problem is not None
    assert (problem.code, problem.params) == ("feed_copy_changed", {"feed": "market"})
    assert "price fetch market" in problem.hint


def test_a_copy_of_a_feed_that_is_named_no_more_is_left_out(home: Path) -> None:
    a_feed(home, "market", "asks")
    (home / "prices" / "feeds.toml").write_text("", encoding="utf-8")
    assert [source.name for source in train(home, "two").sources] == ["market.csv"]


def test_where_nobody_can_say_what_a_feed_is_nothing_is_trained(home: Path) -> None:
    (home / "prices" / "feeds.toml").write_text('[market]\nkind = "guessed"\n', encoding="utf-8")
    state = train(home, "two")
    assert state.trouble is not None
    assert state.trouble.code == "bad_feeds"


def test_only_one_runs_at_a_time(home: Path) -> None:
    from diagnostics.errors import UserError

    with training_held(home), pytest.raises(UserError) as said:
        train(home, "two")
    assert said.value.code == "training_runs"


def test_a_state_that_makes_no_sense_is_no_state(tmp_path: Path) -> None:
    (tmp_path / "prices").mkdir()
    for text in ("", "[]", '{"schema": "other"}', '{"schema": "tradein/price-training-1"}'):
        (tmp_path / "prices" / "training.json").write_text(text, encoding="utf-8")
        assert read_training(tmp_path) == TrainingState()


def test_pipes_in_the_place_of_its_files_hold_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "prices").mkdir()
    for name in ("training.json", "training.cancel"):
        os.mkfifo(tmp_path / "prices" / name)
    assert read_training(tmp_path) == TrainingState()
    assert not cancel_asked(tmp_path, "a run")
