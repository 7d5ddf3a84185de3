"""Photos from the command line: added, listed, and found damaged."""

from __future__ import annotations

import json

import pytest

from tests.fakes.photos import a_bomb, a_photo
from tests.fakes.shops import IMEI, PaperShop, a_reading
from tradein_app.cli.running import run
from tradein_app.services.records import THE_PERSON


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("TRADEIN_HOME", str(tmp_path))
    monkeypatch.delenv("TRADEIN_DB", raising=False)
    shop = PaperShop(tmp_path / "tradein.sqlite3")
    shop.desk.take_in(a_reading(), actor=THE_PERSON)
    shop.close()
    (tmp_path / "one.jpg").write_bytes(a_photo((4000, 3000), where=True))
    (tmp_path / "bomb.png").write_bytes(a_bomb())
    return tmp_path


def said(capsys, *arguments):
    status = run(["photo", *arguments, "--json"])
    out, err = capsys.readouterr()
    return status, json.loads(out) if out else None, err


def files(home):
    return [path for path in (home / "photos").rglob("*.jpg") if "thumbnails" not in path.parts]


def test_photos_are_added_by_imei_and_what_is_none_is_said(home, capsys):
    given = [str(home / name) for name in ("bomb.png", "one.jpg")]
    status, document, err = said(capsys, "add", IMEI, *given, "--question", "back_scratches")
    assert status == 1
    assert "bomb.png: The photo has 200 megapixels" in err
    (photo,) = document["photos"]
    assert (photo["question"], photo["width"], photo["height"]) == ("back_scratches", 2560, 1920)
    assert len(files(home)) == 1
    assert said(capsys, "list", "F2LXXXXXXX")[:2] == (0, document)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["add", IMEI, "one.jpg", "--question", "colour_of_the_sky"], 2),
        (["add", "000000000000000", "one.jpg", "--question", "back_scratches"], 2),
        (["add", IMEI, "nowhere.jpg", "--question", "back_scratches"], 1),
        (["list", "nobody"], 2),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(home, capsys, arguments, status):
    assert run(["photo", *arguments]) == status
    assert capsys.readouterr().err
    assert files(home) == []


def test_damaged_files_are_found_by_list_and_by_verify(home, capsys):
    run(["photo", "add", IMEI, str(home / "one.jpg"), "--question", "back_scratches"])
    assert run(["db", "verify"]) == 0
    (file,) = files(home)
    file.write_bytes(b"something else")
    capsys.readouterr()
    status, document, _ = said(capsys, "list", IMEI)
    assert (status, document["photos"][0]["problem"]) == (1, "photo_damaged")
    assert run(["db", "verify"]) == 1
    file.unlink()
    capsys.readouterr()
    assert said(capsys, "list", IMEI)[1]["photos"][0]["problem"] == "photo_gone"
