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
        str, typer.Option("--model", metavar="DIR", help="price-model in the data folder when left out.")
    ] = "",
) -> int:
    """Price the phones of a file; those that cannot be priced are left out and named on stderr."""
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
