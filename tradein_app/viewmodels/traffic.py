"""The traffic light of an Android phone's locks, as lines of its reading: sign, word, colour and reason.

The colours and reasons are the core's (`diagnostics.android.lights`); here a person's answers are put in, so that
lights and lines say the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from diagnostics.model import LockState
from tradein_app.viewmodels.advice import lock_advice
from tradein_app.viewmodels.facts import Fact
from tradein_app.viewmodels.formatting import format_time
from tradein_app.viewmodels.language import translate

if TYPE_CHECKING:
    from diagnostics.android.lights import Light
    from diagnostics.grading.facts import Fact as Believed
    from diagnostics.model import Reading

WHOLE = "locks.whole"
"""The name of the line of the phone as a whole."""
_ASKS = frozenset({"red", "amber"})
SEPARATOR = " · "
"""Between what is red and what is amber."""
_TONES = {"red": "bad", "amber": "warn", "green": "ok", "unlit": "dim"}


def with_lights(
    facts: Iterable[Fact],
    reading: Reading,
    seen: Mapping[str, Believed],
    language: str,
    *,
    running: bool,
    earlier: bool = False,
) -> tuple[tuple[Fact, ...], Fact | None]:
    """Return the lines of the locks with their lights, and one for the phone as a whole.

    The lines keep their places, because they fill while the phone is read and an eye that looks for one must find it;
    the one of the whole phone, which stands beside its name, says what is red or amber. It is ``None`` where nothing
    is known yet: half a reading must not look like an all-clear. Nor must a reading of an earlier time: while the
    phone cannot be read, it says when that was, and is not green.

    Args:
        facts: The lines of the locks.
        reading: The phone's.
        seen: What is believed of each lock, by its dotted name.
        language: Two letters.
        running: It is being read: what is not known yet may still come.
        earlier: The phone cannot be read now: what is known of it is of its last reading.
    """
    from diagnostics.android.lights import Colour, lights, unproved, whole

    told = _as_believed(reading, seen)
    found = {light.field: light for light in lights(told)}
    lit = tuple(_lit(fact, found.get(fact.name), told, language, running=running) for fact in facts)
    if running or all(light.colour is Colour.UNLIT for light in found.values()):
        return lit, None
    fact = _whole(str(whole(told)), lit, unproved(told))
    return lit, _of_then(fact, reading, language) if earlier else fact


def _as_believed(reading: Reading, seen: Mapping[str, Believed]) -> Reading:
    """Return the reading with the locks that a person saw."""
    answered = {
        name.partition(".")[2]: LockState(str(fact.value))
        for name, fact in seen.items()
        if name.startswith("locks.") and fact.question is not None and fact.value in set(LockState)
    }
    return dataclasses.replace(reading, locks=dataclasses.replace(reading.locks, **answered))


def _lit(fact: Fact, light: Light | None, reading: Reading, language: str, *, running: bool) -> Fact:
    """Return a line with its light; one that is asked for anew keeps its dim colour until it is told."""
    if light is None or fact.pending or (running and fact.tone == "dim"):
        return fact
    from diagnostics.android.lights import light_words

    colour = str(light.colour)
    tone, asks = fact.tone if fact.rejected else _TONES[colour], colour in _ASKS
    # What a person saw needs no reason by the cable.
    reason = light_words(light, language) if asks and fact.quality else fact.reason
    todo = fact.todo or lock_advice(fact.name, reading, language) if asks and fact.value else ""
    return dataclasses.replace(fact, tone=tone, reason=reason, todo=todo, light=_words()[colour])


def _whole(colour: str, lit: tuple[Fact, ...], unproved: tuple[str, ...]) -> Fact:
    """Return the line of the whole phone: where nothing stops the deal, with what is not known of it."""
    parts = list(_named(lit))
    if unproved and colour != "red":
        names = ", ".join(fact.label for fact in lit if fact.name in unproved)
        parts.append(translate("lights", "not known: {0}").format(names))
    if colour == "green":
        parts.append(translate("lights", "clear, as far as the cable tells"))
    elif colour == "unlit":
        parts.append(translate("lights", "nothing found otherwise"))
    value = SEPARATOR.join(parts)
    return Fact(WHOLE, translate("lights", "Locks"), value, tone=_TONES[colour], light=_words()[colour])


def _of_then(fact: Fact, reading: Reading, language: str) -> Fact:
    """Return the line of the whole phone as of when its locks were read; what was green is not lit."""
    times = [proof.at for name, proof in reading.evidence.items() if name.startswith("locks.")]
    if not times:
        return fact
    then = format_time(max(times), language=language)
    text = translate("lights", "as of {0}: {1}")
    return dataclasses.replace(
        fact,
        value=text.format(then, fact.value),
        light=text.format(then, fact.light),
        tone="dim" if fact.tone == "ok" else fact.tone,
    )


def _named(lit: tuple[Fact, ...]) -> Iterator[str]:
    """Yield what is red and what is amber, with their names."""
    text = translate("lights", "{0}: {1}")
    for word in (_words()["red"], _words()["amber"]):
        if names := [fact.label for fact in lit if fact.light == word]:
            yield text.format(word, ", ".join(names))


def _words() -> dict[str, str]:
    """Return each colour's word: what it means for the deal."""
    return {
        "red": translate("lights", "stop"),
        "amber": translate("lights", "ask first"),
        "green": translate("lights", "clear"),
        "unlit": translate("lights", "not proved"),
    }
