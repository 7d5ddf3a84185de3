"""Photos as cameras write them, and as they should never come."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()
GREY, RED = (120, 120, 130), (200, 30, 30)
ORIENTATION, MAKE, DATE, ZONE, GPS = 0x0112, 0x010F, 0x9003, 0x9011, 0x8825
EXIF = 0x8769


def a_picture(size: tuple[int, int] = (640, 480), mark: int = 0) -> Image.Image:
    """Return a grey picture whose upper left corner is red; ``mark`` makes it another one."""
    picture = Image.new("RGB", size, (GREY[0] + mark, *GREY[1:]))
    picture.paste(RED, (0, 0, size[0] // 4, size[1] // 4))
    return picture


def a_photo(
    size: tuple[int, int] = (640, 480),
    *,
    mark: int = 0,
    kind: str = "JPEG",
    orientation: int = 1,
    where: bool = False,
    taken: str = "",
    zone: str = "",
) -> bytes:
    """Return a photo's file.

    Args:
        size: Pixels.
        mark: Another number, another photo.
        kind: Pillow's word for the format.
        orientation: As EXIF counts them, 1 to 8.
        where: It says where it was taken, and with what.
        taken: DateTimeOriginal, such as ``2026:11:20 10:00:00``.
        zone: OffsetTimeOriginal, such as ``+01:00``.
    """
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    if where:
        exif[MAKE] = "SecretCam"
        exif.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 8.0)})
    if taken:
        exif.get_ifd(EXIF)[DATE] = taken
    if zone:
        exif.get_ifd(EXIF)[ZONE] = zone
    out = BytesIO()
    a_picture(size, mark).save(out, kind, exif=exif.tobytes(), quality=95)
    return out.getvalue()


def a_bomb(width: int = 20_000, height: int = 10_000) -> bytes:
    """Return a PNG of some hundred bytes that says it has 200 megapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"\0" * 1000)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def a_noisy_photo(size: tuple[int, int]) -> bytes:
    """Return a JPEG that holds as much as a phone's of a rough surface."""
    noise = Image.effect_noise(size, 40)
    out = BytesIO()
    Image.merge("RGB", (noise, noise, noise)).save(out, "JPEG", quality=90)
    return out.getvalue()
