"""The panels that take the place of the empty cards which the window shows first."""

from __future__ import annotations

from PySide6.QtCore import QObject

from tradein_app.ui.checklist_panel import ChecklistPanel
from tradein_app.ui.devices_panel import DevicesPanel
from tradein_app.ui.message_bar import MessageBar
from tradein_app.ui.panel import Panel
from tradein_app.ui.quote_panel import QuotePanel
from tradein_app.ui.reading_panel import ReadingPanel
from tradein_app.ui.status_strip import StatusStrip
from tradein_app.ui.theme import Theme
from tradein_app.viewmodels.workbench import Workbench


class Furniture(QObject):
    """Makes every part of the window that needs a workbench, one by one.

    Args:
        bench: What they show.
        theme: What paints them.
        parent: Lives as long.
    """

    devices: DevicesPanel
    reading: ReadingPanel
    checklist: ChecklistPanel
    quote: QuotePanel
    messages: MessageBar
    strip: StatusStrip

    def __init__(self, bench: Workbench, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._bench = bench
        self._theme = theme

    @property
    def theme(self) -> Theme:
        """What paints the panels."""
        return self._theme

    @property
    def panels(self) -> tuple[Panel, ...]:
        """All panels, in the order of work."""
        return (self.devices, self.reading, self.checklist, self.quote)

    def named(self, name: str) -> Panel:
        """Return the panel that the workspace calls so."""
        return next(panel for panel in self.panels if panel.name == name)

    def make_devices(self) -> Panel:
        """Make panel 1."""
        self.devices = DevicesPanel(self._bench, self._theme)
        return self.devices

    def make_reading(self) -> Panel:
        """Make panel 2."""
        self.reading = ReadingPanel(self._bench, self._theme)
        return self.reading

    def make_checklist(self) -> Panel:
        """Make panel 3."""
        self.checklist = ChecklistPanel(self._bench, self._theme)
        # A message takes its room from here alone, so that nothing above or beside moves.
        policy = self.checklist.sizePolicy()
        policy.setVerticalStretch(1)
        self.checklist.setSizePolicy(policy)
        return self.checklist

    def make_quote(self) -> Panel:
        """Make panel 4."""
        self.quote = QuotePanel(self._bench, self._theme)
        return self.quote

    def make_feet(self) -> None:
        """Make the message bar and the strip at the foot."""
        self.messages = MessageBar(self._theme)
        self.strip = StatusStrip(self._theme, self._bench.language)
        self._bench.noticed.connect(self.messages.show_notice)
        self._bench.unsaved_changed.connect(lambda: self.messages.show_lasting(self._bench.unsaved()))
        self._bench.devices.selected_changed.connect(self.messages.let_go)
