"""Makes the picture that is kept out of a file that anybody may have given: the only place that knows Pillow.

A photo tells where it was taken, with what, and sometimes whose phone it was. None of that is kept: the pixels are
turned upright and written anew, and nothing else of the file goes into the picture.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from diagnostics.errors import BadInput

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes: a photo of 50 megapixels takes 10 to 30 MB."""
MOST_PIXELS = 64_000_000
"""Cameras of phones make up to 50 megapixels, in their largest mode 108 or 200: that is 0.6 GB when it is unpacked."""
MOST_BY_FORMAT = {"JPEG": MOST_PIXELS, "MPO": MOST_PIXELS, "HEIF": 50_000_000}
"""MPO is what Pillow calls a JPEG with a second picture behind it, as phones write them: brightness or depth."""
OTHER_MOST = 24_000_000
"""JPEGs are unpacked smaller, piece by piece; of the others a few copies stand in the memory as a whole. So none takes
more than about 400 MB, and what iPhones take, 48 megapixels in HEIC or JPEG, is taken."""
LONGEST_SIDE = 2560
"""Pixels of a kept picture: one that shows a whole phone has 15 to a millimetre, and a hairline is seen."""
THUMBNAIL_SIDE = 320
QUALITY = 88
THUMBNAIL_QUALITY = 80
MOST_SCANS = 50
"""Of a JPEG: progressive ones have about ten. One more may take 92 bytes, and a tenth of a second at 62 megapixels: a
file of one megabyte could hold the thread of the pictures for twenty minutes."""
MOST_SEGMENTS = 5000
"""Of a JPEG: a thousand of the longest are 64 MB. Millions of empty ones take gigabytes and minutes to be noted."""
_JPEG = b"\xff\xd8\xff"
_MARKER = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")
"""Of a segment; in between, what is coded has only zeros and restarts behind its FF (ITU T.81, B.1.1.2)."""
_SCAN, _END, _BARE = 0xDA, 0xD9, frozenset({0x01, 0xD8})
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_BROKEN = (OSError, SyntaxError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What Pillow and its plugins raise of files that are none, or only a part of one."""
_EXIF, _TAKEN, _ZONE = 0x8769, 0x9003, 0x9011
"""The directory of EXIF, DateTimeOriginal and OffsetTimeOriginal (CIPA DC-008, tables 4 and 8)."""


class Decoded:
    """What came of a file: the bytes to keep, and what is said of them."""

    def __init__(self, data: bytes, original: str, size: tuple[int, int], taken_at: datetime | None) -> None:
        self.data = data
        self.original = original
        self.width, self.height = size
        self.taken_at = taken_at


def decode(data: bytes) -> Decoded:
    """Return the picture that is kept of a file's bytes.

    Raises:
        BadInput: The bytes are no photo, only a part of one, or more than a photo should be.
    """
    try:
        return _decoded(data)
    except BadInput:
        raise
    except (*_BROKEN, struct.error, zlib.error, EOFError):
        raise _broken(data) from None
    except MemoryError:
        raise _too_many("?") from None


def thumbnail(data: bytes) -> bytes:
    """Return a small JPEG of a kept picture."""
    with _opened(data) as image:
        image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), reducing_gap=2.0)
        return _written(image, THUMBNAIL_QUALITY)


def check_size(size: int) -> None:
    """Refuse a file before it is read.

    Raises:
        BadInput: It is empty or larger than `LARGEST_FILE`.
    """
    if size == 0:
        raise BadInput("The photo's file is empty.", "Copy it again.", "photo_empty")
    if size > LARGEST_FILE:
        raise BadInput(
            f"The photo's file has {size // 1_000_000} MB; at most {LARGEST_FILE // 1_000_000} are taken.",
            "Save it as a JPEG, or take it again with the camera's ordinary setting.",
            "photo_file_too_large",
            size=str(size // 1_000_000),
            most=str(LARGEST_FILE // 1_000_000),
        )


def _decoded(data: bytes) -> Decoded:
    check_size(len(data))
    if data.startswith(_JPEG) and _is_endless(data):
        raise _broken(data)
    with _opened(data) as image:
        most = MOST_BY_FORMAT.get(image.format or "", OTHER_MOST)
        if image.width * image.height > most:
            raise _too_many(str(round(image.width * image.height / 1_000_000)), most)
        taken_at, profile = _taken_at(image), image.info.get("icc_profile")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        # First smaller, then upright: turning makes a copy.
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
        picture = _in_usual_colours(_flat(_upright(image)), profile)
        return Decoded(_written(picture, QUALITY), sha256(data).hexdigest(), picture.size, taken_at)


def _is_endless(data: bytes) -> bool:
    """Return whether the first picture of a JPEG has more scans or segments than any camera or program writes."""
    scans, segments, at = 0, 0, 2
    while scans <= MOST_SCANS and segments <= MOST_SEGMENTS and (found := _MARKER.search(data, at)):
        kind, at = found[1][0], found.end()
        if kind == _END:
            return False
        scans, segments = scans + (kind == _SCAN), segments + 1
        if kind not in _BARE:
            # What stands in a segment, such as a thumbnail with scans of its own, is passed over.
            at += int.from_bytes(data[at : at + 2], "big")
    return scans > MOST_SCANS or segments > MOST_SEGMENTS


def _opened(data: bytes) -> Image:
    from PIL import Image

    _prepare()
    return Image.open(BytesIO(data), formats=_FORMATS)


def _prepare() -> None:
    """Teach Pillow HEIC, and leave the limit of pixels to us: its own one warns first, and refuses at twice that."""
    import pillow_heif
    from PIL import Image

    # What is odd about a file is said by our own words, or nobody's business.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
    Image.MAX_IMAGE_PIXELS = None
    pillow_heif.register_heif_opener(thumbnails=False)


def _upright(image: Image) -> Image:
    """Return the picture as it was held; what cannot be read of its orientation leaves it as it is."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except (*_BROKEN, struct.error):
        return image


def _flat(image: Image) -> Image:
    """Return the picture in three colours; what is transparent becomes white."""
    from PIL import Image

    if image.mode.startswith("I"):  # 16 bits a pixel, which a conversion would cut off instead of dividing
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        image = Image.alpha_composite(white, clear)
    return image.convert("RGB") if image.mode != "RGB" else image


def _in_usual_colours(image: Image, profile: bytes | None) -> Image:
    """Return the picture in sRGB: its own profile goes with everything else that was written into the file."""
    from PIL import ImageCms

    if not profile:
        return image
    try:
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        done = ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *_BROKEN):
        return image
    return done or image


