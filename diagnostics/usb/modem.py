"""Samsung's modem: what ``AT+DEVCONINFO`` answers, read without debugging. Asked only where a shop has asked for it.

No other command is ever sent: ``AT+SWATD`` and ``AT+FUS?`` would restart the phone into download mode.
"""

from __future__ import annotations

import re

from diagnostics.android.naming import table_name
from diagnostics.building import ReadingBuilder
from diagnostics.imei import is_imei
from diagnostics.model import Quality

COMMAND = b"AT+DEVCONINFO\r\n"
"""Everything that is ever sent."""
VENDOR = "04e8"
_PAIR = re.compile(r"(?:^|[;:\s])([A-Z]{2,6})\(([^()]{0,120})\)")
_SERIAL = re.compile(r"(?!0+$)[0-9A-Z]{8,20}")
_MODEL = re.compile(r"[A-Z]{2,3}-[A-Z0-9]{4,10}")
_SOURCE = "AT+DEVCONINFO"


def parse(answer: bytes) -> dict[str, str]:
    """Return the pairs of an answer ``+DEVCONINFO: MN(SM-…);SN(…);IMEI(…);…``; of any other, none."""
    text = answer.decode("ascii", "replace")
    _, found, pairs = text.partition("+DEVCONINFO:")
    return {name: value.strip() for name, value in _PAIR.findall(pairs)} if found else {}


def fill(builder: ReadingBuilder, pairs: dict[str, str]) -> None:
    """Put what was told; without an IMEI that passes its check, say how to get it.

    What ``LOCK`` and ``VER`` stand for is not certain enough to be a value: they are kept beside.
    """
    _fill_model(builder, pairs.get("MN", ""))
    serial = pairs.get("SN", "")
    if _SERIAL.fullmatch(serial) and not builder.has("identity.serial"):
        builder.put("identity.serial", serial, f"{_SOURCE} SN", raw=serial)
    elif serial:
        builder.witness("identity.serial", "modem", f"{_SOURCE} SN", raw=serial, quality=Quality.HINT)
    _fill_imei(builder, pairs.get("IMEI", ""))
    for name, key in (("locks.sim", "LOCK"), ("identity.os_build", "VER"), ("identity.region", "PRD")):
        if value := pairs.get(key):
            builder.witness(name, "modem", f"{_SOURCE} {key}", raw=value, quality=Quality.HINT)


def _fill_model(builder: ReadingBuilder, code: str) -> None:
    if not _MODEL.fullmatch(code):
        return
    builder.put("identity.model_code", code, f"{_SOURCE} MN", raw=code)
    if known := table_name(code, ""):
        builder.put("identity.model", known.name, known.source, raw=code, quality=Quality.ESTIMATE)


def _fill_imei(builder: ReadingBuilder, imei: str) -> None:
    if is_imei(imei):
        builder.put("identity.imei", imei, f"{_SOURCE} IMEI", raw=imei)
    elif imei.strip("0"):
        builder.reject("identity.imei", f"{_SOURCE} IMEI", raw=imei, code="bad_check_digit")
    else:
        builder.problem("identity.imei", "dial_imei")
