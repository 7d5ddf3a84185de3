"""Made-up serial numbers and IMEIs for practice phones."""

from __future__ import annotations

import random
import string

_IMEI_BODY = 14
_CHANGED = 5


def fresh_imei(tac: str, source: random.Random) -> str:
    """Return a 15-digit IMEI with a right check digit (3GPP TS 23.003, Luhn), made up behind the given TAC."""
    body = tac + "".join(source.choices(string.digits, k=_IMEI_BODY - len(tac)))
    return body + str(_check_digit(body))


def _check_digit(body: str) -> int:
    doubled = (int(d) * 2 if position % 2 else int(d) for position, d in enumerate(body))
    return -sum(n - 9 if n > 9 else n for n in doubled) % 10  # noqa: PLR2004 - the sum of a two-digit number's digits


def fresh_serial(pattern: str, source: random.Random) -> str:
    """Return a serial like the pattern, its last five characters drawn anew, each from its own kind."""
    return pattern[:-_CHANGED] + "".join(_like(c, pattern, source) for c in pattern[-_CHANGED:])


def _like(character: str, pattern: str, source: random.Random) -> str:
    if character.isdigit():
        return source.choice(string.digits)
    letters = "abcdef" if all(c in string.hexdigits.lower() for c in pattern) else string.ascii_lowercase
    return source.choice(letters if character.islower() else "ABCDEFGHJKLMNPRSTVWXYZ")
