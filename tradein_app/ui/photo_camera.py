"""A camera at this computer: an extra, for Qt's part for cameras is large and not on every computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from diagnostics.errors import ServiceMissing
from tradein_app.ui.layouts import hbox, label, vbox
from tradein_app.ui.overlay import Overlay
from tradein_app.ui.theme import TOUCH

if TYPE_CHECKING:
    from tradein_app.viewmodels.photos import PhotosModel

QUALITY = 95
"""Of the JPEG that goes to the desk; what is kept is written anew there."""


class Camera(Protocol):
    """Shows what it sees, and gives the last picture that it saw."""

    def start(self, seen: Any) -> None:
        """Begin; ``seen`` is called with each `QImage`, in the window's thread."""
        ...

    def stop(self) -> None:
        """End, and let other programs have the camera."""
        ...


class QtCamera(QObject):
    """A camera over Qt's own part for it.

    Args:
        media: The module `PySide6.QtMultimedia`.
        parent: Lives as long.
    """

    _seen = Signal(object)

    def __init__(self, media: Any, parent: QObject) -> None:
        super().__init__(parent)
        self._camera = media.QCamera(media.QMediaDevices.defaultVideoInput(), self)
        self._sink = media.QVideoSink(self)
        self._session = media.QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(lambda frame: self._seen.emit(frame.toImage()))

    def start(self, seen: Any) -> None:
        """Begin; ``seen`` is called with each `QImage`."""
        self._seen.connect(seen)
        self._camera.start()

    def stop(self) -> None:
        """End, and let other programs have the camera."""
        self._camera.stop()


def open_camera(parent: QObject) -> Camera:
    """Return this computer's camera.

    Raises:
        ServiceMissing: Qt's part for cameras is not installed, or there is no camera.
    """
    try:
        from PySide6 import QtMultimedia  # type: ignore[attr-defined, unused-ignore]  # in PySide6-Addons
    except ImportError:
        raise ServiceMissing(
            "This computer's camera cannot be used: a part of Qt is missing.",
            "Install it with: pip install 'PySide6-Addons>=6.11.1,<6.12' (on Linux also libpulse0), or add photos "
            "from files.",
            "camera_absent",
        ) from None
    if not QtMultimedia.QMediaDevices.videoInputs():
        raise ServiceMissing(
            "No camera is plugged into this computer.",
            "Plug one in, or add photos from files.",
            "camera_none",
        )
    return QtCamera(QtMultimedia, parent)


class CameraSheet(Overlay):
    """Shows what the camera sees; Space or P takes a photo for the open question.

    Args:
        parent: What it lies over.
        camera: Started when the sheet opens, stopped when it closes.
        model: Takes the photos.
    """

    def __init__(self, parent: QWidget, camera: Camera, model: PhotosModel) -> None:
        super().__init__(parent, "")
        self.setAccessibleName(self.tr("Camera"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._camera = camera
        self._model = model
        self._last: QImage | None = None
        self._picture = label(self.tr("The camera starts …"))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        take, close = QPushButton(self.tr("Take photo  Space")), QPushButton(self.tr("Close  Esc"))
        take.setProperty("role", "primary")
        take.clicked.connect(self.take)
        close.clicked.connect(self.dismiss)
        for button in (take, close):
            button.setMinimumHeight(TOUCH)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column = vbox(self._picture, hbox(take, 1, close), margin=14)
        column.setStretch(0, 1)
        self.setLayout(column)

    def open(self) -> None:
        """Show the sheet and start the camera."""
        super().open()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._camera.start(self._on_seen)

    def dismiss(self) -> bool:
        """Close the sheet and stop the camera."""
        was_open = super().dismiss()
        if was_open:
            self._camera.stop()
        return was_open

    def take(self) -> None:
        """Add what the camera sees now to the open question."""
        from tradein_app.services.photo_records import PhotoSource

        if self._last is not None:
            self._model.add([jpeg(self._last)], PhotoSource.CAMERA)

    def _on_seen(self, image: QImage) -> None:
        self._last = image
        room, keep = self._picture.size(), Qt.AspectRatioMode.KeepAspectRatio
        self._picture.setPixmap(QPixmap.fromImage(image.scaled(room, keep)))

    def _place(self) -> None:
        """Lie over the whole window."""
        self.setGeometry(self._room.rect().adjusted(24, 24, -24, -24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a photo."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_P, Qt.Key.Key_Return}:
            self.take()
        else:
            super().keyPressEvent(event)


def jpeg(image: QImage) -> bytes:
    """Return a picture as a JPEG file."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", QUALITY)  # type: ignore[call-overload]  # the hints know only bytes as the format
    return bytes(data.data())