def _written(image: Image, quality: int) -> bytes:
    # A copy without all that the file brought along (EXIF, comments, profiles): `save` would write some of it again.
    bare = image.copy()
    bare.info = {}
    try:
        return _saved(bare, quality, TemporaryFile())
    except OSError:
        # No room for a file for a moment; what is wrong with the picture itself is met again.
        return _saved(bare, quality, BytesIO())


def _saved(image: Image, quality: int, out: IO[bytes]) -> bytes:
    """Return a picture's JPEG, written into a real file where there can be one.

    Into memory, Pillow writes it piece by piece with Python's one lock held, and answers wait for it; into a file it
    writes all of it without the lock (`_encode_to_file` in its encode.c). Measured on two busy cores, another thread
    stood still for 20 ms at a time and 100 ms together, against 10 and 40 with a file.
    """
    with out:
        image.save(out, "JPEG", quality=quality, optimize=False, progressive=False)
        out.seek(0)
        return out.read()


def _taken_at(image: Image) -> datetime | None:
    """Return when the photo was taken; without a zone the camera's clock could mean any hour, and nothing is said."""
    try:
        exif = image.getexif().get_ifd(_EXIF)
        told = f"{str(exif.get(_TAKEN)).strip()} {str(exif.get(_ZONE)).strip()}"
        return datetime.strptime(told, "%Y:%m:%d %H:%M:%S %z").astimezone(UTC)
    except (*_BROKEN, struct.error):
        return None


def _too_many(megapixels: str, most: int = OTHER_MOST) -> BadInput:
    return BadInput(
        f"The photo has {megapixels} megapixels; at most {most // 1_000_000} are taken.",
        "Take it again with the camera's ordinary setting.",
        "photo_too_many_pixels",
        megapixels=megapixels,
        most=str(most // 1_000_000),
    )


def _broken(data: bytes) -> BadInput:
    if _begins_like_a_photo(data):
        return BadInput(
            "The photo's file is damaged, or only a part of it.",
            "Copy it again, or take the photo once more.",
            "photo_incomplete",
        )
    return BadInput(
        "This file is no photo that can be read.",
        "JPEG, PNG, WebP and HEIC are.",
        "photo_not_one",
    )


def _begins_like_a_photo(data: bytes) -> bool:
    starts = (_JPEG, b"\x89PNG\r\n\x1a\n")
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data.startswith(starts) or webp or data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}
