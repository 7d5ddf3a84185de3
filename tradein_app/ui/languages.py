"""Loads the window's translations."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

import resources

FOLDER = Path(resources.__file__).parent / "i18n"


def install_language(app: QCoreApplication, language: str) -> QTranslator | None:
    """Translate the program's own words from now on; English needs nothing, and is what is left untranslated.

    Returns:
        The translator that was installed, to be removed before another one.
    """
    translator = QTranslator(app)
    if not translator.load(f"tradein_{language}", str(FOLDER)):
        return None
    app.installTranslator(translator)
    return translator
