"""What the desk offers of training, for those who need not know in which process it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pricing.standing.records import Standing
    from tradein_app.services.records import Actor
    from tradein_app.training.records import TrainingState


class TrainingDoor(Protocol):
    """What `tradein_app.services.training_desk.TrainingDesk` does."""

    def start_training(self, *, actor: Actor) -> TrainingState:
        """Start a training in a process of its own."""
        ...

    def training(self) -> TrainingState:
        """Return the training that runs, or how the last one ended."""
        ...

    def cancel_training(self, *, actor: Actor) -> TrainingState:
        """Ask the training to stop."""
        ...

    def price_standing(self) -> Standing:
        """Return which price model counts, which one waits, and how that came about."""
        ...

    def promote_price_model(self, version: str, *, actor: Actor) -> Standing:
        """Have a kept model count from now on."""
        ...

    def price_model_back(self, version: str, *, actor: Actor) -> Standing:
        """Go back from a champion to the one before it."""
        ...
