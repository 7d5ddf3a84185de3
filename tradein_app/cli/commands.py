"""The commands and their options; what they do is in the modules beside this one."""

from __future__ import annotations

from typing import Annotated

import typer

from tradein_app.cli.database_commands import database
from tradein_app.cli.practice_commands import practice
from tradein_app.cli.pricing_commands import price
from tradein_app.cli.sale_commands import sale

app = typer.Typer(
    name="tradein",
    help="Read phones over USB, grade them, and make a fair, explained buyback offer.\n\n"
    "Without a command the window opens; with --demo alone it opens on the practice bench.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
standards = typer.Typer(
    help="The standards that phones are graded by: the program's, and a shop's own in the data folder's `standards`.",
    rich_markup_mode=None,
)
app.add_typer(database, name="db")
app.add_typer(standards, name="standards")
photo = typer.Typer(help="Add photos to inspections, and list them.", rich_markup_mode=None)
app.add_typer(photo, name="photo")
app.add_typer(practice, name="practice")
app.add_typer(price, name="price")
app.add_typer(sale, name="sale")
calibration = typer.Typer(
    help="Keep reference phones that graders re-grade, and see how far they agree.", rich_markup_mode=None
)
app.add_typer(calibration, name="calibration")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="An inspection as JSON; - is stdin.")]
Inspected = Annotated[
    str, typer.Argument(metavar="INSPECTION", help="Its id, or the phone's IMEI or serial number.")
]


def _say_version(wanted: bool) -> None:
    if wanted:
        from tradein_app.cli.output import put_line
        from tradein_app.errors import version

        put_line(f"tradein {version()}")
        raise typer.Exit


@app.callback()
def _tradein(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_say_version, help="Say which version this is."),
    ] = False,
) -> None:
    pass


@app.command()
def devices(as_json: AsJson = False) -> int:
    """Say what is plugged in now, also what speaks no protocol yet."""
    from tradein_app.cli.reading import show_devices

    return show_devices(as_json=as_json)


@app.command()
def read(
    device: Annotated[
        list[str] | None, typer.Option("--device", metavar="ID", help="Only this phone; may be repeated.")
    ] = None,
    timeout: Annotated[float, typer.Option(metavar="S", help="Seconds that one phone may take.")] = 60.0,
    wait: Annotated[
        float, typer.Option(metavar="S", help="Seconds to wait for people to unlock and trust.")
    ] = 0.0,
    as_json: AsJson = False,
) -> int:
    """Read phones fully, all of them side by side. Nothing is saved."""
    from tradein_app.cli.reading import show_readings

    return show_readings(tuple(device or ()), timeout=timeout, wait=wait, as_json=as_json)


