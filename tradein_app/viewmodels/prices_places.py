"""Countries by their own names, for the markets of prices."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def country(code: str) -> str:
    """Return a country's name in its own language, such as ``France``; the code itself where it names none."""
    territory = QLocale.codeToTerritory(code)
    if territory == QLocale.Country.AnyTerritory:
        return code
    own = QLocale(QLocale.Language.AnyLanguage, territory)
    return own.nativeTerritoryName() or code
