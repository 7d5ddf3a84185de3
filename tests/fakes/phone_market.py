"""A small market whose prices follow known rules, so that a test knows what a model should find."""

from __future__ import annotations

import math
import random
from datetime import date
from typing import Any

LINES = {"": 799.0, " mini": 699.0, " Pro": 999.0, " Pro Max": 1099.0}
GRADES = (1.0, 2.0, 3.0)
HEADER = [
    "id",
    "brand",
    "model",
    "storage_gb",
    "grade",
    "battery_pct",
    "date",
    "market",
    "currency",
    "launch_date",
    "launch_price",
    "has_warranty",
    "seller_type",
    "price",
]
_GRADE_WORDS = ("broken", "fair", "good", "excellent")


def phone_row(chance: random.Random) -> dict[str, Any]:
    """Return one phone that might be sold, without its price."""
    line = chance.choice(sorted(LINES))
    number = chance.randrange(11, 17)
    storage = chance.choice((128.0, 256.0, 512.0))
    return {
        "brand": "Apple",
        "model": f"iPhone {number}{line}",
        "market": "FR",
        "currency": "EUR",
        "storage": storage,
        "grade": chance.choice(GRADES),
        "battery": float(chance.randrange(74, 101)),
        "day": float(date(2025, 1, 1).toordinal() + chance.randrange(300)),
        "launch_day": float(date(2008 + number, 9, 20).toordinal()),
        "launch_price": LINES[line] + 100.0 * (math.log2(storage) - 7.0),
    }


def true_price(row: dict[str, Any]) -> float:
    """Return what the market's rules say."""
    months = (row["day"] - row["launch_day"]) / 30.4375
    worn = 0.9 if row["battery"] < 80 else 1.0
    return float(row["launch_price"] * 0.85 * 0.98**months * 1.06 ** (row["grade"] - 2.0) * worn)


def market_rows(count: int, seed: int = 1, noise: float = 0.12) -> list[dict[str, Any]]:
    """Return sales: true prices and noise."""
    chance = random.Random(seed)
    rows = [phone_row(chance) for _ in range(count)]
    return [row | {"price": true_price(row) * math.exp(chance.gauss(0, noise))} for row in rows]


def csv_rows(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return sales as the cells of a CSV file."""
    return [
        {
            "id": f"r{number}",
            "brand": row["brand"],
            "model": row["model"],
            "storage_gb": f"{row['storage']:g}",
            "grade": _GRADE_WORDS[int(row["grade"])],
            "battery_pct": f"{row['battery']:g}",
            "date": date.fromordinal(int(row["day"])).isoformat(),
            "market": row["market"],
            "currency": row["currency"],
            "launch_date": date.fromordinal(int(row["launch_day"])).isoformat(),
            "launch_price": f"{row['launch_price']:g}",
            "has_warranty": "",
            "seller_type": "private",
            "price": f"{row['price']:.2f}",
        }
        for number, row in enumerate(market_rows(count, seed))
    ]
