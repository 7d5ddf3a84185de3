"""``tradein price`` and its options; what it does is in `tradein_app.cli.pricing`."""

from __future__ import annotations

from typing import Annotated

import typer

price = typer.Typer(
    help="Train price models on price data, see how good they are, and price phones with them.",
    rich_markup_mode=None,
)

Data = Annotated[str, typer.Argument(metavar="DATA.csv", help="Prices, one a row.")]


@price.command()
def train(
    data: Data,
    model: Annotated[str, typer.Option("--model", metavar="DIR", help="Where the model is kept.")],
) -> int:
    """Train a model on prices, say how good it is, and keep it."""
    from tradein_app.cli.pricing import train_model

    return train_model(data, model)


@price.command()
def predict(
    source: Annotated[str, typer.Argument(metavar="IN.csv", help="Phones, one a row, with an id.")],
    target: Annotated[str, typer.Argument(metavar="OUT.csv", help="Gets id, p10, p50 and p90.")],
    model: Annotated[
        str, typer.Option("--model", metavar="DIR", help="The model in use when left out.")
    ] = "",
) -> int:
    """Price the phones of a file; those that cannot be priced are left out and named on stderr.

    The prices are of the kind that the model learned, as a rule asked ones; a quote takes the shop's own sales in, too.
    """
    from tradein_app.cli.pricing import predict_prices

    return predict_prices(source, target, model)


@price.command()
def backtest(
    data: Data,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> int:
    """Say how good a model of some prices is: on rows, on phone models and on later days left out."""
    from tradein_app.cli.pricing import show_backtest

    return show_backtest(data, as_json=as_json)


@price.command()
def retrain(
    wait: Annotated[
        bool, typer.Option("--wait/--no-wait", help="Tell how far it is until it ended; Ctrl+C cancels it.")
    ] = True,
) -> int:
    """Train the shop's own model on its market prices; one that is better and calibrated counts from then on."""
    from tradein_app.cli.training import retrain as do

    return do(wait=wait)


@price.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> int:
    """Say which price model counts, which one waits and why, and what happened to them."""
    from tradein_app.cli.training import show_status

    return show_status(as_json=as_json)


@price.command()
def promote(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="The one that waits when left out.")] = "",
) -> int:
    """Have a kept price model count from now on."""
    from tradein_app.cli.training import promote as do

    return do(version)


@price.command()
def back() -> int:
    """Go back to the price model that counted before this one."""
    from tradein_app.cli.training import back as do

    return do()


@price.command("train-apart", hidden=True)
def train_apart(home: str, run: str, actor: str, name: str) -> int:
    """Be the process of a training: how a program that was frozen into one file calls itself."""
    from tradein_app.training.__main__ import main

    return main((home, run, actor, name))


@price.command()
def fetch(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="All feeds when left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> int:
    """Fetch the feeds of `prices/feeds.toml`; the last good copy stays where nothing better comes."""
    from tradein_app.cli.price_data import fetch_feeds

    return fetch_feeds(tuple(names or ()), as_json=as_json)


@price.command()
def health(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="All of the shop's prices when left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> int:
    """Say what is in price data, what was left out and why, how new it is, and where it is thin."""
    from tradein_app.cli.price_data import show_health

    return show_health(tuple(files or ()), as_json=as_json)


@price.command()
def rates(
    fetch_them: Annotated[bool, typer.Option("--fetch", help="Fetch the ECB's newest rates first.")] = False,
    source: Annotated[str, typer.Option("--from", metavar="CURRENCY", help="From this currency.")] = "EUR",
    target: Annotated[
        str, typer.Option("--to", metavar="CURRENCY", help="All currencies when left out.")
    ] = "",
    day: Annotated[str, typer.Option("--day", metavar="DATE", help="Today when left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> int:
    """Show exchange rates with their day and where they come from."""
    from tradein_app.cli.exchange import show_rates

    return show_rates(source, target, day, fetch=fetch_them, as_json=as_json)
