"""Shows the card of a phone in each of its states, as the window shows it, in docs/cards-light.png and cards-dark.png.

Practice phones are brought into each state over their real protocols, and read by the program's own bench; the card is
that of the window's Reading panel. States of the bare bus (DFU, fastboot …) come from USB descriptors that stand here,
through the program's own rules; their captions say so.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1.5")

from card_stage import Stage
from contact_sheet import Card, compose
from PySide6.QtWidgets import QApplication

from diagnostics.bench import Phone
from diagnostics.ports import SystemClock
from diagnostics.practice.bench import PracticeThread
from diagnostics.usb.device import UsbDevice
from tradein_app.config import load_config
from tradein_app.ui.languages import install_language
from tradein_app.ui.theme import application
from tradein_app.ui.tokens import BY_MODE, Mode
from tradein_app.viewmodels.language import state_name

if TYPE_CHECKING:
    from diagnostics.ports import DeviceSource

DOCS = Path(__file__).resolve().parents[1] / "docs"
IPHONES, ANDROIDS = 16, 12
USB = "USB descriptors"
_GONE = "iphone-carrier"


@dataclass(frozen=True, slots=True)
class Case:
    """One card.

    Attributes:
        state: A row of ``states.toml``.
        phone: A practice phone's name, or the slot of a `UsbDevice`.
        fault: What is wrong with it, at ``step``; ``""`` for nothing.
        known: Whether it is read well before, by the computer that it trusts.
        left_alone: Whether it is shown once the bench tries no more.
        seconds: For how long it is left waiting.
        note: What the caption says besides.
    """

    state: str
    phone: str
    fault: str = ""
    step: str = ""
    known: bool = False
    left_alone: bool = False
    seconds: float = 0
    note: str = ""

    @property
    def caption(self) -> tuple[str, str]:
        """The state, and by which phone it is shown."""
        how = self.note or (f"practice fault {self.fault}" if self.fault else "practice phone")
        side = "iPhone" if self.phone.startswith(("iphone", "1-9")) else "Android"
        return self.state, f"{side} · {how}"


CASES = (
    Case("needs_trust", "iphone-not-trusted", seconds=12),
    Case("pairing_lost", "iphone-fresh", "revoked", known=True),
    Case("pairing_broken", "iphone-everyday", "computer-other-key"),
    Case("trust_denied", "iphone-signed-in", "denied"),
    Case("pairing_forbidden", "iphone-supervised", "pairing-forbidden"),
    Case("screen_locked", "iphone-carrier", "locked-since-start"),
    Case("timeout", "iphone-worn-battery", "falls-silent"),
    Case("timeout", "iphone-worn-battery-2", "falls-silent", left_alone=True, note="after three more tries"),
    Case("protocol_error", "iphone-old-system", "garbled"),
    Case("protocol_error", "iphone-fresh-2", "garbled", left_alone=True, note="after three more tries"),
    Case("recovery", "iphone-activation-locked", "recovery"),
    Case("dfu", "1-9.1", note=USB),
    Case("unauthorized", "not-allowed-yet"),
    Case("connecting", "fresh-battery", "authorizing"),
    Case("booting", "imei-told", "starting"),
    Case("timeout", "signed-in", "falls-silent", "getprop"),
    Case("offline", "worn-battery", "offline"),
    Case("debugging_off", "2-9.1", note=USB),
    Case("charging_only", "2-9.2", note=USB),
    Case("fastboot", "2-9.3", note=USB),
    Case("download", "2-9.4", note=USB),
    Case("edl", "2-9.5", note=USB),
)
DEVICES = (
    UsbDevice("05ac", "1227", frozenset(), "1-9.1", 5, "CPID:8101 CPRV:11 BDID:0C ECID:001A2C3E0A42801E"),
    UsbDevice("04e8", "6860", frozenset({"06/01/01"}), "2-9.1", 6, "R5CNA0BCDEF"),
    UsbDevice("22d9", "2769", frozenset({"ff/00/00"}), "2-9.2", 7, "8d3f11c2"),
    UsbDevice("18d1", "4ee0", frozenset({"ff/42/03"}), "2-9.3", 8, "2A071FDH200BCD"),
    UsbDevice("04e8", "685d", frozenset({"02/02/01", "0a/00/00"}), "2-9.4", 9),
    UsbDevice("05c6", "9008", frozenset({"ff/ff/ff"}), "2-9.5", 10),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A card in one mode."""

    mode: Mode
    card: Card


def prepare(practice: PracticeThread) -> dict[str, str]:
    """Bring each phone into its state, put the others into the drawer, and return the slot of each name."""
    slots = {info.name: info.slot for info in practice.phones()}
    for name in slots:
        practice.unplug(name)
    for case in CASES:
        if case.fault and not case.known:
            practice.fault(case.phone, case.fault, case.step)
        if case.note != USB and (case.left_alone or case.seconds):
            practice.plug(case.phone)
    return slots | {device.slot: device.slot for device in DEVICES}


