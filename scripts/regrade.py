"""Shows one phone under every standard side by side, as the window shows it, in docs/regrade.png.

The phone is read by hand and answered through the program's own desk, in a database that is thrown away. Its defects
are those on which the markets differ: a compatible screen, scratches seen on a lit screen, a battery at 83 %.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication

from diagnostics import codec
from diagnostics.grading.checklist import load_checklist
from diagnostics.ports import SystemClock
from tradein_app.bridge.worker import Worker
from tradein_app.config import load_config
from tradein_app.services.desk import Desk
from tradein_app.services.records import THE_PERSON
from tradein_app.services.shop import Shop
from tradein_app.store.opening import open_store
from tradein_app.ui.languages import install_language
from tradein_app.ui.main_window import USUAL, MainWindow
from tradein_app.ui.theme import Theme, application
from tradein_app.ui.tokens import Mode
from tradein_app.viewmodels.settings import SettingsFile
from tradein_app.viewmodels.workbench import Workbench

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "regrade.png"
_SETTLES = 0.5
"""Seconds in which layouts find their sizes."""
OFF = dict.fromkeys(("activation", "find_my", "account", "mdm", "sim", "blacklist"), "off")
READING = {
    "id": "picture",
    "platform": "ios",
    "transport": "usbmux",
    "state": "ready",
    "identity": {"manufacturer": "Apple", "model": "iPhone 15 Pro", "serial": "PICTURE001"},
    "battery": {"health_percent": 83},
    "storage": {"capacity_gb": 128},
    "locks": OFF,
}
DEFECTS = {
    "display_fit": "compatible_flush",
    "screen_lit": "slightly_visible",
    "back_scratches": "not_at_50cm",
    "back_damage": "small_chip",
    "frame_dents": "few_small",
    "parts_history": "not_checked",
}
"""What is not at its best."""


def wait(done: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    while not done():
        QCoreApplication.processEvents()


def picture(folder: Path, mode: Mode, language: str, to: Path) -> None:
    """Take the picture."""
    desk = Desk(Shop(open_store(f"sqlite:///{folder / 'picture.sqlite3'}"), SystemClock()), folder)
    record = desk.take_in(codec.from_json(READING), actor=THE_PERSON)
    asked = (q for q in load_checklist().questions if q.answers and not q.only_if)
    desk.answer(record.id, {q.id: q.answers[0].id for q in asked} | DEFECTS, actor=THE_PERSON)
    worker = Worker("desk")
    worker.start()
    bench = Workbench(worker, SettingsFile(folder), language)
    window = _window(bench, mode, language)
    bench.load_checklist(load_checklist())
    bench.open_desk(desk, desk.open_inspections(), desk.workspace(), lambda *_, **__: folder)
    bench.select_later(record.id)
    wait(lambda: bench.record is not None and bench.record.quote is not None)
    window.handling.show_standards()
    wait(lambda: window.handling.standards is not None and bool(window.handling.standards.rows))
    bench.pacer.finish()
    settled = time.monotonic() + _SETTLES
    wait(lambda: time.monotonic() > settled)
    window.grab().save(str(to))
    window.close()
    bench.close()
    worker.stop()
    desk.close()


def _window(bench: Workbench, mode: Mode, language: str) -> MainWindow:
    theme = Theme()
    app = QCoreApplication.instance()
    theme.apply(app, mode)  # type: ignore[arg-type]
    window = MainWindow(theme, mode, language)
    window.furnish(bench)
    window.resize(*USUAL)
    window.show()
    return window


def main() -> None:
    """Read what is asked for, and take the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", default=Mode.LIGHT.value, choices=[mode.value for mode in Mode])
    parser.add_argument("--language", default=load_config({}).language)
    parser.add_argument("--to", type=Path, default=PICTURE)
    asked = parser.parse_args()
    app = application("regrade")
    install_language(app, asked.language)
    with tempfile.TemporaryDirectory() as folder:
        picture(Path(folder), Mode(asked.mode), asked.language, asked.to)
    print(asked.to)


if __name__ == "__main__":
    main()
