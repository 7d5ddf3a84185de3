"""Who is asked at all, and what becomes of a phone that cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from diagnostics.building import ReadingBuilder
from diagnostics.model import DeviceId, Platform, Reading, State, Transport
from diagnostics.ports import Sighting
from diagnostics.usb import mtp
from diagnostics.usb.device import UsbDevice
from diagnostics.usb.modem_port import Port
from diagnostics.usb.pipe import Pipe, PipeForbidden, PipeHeld
from diagnostics.usb.pipe_asking import Asker
from tests.fakes.sources import FixedClock
from tests.fakes.usb_pipes import DirectPipe
from tests.usb_bench.mtp_phone import MtpPhone


class Opening:
    """Opens pipes to one phone, and keeps who was opened."""

    def __init__(self, **options: Any) -> None:
        self.opened: list[tuple[str, ...]] = []
        self.pipes: list[DirectPipe] = []
        self.phone = MtpPhone(**options)

    def __call__(self, device: UsbDevice, *triples: str) -> Pipe:
        self.opened.append((device.slot, *triples))
        self.pipes.append(DirectPipe(self.phone))
        return self.pipes[-1]


async def read(
    opening: object, *interfaces: str, vid: str = "04e8", state: State = State.DEBUGGING_OFF
) -> Reading:
    seen = Sighting("1-2@5", DeviceId("usb:1-2"), Platform.ANDROID, Transport.USB, "1-2", state)
    builder = ReadingBuilder(seen, FixedClock())
    await Asker(open_pipe=opening).fill(builder, UsbDevice(vid, "6860", frozenset(interfaces), "1-2", 5))  # type: ignore[arg-type]
    return builder.build(builder.state.value)


def why(found: Reading, field: str) -> list[str]:
    return [problem.code for problem in found.problems if problem.field == field]


async def test_a_phone_without_debugging_is_asked_over_mtp_and_its_interface_given_back() -> None:
    opening = Opening()
    found = await read(opening, "06/01/01", "02/02/01")
    assert found.storage.capacity_gb == 128
    assert opening.opened == [("1-2", "06/01/01", "ff/ff/00")]
    assert [pipe.closed for pipe in opening.pipes] == [True]


@pytest.mark.parametrize(
    ("interfaces", "vid", "state"),
    [
        (("06/01/01",), "05ac", State.DEBUGGING_OFF),
        (("06/01/01",), "04e8", State.DOWNLOAD),
        (("02/02/01", "0a/00/00"), "04e8", State.DOWNLOAD),
        (("ff/ff/ff",), "05c6", State.EDL),
        (("ff/00/00",), "22d9", State.CHARGING_ONLY),
        ((), "05ac", State.RECOVERY),
    ],
)
async def test_no_other_mode_is_opened(interfaces: tuple[str, ...], vid: str, state: State) -> None:
    opening = Opening()
    found = await read(opening, *interfaces, vid=vid, state=state)
    assert opening.opened == []
    assert found.state is state


@pytest.mark.parametrize(
    ("state", "asked"), [(State.DEBUGGING_OFF, True), (State.CHARGING_ONLY, True), (State.DOWNLOAD, False)]
)
async def test_the_serial_port_of_a_bootloader_is_no_modem_to_be_asked(state: State, *, asked: bool) -> None:
    listed: list[State] = []

    def ports() -> tuple[Port, ...]:
        listed.append(state)
        return ()

    seen = Sighting("1-2@5", DeviceId("usb:1-2"), Platform.ANDROID, Transport.USB, "1-2", state)
    builder = ReadingBuilder(seen, FixedClock())
    device = UsbDevice("04e8", "685d", frozenset({"02/02/01", "0a/00/00"}), "1-2", 5)
    await Asker(modem=True, open_pipe=Opening(), ports=ports).fill(builder, device)
    assert bool(listed) is asked


async def test_where_the_system_never_gives_the_interface_it_is_not_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not mtp.here("win32")
    assert mtp.here("linux")
    assert mtp.here("darwin")
    monkeypatch.setattr(mtp, "here", lambda: False)
    opening = Opening()
    assert why(await read(opening, "06/01/01"), "storage.total_bytes") == ["debugging_off"]
    assert opening.opened == []


@pytest.mark.parametrize(
    ("error", "code"), [(PipeHeld("another program"), "usb_held"), (PipeForbidden(), "no_permission")]
)
@pytest.mark.parametrize(
    ("interface", "state", "field"),
    [
        ("06/01/01", State.DEBUGGING_OFF, "storage.capacity_gb"),
        ("ff/42/03", State.FASTBOOT, "locks.bootloader"),
    ],
)
async def test_a_phone_that_cannot_be_opened_says_why(
    error: Exception, code: str, interface: str, state: State, field: str
) -> None:
    def refuse(*_: object) -> Pipe:
        raise error

    found = await read(refuse, interface, state=state)
    assert why(found, field) == [code]
    assert found.state is state


async def test_a_phone_that_goes_away_gives_its_interface_back_all_the_same() -> None:
    opening = Opening(at=mtp.GET_STORAGE_IDS, errno="ENODEV")
    found = await read(opening, "06/01/01")
    assert found.identity.model == "Galaxy A51"
    assert why(found, "storage.total_bytes") == ["unplugged"]
    assert [pipe.closed for pipe in opening.pipes] == [True]