def is_there(phone: Phone | None, case: Case) -> bool:
    """Return whether a phone shows what a case is about."""
    if phone is None or phone.busy or state_name(phone.reading) != case.state:
        return False
    if phone.asked is not None and datetime.now(UTC) - phone.asked < timedelta(seconds=case.seconds):
        return False
    return phone.again is None if case.left_alone else True


def spoil_known(stage: Stage, practice: PracticeThread, case: Case, slot: str) -> None:
    """Let a phone be read well first."""
    well = dataclasses.replace(case, state="ready")
    stage.until(lambda: is_there(stage.phone(slot), well), f"trust of {case.phone}")
    practice.fault(case.phone, case.fault, case.step)
    stage.read_again(slot)


def shots(
    stage: Stage, practice: PracticeThread, slots: dict[str, str], modes: tuple[Mode, ...]
) -> Iterator[Shot]:
    """Yield each card in each mode, with its caption."""
    for case in CASES:
        slot = slots[case.phone]
        if case.note != USB:
            practice.plug(case.phone)
        if case.known:
            spoil_known(stage, practice, case, slot)
        stage.until(
            lambda case=case, slot=slot: is_there(stage.phone(slot), case), f"{case.state} of {case.phone}"
        )
        for mode in modes:
            yield Shot(mode, Card(*case.caption, stage.card(slot, mode)))


def gone_shots(
    stage: Stage, practice: PracticeThread, slots: dict[str, str], modes: tuple[Mode, ...]
) -> Iterator[Shot]:
    """Yield the cards of phones that went, and of one whose service does."""
    practice.unplug(_GONE)
    slot = slots[_GONE]
    stage.until(lambda: not stage.is_present(slot), "the unplugging")
    for mode in modes:
        yield Shot(mode, Card("unplugged", "iPhone · practice phone", stage.card(slot, mode)))
    practice.fault("usbmuxd", "service-down")
    slot = slots[CASES[0].phone]
    devices = stage.work.devices
    stage.until(lambda: devices.missing(stage.index_of(slot)) is not None, "the end of the service")
    for mode in modes:
        yield Shot(
            mode, Card("service down", "usbmuxd · practice fault service-down", stage.card(slot, mode))
        )


def late_shots(stage: Stage, slot: str, modes: tuple[Mode, ...]) -> Iterator[Shot]:
    """Yield the card of a phone that nobody has touched for two minutes: both clocks are put forward."""
    waiting = stage.phone(slot)
    assert waiting is not None
    assert waiting.until is not None
    stage.clock.ahead = waiting.until + timedelta(seconds=4) - datetime.now(UTC)
    stage.until(lambda: bool((phone := stage.phone(slot)) and phone.due), "the end of patience")
    for mode in modes:
        yield Shot(mode, Card("needs_trust", "iPhone · two minutes later", stage.card(slot, mode)))


def sources_of(practice: PracticeThread, home: Path) -> tuple[DeviceSource, ...]:
    """Return the buses as the program has them, the bare one with the devices that stand here."""
    from diagnostics.usb.source import UsbSource
    from tradein_app.bootstrap import open_sources

    config = load_config(dict(os.environ) | practice.environment() | {"TRADEIN_HOME": str(home)})
    apple, android, usb = open_sources(config)
    assert isinstance(usb, UsbSource)
    return apple, android, UsbSource(SystemClock(), lambda: DEVICES)


def photographed(app: QApplication, language: str, modes: tuple[Mode, ...]) -> list[Shot]:
    """Return all cards."""
    with (
        tempfile.TemporaryDirectory() as folder,
        PracticeThread(iphones=IPHONES, androids=ANDROIDS) as practice,
    ):
        home, slots = Path(folder), prepare(practice)
        stage = Stage(app, home, language)
        try:
            stage.open(sources_of(practice, home))
            return [
                *shots(stage, practice, slots, modes),
                *late_shots(stage, slots[CASES[0].phone], modes),
                *gone_shots(stage, practice, slots, modes),
            ]
        finally:
            stage.close()


def main() -> int:
    """Write the sheets and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="en")
    parser.add_argument("--mode", action="append", choices=["light", "dark", "contrast"])
    parser.add_argument("--to", type=Path, default=DOCS, help="the folder for cards-MODE.png")
    options = parser.parse_args()
    modes = tuple(Mode(mode) for mode in options.mode or (Mode.LIGHT, Mode.DARK))
    app = application(sys.argv[0])
    translator = install_language(app, options.language)
    found = photographed(app, options.language, modes)
    options.to.mkdir(parents=True, exist_ok=True)
    for mode in modes:
        # What it comes to stands beside what it begins with.
        cards = sorted(
            (s.card for s in found if s.mode is mode), key=lambda card: card.name != CASES[0].state
        )
        compose(cards, BY_MODE[mode], options.to / f"cards-{mode}.png")
    del translator
    return 0


if __name__ == "__main__":
    sys.exit(main())
