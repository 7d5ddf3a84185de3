"""Trains the shop's price model, and says which one counts; what was decided is in the audit log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.errors import UserError
from tradein_app.services.records import Actor
from tradein_app.services.shop import Shop

if TYPE_CHECKING:
    from collections.abc import Callable

    from pricing.standing.records import Event, Standing
    from tradein_app.training.records import TrainingState


def start_training(shop: Shop, folder: Path | None, actor: Actor) -> TrainingState:
    """Begin a training in a process of its own, and return its first state; the one that runs where one does.

    It is not waited for: loading it takes a third of a second and more, and answers are saved on the same thread. One
    that does not come up is told by `training`, as failed.

    Raises:
        UserError: Nothing can be written to the data folder, or there is none.
    """
    from tradein_app.training.beginning import current, look_after
    from tradein_app.training.starting import begin

    home = _home(folder)
    look_after()
    state = current(home)
    if state.running:
        return state
    with shop.store.writing() as uow:
        state = begin(home, (actor.id, actor.name))
        uow.audit.append(actor, "price_model.training_started", {"run": state.run}, shop.now())
        uow.commit()
    return state


def training(shop: Shop, folder: Path | None) -> TrainingState:
    """Return the training that runs, or how the last one ended; what it promoted goes into the audit log."""
    from tradein_app.training.beginning import current, look_after
    from tradein_app.training.records import TrainingState

    if folder is None:
        return TrainingState()
    look_after()
    state = current(folder)
    if not state.running:
        _catch_up(shop, folder)
    return state


def cancel_training(shop: Shop, folder: Path | None, actor: Actor) -> TrainingState:
    """Ask the training to stop, and return its state; it ends within seconds, and nothing that counts has changed.

    Raises:
        UserError: It cannot be asked, because nothing can be written to the data folder.
    """
    from tradein_app.training.beginning import current
    from tradein_app.training.state import ask_to_cancel

    home = _home(folder)
    state = current(home)
    if not state.running or state.cancelling:
        return state
    with shop.store.writing() as uow:
        uow.audit.append(actor, "price_model.training_cancelled", {"run": state.run}, shop.now())
        try:
            ask_to_cancel(home, state.run)
        except OSError as error:
            raise _not_written(home, error) from None
        uow.commit()
    return current(home)


def price_standing(folder: Path | None) -> Standing:
    """Return which price model counts, which one waits, and how that came about.

    Raises:
        BadInput: The file that says so is damaged.
    """
    from pricing.standing.keeping import read_standing
    from pricing.standing.records import Standing

    return Standing() if folder is None else read_standing(folder)


def promote(shop: Shop, folder: Path | None, version: str, actor: Actor) -> Standing:
    """Have a kept model count from now on, whatever its verdict was.

    Raises:
        BadInput: No such model is kept, or it is damaged.
        UserError: The standing cannot be written.
    """
    from pricing.model.keeping import load
    from pricing.standing.changing import promoted
    from pricing.standing.places import model_folder

    home = _home(folder)

    def change(standing: Standing) -> Standing:
        after = promoted(standing, version, at=shop.now(), actor=(actor.id, actor.name))
        # A model that cannot be used would leave the counter with the seed, without a word.
        load(model_folder(home, version), version)
        return after

    return _changed(shop, home, change)


def back(shop: Shop, folder: Path | None, version: str, actor: Actor) -> Standing:
    """Go back from a champion to the one before it; where another one counts by now, nothing changes.

    Raises:
        BadInput: The one before is damaged.
        UserError: None counts, or the standing cannot be written.
    """
    from pricing.model.keeping import load
    from pricing.standing import changing
    from pricing.standing.places import model_folder

    home = _home(folder)

    def change(standing: Standing) -> Standing:
        if standing.champion is not None and standing.champion.version != version:
            return standing
        after = changing.back(standing, at=shop.now(), actor=(actor.id, actor.name))
        if after.champion is not None:
            load(model_folder(home, after.champion.version), after.champion.version)
        return after

    return _changed(shop, home, change)


def _changed(shop: Shop, home: Path, change: Callable[[Standing], Standing]) -> Standing:
    from pricing.standing.keeping import read_standing, write_standing
    from tradein_app.training.state import standing_held

    with standing_held(home):
        before = read_standing(home)
        after = change(before)
        if after != before:
            write_standing(home, after)
    _catch_up(shop, home)
    return read_standing(home)


def _catch_up(shop: Shop, home: Path) -> None:
    """Write into the audit log what changed which model counts; a training has no database, so it is done for it.

    Where the program is killed in between, an entry may be there twice, and never not at all.
    """
    from dataclasses import replace

    from pricing.standing.keeping import read_standing, standing_or_none, write_standing
    from tradein_app.training.state import standing_held

    if all(event.audited for event in standing_or_none(home).history):
        return
    with standing_held(home), shop.store.writing() as uow:
        standing = read_standing(home)
        for event in standing.history:
            if not event.audited:
                uow.audit.append(Actor(event.actor_id, event.actor_name), *_entry(event), shop.now())
        uow.commit()
        done = tuple(replace(event, audited=True) for event in standing.history)
        write_standing(home, replace(standing, history=done))


def _entry(event: Event) -> tuple[str, dict[str, object]]:
    facts: dict[str, object] = {"version": event.version}
    if event.former:
        facts["former"] = event.former
    if event.by_itself:
        facts["by_itself"] = True
    return f"price_model.{event.what.value}", facts


def _home(folder: Path | None) -> Path:
    if folder is None:
        raise UserError("There is no folder to keep prices in.", "Set TRADEIN_HOME.", "no_data_folder")
    return folder


def _not_written(home: Path, error: OSError) -> UserError:
    return UserError(
        f"{home / 'prices'} cannot be written to: {error.strerror}.",
        "Allow writing there, and try again.",
        "prices_not_written",
        place=str(home / "prices"),
    )
