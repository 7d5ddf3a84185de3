"""``df`` and ``dumpsys diskstats``: how large /data is."""

from __future__ import annotations

from diagnostics.practice.android.phone import PracticeAndroid

_TOYBOX = 24
_BY_FILE = 24
_HEADER = ("Filesystem", "1K-blocks", "Used", "Available", "Use%", "Mounted on")


def disk_statistics_dump(phone: PracticeAndroid) -> str:
    """Return the disk statistics (AOSP DiskStatsService.dump)."""
    kind = phone.character
    percent = kind.free_kib * 100 // (kind.data_kib or 1)
    free = f"{kind.free_kib}K / {kind.data_kib}K total = {percent}% free"
    encryption = "File-based Encryption: true\n" if kind.sdk >= _BY_FILE else ""
    return (
        f"Latency: 0ms [512B Data Write]\nRecent Disk Write Speed (kB/s) = 64360\n"
        f"Data-Free: {free}\nCache-Free: {free}\n"
        f"System-Free: 0K / 912344K total = 0% free\n{encryption}App Size: 9664341504\nApp Data Size: 1880899072\n"
        "App Cache Size: 361830912\nPhotos Size: 129970176\nVideos Size: 0\nAudio Size: 0\nDownloads Size: 0\n"
        "System Size: 16000000000\nOther Size: 764686336\n"
    )


def free_space(phone: PracticeAndroid) -> str:
    """Return what ``df /data`` prints: toybox's table, or before Android 7 toolbox's."""
    kind = phone.character
    used = kind.data_kib - kind.free_kib
    if kind.sdk < _TOYBOX:
        sizes = "".join(f" {_short(size):>8}" for size in (kind.data_kib, used, kind.free_kib))
        return f"Filesystem               Size     Used     Free   Blksize\n/data{'':15}{sizes}   4096\n"
    share = f"{-(-used * 100 // (kind.data_kib or 1))}%"
    return _table((kind.storage_device, str(kind.data_kib), str(used), str(kind.free_kib), share, kind.mount))


def _table(row: tuple[str, ...]) -> str:
    widths = [max(len(head), len(cell)) for head, cell in zip(_HEADER, row, strict=True)]
    return "".join(_line(cells, widths) for cells in (_HEADER, row))


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    middle = " ".join(cell.rjust(width) for cell, width in zip(cells[1:5], widths[1:5], strict=True))
    return f"{cells[0].ljust(widths[0])} {middle} {cells[5]}\n"


def _short(kib: int) -> str:
    return f"{kib / 1024 / 1024:.1f}G"
