"""Names that all benches of a shop share: taught on one, known on all, and none lost when the shared folder is away."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from diagnostics import learning, locking
from diagnostics.android.names import NamesFile, learn, parse_names
from diagnostics.apple import names as apple

FILE = "android-names.toml"


class Bench:
    """A bench with a data folder of its own, and its shop's folder."""

    def __init__(self, home: Path, shop: Path) -> None:
        home.mkdir()
        self.own, self.shop = home / FILE, shop / FILE
        self.file = NamesFile(self.own, self.shop)

    def learn(self, code: str, name: str) -> bool:
        return learn(self.own, code, name, shop=self.shop)

    async def known(self) -> dict[str, str]:
        return dict((await self.file.look()).models)

    def waiting(self) -> dict[str, str]:
        return dict(parse_names(self.own.read_bytes()).models)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    return tmp_path / "shop"


@pytest.fixture
def benches(tmp_path: Path, shop: Path) -> tuple[Bench, Bench]:
    return Bench(tmp_path / "one", shop), Bench(tmp_path / "two", shop)


async def test_what_one_bench_is_taught_the_other_knows_at_its_next_reading(benches, shop):
    one, two = benches
    assert await two.known() == {}
    assert one.learn("ZX-9000", "Zeta 9")
    assert await two.known() == {"ZX-9000": "Zeta 9"}
    assert two.learn("ZX-9000", "Zeta 9 Pro"), "the second one to teach it corrects the first"
    assert await one.known() == {"ZX-9000": "Zeta 9 Pro"}
    assert one.waiting() == two.waiting() == {}
    assert sorted(entry.name for entry in shop.iterdir()) == [FILE], "no draft and no lock is left"


async def test_a_row_that_is_written_or_deleted_there_by_hand_counts(benches, shop):
    one, two = benches
    (shop / FILE).write_text('# ours\n[models]\nA = "Alpha"\nB = "Beta"\n')
    assert await one.known() == {"A": "Alpha", "B": "Beta"}
    (shop / FILE).write_text('# ours\n[models]\nA = "Alpha"\nB = "Bete"\n')
    assert await one.known() == {"A": "Alpha", "B": "Bete"}, "of the same size, too"
    (shop / FILE).write_text('# ours\n[models]\nA = "Alpha"\n')
    assert await one.known() == {"A": "Alpha"}
    assert two.learn("C", "Gamma")
    assert await one.known() == {"A": "Alpha", "C": "Gamma"}
    assert (shop / FILE).read_text().startswith("# ours\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
async def test_a_pipe_in_its_place_is_not_waited_for(benches, shop):
    one, _ = benches
    os.mkfifo(shop / FILE)
    assert await one.known() == {}
    (shop / FILE).unlink()
    (shop / FILE).write_text('[models]\nA = "Alpha"\n')
    async with asyncio.timeout(20):
        while await one.known() != {"A": "Alpha"}:
            await asyncio.sleep(0.01)


async def test_what_a_bench_knew_before_it_shared_is_handed_on(benches):
    one, two = benches
    one.own.write_text('# by hand\n[models]\nA = "Alpha"\nB = "Beta"\n')
    two.learn("B", "Bravo")
    assert await one.known() == {"A": "Alpha", "B": "Bravo"}
    assert await two.known() == {"A": "Alpha", "B": "Bravo"}, "what the shop says already stands"
    kept = one.own.read_text()
    assert "# by hand" in kept
    assert "# models.B = 'Beta' was taught here; the shop says 'Bravo'" in kept
    assert one.waiting() == {}


async def test_while_the_folder_is_away_names_count_here_and_are_handed_on_later(benches, shop, tmp_path):
    one, two = benches
    one.learn("A", "Alpha")
    assert await two.known() == {"A": "Alpha"}
    shop.rename(tmp_path / "away")
    assert not two.learn("B", "Beta"), "it is said that it could not be handed on"
    assert not two.learn("A", "Alfa")
    assert await two.known() == {"A": "Alfa", "B": "Beta"}
    assert await Bench.known(one) == {"A": "Alpha"}
    again = NamesFile(two.own, two.shop)
    assert dict((await again.look()).models) == {"A": "Alfa", "B": "Beta"}, "after a restart, too"
    assert not shop.exists(), "where a drive is not mounted nothing is made in its place"
    (tmp_path / "away").rename(shop)
    await two.known()
    assert await one.known() == {"A": "Alfa", "B": "Beta"}
    assert two.waiting() == {}


async def test_a_mount_point_without_its_drive_is_not_taken_for_an_empty_shop(benches, shop, tmp_path):
    one, _ = benches
    one.learn("A", "Alpha")
    shop.rename(tmp_path / "away")
    shop.mkdir()
    assert not one.learn("B", "Beta")
    assert await one.known() == {"A": "Alpha", "B": "Beta"}
    assert list(shop.glob("*.toml")) == []


async def test_without_the_setting_what_the_shop_said_last_is_known(benches):
    one, _ = benches
    one.learn("A", "Alpha")
    assert dict((await NamesFile(one.own).look()).models) == {"A": "Alpha"}


async def test_a_bad_file_there_is_said_and_left_and_what_it_said_before_counts(benches, shop):
    one, _ = benches
    one.learn("A", "Alpha")
    (shop / FILE).write_text("[models")
    assert not one.learn("B", "Beta")
    names = await one.file.look()
    assert names.models == {"A": "Alpha", "B": "Beta"}
    assert "android-names.toml cannot be used" in names.wrong
    assert (shop / FILE).read_text() == "[models"
    (shop / FILE).write_text('[models]\nA = "Alpha"\n')
    names = await one.file.look()
    assert (names.models, names.wrong) == ({"A": "Alpha", "B": "Beta"}, "")


def test_benches_that_teach_at_once_lose_nothing(tmp_path, shop):
    benches = [Bench(tmp_path / f"bench{number}", shop) for number in range(6)]

    def teach(number: int) -> None:
        for nth in range(5):
            assert benches[number].learn(f"M{number}-{nth}", f"Model {number} {nth}")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(teach, range(6)))
    taught = parse_names((shop / FILE).read_bytes()).models
    assert taught == {f"M{a}-{b}": f"Model {a} {b}" for a in range(6) for b in range(5)}


