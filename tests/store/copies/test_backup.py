"""A backup is one file that is whole or not there; what it is put back over is kept."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from diagnostics.errors import BadInput, ServiceMissing, UserError
from tests.fakes.old_databases import go_back_to
from tests.fakes.photos import a_photo
from tests.fakes.shops import PaperShop, a_reading
from tradein_app.services.photo_pictures import Pictures
from tradein_app.services.photo_records import PhotoSource
from tradein_app.services.records import THE_PERSON
from tradein_app.store.archive import contents
from tradein_app.store.backing_up import back_up
from tradein_app.store.copying import summary
from tradein_app.store.opening import verify_store
from tradein_app.store.photo_files import PhotoFiles
from tradein_app.store.restoring import restore

ROOT = Path(__file__).parents[3]


def take_in(shop, device):
    return shop.desk.take_in(a_reading(device=device, serial=None, imei=None), actor=THE_PERSON)


def count(file):
    return summary(file).inspections


def listed(folder):
    return sorted(path.name for path in folder.iterdir())


def all_is_well(shop, home):
    return all(check.ok for check in verify_store(shop.url, PhotoFiles(home / "photos")))


def test_everything_of_a_shop_comes_back(shop, record, home, file, target):
    picture = Pictures(PhotoFiles(home / "photos")).keep(a_photo())
    shop.desk.add_photo(record.id, "frame_scratches", picture, source=PhotoSource.FILE, actor=THE_PERSON)
    (home / "prices").mkdir()
    (home / "prices" / "feeds.toml").write_text("feeds = []\n")
    (home / "prices" / ".training.lock").touch()
    (home / "quotes").mkdir()
    (home / "quotes" / "purchase-1.pdf").write_bytes(b"%PDF")
    (home / "pair-records").mkdir()
    (home / "pair-records" / "key.pem").write_text("secret")
    made = back_up(shop.url, home, target)
    assert all(check.ok for check in made.checks)
    assert {check.name for check in made.checks} >= {"file", "audit chain", "records", "photos"}
    assert (made.holds.inspections, made.files) == (1, 3)
    assert listed(target.parent) == ["shop.zip"]
    assert target.stat().st_mode & 0o077 == 0
    shop.close()
    elsewhere = home.parent / "new computer"
    done = restore(f"sqlite:///{elsewhere}/tradein.sqlite3", elsewhere, target)
    assert (done.kept, done.files, done.holds.inspections) == (None, 3, 1)
    assert listed(elsewhere) == ["photos", "prices", "quotes", "tradein.sqlite3"]
    assert listed(elsewhere / "prices") == ["feeds.toml"]
    after = PaperShop(elsewhere / "tradein.sqlite3")
    assert after.desk.inspection(record.id) == record
    assert all_is_well(after, elsewhere)
    after.close()


@pytest.mark.usefixtures("record")
def test_what_was_there_is_kept_and_can_be_put_back(shop, home, file, target):
    (home / "shop.toml").write_text('name = "Old"\n')
    back_up(shop.url, home, target)
    take_in(shop, "newer")
    (home / "shop.toml").write_text('name = "New"\n')
    shop.close()
    done = restore(shop.url, home, target)
    assert done.kept is not None
    assert done.replaced is not None
    assert (count(file), count(done.kept)) == (1, 2)
    assert (home / "shop.toml").read_text() == 'name = "Old"\n'
    assert (done.replaced / "shop.toml").read_text() == 'name = "New"\n'
    again = restore(shop.url, home, done.kept)
    assert (count(file), again.made_at, again.holds.inspections) == (2, None, 2)
    after = PaperShop(file)
    assert len(after.desk.open_inspections()) == 2
    assert all_is_well(after, home)
    after.close()
    assert not [name for name in listed(home) if "restoring" in name or name.endswith(".open")]


@pytest.mark.usefixtures("record")
def test_the_chain_says_that_it_was_put_back_and_what_it_replaced(shop, home, file, target):
    made = back_up(shop.url, home, target)
    take_in(shop, "newer")
    replaced = summary(file)
    shop.close()
    restore(shop.url, home, target)
    with closing(sqlite3.connect(file)) as connection:
        action, data = connection.execute(
            "SELECT action, data FROM audit_entry ORDER BY sequence DESC LIMIT 1"
        ).fetchone()
    said = json.loads(data)
    assert action == "store.restored"
    assert (said["entries"], said["last"]) == (made.holds.entries, made.holds.last)
    assert said["replaced"] == {"entries": replaced.entries, "last": replaced.last}


@pytest.mark.usefixtures("record")
def test_a_backup_while_somebody_answers_is_of_one_moment(shop, home, target):
    stop = threading.Event()

    def work():
        number = 0
        while not stop.is_set():
            take_in(shop, f"phone {number}")
            number += 1

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for _ in range(3):
            made = back_up(shop.url, home, target)
            assert all(check.ok for check in made.checks)
    finally:
        stop.set()
        worker.join()
    assert made.holds.inspections >= 1


@pytest.mark.usefixtures("record")
def test_an_earlier_backup_is_replaced_and_nothing_else(shop, home, file, target):
    back_up(shop.url, home, target)
    take_in(shop, "newer")
    assert back_up(shop.url, home, target).holds.inspections == 2
    letter = target.with_name("letter.txt")
    letter.write_text("Dear aunt")
    for other in (letter, file, target.parent):
        with pytest.raises(BadInput) as caught:
            back_up(shop.url, home, other)
        assert caught.value.code == "backup_target_taken"
    assert letter.read_text() == "Dear aunt"
    assert listed(target.parent) == ["letter.txt", "shop.zip"]


def test_a_database_of_before_is_brought_up_to_date_while_it_is_put_back(shop, record, home, file, target):
    shop.close()
    go_back_to(shop, "0008")
    made = back_up(shop.url, home, target)
    assert contents(target).revision == "0008"
    assert all(check.ok for check in made.checks if check.name != "schema")
    done = restore(shop.url, home, target)
    assert all(check.ok for check in done.checks)
    after = PaperShop(file)
    assert after.desk.inspection(record.id) == record
    after.close()


@pytest.mark.usefixtures("record")
def test_records_that_were_changed_by_hand_are_copied_and_said_and_put_back_only_when_asked(
    shop, home, file, target
):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE phone SET imei = NULL")
        connection.commit()
    made = back_up(shop.url, home, target)
    assert [check.name for check in made.checks if not check.ok] == ["records"]
    shop.close()
    with pytest.raises(UserError, match="--anyway") as caught:
        restore(shop.url, home, target)
    assert caught.value.code == "backup_altered"
    done = restore(shop.url, home, target, anyway=True)
    assert [check.name for check in done.checks if not check.ok] == ["records"]


@pytest.mark.usefixtures("record")
def test_a_damaged_database_is_not_copied_over_a_good_backup_and_can_be_replaced_by_it(
    shop, home, file, target
):
    back_up(shop.url, home, target)
    shop.close()
    good = target.read_bytes()
    file.write_bytes(b"no database at all " * 1000)
    with pytest.raises(ServiceMissing, match="damaged"):
        back_up(shop.url, home, target)
    assert (target.read_bytes(), listed(target.parent)) == (good, ["shop.zip"])
    done = restore(shop.url, home, target)
    assert count(file) == 1
    assert done.kept is not None
    assert done.kept.read_bytes().startswith(b"no database at all")


_LIMITED = """
import resource, sys
from pathlib import Path
from diagnostics.errors import ServiceMissing
from tradein_app.store.backing_up import back_up
from tradein_app.store.restoring import restore
home, target, most, what = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
url = f"sqlite:///{home}/tradein.sqlite3"
try:
    back_up(url, home, target) if what == "backup" else restore(url, home, target)
