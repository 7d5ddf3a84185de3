"""What is wrong with a cable or a slot, in words: each verdict of the bus has some."""

from __future__ import annotations

from dataclasses import replace

from diagnostics.building import unread
from diagnostics.model import Problem
from tests.fakes.sources import sighting
from tradein_app.viewmodels.cables import CODES, cable_advice, cable_word, wants_hands


def test_a_phone_that_restarts_for_ever_says_so_in_words_and_with_what_to_do() -> None:
    loop = Problem("", "usb_boot_loop", {"times": "12", "seconds": "180"})
    reading = replace(unread(sighting("A")), problems=(loop,))
    assert cable_word(reading) == "restarts by itself"
    assert "12 times in 180 seconds" in cable_advice(reading, "en")
    assert "180 secondes" in cable_advice(reading, "fr")
    assert not wants_hands(reading)


def test_every_code_has_a_word() -> None:
    for code in CODES:
        problem = Problem("", code, {"times": "4", "seconds": "30", "speed": "12"})
        assert cable_word(replace(unread(sighting("A")), problems=(problem,)))
