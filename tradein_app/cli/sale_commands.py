"""``tradein sale`` and its options; what it does is in `tradein_app.cli.selling`."""

from __future__ import annotations

from typing import Annotated

import typer

sale = typer.Typer(
    help="Keep what bought phones were sold for: the price model learns from it, and is held against it.",
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
Phone = Annotated[
    str, typer.Argument(metavar="PHONE", help="Its IMEI or serial number, or the inspection's id.")
]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day of the sale; today when left out.")]


@sale.command()
def record(
    phone: Phone,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="What it brought, such as 311.50.")],
    *,
    currency: Annotated[
        str, typer.Option(metavar="CODE", help="That of the phone's quote when left out.")
    ] = "",
    day: On = "",
    channel: Annotated[str, typer.Option(metavar="WORDS", help="Where it was sold.")] = "",
    correct: Annotated[bool, typer.Option("--correct", help="In place of the sale that is kept.")] = False,
    sure: Annotated[
        bool, typer.Option("--sure", help="Keep it though it is far from what was expected.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Record what a bought phone was sold for; the same sale twice is kept once."""
    from tradein_app.cli.selling import record_sale

    said = (amount, currency, day, channel)
    return record_sale(phone, said, correct=correct, sure=sure, as_json=as_json)


@sale.command(name="take-back")
def take_back(phone: Phone, day: On = "", as_json: AsJson = False) -> int:
    """Record that a sale came to nothing: the phone is in the shop again."""
    from tradein_app.cli.selling import take_back_sale

    return take_back_sale(phone, day, as_json=as_json)


@sale.command(name="import")
def import_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Sales as CSV; - is stdin.")],
    as_json: AsJson = False,
) -> int:
    """Record the sales of a file: inspection, imei or serial, amount, currency, sold_on, channel."""
    from tradein_app.cli.selling import import_sales

    return import_sales(file, as_json=as_json)


@sale.command(name="list")
def list_sales(
    since: Annotated[str, typer.Option(metavar="DATE", help="Only sales of this day or later.")] = "",
    as_json: AsJson = False,
) -> int:
    """List the sales, and say whether the quotes kept their promises."""
    from tradein_app.cli.selling import list_sales

    return list_sales(since, as_json=as_json)


@sale.command()
def export(
    file: Annotated[
        str, typer.Argument(metavar="[FILE]", help="Where the CSV goes; stdout when left out.")
    ] = "",
) -> int:
    """Write the closed deals as price data, without IMEI and serial number."""
    from tradein_app.cli.selling import export_deals

    return export_deals(file)
