"""IMEIs: the number that a phone is bought, checked and sold by."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"[0-9]{15}")


def is_imei(text: str) -> bool:
    """Return whether a text is an IMEI: 15 digits, not all the same, the last a Luhn check digit (3GPP TS 23.003).

    A number without its check digit (14 digits) and one with a software version (16) cannot be checked, so they are
    none here; nor is 15 times 0, which phones without a modem tell.
    """
    from stdnum import luhn  # its package takes 0.13 s to import

    return _DIGITS.fullmatch(text) is not None and len(set(text)) > 1 and bool(luhn.is_valid(text))
