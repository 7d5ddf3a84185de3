"""Asks a phone in fastboot for its variables, and nothing else (AOSP, fastboot's README: transport and commands)."""

from __future__ import annotations

from dataclasses import dataclass, field

from diagnostics.usb.pipe import Patient, PipeError, PipeStopped

VARIABLES = (
    "product",
    "serialno",
    "unlocked",
    "variant",
    "is-userspace",
    "battery-voltage",
)
"""Everything that is ever asked. ``getvar`` only reads; no other command of fastboot is ever sent."""
STEP = 2.0
"""Seconds for one variable."""
_LONGEST_COMMAND = 64
_LONGEST_ANSWER = 256
"""64 in the first version of the protocol, 256 in later ones."""
_MOST_LINES = 32


class BadFastboot(PipeError):
    """An answer is none of fastboot's; nothing that follows could be understood."""


@dataclass(slots=True)
class FastbootFacts:
    """What a phone told in fastboot.

    Attributes:
        values: By variable; ``None`` where the phone does not know it.
        ended: What ended the talk before its time.
    """

    values: dict[str, str | None] = field(default_factory=dict)
    ended: PipeError | None = None


def command(variable: str) -> bytes:
    """Return the question for a variable of `VARIABLES`."""
    assert variable in VARIABLES, variable
    words = f"getvar:{variable}".encode("ascii")
    assert len(words) <= _LONGEST_COMMAND
    return words


def answer(packet: bytes) -> tuple[str, str]:
    """Return a packet's first word and what follows it: OKAY, FAIL, INFO or TEXT.

    Raises:
        BadFastboot: It has another first word, is too long, or announces data, which no question of ours asks for.
    """
    word, rest = packet[:4], packet[4:]
    if len(packet) > _LONGEST_ANSWER or word not in (b"OKAY", b"FAIL", b"INFO", b"TEXT"):
        raise BadFastboot(f"fastboot: {packet[:12]!r}")
    return word.decode("ascii"), rest.rstrip(b"\0").decode("utf-8", "replace").strip()


def read(pipe: Patient) -> FastbootFacts:
    """Ask each variable; what was told before something went wrong is kept.

    Raises:
        PipeStopped: Nobody wants the answer any more.
    """
    facts = FastbootFacts()
    try:
        for variable in VARIABLES:
            facts.values[variable] = _ask(pipe, variable)
    except PipeStopped:
        raise
    except PipeError as error:
        facts.ended = error
    return facts


def _ask(pipe: Patient, variable: str) -> str | None:
    pipe.within(STEP)
    pipe.write(command(variable))
    for _ in range(_MOST_LINES):
        packet = pipe.read(_LONGEST_ANSWER)
        if not packet:
            continue
        word, text = answer(packet)
        if word == "OKAY":
            return text or None
        if word == "FAIL":
            return None
    raise BadFastboot("fastboot: no end of lines")
