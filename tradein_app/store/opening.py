"""Opens the store, brings it up to date, and examines it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from diagnostics.errors import ServiceMissing
from tradein_app.store.browsing import SqlBrowser
from tradein_app.store.engines import is_file, make_engine, make_folder, parse_url
from tradein_app.store.failures import damaged, in_words, place
from tradein_app.store.photo_files import PhotoFiles
from tradein_app.store.presence import Presence
from tradein_app.store.schema import upgrade
from tradein_app.store.unit_of_work import SqlStore
from tradein_app.store.verifying import Check, verify


def open_store(url_text: str) -> SqlStore:
    """Open a database, making it or bringing its tables up to date where needed.

    Raises:
        BadInput: The URL makes no sense.
        ServiceMissing: The database cannot be used; the message says why.
    """
    presence = _presence(url_text)
    try:
        return SqlStore(_up_to_date(url_text), presence)
    except BaseException:
        if presence is not None:
            presence.leave()
        raise


def open_browser(url_text: str) -> SqlBrowser:
    """Open a database to walk through all that is in it, making it or bringing its tables up to date where needed.

    Raises:
        BadInput: The URL makes no sense.
        ServiceMissing: The database cannot be used; the message says why.
    """
    return SqlBrowser(_up_to_date(url_text))


def upgrade_store(url_text: str) -> str:
    """Make a database or bring its tables up to date, and return its revision.

    Raises:
        BadInput: The URL makes no sense.
        ServiceMissing: The database cannot be used; the message says why.
    """
    engine = _engine(url_text)
    with _in_words(engine):
        found = upgrade(engine)
    engine.dispose()
    return found


def verify_store(url_text: str, photos: PhotoFiles | None = None) -> tuple[Check, ...]:
    """Examine a database without changing it, and the files of its photos where they are given.

    Raises:
        BadInput: The URL makes no sense.
        ServiceMissing: There is no database, or it cannot be read.
    """
    url = parse_url(url_text)
    if is_file(url) and not Path(str(url.database)).exists():
        raise ServiceMissing(
            f"There is no database at {place(url)}.",
            "Make one with: tradein db upgrade",
            "database_absent",
            place=place(url),
        )
    engine = make_engine(url)
    with _in_words(engine):
        checks = verify(engine, photos)
    engine.dispose()
    return checks


def store_place(url_text: str) -> str:
    """Return how a database is called in messages; a password is not shown."""
    return place(parse_url(url_text))


def _presence(url_text: str) -> Presence | None:
    """Show that a database is open before it is, so that nobody puts another file in its place meanwhile."""
    url = parse_url(url_text)
    if not is_file(url):
        return None
    make_folder(url)
    return Presence(Path(str(url.database)).absolute())


def _up_to_date(url_text: str) -> Engine:
    engine = _engine(url_text)
    with _in_words(engine):
        upgrade(engine)
    return engine


def _engine(url_text: str) -> Engine:
    url = parse_url(url_text)
    make_folder(url)
    return make_engine(url)


@contextmanager
def _in_words(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        engine.dispose()
        said = in_words(error, engine.url)
        if said is None:
            raise
        raise said from error
    except UnicodeDecodeError as error:
        # Python's driver cannot even say what is wrong with such a file.
        engine.dispose()
        raise damaged(engine.url) from error
    except BaseException:
        engine.dispose()
        raise
