"""The strip of photos under the open question: what there is, what is needed, and what waits to be taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import clear, hbox, set_tip
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.photo_looks import Look, photo_words

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from tradein_app.services.photo_records import Photo
    from tradein_app.viewmodels.photos import PhotosModel

_EDGE = 6
"""Of a thumbnail's button, on all sides of its picture."""
_MOST = 6
"""So many thumbnails stand side by side at most; one more key shows them all, large."""


class PhotoStrip(QWidget):
    """Shows itself only where there is something to say; P adds a photo also where it is hidden.

    Args:
        model: What it shows.
        language: Of its texts.
    """

    add_asked = Signal()
    view_asked = Signal(int)
    """The place of a photo among those of this question."""

    def __init__(self, model: PhotosModel, language: str) -> None:
        super().__init__()
        self._model = model
        self._language = language
        self._shown: tuple[object, ...] = ()
        self._buttons: dict[str, QPushButton] = {}
        self.setAccessibleName(self.tr("Photos"))
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._said = ElidedLabel(role="small")
        self._add = QPushButton(self.tr("P   Photo"))
        self._add.setMinimumHeight(TOUCH)
        self._add.clicked.connect(self.add_asked)
        self._row = hbox(spacing=4)
        line = hbox(self._add, self._row, self._said)
        line.setStretch(2, 1)
        self.setLayout(line)
        model.changed.connect(self.show_photos)
        model.looked.connect(self._on_looked)
        self.hide()

    @property
    def narrow(self) -> bool:
        """Whether it stands where there is little room: then it shows one photo, and how many more there are."""
        return bool(self.property("narrow"))

    def show_photos(self) -> None:
        """Show the photos of the question that is open now."""
        here, waiting = self._model.here(), self._model.waiting if self._model.may_add else ()
        need = self._model.need_here()
        shown = (here, waiting, need, self._model.adding, self._model.may_add, self._fitting())
        self.setVisible(bool(here or waiting or need or self._model.adding))
        if shown == self._shown:
            return
        self._shown = shown
        self._add.setVisible(self._model.may_add)
        take = bool(waiting) and not self.narrow
        self._add.setText(self.tr("P   Take the new one") if take else self.tr("P   Photo"))
        self._say()
        self._fill(here, waiting)

    def _say(self) -> None:
        need, own = self._model.need_here(), self._has_own()
        parts = [self._need_words(own=own)] if need else []
        if self._model.adding:
            parts.append(self.tr("{0} being added").format(self._model.adding))
        if waiting := self._model.waiting:
            parts.append(self.tr("{0} new in the watched folder").format(len(waiting)))
        words = " · ".join(parts)
        self._said.show_text(words)
        self._said.setHidden(self.narrow)
        self._add.setAccessibleDescription(words)
        set_tip(self._add, words if self.narrow else "")
        restyle(self._said, tone="ok" if own or need is None else "warn")

    def _need_words(self, *, own: bool) -> str:
        need = self._model.need_here()
        if own:
            return self.tr("✓ photo taken")
        if need is not None and need.because == "sets_grade":
            return self.tr("! photo needed: this answer sets the grade")
        return self.tr("! photo needed: fair or worse")

    def _has_own(self) -> bool:
        photos = self._model.photos
        return photos is not None and self._model.question in photos.questions

    # --- the thumbnails

    def _fill(self, here: tuple[Photo, ...], waiting: tuple[Path, ...]) -> None:
        clear(self._row)
        self._buttons.clear()
        room = self._fitting()
        new = waiting[: max(1, room - len(here))]
        for path in new:
            self._row.addWidget(self._waiting_button(path))
        left = max(0, room - len(new))
        for place, photo in enumerate(here[:left]):
            self._row.addWidget(self._photo_button(place, photo))
        if len(here) > left:
            more = self._button(f"+{len(here) - left}", self.tr("{0} more photos").format(len(here) - left))
            more.clicked.connect(lambda: self.view_asked.emit(left))
            self._row.addWidget(more)

    def _fitting(self) -> int:
        """Return how many thumbnails stand side by side: half of the width, one place kept for "more"."""
        return 1 if self.narrow else min(_MOST, max(2, self.width() // (2 * TOUCH)) - 1)

    def _photo_button(self, place: int, photo: Photo) -> QPushButton:
        words = photo_words(photo, self._language, earlier=self._is_earlier(photo))
        button = self._button("", self.tr("Photo {0}: {1}").format(place + 1, words))
        button.clicked.connect(lambda: self.view_asked.emit(place))
        self._dress(button, photo.picture.digest)
        return button

    def _waiting_button(self, path: Path) -> QPushButton:
        button = self._button("", self.tr("New photo {0}: take it for this question").format(path.name))
        button.clicked.connect(lambda: self._model.take_waiting(path))
        restyle(button, empty=True)
        self._dress(button, str(path))
        return button

    def _button(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "photo")
        button.setAccessibleName(name)
        set_tip(button, name)
        button.setFixedSize(TOUCH, TOUCH)
        button.setIconSize(QSize(TOUCH - _EDGE, TOUCH - _EDGE))
        return button

    def _dress(self, button: QPushButton, key: str) -> None:
        self._buttons[key] = button
        thumb = self._model.thumb(key)
        if thumb.look is Look.SEEN and thumb.image is not None:
            button.setText("")
            button.setIcon(QIcon(QPixmap.fromImage(thumb.image)))
        elif thumb.look is Look.BROKEN:
            button.setText("✗")
            restyle(button, tone="bad")
            button.setAccessibleDescription(f"{thumb.message} {thumb.hint}".strip())
            set_tip(button, f"{thumb.message} {thumb.hint}".strip())
        else:
            button.setText("…")

    def _on_looked(self, key: str) -> None:
        button = self._buttons.get(key)
        if button is not None:
            self._dress(button, key)

    def _is_earlier(self, photo: Photo) -> bool:
        photos = self._model.photos
        return photos is not None and photo.inspection_id != photos.inspection_id

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many thumbnails as have room now."""
        super().resizeEvent(event)
        self.show_photos()

    # --- what is dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and nothing else."""
        if dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files that are dropped."""
        from tradein_app.services.photo_records import PhotoSource

        self._model.add(dropped(event.mimeData()), PhotoSource.FILE)
        event.acceptProposedAction()

    def text(self) -> str:
        """Return what the strip says; ``""`` while it is hidden."""
        return "" if self.isHidden() else self._said.whole

    def names(self) -> list[str]:
        """Return what a screen reader says of the thumbnails, in their order."""
        return [button.accessibleName() for button in self._buttons.values()]


def dropped(data: QMimeData) -> list[Path]:
    """Return the files in what is dragged; what is on no disk of this computer is left out."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
