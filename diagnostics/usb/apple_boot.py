"""Understands what an iPhone in recovery or DFU says of itself in its serial string, without any protocol."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from resources.opening import load_csv

_BOARDS = "usb/apple-boards.csv"
_MODELS = "apple/models.csv"
_SHORT_UDID_FROM = 0x8020
"""The A12: from it on a UDID is chip and ECID, so that the phone in recovery is known to be the one that was there."""


@dataclass(frozen=True, slots=True)
class AppleBoot:
    """What a boot-mode serial string tells.

    Attributes:
        chip: CPID, such as 0x8101.
        board: BDID, which with the chip names the model.
        ecid: The chip's own number: one for each phone ever made.
        serial: SRNM; recovery alone tells it.
        imei: IMEI, of older phones in recovery.
    """

    chip: int | None = None
    board: int | None = None
    ecid: int | None = None
    serial: str | None = None
    imei: str | None = None

    @property
    def udid(self) -> str | None:
        """The id under which usbmux shows the same phone; ``None`` before the A12, where it cannot be computed."""
        if self.chip is None or self.ecid is None or self.chip < _SHORT_UDID_FROM:
            return None
        return f"{self.chip:08X}-{self.ecid:016X}"

    @property
    def product_type(self) -> str | None:
        """The model identifier, such as ``iPhone13,2``; ``None`` where chip and board are in no table."""
        wanted = (self.chip, self.board)
        rows = load_csv(_BOARDS)
        found = (
            row["product_type"] for row in rows if (int(row["chip"], 16), int(row["board"], 16)) == wanted
        )
        return next(found, None)

    @property
    def model(self) -> str | None:
        """What the phone is sold as; ``None`` where it is in no table."""
        code = self.product_type
        return next((row["name"] for row in load_csv(_MODELS) if row["product_type"] == code), None)


def apple_tags(serial: str) -> Mapping[str, str]:
    """Return the tags of an Apple boot-mode serial string, such as ``CPID``, ``ECID`` and ``SRNM``.

    Recovery says ``CPID:8101 … ECID:000A… SRNM:[F17…]``; DFU has no ``SRNM`` (libirecovery, irecv_load_device_info).
    """
    return {tag: value.strip("[]") for tag, value in re.findall(r"(\b[A-Z]{4}):(\[[^\]]*\]|\S+)", serial)}


def apple_boot(serial: str) -> AppleBoot:
    """Return what a boot-mode serial string tells; what makes no sense in it is left out."""
    tags = apple_tags(serial)
    numbers = (
        _hexadecimal(tags.get(tag, ""), digits) for tag, digits in (("CPID", 8), ("BDID", 8), ("ECID", 16))
    )
    chip, board, ecid = numbers
    name = tags.get("SRNM", "")
    imei = tags.get("IMEI", "")
    return AppleBoot(chip, board, ecid, name if re.fullmatch(r"[A-Z0-9]{8,14}", name) else None, imei or None)


def _hexadecimal(text: str, digits: int) -> int | None:
    return int(text, 16) if re.fullmatch(rf"[0-9A-Fa-f]{{1,{digits}}}", text) else None
