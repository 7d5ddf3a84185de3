"""Databases as earlier programs left them."""

from __future__ import annotations

from alembic import command

from tests.fakes.shops import PaperShop
from tradein_app.store import schema
from tradein_app.store.engines import make_engine, parse_url


def go_back_to(shop: PaperShop, revision: str) -> None:
    """Make a database what it was when an earlier program had written all of it."""
    engine = make_engine(parse_url(shop.url))
    with engine.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()
