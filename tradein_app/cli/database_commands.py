"""The commands of ``tradein db`` and their options."""

from __future__ import annotations

from typing import Annotated

import typer

database = typer.Typer(help="Look after the database, and copy it.", rich_markup_mode=None)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]


@database.command()
def upgrade(as_json: AsJson = False) -> int:
    """Make the database, or bring its tables up to date."""
    from tradein_app.cli.keeping import upgrade_database

    return upgrade_database(as_json=as_json)


@database.command()
def verify(as_json: AsJson = False) -> int:
    """Check the file, the tables, the references and the audit chain; change nothing."""
    from tradein_app.cli.keeping import verify_database

    return verify_database(as_json=as_json)


@database.command()
def backup(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where it goes, such as shop.tradein.zip.")],
    as_json: AsJson = False,
) -> int:
    """Copy database, photos, prices and papers into one file; windows may go on working."""
    from tradein_app.cli.copies import back_up_database

    return back_up_database(file, as_json=as_json)


@database.command()
def restore(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A backup, or a bare database.")],
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Also one whose records are not as they were written.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Put a backup back; every window must be closed, and what was there is kept."""
    from tradein_app.cli.copies import restore_database

    return restore_database(file, anyway=anyway, as_json=as_json)
