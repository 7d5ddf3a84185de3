"""What may bind an iPhone to somebody. Nothing that merely was not seen counts as off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext

from diagnostics import text
from diagnostics.apple.findmy import Sign
from diagnostics.apple.values import is_no, mapping, text_of
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, Quality

ACTIVATED = frozenset({"Activated", "FactoryActivated", "WildcardActivated"})
_ACTIVATION = "lockdown ActivationState"


def read_activation(values: object, builder: ReadingBuilder) -> None:
    """Read lockdown's ``ActivationState``: activated is off, unless ``BrickState`` says anything but no.

    Not activated alone does not mean locked: an erased phone of nobody's looks the same (ideviceactivate #19), see
    `read_owner`.
    """
    known = mapping(values)
    # It was seen empty on a phone that did not trust the computer yet, which is no answer.
    if known.get("ActivationState", "") == "":
        return
    raw, state = known["ActivationState"], text_of(known["ActivationState"])
    if state in ACTIVATED and not is_no(brick := known.get("BrickState", False)):
        told = f"{state}, BrickState {text.plain(brick, 40)}"
        builder.reject("locks.activation", _ACTIVATION, raw=told)
    elif state in ACTIVATED:
        builder.put("locks.activation", LockState.OFF, _ACTIVATION, raw=raw)
    elif state == "Unactivated":
        builder.problem("locks.activation", "unactivated")
    else:
        builder.reject("locks.activation", _ACTIVATION, raw=raw, code="unknown_answer")


def read_owner(signs: Sequence[Sign], values: object, builder: ReadingBuilder) -> None:
    """Read Find My from its signs, and what follows from it for the account and for an unactivated phone.

    Any yes is on, by the best source that says so.
    """
    said_yes = sorted(
        (sign for sign in signs if sign.says is True), key=lambda s: s.quality is not Quality.EXACT
    )
    if not said_yes:
        return
    yes = said_yes[0]
    with builder.dated(yes.at) if yes.at else nullcontext():
        builder.put("locks.find_my", LockState.ON, yes.source, raw=yes.raw, quality=yes.quality)
        builder.put("locks.account", LockState.ON, yes.source, raw=yes.raw, quality=yes.quality)
        if text_of(mapping(values).get("ActivationState")) == "Unactivated":
            source, raw = f"{_ACTIVATION} with {yes.source}", f"Unactivated, {yes.raw}"
            builder.put("locks.activation", LockState.ON, source, raw=raw, quality=Quality.HINT)


def explain_owner(builder: ReadingBuilder) -> None:
    """Say why nothing is known of the owner once every sign was asked for.

    All no is unknown: in Setup Assistant a locked phone says no (libideviceactivation #33, libimobiledevice #531,
    #1489).
    """
    for field, code in (("locks.find_my", "not_proved_off"), ("locks.account", "not_readable")):
        if not builder.explained(field):
            builder.problem(field, code)


def read_screen(values: object, builder: ReadingBuilder) -> None:
    """Read ``PasswordProtected``: true is a screen locked now; false says nothing (libimobiledevice #1191)."""
    if mapping(values).get("PasswordProtected") is True:
        builder.put("locks.screen", LockState.ON, "lockdown PasswordProtected", raw="true")
    else:
        builder.problem("locks.screen", "not_proved_off")


def read_root(signs: Mapping[str, Sign], builder: ReadingBuilder) -> None:
    """Read the signs of a jailbreak, by a short word for each: the first yes is the value, others stand beside it."""
    said_yes = [(word, sign) for word, sign in signs.items() if sign.says]
    for word, sign in said_yes[1:]:
        with builder.dated(sign.at) if sign.at else nullcontext():
            builder.witness("locks.root", word, sign.source, raw=sign.raw, quality=sign.quality)
    for _, sign in said_yes[:1]:
        with builder.dated(sign.at) if sign.at else nullcontext():
            builder.put("locks.root", LockState.ON, sign.source, raw=sign.raw, quality=sign.quality)


def explain_root(builder: ReadingBuilder) -> None:
    """Say why nothing is known of a jailbreak once every sign was asked for: no sign of one proves nothing."""
    if not builder.explained("locks.root"):
        builder.problem("locks.root", "not_proved_off")


def read_bootloader(builder: ReadingBuilder) -> None:
    """Say that nothing over USB tells of an iPhone's boot chain."""
    builder.problem("locks.bootloader", "not_readable")


def activated(values: Mapping[str, object]) -> bool:
    """Return whether a phone says that it is activated."""
    return text_of(values.get("ActivationState")) in ACTIVATED
