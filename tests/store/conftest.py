from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.shops import PaperShop


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "shop.sqlite3"


@pytest.fixture
def shop(file: Path) -> Iterator[PaperShop]:
    shop = PaperShop(file)
    yield shop
    shop.close()
