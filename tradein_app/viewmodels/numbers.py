"""The number by which a person finds a quote again: the same on the screen, on the paper and in the file's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tradein_app.services.records import InspectionRecord

_DIGITS = 12


def quote_number(record: InspectionRecord) -> str:
    """Return the end of the quote's id, ``C9D28D52F6ED``; ``""`` without a quote.

    A UUIDv7 begins with the time and ends with its random part (RFC 9562), so it is the ends that differ.
    """
    return (record.quote_id or "").replace("-", "")[-_DIGITS:].upper()
