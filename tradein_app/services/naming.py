"""Keeps the names that a person gives to models and colours which no table knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from diagnostics.errors import UserError
from tradein_app.services.records import Actor
from tradein_app.services.shop import Shop

if TYPE_CHECKING:
    from diagnostics.teaching import Unnamed


def keep_name(
    shop: Shop, folder: Path | None, what: Unnamed, name: str, actor: Actor, *, names: Path | None = None
) -> bool:
    """Write a name into the shop's own file, and say so in the audit log; it counts from the next reading on.

    Args:
        shop: Where it happens.
        folder: The data folder; ``None`` for none.
        what: The model, or the colour of a model.
        name: What stands on the box; of a colour its name.
        actor: Who typed it.
        names: The folder that all benches share; ``None`` for none.

    Returns:
        Whether it is where it belongs; ``False`` where it waits in the data folder for the shared one.

    Raises:
        BadInput: The name cannot be one, or the file cannot be used as it is.
        UserError: The file cannot be written.
    """
    from diagnostics.teaching import FILES, learn, to_be_kept

    if folder is None:
        raise UserError("There is no folder to keep names in.", "Set TRADEIN_HOME.", "names_not_written")
    kept, name = to_be_kept(what), name.strip()
    with shop.store.writing() as uow:
        uow.audit.append(actor, *_entry(kept, name), shop.now())
        try:
            there = learn(folder, kept, name, names)
        except OSError as error:
            raise UserError(
                f"{folder / FILES[kept.platform]} could not be written: {error.strerror}.",
                "Allow writing there, and try again.",
                "names_not_written",
            ) from error
        uow.commit()
    return there


def _entry(kept: Unnamed, name: str) -> tuple[str, dict[str, str]]:
    if kept.colour:
        return "colour.named", {"model": kept.model, "colour": kept.colour, "name": name}
    return "model.named", {"model": kept.model, "device": kept.device, "name": name}
