"""The photos of a reference phone, under what a round found: what the answers that hold look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from tradein_app.ui.layouts import clear, hbox, label, set_text, set_tip, vbox
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.photo_looks import Look

if TYPE_CHECKING:
    from tradein_app.viewmodels.photos import PhotosModel

_HIGH = 3 * TOUCH
"""Of a picture; as wide as it then is, but no wider than `_WIDE`."""
_WIDE = 4 * TOUCH


class ReferencePhotos(QWidget):
    """A row of pictures, under the list: beside it they would cut its words. It is not there where there are none.

    Args:
        photos: Fetches pictures by their digests.
    """

    def __init__(self, photos: PhotosModel) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Photos of the reference"))
        self._photos = photos
        self._pictures: dict[str, QLabel] = {}
        self._gone = label(role="dim")
        self._row = hbox(spacing=8)
        head = hbox(label(self.tr("Photos of the reference"), "strong"), self._gone, 1)
        self.setLayout(vbox(head, self._scroll_area(), spacing=4))
        self.hide()
        photos.looked.connect(self._dress)

    def _scroll_area(self) -> QScrollArea:
        area, content = QScrollArea(), QWidget()
        content.setLayout(hbox(self._row, 1))
        for widget in (area, content):
            widget.setAccessibleName(self.tr("Photos of the reference"))
            widget.setProperty("role", "page")
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(_HIGH + area.horizontalScrollBar().sizeHint().height())
        return area

    def show_photos(self, digests: tuple[str, ...]) -> None:
        """Show these, as they come from the desk."""
        clear(self._row)
        shown = digests if self._photos.ready else ()
        self._pictures = {digest: label("…") for digest in shown}
        for place, digest in enumerate(self._pictures, start=1):
            picture = self._pictures[digest]
            picture.setAccessibleName(self.tr("Photo {0} of {1}").format(place, len(shown)))
            picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self._row.addWidget(picture)
        self.setVisible(bool(shown))
        set_text(self._gone, "")
        for digest in shown:
            self._dress(digest)

    def _dress(self, digest: str) -> None:
        picture = self._pictures.get(digest)
        if picture is None:
            return
        thumb = self._photos.thumb(digest)
        if thumb.look is Look.SEEN and thumb.image is not None:
            fitted = QPixmap.fromImage(thumb.image).scaled(
                _WIDE, _HIGH, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            picture.setPixmap(fitted)
        elif thumb.look is Look.BROKEN:
            # A set tells only which photos belong to it: the files stay in the shop that took them.
            picture.setText("✗")
            restyle(picture, tone="warn")
            set_tip(picture, f"{thumb.message} {thumb.hint}".strip())
        self._say_gone()

    def _say_gone(self) -> None:
        looks = [self._photos.thumb(digest).look for digest in self._pictures]
        gone = looks.count(Look.BROKEN)
        text = self.tr("Not in this shop: {0} of {1}.").format(gone, len(looks)) if gone else ""
        set_text(self._gone, text)