async def test_iphones_are_shared_with_their_colours(tmp_path, shop):
    own, there = tmp_path / apple.FILE, shop / apple.FILE
    assert apple.learn(own, "iPhone20,1", "iPhone 19", shop=there)
    assert apple.learn(own, "iPhone20,1", "sage", colour="7", shop=there)
    names = await apple.NamesFile(tmp_path / "other" / apple.FILE, there).look()
    assert names.models == {"iPhone20,1": "iPhone 19"}
    assert names.colours == {"iPhone20,1": {"7": "sage"}}


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let every look at a shared folder hang, as at a server that is gone, until the event is set."""
    let, settle = threading.Event(), learning.Shared.settle

    def hang(self: learning.Shared) -> None:
        let.wait(20)
        settle(self)

    monkeypatch.setattr(learning.Shared, "settle", hang)
    yield let
    let.set()


async def test_a_folder_that_hangs_holds_up_one_reading_by_a_moment_and_no_other(
    benches, hanging, monkeypatch
):
    monkeypatch.setattr(learning, "TEACHING_WAITS", 0.1)
    one, _ = benches
    one.learn("A", "Alpha")
    begun = time.monotonic()
    assert await one.known() == {"A": "Alpha"}
    first = time.monotonic() - begun
    for _ in range(40):
        assert await one.known() == {"A": "Alpha"}
    rest = time.monotonic() - begun - first
    assert first < 1.0
    assert rest < 1.0, "forty readings together wait for nothing"
    assert sum(thread.name == "aside" for thread in threading.enumerate()) <= 2, (
        "one of readings, one of teaching"
    )
    hanging.set()


def test_the_lock_of_a_bench_that_died_is_taken_away(tmp_path, monkeypatch):
    path = tmp_path / FILE
    (tmp_path / f".{FILE}.lock").touch()
    with pytest.raises(TimeoutError), locking.locked(path, 0.05):
        pass
    monkeypatch.setattr(locking, "STALE", 0.02)
    time.sleep(0.05)
    with locking.locked(path, 0.05):
        assert (tmp_path / f".{FILE}.lock").exists()
    assert list(tmp_path.iterdir()) == []
