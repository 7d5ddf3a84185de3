"""Wires the program together: the one place that knows which adapter stands behind which door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradein_app.config import Config

if TYPE_CHECKING:
    from pathlib import Path

    from diagnostics.bench import Bench
    from diagnostics.grading.library import Library
    from diagnostics.ports import Clock, DeviceSource
    from diagnostics.slots.memory import Keeper
    from diagnostics.slots.slot import PlaceOf
    from diagnostics.usb.history import SlotDays
    from tradein_app.services.desk import Desk
    from tradein_app.services.photo_door import PhotoDesk
    from tradein_app.services.photo_pictures import Pictures
    from tradein_app.services.unsaved import Unsaved
    from tradein_app.store.backing_up import Backup
    from tradein_app.store.browsing import SqlBrowser
    from tradein_app.store.restoring import Restored
    from tradein_app.store.verifying import Check


def open_desk(config: Config) -> Desk:
    """Return the desk on the configured database, made or brought up to date where needed.

    Raises:
        BadInput: The database's URL makes no sense.
        ServiceMissing: The database cannot be used; the message says why.
    """
    from diagnostics.ports import SystemClock
    from tradein_app.services.desk import Desk
    from tradein_app.services.shop import Shop
    from tradein_app.store.opening import open_store

    return Desk(Shop(open_store(config.database_url), SystemClock()), config.home, config.names)


def open_pictures(config: Config) -> Pictures:
    """Return what keeps the photos' files, in the data folder."""
    from tradein_app.services.photo_pictures import FOLDER, Pictures
    from tradein_app.store.photo_files import PhotoFiles

    return Pictures(PhotoFiles(config.home / FOLDER))


def open_photos(config: Config) -> PhotoDesk:
    """Return the photos in this process, for the command line.

    Raises:
        ServiceMissing: The database cannot be used; the message says why.
    """
    from tradein_app.services.photo_door import PhotoDesk
    from tradein_app.services.photo_watching import Watching

    return PhotoDesk(open_desk(config), open_pictures(config), Watching())


def open_unsaved(config: Config) -> Unsaved:
    """Return the answers that earlier windows could not save, and the notes for those of this one."""
    from tradein_app.services.unsaved import Unsaved
    from tradein_app.store.journal import Journal

    journal = Journal(config.home / "unsaved")
    unsaved = Unsaved(journal)
    unsaved.adopt(journal.left_behind())
    return unsaved


def open_sources(config: Config) -> tuple[DeviceSource, ...]:
    """Return every bus that phones can be seen on; nothing is opened before they are watched."""
    from diagnostics.android.names import FILE as ANDROID_NAMES_FILE
    from diagnostics.android.source import AndroidSource
    from diagnostics.apple.names import FILE as NAMES_FILE
    from diagnostics.apple.source import AppleSource
    from diagnostics.ports import SystemClock

    clock = SystemClock()
    return (
        AppleSource(
            address=config.usbmuxd,
            pair_records=config.home / "pair-records",
            names=config.home / NAMES_FILE,
            shop_names=_shared(config, NAMES_FILE),
            clock=clock,
        ),
        AndroidSource(
            clock,
            port=config.adb_port,
            names=config.home / ANDROID_NAMES_FILE,
            shop_names=_shared(config, ANDROID_NAMES_FILE),
        ),
        _usb_source(config, clock),
    )


def _shared(config: Config, file: str) -> Path | None:
    return config.names / file if config.names else None


def _usb_source(config: Config, clock: Clock) -> DeviceSource:
    """Return the bare bus; beside a practice bench its own, whose phones nothing can be asked of."""
    from diagnostics.usb.pipe_asking import Asker
    from diagnostics.usb.source import UsbSource

    if config.practice:
        from diagnostics.practice.usb_client import PracticeBus

        return UsbSource(clock, PracticeBus(config.practice))
    return UsbSource(clock, asker=Asker(modem=config.samsung_modem))


def open_bench(config: Config, days: SlotDays | None = None, phones: Keeper | None = None) -> Bench:
    """Return the bench over all buses; it does nothing before it runs in a `diagnostics.runtime.Runtime`.

    Args:
        config: Where things are.
        days: Where what happens at each slot is counted; for as long as the program runs when left out.
        phones: Where it is kept which phone was in each slot; likewise.
    """
    from diagnostics.bench import Bench
    from diagnostics.joining import Joining
    from diagnostics.slots.memory import SlotMemory

    joining = Joining(places_of(config))
    return Bench(open_sources(config), joining=joining, days=days, memory=SlotMemory(phones))


def places_of(config: Config) -> PlaceOf:
    """Return what tells which slot a port's name means; the practice bench's ports are none of this computer."""
    from diagnostics.slots.linux import place_of
    from diagnostics.slots.slot import plain_place

    return plain_place if config.practice else place_of


def open_browser(config: Config) -> SqlBrowser:
    """Return what walks through all that is stored, to grade it anew.

    Raises:
        BadInput: The database's URL makes no sense.
        ServiceMissing: The database cannot be used; the message says why.
    """
    from tradein_app.store.opening import open_browser

    return open_browser(config.database_url)


def open_standards(config: Config) -> Library:
    """Return the standards of the program and those in the data folder, with what was left out and why."""
    from diagnostics.grading.library import FOLDER, open_library

    return open_library(config.home / FOLDER)


def upgrade_database(config: Config) -> str:
    """Make the database or bring its tables up to date, and return its revision.

    Raises:
        BadInput: The database's URL makes no sense.
        ServiceMissing: The database cannot be used; the message says why.
    """
    from tradein_app.store.opening import upgrade_store

    return upgrade_store(config.database_url)


def verify_database(config: Config) -> tuple[Check, ...]:
    """Examine the database without changing it.

    Raises:
        BadInput: The database's URL makes no sense.
        ServiceMissing: There is no database, or it cannot be read.
    """
    from tradein_app.services.photo_pictures import FOLDER
    from tradein_app.store.opening import verify_store
    from tradein_app.store.photo_files import PhotoFiles

    return verify_store(config.database_url, PhotoFiles(config.home / FOLDER))


def back_up(config: Config, target: Path) -> Backup:
    """Copy the database and what else is the shop's own into one file.

    Raises:
        BadInput: The target is another file, or the database is a server's.
        ServiceMissing: There is no database, it cannot be read, or the target cannot be written.
    """
    from tradein_app.store.backing_up import back_up

    return back_up(config.database_url, config.home, target)


def restore(config: Config, source: Path, *, anyway: bool) -> Restored:
    """Put a backup in the place of the database, which is kept.

    Raises:
        BadInput: The file is no backup, damaged, or a newer program's.
        UserError: Its records are not as they were written.
        ServiceMissing: The database is open elsewhere, or the disk does not take it.
    """
    from tradein_app.store.restoring import restore

    return restore(config.database_url, config.home, source, anyway=anyway)


def database_place(config: Config) -> str:
    """Return how the database is called in messages; a password is not shown."""
    from tradein_app.store.opening import store_place

    return store_place(config.database_url)
