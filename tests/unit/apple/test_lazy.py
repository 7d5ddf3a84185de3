"""pymobiledevice3 takes half a second to import: nobody waits for it who need not."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys

from diagnostics.apple import source
from tests.fakes.iphone_readings import worst_gap


def test_the_source_is_light_to_import():
    code = "import sys, diagnostics.apple.source; print('pymobiledevice3' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


async def test_a_slow_import_does_not_hold_up_the_loop_for_the_second_phone_either(tmp_path, monkeypatch):
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(2)\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    async def first_use() -> None:
        await source._load("slow_to_import")
        importlib.import_module("slow_to_import")

    async def second_use() -> None:
        await asyncio.sleep(0.1)
        await first_use()

    assert await worst_gap(lambda: asyncio.gather(first_use(), second_use())) < 1
    sys.modules.pop("slow_to_import")
    source._LOADED.discard("slow_to_import")
