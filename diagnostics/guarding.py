"""Reads one phone, or looks at it, within a time limit; whatever goes wrong becomes a reading that says so."""

from __future__ import annotations

import asyncio
import logging

from diagnostics.building import concluded, unread
from diagnostics.errors import UserError
from diagnostics.model import Reading, State
from diagnostics.ports import DeviceSource, Glance, Progress, Publish, Sighting

log = logging.getLogger(__name__)


def watching_failed(source: DeviceSource, error: Exception) -> UserError:
    """Return what is said of a bus whose watching ended by a bug of ours; the other buses go on."""
    return UserError(
        f"A fault of this program keeps it from seeing phones over {source.name} ({type(error).__name__}).",
        "It tries again by itself; if that does not help, start it again.",
        "source_failed",
    )


async def read_guarded(
    source: DeviceSource,
    sighting: Sighting,
    publish: Publish,
    *,
    timeout: float,  # noqa: ASYNC109 - the limit is part of what this function is for
    ask_trust: bool,
    resume: bool = False,
) -> Reading:
    """Return a phone's reading, whatever happens; only cancellation gets out.

    Args:
        source: The bus that shows the phone.
        sighting: The phone.
        publish: Called with what is known so far.
        timeout: Seconds for the whole reading. After it the state is ``timeout``, and what was read is kept.
        ask_trust: Whether the phone may be asked for trust.
        resume: Whether this goes on with the last reading; see `DeviceSource.read`.
    """
    known = unread(sighting)

    def keep(progress: Progress) -> None:
        nonlocal known
        known = progress.reading
        publish(progress)

    try:
        async with asyncio.timeout(timeout):
            return await source.read(sighting, keep, ask_trust=ask_trust, resume=resume)
    except TimeoutError:
        return concluded(known, State.TIMEOUT, "timeout")
    except Exception as error:
        # A source promises not to raise. If one does it is our bug, and must not take the other phones along.
        log.exception("a reading over %s failed", sighting.transport)
        return concluded(known, State.ERROR, "internal_error", detail=type(error).__name__)


async def look_guarded(
    source: DeviceSource,
    sighting: Sighting,
    reading: Reading,
    *,
    timeout: float,  # noqa: ASYNC109 - the limit is part of what this function is for
) -> Glance | None:
    """Return what a look at a phone found, whatever happens; only cancellation gets out.

    Args:
        source: The bus that shows the phone.
        sighting: The phone.
        reading: What was read last.
        timeout: Seconds for the whole look. A phone that takes longer did not answer.

    Returns:
        What was found; ``None`` after a bug of ours, which would come again at each look.
    """
    try:
        async with asyncio.timeout(timeout):
            return await source.look(sighting, reading)
    except TimeoutError:
        return Glance(reading, answered=False)
    except Exception:
        log.exception("a look over %s failed", sighting.transport)
        return None
