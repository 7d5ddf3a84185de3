"""``tradein db``: looks after the database."""

from __future__ import annotations

from tradein_app import bootstrap
from tradein_app.cli.output import put_json, put_line, put_table
from tradein_app.config import load_config

SCHEMA = "tradein/database-1"


def upgrade_database(*, as_json: bool) -> int:
    """Make the database or bring its tables up to date; returns the exit status."""
    config = load_config()
    revision = bootstrap.upgrade_database(config)
    place = bootstrap.database_place(config)
    if as_json:
        put_json({"schema": SCHEMA, "database": place, "revision": revision})
    else:
        put_line(f"The database {place} is at revision {revision}.")
    return 0


def verify_database(*, as_json: bool) -> int:
    """Examine the database; returns 0 when all is as it should be, else 1."""
    config = load_config()
    checks = bootstrap.verify_database(config)
    place = bootstrap.database_place(config)
    if as_json:
        rows = [{"check": check.name, "ok": check.ok, "detail": check.detail} for check in checks]
        put_json({"schema": SCHEMA, "database": place, "checks": rows})
    else:
        cells = [(check.name, "ok" if check.ok else "FAILED", check.detail) for check in checks]
        put_table(("Check", "Result", "Found"), cells, title=place)
    return 0 if all(check.ok for check in checks) else 1
