"""What is no whole backup of ours, or would pull a database from under a desk, is refused and changes nothing."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from diagnostics.errors import BadInput, ServiceMissing
from tests.fakes.shops import PaperShop, a_reading
from tradein_app.services.records import THE_PERSON
from tradein_app.store.archive import MANIFEST, contents
from tradein_app.store.backing_up import back_up
from tradein_app.store.copying import summary
from tradein_app.store.opening import verify_store
from tradein_app.store.photo_files import PhotoFiles
from tradein_app.store.presence import alone_with
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


def rewritten(target, change):
    """Write a backup once more with other bytes in it."""
    with zipfile.ZipFile(target) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    with zipfile.ZipFile(target, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.9, 0.999])
@pytest.mark.usefixtures("record")
def test_a_backup_that_is_cut_off_is_refused(shop, home, file, target, part):
    back_up(shop.url, home, target)
    shop.close()
    data, before = target.read_bytes(), file.read_bytes()
    target.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(BadInput) as caught:
        restore(shop.url, home, target)
    assert caught.value.code == ("backup_damaged" if part else "backup_foreign")
    assert (file.read_bytes(), listed(home)) == (before, ["tradein.sqlite3"])


@pytest.mark.parametrize("place", [0.1, 0.3, 0.6, 0.8])
@pytest.mark.usefixtures("record")
def test_a_backup_with_one_wrong_byte_is_refused(shop, home, file, target, place):
    back_up(shop.url, home, target)
    shop.close()
    data = bytearray(target.read_bytes())
    data[int(len(data) * place)] ^= 0x55
    target.write_bytes(data)
    before = file.read_bytes()
    with pytest.raises(BadInput, match="damaged"):
        restore(shop.url, home, target)
    assert (file.read_bytes(), listed(home)) == (before, ["tradein.sqlite3"])


def _manifest(change):
    def apply(parts):
        said = json.loads(parts[MANIFEST])
        change(said)
        parts[MANIFEST] = json.dumps(said).encode()

    return apply


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda parts: parts.pop(MANIFEST), "backup_foreign"),
        (_manifest(lambda said: said.update(schema="recipes-1")), "backup_foreign"),
        (_manifest(lambda said: said.update(schema="tradein/backup-2")), "backup_newer"),
        (_manifest(lambda said: said.update(files={})), "backup_damaged"),
        (_manifest(lambda said: said.pop("made_at")), "backup_damaged"),
        (
            _manifest(lambda said: said["files"].update({"prices/a.csv": {"size": 1, "sha256": ""}})),
            "backup_damaged",
        ),
        (lambda parts: parts.update({MANIFEST: b"[" * 200_000}), "backup_damaged"),
        (lambda parts: parts.update({"../../outside": b"x"}), "backup_damaged"),
        (lambda parts: parts.update({"tradein.sqlite3": b"SQLite format 3\0"}), "backup_damaged"),
    ],
)
@pytest.mark.usefixtures("record")
def test_a_zip_that_is_no_backup_of_ours_is_refused(shop, home, target, change, code):
    back_up(shop.url, home, target)
    shop.close()
    rewritten(target, change)
    with pytest.raises(BadInput) as caught:
        restore(shop.url, home, target)
    assert caught.value.code == code
    assert listed(home) == ["tradein.sqlite3"]


@pytest.mark.usefixtures("record")
def test_a_zip_with_a_password_is_refused(shop, home, target):
    back_up(shop.url, home, target)
    shop.close()
    data = target.read_bytes()
    listed_last = data.rindex(b"PK\x01\x02") + 8
    assert data[listed_last] == 0
    target.write_bytes(data[:listed_last] + b"\x01" + data[listed_last + 1 :])
    with pytest.raises(BadInput) as caught:
        restore(shop.url, home, target)
    assert caught.value.code == "backup_damaged"


@pytest.mark.parametrize(
    "name", ["../evil", "prices/../../evil", "/etc/evil", "prices\\..\\evil", "pair-records/x"]
)
@pytest.mark.usefixtures("record")
def test_no_backup_writes_outside_of_what_is_ours(shop, home, target, name):
    back_up(shop.url, home, target)
    row = {"size": 1, "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}

    def smuggle(parts):
        parts[name] = b"x"
        _manifest(lambda said: said["files"].update({name: row}))(parts)

    rewritten(target, smuggle)
    with pytest.raises(BadInput, match="damaged"):
        contents(target)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "backup_newer"),
        ("DROP TABLE alembic_version", "backup_foreign"),
        ("DROP TABLE quote", "backup_damaged"),
    ],
)
@pytest.mark.usefixtures("record")
def test_a_bare_database_that_is_not_ours_is_refused(shop, home, tmp_path, statement, code):
    shop.close()
    other = tmp_path / "other.sqlite3"
    other.write_bytes((home / "tradein.sqlite3").read_bytes())
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(statement)
        connection.commit()
    before = (home / "tradein.sqlite3").read_bytes()
    with pytest.raises(BadInput) as caught:
        restore(shop.url, home, other)
    assert caught.value.code == code
    assert "other.sqlite3" in str(caught.value)
    assert ((home / "tradein.sqlite3").read_bytes(), listed(home)) == (before, ["tradein.sqlite3"])


_DESK = """
import sys
from pathlib import Path
from tests.fakes.shops import PaperShop
shop = PaperShop(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def desk_elsewhere(shop, record, file):
    shop.close()
    process = subprocess.Popen(
        [sys.executable, "-c", _DESK, str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == b"open\n"
    yield process
    process.stdin.close()
    process.stdout.close()
    process.wait(20)


def test_nothing_is_put_back_while_a_desk_is_open(desk_elsewhere, shop, home, file, target):
    back_up(shop.url, home, target)
    before = file.read_bytes()
    with pytest.raises(ServiceMissing) as caught:
        restore(shop.url, home, target)
    assert caught.value.code == "database_in_use"
    assert file.read_bytes() == before
    desk_elsewhere.send_signal(signal.SIGKILL)
    desk_elsewhere.wait(20)
    assert restore(shop.url, home, target).kept is not None
    assert not [name for name in listed(home) if name.endswith(".open")]


@pytest.mark.usefixtures("record")
def test_nothing_is_put_back_while_another_tool_has_the_database_open(shop, home, file, target):
    back_up(shop.url, home, target)
    with closing(sqlite3.connect(file)) as other:
        other.execute("SELECT count(*) FROM phone").fetchone()
        shop.close()
        with pytest.raises(ServiceMissing) as caught:
            restore(shop.url, home, target)
    assert caught.value.code == "database_in_use"
    assert listed(home) == ["tradein.sqlite3"]


@pytest.mark.usefixtures("record")
def test_no_desk_opens_and_no_other_restoring_begins_meanwhile(shop, home, file, target):
    back_up(shop.url, home, target)
    shop.close()
    with alone_with(file):
        with pytest.raises(ServiceMissing) as caught:
            PaperShop(file)
        assert caught.value.code == "database_restoring"
        with pytest.raises(ServiceMissing, match="open in another"):
            restore(shop.url, home, target)
    PaperShop(file).close()
    assert listed(home) == ["tradein.sqlite3"]
