"""The transcript in docs/ is what the programs print on the USB bench now."""

from __future__ import annotations

import importlib.util
import re
import sys
from types import ModuleType

import pytest

from tests.usb_bench.client import ROOT, missing


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("usb_transcript", ROOT / "scripts" / "usb_transcript.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


def blocks(page: str) -> list[str]:
    return re.findall(r"```console\n(.*?)```", page, re.DOTALL)


@pytest.mark.needs(missing())
def test_the_transcript_is_a_run_of_today() -> None:
    made = script()
    kept, now = blocks(made.TARGET.read_text("utf-8")), blocks(made.run())
    commands = [block.splitlines()[0] for block in kept]
    assert commands == [block.splitlines()[0] for block in now]
    # Other versions of foreign programs print other lines; that they understand the phone, the other tests show.
    ours = [block for block in kept if block.startswith("$ tradein")]
    assert ours == [block for block in now if block.startswith("$ tradein")], "run scripts/usb_transcript.py"
    assert len(ours) >= 5
    assert {"$ lsusb -t", "$ mtp-detect", "$ gphoto2 --port usb: --summary"} <= set(commands)
