"""The frame that the four panels share."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.ui.theme import restyle

_WIDEST = 560
"""However long a word is, a column never asks for more."""
_BELOW = 8
"""So much is seen below what is scrolled to."""


class Panel(QFrame):
    """A card with a title; it shows whether it has the focus.

    Args:
        name: What the workspace calls it.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.setProperty("role", "card")
        self.setProperty("panel", True)
        self.setProperty("focusPolicy", "ClickFocus")
        self.title: QLabel = label(role="title")
        self.header = hbox(self.title, 1)
        self.body: QVBoxLayout = vbox(spacing=8)
        column = vbox(self.header, self.body, margin=10, spacing=8)
        column.setStretch(1, 1)
        self.setLayout(column)

    def set_title(self, number: int, title: str) -> None:
        """Name the panel, in the window's language."""
        self.title.setText(f"{number}  {title}")
        self.setAccessibleName(title)

    def fill(self, *items: QWidget | QLayout, growing: QWidget) -> None:
        """Put items below each other; one takes the room that is left, and leaves it empty while it is hidden."""
        for item in items:
            self.body.addLayout(item) if isinstance(item, QLayout) else self.body.addWidget(item)
        self.body.setStretchFactor(growing, 1)
        self.body.addStretch(0)

    def set_active(self, active: bool) -> None:
        """Show whether the keys go here."""
        restyle(self, active=active)

    def take_focus(self) -> None:
        """Move the keyboard here."""
        from PySide6.QtCore import Qt  # the first picture does without: see `tradein_app.ui.layouts.PLAIN`

        self.setFocus(Qt.FocusReason.ShortcutFocusReason)


class Column(QWidget):
    """What is scrolled, where it has lines that wrap: it is as high as these are in its width, and asks for no more.

    By itself it would ask for what they take in a narrower one, and a bar would lead to nothing but empty room.
    """

    def minimumSizeHint(self) -> QSize:
        """Return the width in which nothing is cut; its height follows from its width."""
        return QSize(super().minimumSizeHint().width(), 0)


class Scroll(QScrollArea):
    """Room for a column that may be longer than the panel; it only scrolls up and down."""

    laid_out = Signal()
    """The column, or the room for it, has another size."""

    def __init__(self, name: str, content: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("role", "plain")
        content.setProperty("role", "plain")
        content.setAccessibleName(name)
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
        self.setProperty("focusPolicy", "NoFocus")
        self._content = content
        self._kept: QWidget | None = None
        self.by_rows = False
        """What is scrolled to begins with a whole row."""
        self._free = [0, 0]
        self.setWidget(content)
        content.installEventFilter(self)

    @property
    def column(self) -> QWidget:
        """What is scrolled."""
        return self._content

    def minimumSizeHint(self) -> QSize:
        """Return a width in which nothing is cut at the side."""
        bar = self.verticalScrollBar().sizeHint().width()
        width = min(self._content.minimumSizeHint().width() + bar, _WIDEST)
        return QSize(width, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the panel: they go from line to line, and the chosen one is scrolled to."""
        event.ignore()

    def keep_free(self, height: int) -> None:
        """Leave so many pixels at the foot empty."""
        self._leave_free(0, height)

    def _leave_free(self, why: int, height: int) -> None:
        self._free[why] = height
        if self.viewportMargins().bottom() != sum(self._free):
            self.setViewportMargins(0, 0, 0, sum(self._free))

    def keep_in_sight(self, widget: QWidget) -> None:
        """Scroll until a widget is seen whole, and again whenever something about the column's size changes."""
        if widget is not self._kept:
            if self._kept is not None:
                self._kept.destroyed.disconnect(self._forget)
            widget.destroyed.connect(self._forget)
            self._kept = widget
        self._give_room()
        self.reveal(widget)

    def _give_room(self) -> None:
        """Give the column the height that it wants, then lay it out: before, all of it would be squeezed together."""
        QCoreApplication.sendEvent(self.viewport(), QEvent(QEvent.Type.LayoutRequest))
        layout = self._content.layout()
        if layout is not None:
            layout.activate()

    def _forget(self) -> None:
        self._kept = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what has to be seen in sight in the new room."""
        super().resizeEvent(event)
        self._reveal_kept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what has to be seen in sight when the column gets its final size."""
        if watched is self._content and event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            QTimer.singleShot(0, self, self._reveal_kept)
        return super().eventFilter(watched, event)

    def _reveal_kept(self) -> None:
        self.laid_out.emit()
        if self._kept is not None and self._kept.isVisibleTo(self._content):
            self.reveal(self._kept)

    def reveal(self, widget: QWidget) -> None:
        """Scroll until a widget is seen whole, its top first."""
        top = widget.mapTo(self._content, widget.rect().topLeft())
        rect = QRect(top, widget.size())
        # What is left empty for a whole row at the top is room as well: else each row would push out the one above it.
        bar, height = self.verticalScrollBar(), self.viewport().height() + self._free[1]
        wasted = self.by_rows and bar.value() > bar.maximum() - self._free[1]
        if wasted or rect.bottom() >= bar.value() + height:
            bar.setValue(max(0, rect.bottom() - height + (1 if self.by_rows else _BELOW)))
        if rect.top() < bar.value():
            bar.setValue(rect.top())
        if self.by_rows:
            self._begin_with_a_row(rect.top())

    def _begin_with_a_row(self, last: int) -> None:
        """Cut no row in two at the top; ``last`` is where the row begins that has to be seen."""
        bar = self.verticalScrollBar()
        rows = [row for row in self._content.children() if isinstance(row, QWidget) and not row.isHidden()]
        starts = [row.y() for row in rows if bar.value() <= row.y() <= last]
        if starts:
            # At the end of the column the row above would look in: what it would take stays empty below.
            self._leave_free(1, max(0, min(starts) - (bar.maximum() - self._free[1])))
            bar.setValue(min(starts))