@app.command()
def grade(
    file: File,
    standard: Annotated[
        list[str] | None,
        typer.Option("--standard", metavar="ID", help="A rule set; may be repeated, the first decides."),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say the grade of an inspection and what caps it. Nothing is saved."""
    from tradein_app.cli.valuing import show_grade

    return show_grade(file, tuple(standard or ()), as_json=as_json)


@app.command()
def regrade(
    standard: Annotated[str, typer.Option("--standard", metavar="ID", help="A rule set, or ID@VERSION.")],
    since: Annotated[
        str, typer.Option(metavar="DATE", help="Only inspections opened on this day or later.")
    ] = "",
    csv: Annotated[str, typer.Option("--csv", metavar="FILE", help="Where the phones that changed go.")] = "",
    as_json: AsJson = False,
) -> int:
    """Say what all stored inspections come to under another standard. Nothing that is stored changes."""
    from tradein_app.cli.regrading import regrade_stored

    return regrade_stored(standard, since, csv, as_json=as_json)


@standards.command(name="list")
def list_standards(as_json: AsJson = False) -> int:
    """List the standards in all their versions."""
    from tradein_app.cli.standards import list_standards

    return list_standards(as_json=as_json)


@standards.command()
def lint(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]…", help="TOML; the shop's own when left out.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Say what is wrong with standards: holes, contradictions, and a better phone that is graded lower."""
    from tradein_app.cli.standards import lint_standards

    return lint_standards(tuple(files or ()), as_json=as_json)


@app.command()
def quote(
    file: File,
    market: Annotated[str, typer.Option(metavar="CODE", help="The market's two letters.")] = "FR",
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="The day whose rates hold; today when left out.")
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Say grade, price range and offer of an inspection. Nothing is saved."""
    from tradein_app.cli.valuing import show_quote

    return show_quote(file, market, as_of, as_json=as_json)


@app.command()
def name(
    model: Annotated[
        str, typer.Argument(metavar="MODEL", help="The model code, such as SM-S999B or iPhone19,7.")
    ],
    words: Annotated[str, typer.Argument(metavar="NAME", help="What stands on the box.")],
    codename: Annotated[
        str, typer.Option(metavar="CODENAME", help="For an Android code that several phones share.")
    ] = "",
    colour: Annotated[
        str, typer.Option(metavar="CODE", help="Name this colour code of the iPhone, not the model.")
    ] = "",
) -> int:
    """Teach the program what a phone is called, or an iPhone's colour; it counts for all phones of this model."""
    from tradein_app.cli.naming import teach

    return teach(model, words, codename, colour)


@app.command()
def udev(
    write: Annotated[
        bool, typer.Option("--write", help="Write it, asking for the administrator's password.")
    ] = False,
    to: Annotated[
        str, typer.Option("--to", metavar="FOLDER", help="Where rules are; the system's own when left out.")
    ] = "",
) -> int:
    """Print the udev rule that lets this computer open Android phones (Linux), or write it."""
    from tradein_app.cli.permitting import show_rule, write_rule

    return write_rule(to) if write else show_rule()


@photo.command(name="add")
def add_photos(
    inspection: Inspected,
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="JPEG, PNG, WebP or HEIC.")],
    question: Annotated[str, typer.Option(metavar="ID", help="The question that they show.")],
    as_json: AsJson = False,
) -> int:
    """Add photos to a question of an open inspection; where they were taken is not kept."""
    from tradein_app.cli.photos import add_photos

    return add_photos(inspection, files, question, as_json=as_json)


@photo.command(name="list")
def list_photos(inspection: Inspected, as_json: AsJson = False) -> int:
    """List a phone's photos, those of its earlier inspections too, and check their files."""
    from tradein_app.cli.photos import list_photos

    return list_photos(inspection, as_json=as_json)


@calibration.command(name="sets")
def calibration_sets(as_json: AsJson = False) -> int:
    """List the sets of reference phones, without their answers."""
    from tradein_app.cli.calibration import show_sets

    return show_sets(as_json=as_json)


@calibration.command(name="import")
def calibration_import(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="A set as JSON; - is stdin.")] = "",
    practice: Annotated[
        bool, typer.Option("--practice", help="The set that comes with the program.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Save a set; phones that differ from what is kept get a new version."""
    from tradein_app.cli.calibration import import_file

    return import_file(file, practice=practice, as_json=as_json)


@calibration.command(name="export")
def calibration_export(
    name: Annotated[str, typer.Argument(metavar="SET", help="A set's name or id.")],
) -> int:
    """Print a set as JSON, for another shop."""
    from tradein_app.cli.calibration import export

    return export(name)


@calibration.command(name="take")
def calibration_take(
    inspection: Annotated[str, typer.Argument(metavar="INSPECTION", help="A closed inspection's id.")],
    set_name: Annotated[str, typer.Option("--set", metavar="NAME", help="A set, or a new one.")],
    code: Annotated[str, typer.Option("--code", metavar="CODE", help="What stands on the phone's sticker.")],
) -> int:
    """Make a reference phone of a closed inspection, without IMEI and serial number."""
    from tradein_app.cli.calibration import take

    return take(inspection, set_name, code)


@calibration.command(name="agreement")
def calibration_agreement(
    by: Annotated[str, typer.Option("--by", metavar="PERIOD", help="month or week.")] = "month",
    as_json: AsJson = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="A line for each question, period and grader.")
    ] = False,
) -> int:
    """Say how far graders agree with the reference phones, question by question."""
    from tradein_app.cli.calibration import show_agreement

    return show_agreement(by, as_json=as_json, as_csv=as_csv)
