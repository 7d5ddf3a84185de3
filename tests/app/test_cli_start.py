"""What happens before anything else: the right door, our own neighbours, and nothing slow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from diagnostics.errors import BadInput
from tradein_app import neighbours
from tradein_app.__main__ import main, wants_window
from tradein_app.config import load_config
from tradein_app.practice import practise_apart

ROOT = Path(__file__).parents[2]
SLOW = {
    "PySide6",
    "adbutils",
    "alembic",
    "babel",
    "numpy",
    "pydantic",
    "pymobiledevice3",
    "requests",
    "rich",
    "sklearn",
    "sqlalchemy",
    "typer",
}


def python(*arguments: str, folder: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_nothing_slow_is_imported_before_the_window():
    code = (
        "import sys, json, tradein_app.__main__, tradein_app.config; print(json.dumps(sorted(sys.modules)))"
    )
    loaded = {name.partition(".")[0] for name in json.loads(python("-c", code).stdout)}
    assert loaded & SLOW == set()


def test_the_real_command_ends_with_its_status_and_one_line():
    ended = python("-m", "tradein_app", "grade", "no-such-file.json")
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "no-such-file.json" in ended.stderr


def test_another_programs_package_in_our_place_is_said(tmp_path):
    (tmp_path / "resources").mkdir()
    (tmp_path / "resources" / "__init__.py").write_text("")
    start = "from tradein_app.__main__ import main; sys.exit(main(['read']))"
    code = f"import sys; sys.path.append({str(ROOT)!r}); {start}"
    ended = python("-c", code, folder=tmp_path)
    assert ended.returncode == 3
    assert "'resources'" in ended.stderr
    assert "virtual environment" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_missing_package_is_said(monkeypatch, capsys):
    monkeypatch.setattr(neighbours, "OURS", ("diagnostics_of_nobody",))
    assert main(["devices"]) == 3
    assert "is missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--demo"], True),
        (["--demo", "--phones", "4"], True),
        (["--help"], False),
        (["--version"], False),
        (["devices"], False),
        (["read", "--json"], False),
    ],
)
def test_the_window_opens_when_no_command_is_given(arguments, window):
    assert wants_window(arguments) is window


def test_the_surroundings_that_nobody_set():
    config = load_config({})
    assert config.home.name == "tradein"
    assert config.database_url == f"sqlite:///{config.home.as_posix()}/tradein.sqlite3"
    assert (config.usbmuxd, config.adb_port, config.language) == (None, None, "en")
    assert config.samsung_modem is False


def test_the_surroundings_that_somebody_set(tmp_path):
    config = load_config(
        {
            "TRADEIN_HOME": str(tmp_path),
            "TRADEIN_DB": "postgresql://host/tradein",
            "USBMUXD_SOCKET_ADDRESS": "localhost:27015",
            "ANDROID_ADB_SERVER_PORT": "5038",
            "TRADEIN_LANG": "fr_FR",
            "TRADEIN_SAMSUNG_MODEM": "1",
        }
    )
    assert config.home == tmp_path
    assert config.database_url == "postgresql://host/tradein"
    assert (config.usbmuxd, config.adb_port, config.language) == ("localhost:27015", 5038, "fr")
    assert config.samsung_modem is True


@pytest.mark.parametrize(
    ("locale", "language"), [("fr_FR.UTF-8", "fr"), ("C.UTF-8", "en"), ("POSIX", "en"), ("", "en")]
)
def test_the_language_follows_the_locale(locale, language):
    assert load_config({"LANG": locale}).language == language


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANDROID_ADB_SERVER_PORT", "0"),
        ("ANDROID_ADB_SERVER_PORT", "-1"),
        ("ANDROID_ADB_SERVER_PORT", "9" * 9999),
        ("ANDROID_ADB_SERVER_PORT", "٣"),
        ("TRADEIN_DB", "just-a-file.db"),
        ("TRADEIN_HOME", "~nobody-is-called-so/x"),
        ("TRADEIN_HOME", "/srv/what?/now"),
        ("TRADEIN_LANG", "?"),
        ("USBMUXD_SOCKET_ADDRESS", "host:"),
        ("TRADEIN_SAMSUNG_MODEM", "yes"),
    ],
)
def test_a_value_that_makes_no_sense_names_its_variable(name, value):
    with pytest.raises(BadInput) as caught:
        load_config({name: value})
    assert name in str(caught.value)


@pytest.mark.parametrize("home", ["", "/shop/deals"])
def test_practice_never_mixes_with_real_deals(home):
    """Wherever the data are: the practice bench's lie in a folder of their own, and no named database is touched."""
    environ = {"TRADEIN_HOME": home, "TRADEIN_DB": "postgresql://host/tradein"} if home else {}
    real = load_config({"TRADEIN_HOME": home}).home
    practise_apart(environ)
    practice = load_config(environ)
    assert practice.home == real / "practice"
    assert practice.database_url == f"sqlite:///{(real / 'practice').as_posix()}/tradein.sqlite3"
