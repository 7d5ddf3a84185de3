"""What a scanned barcode means: a phone on the bench, an inspection to go on with, or nothing that is known here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.imei import is_imei
from diagnostics.text import plain
from tradein_app.viewmodels.formatting import masked
from tradein_app.viewmodels.language import translate
from tradein_app.viewmodels.summary import headline
from tradein_app.viewmodels.workbench import Notice

if TYPE_CHECKING:
    from diagnostics.model import Reading
    from tradein_app.viewmodels.workbench import Workbench


def take_scan(bench: Workbench, code: str) -> bool:
    """Choose the phone that a code belongs to; whether there is one.

    Only an IMEI says for certain which phone is meant. One that no phone here has is that of the shown phone, where its
    system keeps its own back: a person dialled *#06# on it. A code that leads nowhere is said, and changes nothing.

    Args:
        bench: The phones and their inspections.
        code: As the scanner typed it.
    """
    imei = code.strip()
    if is_imei(imei) and (_choose_port(bench, imei) or _choose_later(bench, imei)):
        return True
    if is_imei(imei) and bench.tell_imei(imei):
        name = headline(bench.reading, bench.language)
        text = translate("scanned", "Scanned {0}: the IMEI of the phone that is shown, {1}")
        hint = translate("scanned", "It counts as your word. Was it another phone's? Scan the right one.")
        bench.noticed.emit(Notice("ok", text.format(masked(imei), name), hint))
        return False
    text = translate("scanned", "Scanned {0}: not on this bench").format(masked(plain(imei)))
    bench.noticed.emit(Notice("warn", text, translate("scanned", "Nothing was answered or changed.")))
    return False


def _choose_port(bench: Workbench, imei: str) -> bool:
    for index, port in enumerate(bench.devices.board.ports):
        record = bench.records.get(port.record_id or "")
        readings = [port.phone.reading if port.phone else None, record.reading if record else None]
        if any(reading is not None and _has(reading, imei) for reading in readings):
            bench.devices.select(index)
            return True
    return False


def _choose_later(bench: Workbench, imei: str) -> bool:
    for record in bench.later():
        if _has(record.reading, imei):
            bench.select_later(record.id)
            return True
    return False


def _has(reading: Reading, imei: str) -> bool:
    return imei in {reading.identity.imei, reading.identity.imei2}
