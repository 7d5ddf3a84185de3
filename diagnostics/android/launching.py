"""Starts the adb server that comes with adbutils, where none runs; it is never stopped from here.

The server keeps running after us, as ``adb start-server`` means it to. It finds its key where every adb does
(``$HOME/.android`` or ADB_VENDOR_KEYS), so that "Always allow from this computer" sticks from run to run.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import shutil
from pathlib import Path

from diagnostics.android.errors import ServerAbsent

_PATIENCE = 20.0
_PROGRAM = "adb.exe" if os.name == "nt" else "adb"


def bundled_adb() -> str | None:
    """Return the path of adbutils' own adb, else of the first one on PATH (wheels for rare systems have none)."""
    spec = importlib.util.find_spec("adbutils")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        program = Path(folder) / "binaries" / _PROGRAM
        if program.is_file():
            return str(program)
    return shutil.which("adb")


async def start_server(port: int) -> None:
    """Start an adb server on a port of this computer and wait until it is there.

    Raises:
        ServerAbsent: There is no adb, or it does not start.
    """
    program = bundled_adb()
    if program is None:
        raise ServerAbsent("no adb program")
    try:
        async with asyncio.timeout(_PATIENCE):
            await _run(program, "-P", str(port), "start-server")
    except (OSError, TimeoutError) as error:
        raise ServerAbsent(str(error)) from error


async def _run(*words: str) -> None:
    # The daemon inherits what it is given: on a pipe of ours, waiting for the end of output would never end.
    nothing = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*words, stdin=nothing, stdout=nothing, stderr=nothing)
    try:
        if await process.wait():
            raise ServerAbsent(f"adb exited with {process.returncode}")
    finally:
        if process.returncode is None:
            process.kill()
