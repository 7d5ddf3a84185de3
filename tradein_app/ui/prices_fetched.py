"""The card of fetching: what came of each feed and of the rates, and where feeds are named while none is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget

from tradein_app.ui.layouts import clear, label, set_tip, vbox
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.prices_fetch_words import feed_help, news_lines

if TYPE_CHECKING:
    from datetime import datetime

    from tradein_app.services.price_fetching import FetchNews
    from tradein_app.services.price_page_records import Overview

_FILE = "feeds.toml"


class FetchedCard(QFrame):
    """Hidden until something was fetched.

    Args:
        language: Of its words.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._folder = ""
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Fetched"))
        self._news = vbox(spacing=4)
        self._help = self._make_help()
        self.setLayout(vbox(self._news, self._help, margin=12, spacing=6))
        self.hide()

    def _make_help(self) -> QWidget:
        self.path = QLineEdit(readOnly=True)
        self.path.setAccessibleName(self.tr("The file that names feeds"))
        self.path.setMinimumHeight(TOUCH)
        opened = self._button(self.tr("Open its folder"), self._open_folder)
        copied = self._button(self.tr("Copy its path"), self._copy_path)
        made = QWidget()
        made.setAccessibleName(self.tr("How to name a feed"))
        made.setLayout(vbox(label(feed_help(), wrap=True), self.path, opened, copied))
        return made

    def _button(self, text: str, does: object) -> QPushButton:
        made = QPushButton(text)
        made.setMinimumHeight(TOUCH)
        made.setAutoDefault(False)
        made.clicked.connect(does)
        return made

    def show_news(self, news: FetchNews | None, overview: Overview, ended: datetime | None) -> None:
        """Show what came of fetching; without a feed also how to name one, and where."""
        self.setVisible(news is not None and ended is not None)
        clear(self._news)
        if news is None or ended is None:
            return
        for text, tone in news_lines(news, overview, ended, self._language):
            line = label(text, tone if tone in {"strong", "dim"} else "", wrap=True)
            if tone not in {"strong", "dim"}:
                restyle(line, tone=tone)
            self._news.addWidget(line)
        self._folder = overview.folder
        self.path.setText(str(Path(self._folder) / _FILE) if self._folder else "")
        set_tip(self.path, self.path.text())
        self._help.setVisible(not news.feeds and bool(self._folder))

    def _open_folder(self) -> None:
        """Open the folder, or the one it would be made in: nothing is made by looking."""
        folder = Path(self._folder)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder if folder.is_dir() else folder.parent)))

    def _copy_path(self) -> None:
        QGuiApplication.clipboard().setText(self.path.text())
