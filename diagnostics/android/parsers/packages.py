"""``pm list packages``: ``package:NAME`` by line."""

from __future__ import annotations

import re
from collections.abc import Collection


def named(text: str, wanted: Collection[str]) -> tuple[str, ...]:
    """Return which of the wanted packages are installed; what else the owner has installed is not kept."""
    installed = set(re.findall(r"^package:([\w.]{1,200})\s*$", text, re.MULTILINE))
    return tuple(name for name in wanted if name in installed)
