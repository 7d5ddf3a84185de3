"""One photo, as large as the window: arrows go to the next, Del takes it away, Esc closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from tradein_app.ui.layouts import hbox, label, set_text, vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.language import error_words
from tradein_app.viewmodels.photo_looks import photo_words

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from tradein_app.services.photo_records import Photo
    from tradein_app.viewmodels.photos import PhotosModel


class PhotoViewer(Overlay):
    """Shows the photos of a question, one at a time.

    Args:
        parent: What it lies over.
        model: Whose photos.
        language: Of its texts.
    """

    def __init__(self, parent: QWidget, model: PhotosModel, language: str) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("Photo"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._model = model
        self._language = language
        self._at = 0
        self._wanted = ""
        self._image: QImage | None = None
        self._picture = label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._title, self._words, self._problem = label(role="strong"), label(role="dim"), label(wrap=True)
        restyle(self._problem, tone="bad")
        self._previous = self._button("←", lambda: self.step(-1), self.tr("Previous photo"))
        self._next = self._button("→", lambda: self.step(1), self.tr("Next photo"))
        self._remove = self._button(self.tr("Take away  Del"), self.remove)
        self._done = self._button(self.tr("Close  Esc"), self.dismiss)
        self.closed_by(self._done)
        head = hbox(self._title, self._words, 1)
        buttons = hbox(self._previous, self._next, 1, self._remove, self._done)
        column = vbox(head, self._problem, self._picture, buttons, margin=14, spacing=8)
        column.setStretch(2, 1)
        self.setLayout(column)
        model.opened.connect(self._on_opened)
        model.changed.connect(self._on_changed)

    def _button(self, text: str, does: object, name: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setMinimumHeight(TOUCH)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(does)
        if name:
            button.setAccessibleName(name)
        return button

    def view(self, place: int) -> None:
        """Show one of the photos of the open question, and take the keyboard."""
        if not self._model.here():
            return
        self._at = place % len(self._model.here())
        self.open()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._fetch()

    @property
    def photo(self) -> Photo | None:
        """The photo that is shown."""
        here = self._model.here()
        return here[self._at] if self._at < len(here) and not self.isHidden() else None

    def step(self, by: int) -> None:
        """Go to another photo of this question."""
        if here := self._model.here():
            self._at = (self._at + by) % len(here)
            self._fetch()

    def remove(self) -> None:
        """Take the shown photo away, where that can be."""
        if self.photo is not None and self._may_remove(self.photo):
            self._model.remove(self.photo)

    def _may_remove(self, photo: Photo) -> bool:
        return self._model.may_add and not self._is_earlier(photo)

    def _is_earlier(self, photo: Photo) -> bool:
        return self._model.photos is not None and photo.inspection_id != self._model.photos.inspection_id

    def _fetch(self) -> None:
        photo = self.photo
        if photo is None:
            self.dismiss()
            return
        self._show_words(photo)
        if photo.picture.digest == self._wanted and self._image is not None:
            return
        self._wanted, self._image = photo.picture.digest, None
        self._picture.clear()
        longest = round(max(self._room.width(), self._room.height()) * self.devicePixelRatioF())
        self._model.open_picture(self._wanted, longest)

    def _show_words(self, photo: Photo) -> None:
        count = len(self._model.here())
        set_text(self._title, self.tr("Photo {0} of {1}").format(self._at + 1, count))
        set_text(self._words, photo_words(photo, self._language, earlier=self._is_earlier(photo)))
        set_text(self._problem, "")
        self._previous.setVisible(count > 1)
        self._next.setVisible(count > 1)
        self._remove.setVisible(self._may_remove(photo))
        self.setAccessibleDescription(f"{self._title.text()}. {self._words.text()}")

    def _on_opened(self, digest: str, image: QImage | None, error: UserError | None) -> None:
        if digest != self._wanted or self.isHidden():
            return
        self._image = image
        if error is not None:
            set_text(self._problem, " ".join(error_words(error, self._language)))
        self._paint()

    def _paint(self) -> None:
        if self._image is None:
            return
        ratio, room = self.devicePixelRatioF(), self._picture.size()
        fitted = self._image.size().scaled(room * ratio, Qt.AspectRatioMode.KeepAspectRatio)
        shown = QPixmap.fromImage(self._image.scaled(fitted.boundedTo(self._image.size())))
        shown.setDevicePixelRatio(ratio)
        self._picture.setPixmap(shown)

    def _on_changed(self) -> None:
        """Follow what is shown: a photo that was taken away, another phone, another question."""
        if self.isHidden():
            return
        here = self._model.here()
        self._at = min(self._at, max(0, len(here) - 1))
        self._fetch()

    def dismiss(self) -> bool:
        """Close it, and let go of the picture."""
        self._wanted, self._image = "", None
        self._picture.clear()
        return super().dismiss()

    def _place(self) -> None:
        """Lie over the whole window."""
        self.setGeometry(self._room.rect().adjusted(24, 24, -24, -24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the picture as large as it can be now."""
        super().resizeEvent(event)
        self._paint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the buttons say."""
        does = {
            Qt.Key.Key_Left: lambda: self.step(-1),
            Qt.Key.Key_Right: lambda: self.step(1),
            Qt.Key.Key_Delete: self.remove,
        }.get(Qt.Key(event.key()))
        if does is None:
            super().keyPressEvent(event)
        else:
            does()
