"""Loads the window's translations."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLibraryInfo, QTranslator

import resources

FOLDER = Path(resources.__file__).parent / "i18n"
LEFT_BY_QT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
)
"""Words of file dialogs that Qt's own French leaves in English; ours are asked first."""


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


def install_dialog_words(app: QCoreApplication, language: str) -> QTranslator | None:
    """Translate the words that Qt brings: those of its file dialogs and of the menus in its fields.

    Returns:
        The translator that was installed; ``None`` where Qt brings none for this language.
    """
    translator = QTranslator(app)
    if not translator.load(
        f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ):
        return None
    app.installTranslator(translator)
    return translator
