from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.shops import PaperShop


@pytest.fixture
def shop() -> Iterator[PaperShop]:
    shop = PaperShop()
    yield shop
    shop.close()
