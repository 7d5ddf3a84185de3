"""Keeps where the window was."""

from __future__ import annotations

import dataclasses

from tradein_app.services.records import Actor, Workspace
from tradein_app.services.shop import Shop


def workspace(shop: Shop, actor: Actor) -> Workspace:
    """Return where this person's window was; the beginning when that was never saved."""
    with shop.store.reading() as uow:
        return uow.workspaces.get(actor.id) or Workspace()


def save_workspace(shop: Shop, place: Workspace, actor: Actor) -> None:
    """Save where this person's window is; the same place twice is saved once."""
    with shop.store.writing() as uow:
        if uow.workspaces.get(actor.id) == place:
            return
        at = shop.now()
        uow.audit.append(actor, "workspace.saved", dataclasses.asdict(place), at)
        uow.workspaces.put(actor.id, place, at)
        uow.commit()
