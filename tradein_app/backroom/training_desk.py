"""Training in the backroom, as the window holds it; each call may be asked twice, for it then changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pricing.standing.records import Standing
    from tradein_app.services.records import Actor
    from tradein_app.training.records import TrainingState


class RemoteTraining:
    """Does in the backroom what `tradein_app.services.training_desk.TrainingDesk` describes."""

    def _call(self, name: str, *arguments: object, **named: object) -> object:
        """Do something in the backroom; `tradein_app.backroom.desk.RemoteDesk` knows how."""
        raise NotImplementedError

    def start_training(self, *, actor: Actor) -> TrainingState:
        """Start a training in a process of its own."""
        return cast("TrainingState", self._call("start_training", actor=actor))

    def training(self) -> TrainingState:
        """Return the training that runs, or how the last one ended."""
        return cast("TrainingState", self._call("training"))

    def cancel_training(self, *, actor: Actor) -> TrainingState:
        """Ask the training to stop."""
        return cast("TrainingState", self._call("cancel_training", actor=actor))

    def price_standing(self) -> Standing:
        """Return which price model counts, which one waits, and how that came about."""
        return cast("Standing", self._call("price_standing"))

    def promote_price_model(self, version: str, *, actor: Actor) -> Standing:
        """Have a kept model count from now on."""
        return cast("Standing", self._call("promote_price_model", version, actor=actor))

    def price_model_back(self, version: str, *, actor: Actor) -> Standing:
        """Go back from a champion to the one before it."""
        return cast("Standing", self._call("price_model_back", version, actor=actor))
