"""Linux's own list of USB devices."""

from __future__ import annotations

from pathlib import Path

from diagnostics.sysfs import slot_at, text_of


def test_an_address_leads_to_the_port_chain(tmp_path: Path) -> None:
    for name, number in {"usb1": 1, "1-2": 4, "1-2.3": 17, "1-2.3:1.0": 17, "2-2.3": 17}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "devnum").write_text(f"{number}\n")
    assert slot_at(1, 17, tmp_path) == "1-2.3"
    assert slot_at(2, 17, tmp_path) == "2-2.3"
    assert slot_at(1, 99, tmp_path) is None
    assert slot_at(1, 17, tmp_path / "no sysfs here") is None


def test_an_attribute_that_is_not_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "1-2").mkdir()
    (tmp_path / "1-2" / "serial").write_text("R5CT000000A\n")
    assert text_of("1-2", "serial", tmp_path) == "R5CT000000A"
    assert text_of("1-2", "product", tmp_path) is None
