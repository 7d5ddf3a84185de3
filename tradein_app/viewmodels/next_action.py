"""The one step that frees most phones soonest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tradein_app.viewmodels.language import step_words, translate
from tradein_app.viewmodels.looks import TONES, Look
from tradein_app.viewmodels.tile import Tile

_ORDER = (Look.STOP, Look.NEEDS_YOU, Look.PROBLEM)


@dataclass(frozen=True, slots=True)
class NextAction:
    """What the bar says.

    Attributes:
        text: One sentence, beginning with the port it is about.
        tone: Of the bar.
        look: Which icon goes with it.
        port: Index of the port it is about.
        hint: What to do besides: a sentence.
        act: ``select``, ``ask_trust``, ``read_again``, or ``""`` when there is nothing to press.
    """

    text: str
    tone: str = "dim"
    look: str = "free"
    port: int | None = None
    act: str = ""
    hint: str = ""


def next_action(
    tiles: Sequence[Tile],
    *,
    selected: int | None,
    offer: str,
    language: str,
    missing: tuple[str, str] | None = None,
) -> NextAction:
    """Return the step that frees most phones soonest.

    A service that fails keeps all its phones from being read, so it comes first. A phone that only waits for a tap is
    freed soonest, so those come next; then the phone that is being worked on, then the others that wait for a person,
    then problems.

    Args:
        tiles: All ports.
        selected: Index of the chosen port.
        offer: What can be offered for the chosen phone now, ready to show.
        language: Of the texts.
        missing: What is wrong with a service that hides phones, and what to do; the program itself cannot.
    """
    if missing is not None:
        return NextAction(missing[0], "bad", str(Look.PROBLEM), hint=missing[1])
    order = sorted(
        range(len(tiles)), key=lambda index: (_rank(tiles[index], index == selected), tiles[index].number)
    )
    first = order[0] if order else None
    if first is not None and _rank(tiles[first], first == selected) < len(_ORDER) + 2:
        return _for_tile(tiles[first], first)
    if selected is not None and selected < len(tiles) and offer:
        text = step_words("offer", language, offer=offer)
        return NextAction(_at(tiles[selected].number, text), "accent", "done", selected, "quote")
    return _idle(tiles, language)


def _rank(tile: Tile, selected: bool) -> int:
    if tile.look is Look.STOP and tile.present:
        return 0
    if tile.asks is Look.NEEDS_YOU:
        return 1 if tile.act else 2 if selected else 3
    if tile.look is Look.OFFER and not selected:
        return 4
    return 4 if tile.asks is Look.PROBLEM and tile.present else 9


def _for_tile(tile: Tile, index: int) -> NextAction:
    tone = "bad" if tile.asks in {Look.STOP, Look.PROBLEM} else TONES[tile.asks]
    return NextAction(
        _at(tile.number, tile.text or tile.word), tone, str(tile.asks), index, tile.act or "select"
    )


def _at(number: int, text: str) -> str:
    return translate("next", "Slot {0}: {1}").format(number, text)


def _idle(tiles: Sequence[Tile], language: str) -> NextAction:
    if any(tile.look in {Look.WORKING, Look.CONNECTING} for tile in tiles):
        return NextAction(step_words("wait", language), "accent", "working")
    if any(tile.present for tile in tiles):
        return NextAction(step_words("idle", language), "ok", "done")
    return NextAction(step_words("plug", language), "accent", "free")
