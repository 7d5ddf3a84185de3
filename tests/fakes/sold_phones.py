"""A shop that buys phones, so that a test can sell them."""

from __future__ import annotations

from tests.fakes.inspections import best_answers
from tests.fakes.shops import IMEI, UDID, PaperShop, a_reading
from tradein_app.services.records import THE_PERSON, InspectionRecord


def buy(
    shop: PaperShop,
    *,
    device: str = UDID,
    serial: str | None = "F2LXXXXXXX",
    imei: str | None = IMEI,
    anew: bool = False,
) -> InspectionRecord:
    """Take a phone in, answer, quote and accept; return the deal."""
    reading = a_reading(device=device, serial=serial, imei=imei)
    taken = shop.desk.take_in(reading, actor=THE_PERSON, anew=anew)
    shop.desk.answer(taken.id, best_answers(), actor=THE_PERSON)
    shop.desk.quote(taken.id, actor=THE_PERSON)
    return shop.desk.accept(taken.id, actor=THE_PERSON, document=None)
