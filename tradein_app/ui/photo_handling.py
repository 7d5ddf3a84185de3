"""What a person does with photos in the window: keys, dialogs, the viewer, and the count of what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from tradein_app.ui.answer_list import PanelButton
from tradein_app.ui.photo_strip import PhotoStrip, dropped
from tradein_app.ui.photo_viewer import PhotoViewer
from tradein_app.ui.theme import restyle
from tradein_app.viewmodels.language import error_words
from tradein_app.viewmodels.workbench import Notice, Workbench

if TYPE_CHECKING:
    from tradein_app.services.photo_records import PhotoSource
    from tradein_app.ui.checklist_panel import ChecklistPanel
    from tradein_app.ui.photo_camera import CameraSheet

KINDS = "*.jpg *.jpeg *.png *.webp *.heic *.heif *.JPG *.JPEG *.PNG *.HEIC"


class PhotoHandling(QObject):
    """Joins the photos' model with the checklist's panel.

    Args:
        room: The window's inside; the viewer lies over it.
        bench: What is worked on.
        panel: The checklist.
    """

    def __init__(self, room: QWidget, bench: Workbench, panel: ChecklistPanel) -> None:
        super().__init__(panel)
        self._room = room
        self._bench = bench
        self._panel = panel
        self._model = bench.photos
        self.strip = PhotoStrip(self._model, bench.language)
        self.viewer: PhotoViewer | None = None
        self.camera: CameraSheet | None = None
        self.dialog: QFileDialog | None = None
        panel.set_photo_strip(self.strip)
        panel.photo_asked.connect(self.add)
        panel.setAcceptDrops(True)
        panel.installEventFilter(self)
        self.strip.add_asked.connect(self.add)
        self.strip.view_asked.connect(self.view)
        self._make_count()
        self._model.changed.connect(self._show_count)
        bench.checklist.changed.connect(lambda: bench.pacer.ask(self._follow))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what the photos' actions of the table of keys do."""
        return {
            "photo": self.add,
            "photos": lambda: self.view(0),
            "photo_folder": self.watch,
            "photo_camera": self.use_camera,
        }

    def add(self) -> None:
        """Take the oldest photo that waits in the watched folder, or ask for files."""
        if self._model.take_waiting():
            return
        if not self._model.may_add or self._model.question is None:
            self._model.add([], _file_source())
            return
        self._ask(QFileDialog.FileMode.ExistingFiles, self.tr("Add photos to this question"), self._on_files)

    def view(self, place: int) -> None:
        """Show the photos of this question large."""
        if not self._model.here():
            self._say(self.tr("This question has no photo. P adds one."))
            return
        if self.viewer is None:
            self.viewer = PhotoViewer(self._room, self._model, self._bench.language)
        self.viewer.view(place)

    def watch(self) -> None:
        """Ask for the folder that is watched, or end watching."""
        if self._model.folder is not None:
            self._say(self.tr("The folder {0} is watched no more.").format(self._model.folder))
            self._model.watch(None)
            return
        self._ask(
            QFileDialog.FileMode.Directory, self.tr("Folder that a phone or scanner fills"), self._on_folder
        )

    def use_camera(self) -> None:
        """Open this computer's camera, or say what is missing for that."""
        from diagnostics.errors import UserError
        from tradein_app.ui.photo_camera import CameraSheet, open_camera

        if not self._model.may_add:
            self._model.add([], _file_source())
            return
        try:
            camera = open_camera(self)
        except UserError as error:
            self._bench.noticed.emit(Notice("warn", *error_words(error, self._bench.language)))
            return
        self.camera = CameraSheet(self._room, camera, self._model)
        self.camera.open()

    def close_top(self) -> bool:
        """Close the viewer or the camera; ``False`` when neither was open."""
        return any(sheet is not None and sheet.dismiss() for sheet in (self.camera, self.viewer))

    # --- dialogs: never waited for, so that nothing else stands still

    def _ask(self, mode: QFileDialog.FileMode, title: str, take: Callable[[list[str]], None]) -> None:
        dialog = QFileDialog(self._room, title)
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.ExistingFiles:
            photos = self.tr("Photos")
            dialog.setNameFilter(f"{photos} ({KINDS})")
        dialog.filesSelected.connect(take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(self._panel.take_focus)
        self.dialog = dialog
        dialog.open()

    def _on_files(self, files: list[str]) -> None:
        self._model.add([Path(file) for file in files], _file_source())

    def _on_folder(self, folders: list[str]) -> None:
        folder = Path(folders[0])
        self._model.watch(folder)
        text = self.tr("New photos in {0} wait under the open question; P takes them.")
        self._bench.noticed.emit(Notice("ok", text.format(folder)))

    # --- the count of what is missing, in the panel's head

    def _make_count(self) -> None:
        self.count = PanelButton()
        self.count.setProperty("role", "page")
        self.count.clicked.connect(self._go_to_missing)
        self.count.hide()
        restyle(self.count, tone="warn")
        self._panel.header.addWidget(self.count)

    def _show_count(self) -> None:
        missing = len(self._model.missing()) if self._model.may_add else 0
        words = self.tr("1 photo missing") if missing == 1 else self.tr("{0} photos missing").format(missing)
        self.count.setVisible(missing > 0)
        if self.count.text() != words:
            self.count.setText(words)
            self.count.setAccessibleName(self.tr("{0}: go to the question").format(words))

    def _go_to_missing(self) -> None:
        """Go to the next question that needs a photo and has none."""
        missing = [need.question for need in self._model.missing()]
        if missing:
            here = self._model.question
            after = missing.index(here) + 1 if here in missing else 0
            self._bench.checklist.go_to_question(missing[after % len(missing)])
        self._panel.take_focus()

    def _follow(self) -> None:
        self.strip.show_photos()

    def _say(self, text: str) -> None:
        self._bench.noticed.emit(Notice("accent", text))

    # --- what is dropped anywhere on the panel

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that are dropped beside the strip, too."""
        if isinstance(event, QDropEvent) and (files := dropped(event.mimeData())):
            if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
                self._model.add(files, _file_source())
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)


def _file_source() -> PhotoSource:
    from tradein_app.services.photo_records import PhotoSource

    return PhotoSource.FILE
