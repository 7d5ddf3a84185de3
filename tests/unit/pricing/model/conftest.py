"""One model of the small market for all tests of a run."""

from __future__ import annotations

import pytest

from pricing.model.columns import Columns, columns
from pricing.model.learning import train
from pricing.model.scoring import Scorer
from pricing.model.trained import Trained
from tests.fakes.phone_market import market_rows


@pytest.fixture(scope="session")
def sales() -> Columns:
    return columns(market_rows(500))


@pytest.fixture(scope="session")
def model(sales: Columns) -> Trained:
    return train(sales)


@pytest.fixture(scope="session")
def scorer(model: Trained) -> Scorer:
    return Scorer(model)
