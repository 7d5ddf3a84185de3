"""Starts the adb server that comes with adbutils, where none runs; none is ever stopped from here.

The server is run as such (``adb nodaemon server``), and not by ``adb start-server``: that client ends a server of
another version that it finds (AOSP adb/client/adb_client.cpp), and somebody may start one between our look and its.
A second server finds the port taken, and goes. Ours keeps running after us. It finds its key where every adb does
(``$HOME/.android`` or ADB_VENDOR_KEYS), so that "Always allow from this computer" sticks from run to run.
"""

from __future__ import annotations

import asyncio
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from diagnostics.android.errors import AdbProblem, ServerAbsent
from diagnostics.android.server import AdbServer

_PATIENCE = 20.0
_LOOK_AGAIN = 0.05
_PROGRAM = "adb.exe" if os.name == "nt" else "adb"
_WITHOUT_A_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # known on Windows alone
_started: list[subprocess.Popen[bytes]] = []
"""Servers of ours: a process that nobody holds is complained of, and one that ended is to be taken note of."""


def bundled_adb() -> str | None:
    """Return the path of adbutils' own adb, else of the first one on PATH (wheels for rare systems have none)."""
    spec = importlib.util.find_spec("adbutils")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        program = Path(folder) / "binaries" / _PROGRAM
        if program.is_file():
            return str(program)
    return shutil.which("adb")


async def start_server(port: int) -> None:
    """Start an adb server on a port of this computer, and wait until one is there, be it ours or a quicker one.

    Raises:
        ServerAbsent: There is no adb, or it does not start.
    """
    program = bundled_adb()
    if program is None:
        raise ServerAbsent("no adb program")
    try:
        process = await asyncio.to_thread(_spawn, program, port)
    except OSError as error:
        raise ServerAbsent(str(error)) from error
    try:
        async with asyncio.timeout(_PATIENCE):
            await _answers(AdbServer(port=port), process)
    except TimeoutError as error:
        process.kill()  # never was a server: nothing answers there
        raise ServerAbsent("adb does not start") from error
    finally:
        _started[:] = [each for each in (*_started, process) if each.poll() is None]


def _spawn(program: str, port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program, fixed words
        [program, "-P", str(port), "nodaemon", "server"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # it stays when the terminal that started us goes
        creationflags=_WITHOUT_A_WINDOW,
    )


async def _answers(server: AdbServer, process: subprocess.Popen[bytes]) -> None:
    """Return when a server answers on the port.

    Raises:
        ServerAbsent: Ours ended, and there is no other.
    """
    while True:
        ended = process.poll() is not None
        try:
            await server.request("host:version")
        except AdbProblem as error:
            if ended:
                raise ServerAbsent(f"adb exited with {process.returncode}") from error
            await asyncio.sleep(_LOOK_AGAIN)
        else:
            return
