"""What the page of prices asks, whichever process answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from tradein_app.services.price_fetching import FetchNews
    from tradein_app.services.price_page_records import Asked, Choices, Overview, PriceCurve, Source


class PriceDoor(Protocol):
    """Blocking; `tradein_app.services.price_page.PricePage` says what each of these does and raises."""

    def choices(self) -> Choices:
        """Return what can be chosen."""
        ...

    def curve(self, asked: Asked) -> PriceCurve:
        """Return a phone model's price along an axis."""
        ...

    def overview(self) -> Overview:
        """Return how good the models are, and what the data is like."""
        ...

    def fetch(self, number: int) -> FetchNews:
        """Fetch all feeds and the exchange rates; the number is what `cancel_fetch` names it by."""
        ...

    def cancel_fetch(self, number: int) -> None:
        """Have a fetch end, also one that has not begun; does not wait, and may be called on any thread."""
        ...

    def take_out(self, name: str) -> None:
        """Take a loaded file out of the shop's data."""
        ...

    def load(self, path: Path) -> Source:
        """Copy a file of prices into the shop's data."""
        ...
