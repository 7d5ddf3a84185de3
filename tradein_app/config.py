"""What the surroundings say: the environment's variables, checked once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from diagnostics.apple.address import usbmuxd_address
from diagnostics.errors import BadInput

HOME = "TRADEIN_HOME"
DATABASE = "TRADEIN_DB"
NAMES = "TRADEIN_NAMES"
ADB_PORT = "ANDROID_ADB_SERVER_PORT"
LANGUAGE = "TRADEIN_LANG"
SAMSUNG_MODEM = "TRADEIN_SAMSUNG_MODEM"
PRACTICE = "TRADEIN_PRACTICE"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class Config:
    """Where things are.

    Attributes:
        home: The data folder; it may not exist yet.
        database_url: An SQLAlchemy URL; may hold a password, so it is never shown as it is.
        usbmuxd: ``/path/sock`` or ``host:port``; ``None`` for the platform's own place.
        adb_port: The adb server's TCP port, 1..65535; ``None`` for adb's own.
        language: Two letters: of TRADEIN_LANG, else of the locale, else English.
        language_asked: Whether TRADEIN_LANG names it: then it wins over an earlier choice in the window.
        samsung_modem: Whether Samsung phones are asked over their modem, too.
        practice: The practice bench's control port, ``host:port``; ``None`` without one.
        names: The folder that all benches share for the names that a shop teaches; ``None`` for none.
    """

    home: Path
    database_url: str
    usbmuxd: str | None
    adb_port: int | None
    language: str
    language_asked: bool = False
    samsung_modem: bool = False
    practice: str | None = None
    names: Path | None = None


def load_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Return the configuration that the environment asks for; empty variables count as absent.

    Raises:
        BadInput: A variable's value makes no sense; the message names the variable.
    """
    home = _home(environ.get(HOME, ""))
    return Config(
        home=home,
        database_url=_database(environ.get(DATABASE, ""), home),
        usbmuxd=usbmuxd_address(None, environ).text,
        adb_port=_adb_port(environ.get(ADB_PORT, "")),
        language=_language(environ),
        language_asked=bool(environ.get(LANGUAGE)),
        samsung_modem=_yes(SAMSUNG_MODEM, environ.get(SAMSUNG_MODEM, "")),
        practice=_practice(environ.get(PRACTICE, "")),
        names=_absolute(environ[NAMES], NAMES) if environ.get(NAMES) else None,
    )


def _practice(value: str) -> str | None:
    host, _, port = value.rpartition(":")
    if value and not (host and port.isdigit()):
        raise _bad(PRACTICE, "host:port")
    return value or None


def _home(value: str) -> Path:
    if value:
        return _absolute(value, HOME)
    from platformdirs import user_data_path

    return user_data_path("tradein", appauthor=False)


def _absolute(value: str, variable: str) -> Path:
    try:
        return Path(value).expanduser().absolute()
    except RuntimeError:
        # "~name" of a person whom this computer does not know.
        raise _bad(variable, "a folder that can be found") from None


def _database(value: str, home: Path) -> str:
    if not value and "?" in str(home):
        # In a database's URL a question mark ends the path, and there is no way to write one: it would be another file.
        raise _bad(HOME, "a folder whose name has no question mark, as databases need it")
    if not value:
        return "sqlite:///" + (home / "tradein.sqlite3").as_posix()
    if "://" not in value:
        raise _bad(DATABASE, "a database URL such as sqlite:////home/me/tradein.sqlite3")
    return value


def _adb_port(value: str) -> int | None:
    if not value:
        return None
    if not _is_port(value):
        raise _bad(ADB_PORT, f"a port number from 1 to {_LAST_PORT}")
    return int(value)


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= _LAST_PORT


def _language(environ: Mapping[str, str]) -> str:
    asked = environ.get(LANGUAGE, "")
    if asked and not _is_language(asked[:2]):
        raise _bad(LANGUAGE, "a language's two letters, such as en or fr")
    spoken = asked or next((environ[name] for name in _LOCALE if environ.get(name)), "")
    return spoken[:2].lower() if _is_language(spoken[:2]) and spoken != "POSIX" else "en"


def _is_language(text: str) -> bool:
    return text.isascii() and text.isalpha() and len(text) == 2  # noqa: PLR2004 - two letters


def _yes(variable: str, value: str) -> bool:
    if value not in {"", "0", "1"}:
        raise _bad(variable, "0 or 1")
    return value == "1"


def _bad(variable: str, wanted: str) -> BadInput:
    return BadInput(f"{variable} is not {wanted}.", f"Correct or unset {variable}.", "bad_environment")