except ServiceMissing as error:
    print(error.code)
"""


def limited(home, target, most, what):
    return subprocess.run(
        [sys.executable, "-c", _LIMITED, str(home), str(target), str(most), what],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout.strip()


@pytest.mark.parametrize("most", [4096, 1_000_000])
@pytest.mark.usefixtures("record")
def test_a_backup_on_a_full_disk_leaves_the_earlier_one(shop, home, target, most):
    back_up(shop.url, home, target)
    good = target.read_bytes()
    (home / "prices").mkdir()
    (home / "prices" / "market.csv").write_bytes(os.urandom(2_000_000))
    assert limited(home, target, most, "backup") == "backup_not_written"
    assert (target.read_bytes(), listed(target.parent)) == (good, ["shop.zip"])


@pytest.mark.parametrize("most", [4096, 1_000_000])
@pytest.mark.usefixtures("record")
def test_restoring_on_a_full_disk_changes_nothing(shop, home, file, target, most):
    (home / "prices").mkdir()
    market = home / "prices" / "market.csv"
    market.write_bytes(os.urandom(2_000_000))
    back_up(shop.url, home, target)
    shop.close()
    market.write_bytes(b"newer")
    before = file.read_bytes()
    assert limited(home, target, most, "restore") == "restore_not_written"
    assert (file.read_bytes(), market.read_bytes()) == (before, b"newer")
    assert listed(home) == ["prices", "tradein.sqlite3"]


@pytest.mark.usefixtures("record")
def test_a_place_that_cannot_be_written(shop, home, target):
    target.parent.joinpath("file").write_text("")
    with pytest.raises(ServiceMissing) as caught:
        back_up(shop.url, home, target.parent / "file" / "shop.zip")
    assert caught.value.code == "backup_not_written"


@pytest.mark.usefixtures("record")
def test_a_pipe_is_never_waited_for(shop, home, target):
    os.mkfifo(target)
    with pytest.raises(BadInput) as caught:
        back_up(shop.url, home, target)
    assert caught.value.code == "backup_target_taken"
    shop.close()
    with pytest.raises(BadInput) as caught:
        restore(shop.url, home, target)
    assert caught.value.code == "backup_unreadable"


def test_a_server_s_database_is_left_to_the_server_s_tools(home, target):
    with pytest.raises(BadInput, match="pg_dump"):
        back_up("postgresql://anna:secret@localhost/tradein", home, target)
