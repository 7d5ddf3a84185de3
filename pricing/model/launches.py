"""What a model knows of its phones' launches fills the gaps of rows that do not tell it."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

import numpy as np

from pricing.model.columns import Columns
from pricing.model.trained import Own


def complete(models: Mapping[str, Own], data: Columns) -> Columns:
    """Return the rows with launch dates and prices where only other rows of their model told them."""
    gaps = np.flatnonzero(np.isnan(data.launch_price) | np.isnan(data.launch_day))
    owns = [models.get(phone.key) for phone in data.phones]
    if not len(gaps) or not any(owns):
        return data
    price, day = data.launch_price.copy(), data.launch_day.copy()
    for row in gaps:
        own = owns[data.phone[row]]
        if own is not None:
            day[row] = launch_day(own) if np.isnan(day[row]) else day[row]
            price[row] = launch_price(own, data.storage[row]) if np.isnan(price[row]) else price[row]
    return data.with_(launch_price=price, launch_day=day)


def launch_day(own: Own) -> float:
    """Return a phone model's launch as an ordinal, NaN where no row told it."""
    return np.nan if own.launch_day is None else own.launch_day


def launch_price(own: Own, storage: float) -> float:
    """Return the launch price of a storage: of the next smaller one that is known, so that more is never cheaper."""
    if isnan(storage) or not own.launch_prices:
        return own.launch_prices.get(0, np.nan)
    sizes = sorted(size for size in own.launch_prices if size) or [0]
    return own.launch_prices[max((size for size in sizes if size <= storage), default=sizes[0])]
