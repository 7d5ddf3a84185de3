"""``tradein price retrain · status · promote · back``: the model that the shop's own prices are made by."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tradein_app import bootstrap
from tradein_app.cli.output import put_json, put_line, put_table, say
from tradein_app.config import load_config

if TYPE_CHECKING:
    from pricing.standing.records import Entry, Standing, Tried
    from tradein_app.services.desk import Desk
    from tradein_app.training.records import TrainingState

SCHEMA = "tradein/price-status-1"
_LOOK = 0.1
_STEP = 0.1


def retrain(*, wait: bool) -> int:
    """Train on the shop's prices in a process of its own; returns 0 when it ended well, else 1.

    Args:
        wait: Until it ended, telling how far it is; Ctrl+C cancels it. Else it goes on by itself.

    Raises:
        UserError: There are no prices, or nothing can be written.
        ServiceMissing: Its process did not come up.
    """
    from tradein_app.services.records import THE_PERSON
    from tradein_app.training.starting import up

    with _desk() as desk:
        ran = desk.training().running
        if ran:
            say("A training runs already; prices that came since it began are not in it.")
        began = desk.start_training(actor=THE_PERSON)
        if not ran:
            began = up(load_config().home, began)
        if not wait:
            put_line("Training; see: tradein price status")
            return 0
        try:
            state = _followed(desk, began)
        except KeyboardInterrupt:
            state = _followed(desk, desk.cancel_training(actor=THE_PERSON), silent=True)
        return _say_end(state)


def show_status(*, as_json: bool) -> int:
    """Print which price model counts, which one waits and why, and the training; returns the exit status.

    Args:
        as_json: The document of ``tradein/price-status-1`` in place of words.

    Raises:
        BadInput: The file that says so is damaged.
    """
    with _desk() as desk:
        state, standing = desk.training(), desk.price_standing()
    trouble = _trouble(standing)
    if as_json:
        put_json(_document(standing, state) | {"champion_problem": trouble or None})
        return 0
    put_line(_in_use(standing))
    if trouble:
        put_line(f"  It is not used, and the program's own price curves price: {trouble}")
    put_line(_named("Waiting", standing.challenger) or "Waiting: none.")
    _say_verdict(standing)
    if state.running:
        put_line(f"A training runs: {100 * state.share:.0f} %.")
    _put_models(standing)
    _put_history(standing)
    return 0


def promote(version: str) -> int:
    """Have a kept model count from now on; returns the exit status.

    Args:
        version: Its version; empty for the one that waits.

    Raises:
        BadInput: None is kept under it, or none waits.
    """
    from diagnostics.errors import BadInput
    from tradein_app.services.records import THE_PERSON

    with _desk() as desk:
        waits = desk.price_standing().challenger
        if not version and waits is None:
            raise BadInput("No price model waits.", "Train one: tradein price retrain", "no_challenger")
        name = version or (waits.version if waits else "")
        put_line(_in_use(desk.promote_price_model(name, actor=THE_PERSON)))
    return 0


def back() -> int:
    """Go back to the price model before this one; returns the exit status.

    Raises:
        UserError: The program's own curves price already.
    """
    from tradein_app.services.records import THE_PERSON
    from tradein_app.training.words import back_lines

    with _desk() as desk:
        before = desk.price_standing()
        name = before.champion.version if before.champion else ""
        after = desk.price_model_back(name, actor=THE_PERSON)
    put_line(_in_use(after))
    for line in back_lines(before, after):
        put_line(line)
    return 0


@contextmanager
def _desk() -> Iterator[Desk]:
    desk = bootstrap.open_desk(load_config())
    try:
        yield desk
    finally:
        desk.close()


def _followed(desk: Desk, state: TrainingState, *, silent: bool = False) -> TrainingState:
    """Return how a training ended, saying on stderr how far it is unless nobody wants to know any more."""
    from tradein_app.training.words import step_words

    said: tuple[object, float] = (None, 0.0)
    while state.running:
        if not silent and state.step and (state.step is not said[0] or state.share >= said[1] + _STEP):
            said = (state.step, state.share)
            say(f"{step_words(state.step)}: {100 * state.share:.0f} %")
        time.sleep(_LOOK)
        state = desk.training()
    return state


def _say_end(state: TrainingState) -> int:
    from tradein_app.training.records import Outcome
    from tradein_app.training.words import outcome_words, verdict_lines

    for source in state.sources:
        why = source.problem.error() if source.problem else ""
        say(f"{source.name}: {why or f'{source.used} prices used, {source.left_out} left out'}")
    assert state.outcome is not None
    put_line(outcome_words(state.outcome))
    for line in verdict_lines(state.verdict) if state.verdict else ():
        put_line(line)
    if state.trouble is not None:
        say(f"tradein: {state.trouble.error()}")
    return 0 if state.outcome in {Outcome.PROMOTED, Outcome.WAITS, Outcome.UNCHANGED} else 1


def _in_use(standing: Standing) -> str:
    return _named("In use", standing.champion) or "In use: the program's own price curves."


def _trouble(standing: Standing) -> str:
    """Return why the model in use cannot price, as each quote says it, too; empty where it can."""
    from diagnostics.errors import UserError
    from pricing.model.keeping import load
    from pricing.standing.places import model_folder

    if standing.champion is None:
        return ""
    try:
        load(model_folder(load_config().home, standing.champion.version), standing.champion.version)
    except UserError as error:
        return error.message
    return ""


def _named(head: str, entry: Entry | None) -> str:
    if entry is None:
        return ""
    days = f", {entry.first_day} to {entry.last_day}" if entry.first_day else ""
    models = "1 phone model" if entry.models == 1 else f"{entry.models} phone models"
    return f"{head}: {entry.version}, {entry.rows} prices of {models}{days}."


def _say_verdict(standing: Standing) -> None:
    from tradein_app.training.words import verdict_lines

    entry = standing.challenger
    for line in verdict_lines(entry.verdict) if entry and entry.verdict else ():
        put_line(f"  {line}")


def _put_models(standing: Standing) -> None:
    rows = [
        (entry.version, f"{entry.trained_at:%Y-%m-%d %H:%M}", str(entry.rows), *_figures(entry))
        for entry in standing.models
    ]
    if rows:
        put_table(("Model", "Trained (UTC)", "Prices", "Known models", "New models"), rows)


def _figures(entry: Entry) -> tuple[str, str]:
    scores = {score.split: score for score in entry.scores}
    return _figure(scores.get("sellers")), _figure(scores.get("models"))


def _figure(score: Tried | None) -> str:
    if score is None:
        return "–"
    return f"R² {score.r2:.3f}, MAPE {score.mape:.1f} %, {100 * score.coverage:.0f} % in range"


def _put_history(standing: Standing) -> None:
    from tradein_app.training.words import event_words

    rows = [
        (f"{event.at:%Y-%m-%d %H:%M}", event.version, event_words(event), event.actor_name)
        for event in standing.history
    ]
    if rows:
        put_table(("When (UTC)", "Model", "What", "Who"), rows)


def _document(standing: Standing, state: TrainingState) -> dict[str, object]:
    from pricing.standing.codec import standing_to_json
    from tradein_app.training.state import state_to_json

    rest = {name: value for name, value in standing_to_json(standing).items() if name != "schema"}
    training = {name: value for name, value in state_to_json(state).items() if name != "schema"}
    return {"schema": SCHEMA, **rest, "training": training if state.run else None}
