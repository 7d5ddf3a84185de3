"""``dumpsys account``: how many accounts there are, and of which kinds; names may be redacted and are not kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COUNT = re.compile(r"^[ \t]*Accounts: (\d{1,6})[ \t]*$", re.MULTILINE)
# The name comes first and may hold anything; the kind is what stands last in the line.
_ACCOUNT = re.compile(r"^[ \t]*Account \{name=.*, type=([\w.\-]{1,200})\}[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of all users of the phone.

    Attributes:
        count: As the phone counts them; ``None`` where it did not say, which is not the same as 0.
        kinds: One for each account that was listed, such as ``com.google``.
    """

    count: int | None
    kinds: tuple[str, ...]


def parse(text: str) -> Accounts:
    """Return the accounts; lines about services that could log in (``ServiceInfo: …type=…``) are none."""
    counts = _COUNT.findall(text)
    return Accounts(sum(map(int, counts)) if counts else None, tuple(_ACCOUNT.findall(text)))
