"""Reads eight phones by the bare clients: ``python -m benchmarks.runners.bare_readers USBMUXD ADB_PORT``.

It reads once, so that everything is imported, prints ``ready``, waits for a line, reads all phones three times and
prints ``done``: the load of phones being read, beside a window that has nothing to do with it. Phones that do not trust
this computer are left out. What is sent comes as JSON on the first line: UDIDs and shell lines by serial.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.clients import BareAndroids, BareIphones

ROUNDS = 3


async def main() -> None:
    usbmuxd, adb_port = sys.argv[1:]
    plan = json.loads(sys.stdin.readline())
    with tempfile.TemporaryDirectory() as records:
        iphones = BareIphones(usbmuxd, Path(records))
        androids = BareAndroids(int(adb_port or 1), plan["lines"])
        for number in range(ROUNDS + 1):
            await asyncio.gather(iphones.read(plan["udids"]), androids.read(list(plan["lines"])))
            if number == 0:
                print("ready", flush=True)
                await asyncio.to_thread(sys.stdin.readline)
    print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
