"""The desk's part that trains price models, and says which one counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tradein_app.services import training as trainings
from tradein_app.services.records import Actor
from tradein_app.services.shop import Shop

if TYPE_CHECKING:
    from pricing.standing.records import Standing
    from tradein_app.training.records import TrainingState


class TrainingDesk:
    """Each of these may be asked twice and is done once; errors as of `tradein_app.services.desk.Desk`."""

    _shop: Shop
    _folder: Path | None

    def start_training(self, *, actor: Actor) -> TrainingState:
        """Start a training in a process of its own, and return its first state; the one that runs where one does."""
        return trainings.start_training(self._shop, self._folder, actor)

    def training(self) -> TrainingState:
        """Return the training that runs, or how the last one ended; a matter of a millisecond."""
        return trainings.training(self._shop, self._folder)

    def cancel_training(self, *, actor: Actor) -> TrainingState:
        """Ask the training to stop, and return its state; it ends within seconds."""
        return trainings.cancel_training(self._shop, self._folder, actor)

    def price_standing(self) -> Standing:
        """Return which price model counts, which one waits, and how that came about.

        Raises:
            BadInput: The file that says so is damaged.
        """
        return trainings.price_standing(self._folder)

    def promote_price_model(self, version: str, *, actor: Actor) -> Standing:
        """Have a kept model count from now on, whatever its verdict was.

        Raises:
            BadInput: No such model is kept, or it is damaged.
        """
        return trainings.promote(self._shop, self._folder, version, actor)

    def price_model_back(self, version: str, *, actor: Actor) -> Standing:
        """Go back from a champion to the one before it, or from the first one to the program's own curves.

        Where another one counts by now, nothing changes: two clicks are one step.

        Raises:
            UserError: None counts: the program's own curves price already.
        """
        return trainings.back(self._shop, self._folder, version, actor)
