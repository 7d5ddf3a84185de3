"""Draws the window with real content to a picture: for the demo without a display, and for the documentation."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from tradein_app.bridge.worker import Worker
from tradein_app.documents.drawing import ensure_application
from tradein_app.ui.languages import install_language
from tradein_app.ui.main_window import USUAL, MainWindow
from tradein_app.ui.theme import Theme
from tradein_app.ui.tokens import Mode
from tradein_app.viewmodels.settings import SettingsFile
from tradein_app.viewmodels.workbench import Workbench

if TYPE_CHECKING:
    from diagnostics.bench import Phone
    from tradein_app.services.records import InspectionRecord


def save_window_png(
    path: Path,
    phones: Iterable[Phone],
    records: Iterable[InspectionRecord],
    *,
    selected: str | None = None,
    size: tuple[int, int] = USUAL,
    mode: Mode = Mode.LIGHT,
    language: str = "en",
) -> Path:
    """Save a picture of the main window.

    Args:
        path: A ``.png``.
        phones: As they stand on the bench.
        records: Their inspections, found by the phones' ids; others are shown under "finish later".
        selected: Id of the inspection to show; the first phone's when left out.
        size: In device-independent pixels.
        mode: The colours.
        language: Of the texts.
    """
    app = ensure_application()
    assert isinstance(app, QApplication)
    translator = install_language(app, language)
    theme = Theme()
    theme.apply(app, mode)
    bench = _filled_bench(tuple(phones), tuple(records), selected, language)
    window = MainWindow(theme, mode, language)
    window.furnish(bench)
    window.resize(*size)
    window.show()
    window.open_panel("checklist")
    for _ in range(3):
        bench.pacer.finish()
        app.processEvents()
    window.grab().save(str(path))
    window.hide()
    window.deleteLater()
    if translator is not None:
        app.removeTranslator(translator)
    app.processEvents()
    return path


def _filled_bench(
    phones: tuple[Phone, ...], records: tuple[InspectionRecord, ...], selected: str | None, language: str
) -> Workbench:
    from diagnostics.grading.checklist import load_checklist

    bench = Workbench(Worker("picture"), SettingsFile(None), language)
    bench.load_checklist(load_checklist())
    bench.records.update({record.id: record for record in records})
    bench.devices.apply(phones)
    by_phone = {record.reading.id: record for record in records}
    for index, port in enumerate(bench.devices.board.ports):
        record = by_phone.get(port.phone.reading.id) if port.phone else None
        if port.phone and record:
            bench.devices.attach(index, port.phone.key, record)
    chosen = selected or next((port.record_id for port in bench.devices.board.ports if port.record_id), None)
    bench.devices.select(bench.devices.board.holding(chosen))
    bench.later_changed.emit()
    return bench
