"""The files of a practice phone that the shell and the sync service can see."""

from __future__ import annotations

from diagnostics.practice.android.phone import PracticeAndroid

DIRECTORIES = ("/", "/data", "/data/local", "/data/local/tmp", "/proc", "/sdcard", "/sdcard/DCIM", "/sdcard/Download",
               "/storage", "/sys", "/sys/class", "/sys/class/power_supply", "/sys/class/power_supply/battery",
               "/sys/class/power_supply/usb", "/system", "/system/bin", "/vendor")  # fmt: skip
HIDDEN = frozenset({"/data"})  # there, but not for the shell
SUPPLY = "/sys/class/power_supply/"
_HEADROOM = 0.42


def readable_files(phone: PracticeAndroid) -> dict[str, bytes]:
    """Return the content of every file that the shell may read, by path."""
    texts = {
        "/proc/meminfo": _memory(phone.character.memory_kib),
        "/proc/version": f"Linux version {phone.character.build.kernel} (build-user@build-host) #1 SMP PREEMPT\n",
        SUPPLY + "battery/type": "Battery\n",
        SUPPLY + "usb/type": "USB\n",
    }
    texts |= {SUPPLY + path: text + "\n" for path, text in phone.character.readable.items()}
    return {path: text.encode() for path, text in texts.items()}


def refused_files(phone: PracticeAndroid) -> frozenset[str]:
    """Return the files that are there and answer "Permission denied"."""
    return frozenset(SUPPLY + path for path in phone.character.refused)


def children(phone: PracticeAndroid, directory: str) -> list[str]:
    """Return the names in a directory, sorted."""
    prefix = directory.rstrip("/") + "/"
    paths = (*DIRECTORIES, *readable_files(phone), *refused_files(phone))
    return sorted({p[len(prefix) :].split("/")[0] for p in paths if p.startswith(prefix) and p != prefix})


def is_directory(phone: PracticeAndroid, path: str) -> bool:
    """Tell whether a path is a directory."""
    return path in DIRECTORIES or bool(children(phone, path))


def _memory(total: int) -> str:
    available = int(total * _HEADROOM)
    rows = {
        "MemTotal": total,
        "MemFree": available // 5,
        "MemAvailable": available,
        "Buffers": 5_216,
        "Cached": available * 2 // 3,
        "SwapCached": 41_312,
        "SwapTotal": 4_194_300,
        "SwapFree": 2_871_540,
    }
    return "".join(f"{name + ':':<15} {value:>8} kB\n" for name, value in rows.items())
