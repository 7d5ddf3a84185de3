"""What every child process gets: a display, a data folder of its own, and no phone of this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

FIRST_DISPLAY = 60
_OURS = (
    "TRADEIN_DB",
    "TRADEIN_LANG",
    "TRADEIN_PRACTICE",
    "WAYLAND_DISPLAY",
    "PYTHONDONTWRITEBYTECODE",
    "QT_STYLE_OVERRIDE",
)
OFFSCREEN: Mapping[str, str] = {"QT_QPA_PLATFORM": "offscreen"}


def environment(home: Path, *more: Mapping[str, str]) -> dict[str, str]:
    """Return a child's environment; without ``more`` it finds neither usbmuxd nor an adb server, and starts none."""
    base = {name: value for name, value in os.environ.items() if name not in _OURS}
    base |= {
        "TRADEIN_HOME": str(home),
        "USBMUXD_SOCKET_ADDRESS": str(home / "no-usbmuxd"),
        "ANDROID_ADB_SERVER_PORT": "1",
        "LC_ALL": "C.UTF-8",
    }
    for each in more:
        base |= each
    return base


@contextmanager
def folder() -> Iterator[Path]:
    """Give an empty folder for the time of a measurement."""
    with tempfile.TemporaryDirectory(prefix="tradein-bench-") as name:
        yield Path(name)


@contextmanager
def xvfb() -> Iterator[Mapping[str, str] | None]:
    """Give the environment of an X server of our own, or ``None`` where Xvfb is not installed."""
    program = shutil.which("Xvfb")
    if program is None:
        yield None
        return
    number = next(n for n in range(FIRST_DISPLAY, 600) if not Path(f"/tmp/.X{n}-lock").exists())
    reading, writing = os.pipe()
    options = [f":{number}", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-displayfd", str(writing)]
    server = subprocess.Popen([program, *options], pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as ready:
            display = ready.readline().strip()
        yield {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"} if display else None
    finally:
        server.terminate()
        server.wait()
