"""Where a shop's prices lie in its data folder."""

from __future__ import annotations

from pathlib import Path

PRICES = "prices"
STANDING_FILE = "standing.json"
MODELS = "models"


def prices_folder(home: Path) -> Path:
    """Return the folder of everything about prices.

    Args:
        home: The data folder.
    """
    return home / PRICES


def standing_file(home: Path) -> Path:
    """Return the file that says which model counts."""
    return prices_folder(home) / STANDING_FILE


def models_folder(home: Path) -> Path:
    """Return the folder of all models that were kept."""
    return prices_folder(home) / MODELS


def model_folder(home: Path, version: str) -> Path:
    """Return the folder of one model, for `pricing.model.keeping.load`."""
    return models_folder(home) / version
