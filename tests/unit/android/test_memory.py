"""The memory: as its maker wrote it, else as the kernel shows it; never the swap."""

from __future__ import annotations

import pytest

from diagnostics.android import memory
from diagnostics.android.memory import memory_size
from diagnostics.android.parsers import meminfo
from tests.fakes.android import answers, builder

_MEMINFO = """\
MemTotal:       {total} kB
MemFree:          214308 kB
MemAvailable:    3103204 kB
SwapTotal:       8388604 kB
SwapFree:        4108288 kB
"""


def _memory(total: int | None = None, **properties: str):
    building = builder()
    named = {name.replace("__", "."): value for name, value in properties.items()}
    texts = answers(meminfo=_MEMINFO.format(total=total)) if total else answers(meminfo="")
    memory.fill(building, named, texts)
    return building.build()


@pytest.mark.parametrize(
    ("kibibytes", "gigabytes"),
    [(7_585_304, 8), (3_731_028, 4), (11_519_788, 12), (5_650_000, 6), (1_880_000, 2), (23_600_000, 24)],
)
def test_the_memory_on_the_box(kibibytes, gigabytes):
    assert _memory(kibibytes).storage.ram_gb == gigabytes


def test_swap_that_is_sold_as_memory_is_none():
    assert meminfo.total(_MEMINFO.format(total=3_731_028)) == 3_731_028 * 1024


@pytest.mark.parametrize(
    ("name", "value", "gigabytes"),
    [
        ("ro__boot__hardware__ddr", "8GiB,Samsung,LPDDR5", 8),
        ("ro__vendor__hw__ram", "12GB", 12),
        ("ro__boot__ddr_size", "6G", 6),
        ("ro__boot__ddr_size", "8192MB", 8),
        ("ro__boot__ddr_size", "12288M", 12),
        ("ro__boot__ddr_size", "[8GiB]", 8),
        ("ro__boot__ddr_size", "17179869184", 16),
    ],
)
def test_what_the_maker_wrote_goes_first(name, value, gigabytes):
    reading = _memory(gigabytes * 950_000, **{name: value})
    assert reading.storage.ram_gb == gigabytes
    assert reading.evidence["storage.ram_gb"].raw == value


@pytest.mark.parametrize(
    "wrong", ["7GB", "4GB", "-1GB", "GB", "99999999999GB", "8 bananas", "3968MB", "1", "8589934593", "8G-B1"]
)
def test_what_the_maker_wrote_and_cannot_be_is_passed_over(wrong):
    assert _memory(7_585_304, ro__vendor__hw__ram=wrong).storage.ram_gb == 8


@pytest.mark.parametrize("kibibytes", [6_700_000, 60_000_000, 100_000])
def test_memory_that_fits_no_box_is_not_guessed(kibibytes):
    reading = _memory(kibibytes)
    assert reading.storage.ram_gb is None
    assert {p.code for p in reading.problems if p.field == "storage.ram_gb"} == {"implausible"}


def test_a_phone_that_does_not_tell():
    reading = _memory()
    assert {p.code for p in reading.problems if p.field == "storage.ram_gb"} == {"absent"}


def test_the_size_grows_with_the_memory():
    sizes = [memory_size(mebi * 2**20) for mebi in range(900, 25_000, 10)]
    known = [size for size in sizes if size]
    assert known == sorted(known)
