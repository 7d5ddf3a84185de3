"""How a page is looked at, in one line: light, distance, tilt, nail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from diagnostics.grading.looking import Looking
    from tradein_app.viewmodels.checklist_view import ChecklistView


def looking_words(view: ChecklistView) -> str:
    """Return how the open page is looked at; ``""`` where there is nothing to look at."""
    from diagnostics.grading.looking import looking

    conditions = looking(view.checklist.id).get(view.page_number) if view.checklist else None
    # A line ends between two of them, never within one: "20 cm" alone says nothing.
    parts = (part.replace(" ", "\u00a0") for part in (_parts(conditions) if conditions else ()))
    return "\u00a0· ".join(parts)


def _parts(look: Looking) -> list[str]:
    parts = []
    if look.lux:
        parts.append(translate("looking", "Light {0}–{1} lux").format(*look.lux))
    if look.bright:
        parts.append(translate("looking", "Screen white, full brightness"))
    if len(look.cm) > 1:
        parts.append(translate("looking", "{0} cm, then {1} cm").format(*look.cm))
    elif look.cm:
        parts.append(translate("looking", "{0} cm").format(*look.cm))
    if look.tilt:
        parts.append(translate("looking", "tilt {0}–{1}°").format(*look.tilt))
    if look.nail:
        parts.append(translate("looking", "fingernail"))
    if look.seconds:
        parts.append(translate("looking", "about {0}\u00a0s").format(look.seconds))
    return parts
