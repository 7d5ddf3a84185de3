"""The photos of the shown phone: what there is, what is needed, what waits in the watched folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from diagnostics.errors import BadInput, UserError
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice
from tradein_app.viewmodels.photo_looks import Look, Thumb

if TYPE_CHECKING:
    from diagnostics.grading.photo_needs import PhotoNeed
    from tradein_app.bridge.worker import Worker
    from tradein_app.services.photo_door import PhotoDoor
    from tradein_app.services.photo_records import Photo, Photos, PhotoSource
    from tradein_app.services.photo_watching import Arrivals
    from tradein_app.viewmodels.settings import SettingsFile
    from tradein_app.viewmodels.workbench import Workbench

LOOK_MS = 1000
"""How often the watched folder is looked at."""
_PARTIAL = frozenset({"photo_incomplete", "photo_empty"})


class PhotosModel(QObject):
    """Asks the desk for photos and never waits: pictures are read and made small on threads of their own.

    Args:
        bench: Whose shown phone it is.
        parent: Lives as long.
    """

    changed = Signal()
    """Photos, needs, or what waits changed."""
    looked = Signal(str)
    """The thumbnail of a digest, or of a waiting file's path, is there."""
    opened = Signal(str, object, object)
    """A whole picture is there: its digest, the `QImage` or ``None``, and the error in that case."""
    _arrived = Signal(object, object, object)

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._door: PhotoDoor | None = None
        self._worker: Worker | None = None
        self._watcher: Worker | None = None
        self._settings: SettingsFile | None = None
        self._photos: Photos | None = None
        self._asked: tuple[object, ...] = ()
        self._thumbs: dict[str, Thumb] = {}
        self._looking = False
        self._away = False
        self.folder: Path | None = None
        self.needs: tuple[PhotoNeed, ...] = ()
        self.waiting: tuple[Path, ...] = ()
        self.adding = 0
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)
        self._clock = QTimer(self, interval=LOOK_MS)
        self._clock.timeout.connect(self._look)
        bench.shown.connect(self.refresh)

    def open(self, door: PhotoDoor, worker: Worker, watcher: Worker) -> None:
        """Begin to work.

        Args:
            door: Only used on the workers' threads.
            worker: Where photos are asked for.
            watcher: Where the folder is looked at: a drive that is away may take its time.
        """
        self._door, self._worker, self._watcher = door, worker, watcher
        self.refresh()

    def remember(self, settings: SettingsFile) -> None:
        """Keep the watched folder in this computer's settings, and watch the one that was chosen before."""
        self._settings = settings
        if settings.now.photo_folder:
            self.watch(Path(settings.now.photo_folder))

    # --- what there is

    @property
    def question(self) -> str | None:
        """The question to which a photo would be added now."""
        current = self._bench.checklist.current
        return current.id if current is not None and self._bench.record_id is not None else None

    @property
    def ready(self) -> bool:
        """Whether pictures can be asked for."""
        return self._door is not None

    @property
    def may_add(self) -> bool:
        """Whether the shown inspection can take photos."""
        record = self._bench.record
        return self._door is not None and record is not None and not record.stage.closed

    @property
    def photos(self) -> Photos | None:
        """The shown phone's photos, once they are known."""
        known = self._photos
        return known if known is not None and known.inspection_id == self._bench.record_id else None

    def here(self) -> tuple[Photo, ...]:
        """Return the photos of the current question, this inspection's first."""
        return self.photos.of(self.question) if self.photos and self.question else ()

    def missing(self) -> tuple[PhotoNeed, ...]:
        """Return what needs a photo and has none."""
        have = self.photos.questions if self.photos else frozenset()
        return tuple(need for need in self.needs if need.question not in have)

    @property
    def missing_count(self) -> int:
        """How many photos are known to be missing; 0 while the shown phone's are not looked up."""
        return len(self.missing()) if self.photos is not None else 0

    def need_here(self) -> PhotoNeed | None:
        """Return why the current question needs a photo; ``None`` where it needs none."""
        return next((need for need in self.needs if need.question == self.question), None)

    def thumb(self, key: str) -> Thumb:
        """Return how a photo looks small, by its digest or a waiting file's path; fetched when it is not known."""
        known = self._thumbs.get(key)
        if known is None:
            known = self._thumbs[key] = Thumb(Look.COMING)
            self._fetch_thumb(key)
        return known

    # --- what a person does

    def add(self, photos: Sequence[Path | bytes], source: PhotoSource) -> None:
        """Add photos to the current question, one after the other."""
        record_id, question = self._bench.record_id, self.question
        if not self.may_add or record_id is None or question is None:
            self._tell(translate("photos", "Choose a phone and a question first: a photo belongs to one."))
            return
        self.adding += len(photos)
        for photo in photos:
            self._do(
                partial(self._added, photo, record_id, question, source),
                self._on_added,
                partial(self._on_not_added, photo, source),
            )
        self.changed.emit()

    def take_waiting(self, path: Path | None = None) -> bool:
        """Add a photo of the watched folder to the current question, the oldest where none is named."""
        from tradein_app.services.photo_records import PhotoSource

        path = path or next(iter(self.waiting), None)
        if path is None or not self.may_add or self.question is None:
            return False
        self.waiting = tuple(other for other in self.waiting if other != path)
        self.add([path], PhotoSource.FOLDER)
        return True

    def leave_waiting(self) -> None:
        """Let go of what waits; the files stay where they are."""
        self.waiting = ()
        self.changed.emit()

    def remove(self, photo: Photo) -> None:
        """Take a photo away; its file stays."""
        from tradein_app.services.records import THE_PERSON

        self._do(lambda: self._opened_door().remove(photo.id, actor=THE_PERSON), self._on_photos)

    def open_picture(self, digest: str, longest: int) -> None:
        """Fetch a whole picture, as large as it can be shown; `opened` brings it."""
        self._do(
            lambda: _scaled(self._opened_door().picture(digest), longest),
            lambda image: self.opened.emit(digest, image, None),
            lambda error: self.opened.emit(digest, None, error),
        )

    def watch(self, folder: Path | None) -> None:
        """Look into a folder from now on; ``None`` ends it."""
        self.folder, self.waiting, self._away = folder, (), False
        if self._settings is not None:
            self._settings.change(photo_folder=str(folder or ""))
        self._clock.start() if folder is not None else self._clock.stop()
        self.changed.emit()

    def refresh(self) -> None:
        """Ask for the shown phone's photos and needs, where they may have changed."""
        record = self._bench.record
        asked = (record.id, record.grade, record.answers) if record else ()
        if self._door is None or asked == self._asked:
            return
        if record is None or record.id != (self._asked[0] if self._asked else None):
            self.needs = ()
            self._thumbs.clear()  # of forty phones they would take a hundred megabytes; the desk has them on its disk
        self._asked = asked
        if record is not None:
            self._do(partial(_needs_of, record), partial(self._on_needs, asked), self._on_not_known)
            self._do(lambda: self._opened_door().photos(record.id), self._on_photos, self._on_not_known)
        self.changed.emit()

    # --- in the worker's thread

    def _added(self, photo: Path | bytes, record_id: str, question: str, source: PhotoSource) -> Photos:
        from tradein_app.services.records import THE_PERSON

        picture = self._opened_door().keep(photo)
        return self._opened_door().add(record_id, question, picture, source=source, actor=THE_PERSON)

    def _opened_door(self) -> PhotoDoor:
        assert self._door is not None, "nothing is asked before the door is open"
        return self._door

    # --- what comes of it

    def _on_photos(self, photos: Photos) -> None:
        if photos.inspection_id == self._bench.record_id:
            self._photos = photos
            self.changed.emit()

    def _on_not_known(self, error: UserError) -> None:
        """Say so, and ask again with the next change: what was not found out must not look like nothing needed."""
        self._asked = ()
        self._on_failed(error)

    def _on_needs(self, asked: tuple[object, ...], needs: tuple[PhotoNeed, ...]) -> None:
        if asked == self._asked:
            self.needs = needs
            self.changed.emit()

    def _on_added(self, photos: Photos) -> None:
        self.adding -= 1
        self._on_photos(photos)
        self.changed.emit()
        self._look_again()

    def _look_again(self) -> None:
        """Look once more at what was gone or damaged: to add the same photo again puts its file right."""
        for key in [key for key, thumb in self._thumbs.items() if thumb.look is Look.BROKEN]:
            del self._thumbs[key]
            self.looked.emit(key)

    def _on_not_added(self, photo: Path | bytes, source: PhotoSource, error: UserError) -> None:
        """Say which photo was not taken, and why: of several that were dropped, the others were."""
        self.adding -= 1
        if source == "folder" and not isinstance(error, BadInput):
            self._wait_again(photo)
        self.changed.emit()
        words, hint = error_words(error, self._bench.language)
        name = photo.name if isinstance(photo, Path) else ""
        told = words if not name or name in words else translate("photos", "{0}: {1}").format(name, words)
        self._bench.noticed.emit(Notice("bad", told, hint))

    def _wait_again(self, photo: Path | bytes) -> None:
        """Offer a photo of the watched folder again that is a good one: the folder tells of each only once."""
        if isinstance(photo, Path) and photo.parent == self.folder and photo not in self.waiting:
            self.waiting = (photo, *self.waiting)

    def _on_failed(self, error: UserError) -> None:
        self._bench.noticed.emit(Notice("bad", *error_words(error, self._bench.language)))

    def _tell(self, text: str) -> None:
        self._bench.noticed.emit(Notice("warn", text))

    def _fetch_thumb(self, key: str) -> None:
        def fetch() -> QImage:
            door = self._opened_door()
            return QImage.fromData(door.preview(Path(key)) if _is_path(key) else door.thumbnail(key))

        self._do(fetch, partial(self._on_thumb, key), partial(self._on_no_thumb, key))

    def _on_thumb(self, key: str, image: QImage) -> None:
        self._thumbs[key] = Thumb(Look.SEEN, image)
        self.looked.emit(key)

    def _on_no_thumb(self, key: str, error: UserError) -> None:
        """Show a photo that is gone or damaged as such; a waiting file that is only a part comes again by itself."""
        if _is_path(key) and error.code in _PARTIAL:
            self.waiting = tuple(path for path in self.waiting if str(path) != key)
            del self._thumbs[key]
            self.changed.emit()
            return
        self._thumbs[key] = Thumb(Look.BROKEN, None, *error_words(error, self._bench.language))
        self.looked.emit(key)

    # --- the watched folder

    def _look(self) -> None:
        folder = self.folder
        if folder is None or self._watcher is None or self._looking:
            return
        self._looking = True
        self._do(
            lambda: self._opened_door().arrivals(folder),
            partial(self._on_arrivals, folder),
            self._on_no_arrivals,
            self._watcher,
        )

    def _on_arrivals(self, folder: Path, found: Arrivals) -> None:
        self._looking = False
        if folder != self.folder:
            return
        if found.away and not self._away:
            text = translate(
                "photos", "The folder of photos {0} cannot be reached; it is looked for each second."
            )
            self._tell(text.format(folder))
        self._away = found.away
        new = [path for path in found.files if path not in self.waiting]
        for path in new:
            self._thumbs.pop(str(path), None)
        if new:
            self.waiting = (*self.waiting, *new)
            self.changed.emit()

    def _on_fault(self, _none: None) -> None:
        """Forget what was asked for, so that one fault of the program does not hide a need for good."""
        self._asked, self._looking = (), False

    def _on_no_arrivals(self, _error: UserError) -> None:
        self._looking = False

    # --- the way to the worker and back

    def _do(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[UserError], object] | None = None,
        worker: Worker | None = None,
    ) -> None:
        """Work on a worker's thread, and take what comes of it in the window's."""

        def perform() -> None:
            try:
                result = work()
            except UserError as error:
                self._arrived.emit(failed or self._on_failed, error, True)
            except Exception:
                self._arrived.emit(self._on_fault, None, True)
                raise
            else:
                self._arrived.emit(done, result, False)

        used = worker or self._worker
        assert used is not None, "nothing is asked before the door is open"
        used.submit(perform)

    @Slot(object, object, object)
    def _on_arrived(self, take: Callable[[Any], object], value: object, _failed: bool) -> None:
        take(value)

    def close(self) -> None:
        """Look into no folder any more."""
        self._clock.stop()


def _needs_of(record: Any) -> tuple[PhotoNeed, ...]:
    from diagnostics.grading.checklist import load_checklist
    from diagnostics.grading.photo_needs import photo_needs

    if record.grade is None:
        return ()
    return photo_needs(record.grade, record.answers, load_checklist(record.checklist))


def _scaled(data: bytes, longest: int) -> QImage:
    image = QImage.fromData(data)
    if max(image.width(), image.height()) <= longest:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(longest, longest, keep, smooth)


def _is_path(key: str) -> bool:
    return len(key) != 64 or not key.isalnum()  # noqa: PLR2004 - a digest's length
