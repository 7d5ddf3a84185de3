"""The shop's feeds: ``prices/feeds.toml`` in its data folder, checked and said in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

from diagnostics import checking, text
from diagnostics.errors import BadInput
from diagnostics.learned import Form, content_of
from pricing.feeds.getting import shown_url

FOLDER = Path("prices", "feeds")
FILE = "feeds.toml"
ASKS, SOLD = "asks", "sold"
MOST_MB = 2048
_FORM = Form(FILE)
_KNOWN = ("kind", "url", "path", "every", "user", "secret_env", "max_mb", "timeout")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""What no folder may be called on Windows; a data folder can move there."""
_EVERY = re.compile(r"([1-9][0-9]{0,2})([hdw])")
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,80}")
_MOST_FEEDS = 50
_LONGEST_URL = 2000
_LONGEST_WAIT = 3600


@dataclass(frozen=True, slots=True)
class Feed:
    """Where prices come from.

    Attributes:
        name: Small letters, digits and dashes; the folder of its copy is called so.
        kind: `ASKS`, or `SOLD` where it says what was paid.
        url: Of the web; ``""`` where it is a file.
        path: Of a file; ``None`` where it is of the web.
        every: How long it may be before it is fetched by itself; ``None`` for only when a person asks.
        user: Who asks; without it the secret is a bearer token.
        secret_env: The environment's variable with the password or token; ``""`` for none.
        max_mb: The largest file.
        timeout: Seconds that fetching may take with all its tries.
    """

    name: str
    kind: str = ASKS
    url: str = field(default="", repr=False)
    path: Path | None = None
    every: timedelta | None = None
    user: str = ""
    secret_env: str = ""
    max_mb: int = 200
    timeout: int = 300

    @property
    def source(self) -> str:
        """Return where it comes from, as it may be shown: without passwords and keys."""
        return str(self.path) if self.path is not None else shown_url(self.url)


def feeds_of(folder: Path) -> tuple[Feed, ...]:
    """Return the feeds of a data folder; none where no file names any.

    Raises:
        BadInput: ``bad_feeds``: the file cannot be used, and the sentence names the place; no feed of it counts then.
    """
    path = folder / "prices" / FILE
    try:
        content = content_of(path)
    except OSError as error:
        _bad(f"it cannot be read ({error.strerror})")
    return parse_feeds(content, path.parent) if content else ()


def parse_feeds(content: bytes, folder: Path) -> tuple[Feed, ...]:
    """Return the feeds of a file.

    Args:
        content: The file.
        folder: Where it lies: paths are from there.

    Raises:
        BadInput: ``bad_feeds``.
    """
    try:
        table = _FORM.table(content)
    except BadInput as error:
        detail = error.message.removeprefix(f"{FILE} cannot be used: ").removesuffix(".")
        raise BadInput(error.message, error.hint, "bad_feeds", detail=detail) from None
    if len(table) > _MOST_FEEDS:
        _bad(f"it names more than {_MOST_FEEDS} feeds")
    return tuple(_feed(name, row, folder) for name, row in table.items())


def _feed(name: str, row: object, folder: Path) -> Feed:
    if not _NAME.fullmatch(name) or name in _RESERVED:
        _bad(f"[{text.plain(name, 40)}] is no name of a feed: small letters, digits and dashes, at most 40")
    if not isinstance(row, Mapping):
        _bad(f"{name} must be a section, begun with [{name}]")
    strange = [key for key in row if key not in _KNOWN]
    if strange:
        said = checking.shown(strange[0])
        _bad(f"[{name}] has {said}, which no feed has", f"It may have: {checking.listed(_KNOWN)}.")
    return _checked(name, row, folder)


def _checked(name: str, row: Mapping[str, object], folder: Path) -> Feed:
    url, path = _text(row, "url", name), _text(row, "path", name)
    if bool(url) == bool(path):
        _bad(f"{name} needs either url or path")
    kind = _text(row, "kind", name) or ASKS
    if kind not in {ASKS, SOLD}:
        _bad(f'kind of {name} must be "asks" or "sold", not {checking.shown(kind)}')
    return Feed(
        name=name,
        kind=kind,
        url=_address(url, name) if url else "",
        path=_place(path, folder, name) if path else None,
        every=_every(row, name),
        user=_text(row, "user", name),
        secret_env=_variable(row, name),
        max_mb=_whole(row, "max_mb", name, 200, MOST_MB),
        timeout=_whole(row, "timeout", name, 300, _LONGEST_WAIT),
    )


def _address(url: str, name: str) -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        right = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        secret = parts.username is not None or parts.password is not None
    except ValueError:
        right = secret = False
    if not right or len(url) > _LONGEST_URL or not url.isascii() or any(sign.isspace() for sign in url):
        _bad(f"url of {name} must begin with https:// or http:// and name a server")
    if secret:
        _bad(f"url of {name} holds a user or a password", "Write user and secret_env in their place.")
    return url


def _place(path: str, folder: Path, name: str) -> Path:
    if "\0" in path:
        _bad(f"path of {name} can be none")
    try:
        return folder / Path(path).expanduser()
    except RuntimeError:
        _bad(f"path of {name} names a person whom this computer does not know")


def _every(row: Mapping[str, object], name: str) -> timedelta | None:
    said = _text(row, "every", name)
    if not said:
        return None
    found = _EVERY.fullmatch(said)
    if not found:
        _bad(f'every of {name} must be like "6h", "1d" or "1w", not {checking.shown(said)}')
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _variable(row: Mapping[str, object], name: str) -> str:
    variable = _text(row, "secret_env", name)
    if variable and not _VARIABLE.fullmatch(variable):
        _bad(f"secret_env of {name} must be a variable's name, not the secret itself")
    return variable


def _text(row: Mapping[str, object], key: str, place: str) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        _bad(f"{key} of {place} must be a text, not {checking.shown(value)}")
    return value.strip()


def _whole(row: Mapping[str, object], key: str, place: str, usual: int, most: int) -> int:
    value = row.get(key, usual)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        _bad(f"{key} of {place} must be a whole number from 1 to {most}, not {checking.shown(value)}")
    return value


def _bad(detail: str, hint: str = "Correct it, or delete it.") -> NoReturn:
    raise BadInput(f"{FILE} cannot be used: {detail}.", hint, "bad_feeds", detail=detail)
