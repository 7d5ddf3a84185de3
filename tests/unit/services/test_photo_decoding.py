"""Of a photo its pixels are kept, upright, and nothing that was written beside them."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from diagnostics.errors import BadInput
from tests.fakes.photos import a_bomb, a_photo, a_picture
from tradein_app.services import photo_decoding
from tradein_app.services.photo_decoding import LONGEST_SIDE, THUMBNAIL_SIDE, decode, thumbnail


def opened(data):
    image = Image.open(BytesIO(data))
    image.load()
    return image


def is_red(image, x, y):
    red, green, blue = image.getpixel((x, y))
    return red > 150 and green < 80 and blue < 80


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_each_format_becomes_the_same_kind_of_picture(kind):
    done = decode(a_photo(kind=kind))
    image = opened(done.data)
    assert (image.format, image.size, image.mode) == ("JPEG", (640, 480), "RGB")
    assert (done.width, done.height) == image.size
    assert is_red(image, 20, 20)
    assert not is_red(image, 600, 440)


@pytest.mark.parametrize(
    ("orientation", "red"),
    [(1, "left top"), (3, "right bottom"), (6, "right top"), (8, "left bottom")],
)
def test_a_photo_stands_as_the_camera_was_held(orientation, red):
    done = decode(a_photo(orientation=orientation))
    image = opened(done.data)
    assert (image.width > image.height) is (orientation in {1, 3})
    corners = {
        "left top": (20, 20),
        "right top": (image.width - 20, 20),
        "left bottom": (20, image.height - 20),
        "right bottom": (image.width - 20, image.height - 20),
    }
    assert [name for name, at in corners.items() if is_red(image, *at)] == [red]


def a_progressive(more: int) -> bytes:
    """Return a progressive JPEG whose last scan is there so many times more, and whose notes look like scans."""
    out = BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x927C] = b"\xff\xda\x00\x08" * 100  # a maker's own notes may be anything
    a_picture().save(out, "JPEG", progressive=True, exif=exif)
    data = out.getvalue()
    assert data.count(b"\xff\xda") > 100
    last, end = data.rindex(b"\xff\xda"), data.rindex(b"\xff\xd9")
    return data[:end] + data[last:end] * more + data[end:]


def test_a_jpeg_of_endless_scans_is_not_unpacked():
    assert decode(a_progressive(0)).width
    assert decode(a_progressive(20)).width
    with pytest.raises(BadInput) as said:
        decode(a_progressive(60))
    assert said.value.code == "photo_incomplete"


def test_a_jpeg_of_endless_comments_is_not_unpacked():
    photo = a_photo()
    assert decode(photo[:2] + b"\xff\xfe\x00\x02" * 1000 + photo[2:]).width == 640
    with pytest.raises(BadInput) as said:
        decode(photo[:2] + b"\xff\xfe\x00\x02" * 6000 + photo[2:])
    assert said.value.code == "photo_incomplete"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_where_and_with_what_it_was_taken_is_not_kept(kind):
    given = a_photo(kind=kind, where=True, taken="2026:11:20 10:00:00", zone="+01:00")
    kept = decode(given).data
    assert b"Exif" not in kept
    assert b"SecretCam" not in kept
    assert dict(opened(kept).getexif()) == {}
    assert {"exif", "icc_profile", "comment", "xmp"}.isdisjoint(opened(kept).info)


def test_comments_and_profiles_of_a_jpeg_go_as_well():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = BytesIO()
    a_picture().save(out, "JPEG", comment=b"of Anna's phone", icc_profile=profile, xmp=b"<x>Anna</x>")
    kept = decode(out.getvalue()).data
    assert b"Anna" in out.getvalue()
    assert b"Anna" not in kept
    assert b"ICC_PROFILE" not in kept


def test_when_it_was_taken_is_only_believed_with_its_zone():
    taken = "2026:11:20 10:00:00"
    assert decode(a_photo(taken=taken, zone="+01:00")).taken_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert decode(a_photo(taken=taken)).taken_at is None
    assert decode(a_photo(taken="0000:00:00 00:00:00", zone="+01:00")).taken_at is None
    assert decode(a_photo()).taken_at is None


def test_a_large_photo_is_made_smaller_and_a_small_one_is_left():
    done = decode(a_photo((4000, 3000)))
    assert (done.width, done.height) == (LONGEST_SIDE, LONGEST_SIDE * 3 // 4)
    assert decode(a_photo((100, 50))).width == 100
    assert max(opened(thumbnail(done.data)).size) == THUMBNAIL_SIDE


def test_the_same_photo_makes_the_same_bytes():
    given = a_photo((1200, 900), where=True)
    assert decode(given).data == decode(given).data
    assert decode(given).original == decode(given).original
    assert decode(given).data != decode(a_photo((1200, 900), mark=9)).data


def test_a_picture_that_is_partly_clear_stands_on_white():
    out = BytesIO()
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(decode(out.getvalue()).data).getpixel((30, 30)) == (255, 255, 255)


def test_a_grey_picture_of_16_bits_is_not_made_white():
    out = BytesIO()
    Image.new("I;16", (60, 60), 0x4000).save(out, "PNG")
    red, _, _ = opened(decode(out.getvalue()).data).getpixel((30, 30))
    assert abs(red - 0x40) < 3


def test_200_megapixels_are_refused_before_they_are_unpacked():
    tracemalloc.start()
    with pytest.raises(BadInput, match="200 megapixels") as caught:
        decode(a_bomb())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.code == "photo_too_many_pixels"
    assert "ordinary setting" in caught.value.hint
    assert most < 20_000_000


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(photo_decoding, "LARGEST_FILE", 1000)
    with pytest.raises(BadInput) as caught:
        decode(a_photo())
    assert caught.value.code == "photo_file_too_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo_empty"),
        (b"%PDF-1.7 an invoice", "photo_not_one"),
        (b"GIF89a" + b"\0" * 50, "photo_not_one"),
        (b"\xff\xd8\xff", "photo_incomplete"),
        (a_photo()[:-2000], "photo_incomplete"),
        (a_photo(kind="PNG")[:-600], "photo_incomplete"),
        (a_photo(kind="WEBP")[:-300], "photo_incomplete"),
        (a_photo(kind="HEIF")[:-300], "photo_incomplete"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(data, code):
    with pytest.raises(BadInput) as caught:
        decode(data)
    assert caught.value.code == code
    assert caught.value.hint


_SEEDS = [
    a_photo((64, 48), kind=kind, where=True, taken="2026:11:20 10:00:00")
    for kind in ("JPEG", "PNG", "WEBP", "HEIF")
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(_SEEDS), st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=12))
def test_whatever_is_in_a_file_it_is_a_picture_or_a_sentence(seed, changes):
    data = bytearray(seed)
    for at, value in changes:
        data[at % len(data)] = value
    done = or_error(bytes(data))
    if isinstance(done, BadInput):
        assert done.code.startswith("photo_")
    else:
        assert opened(done.data).size == (done.width, done.height)


def or_error(data):
    try:
        return decode(data)
    except BadInput as error:
        return error


@pytest.mark.parametrize(("kind", "size"), [("PNG", (6000, 4100)), ("WEBP", (6000, 4100))])
def test_what_must_be_unpacked_as_a_whole_may_have_fewer_pixels(kind, size):
    data = BytesIO()
    Image.new("RGB", size).save(data, kind)
    with pytest.raises(BadInput, match="at most 24 are taken") as caught:
        decode(data.getvalue())
    assert caught.value.code == "photo_too_many_pixels"


def test_what_phones_take_at_most_by_themselves_is_taken():
    data = BytesIO()
    Image.new("RGB", (8064, 6048)).save(data, "JPEG")
    assert decode(data.getvalue()).width == 2560


def test_a_second_picture_behind_a_jpeg_makes_it_no_other_format():
    """Phones write a map of the brightness there (CIPA DC-007)."""
    data = BytesIO()
    behind = [Image.new("RGB", (800, 600))]
    Image.new("RGB", (8064, 6048), "red").save(data, "MPO", save_all=True, append_images=behind)
    done = decode(data.getvalue())
    assert (done.width, done.height) == (2560, 1920)
    assert is_red(opened(done.data), 20, 20)
