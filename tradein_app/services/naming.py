"""Keeps the names that a person gives to models which no table knows."""

from __future__ import annotations

from pathlib import Path

from diagnostics.errors import UserError
from tradein_app.services.records import Actor
from tradein_app.services.shop import Shop


def name_model(shop: Shop, folder: Path | None, model: str, name: str, *, device: str, actor: Actor) -> None:
    """Write a name into the shop's own file, and say so in the audit log; it counts from the next reading on.

    Args:
        shop: Where it happens.
        folder: The data folder; ``None`` for none.
        model: The model code.
        name: What stands on the box.
        device: The codename: it is kept with the code where the code is that of several phones.
        actor: Who typed it.

    Raises:
        BadInput: The name cannot be one, or the file cannot be used as it is.
        UserError: The file cannot be written.
    """
    from diagnostics.android.names import FILE, learn
    from diagnostics.android.naming import is_shared

    if folder is None:
        raise UserError("There is no folder to keep names in.", "Set TRADEIN_HOME.", "names_not_written")
    kept = {
        "model": model.strip(),
        "device": device.strip() if is_shared(model.strip()) else "",
        "name": name.strip(),
    }
    with shop.store.writing() as uow:
        uow.audit.append(actor, "model.named", kept, shop.now())
        try:
            learn(folder / FILE, kept["model"], kept["name"], device=kept["device"])
        except OSError as error:
            raise UserError(
                f"{folder / FILE} could not be written: {error.strerror}.",
                "Allow writing there, and try again.",
                "names_not_written",
            ) from error
        uow.commit()
