"""What a phone told over MTP becomes a reading that claims no more than was told."""

from __future__ import annotations

from diagnostics.building import ReadingBuilder
from diagnostics.codec import from_json, to_json
from diagnostics.messages import message, problem_codes
from diagnostics.model import DeviceId, Platform, Quality, Reading, State, Transport
from diagnostics.ports import Sighting
from diagnostics.usb import mtp_datasets, mtp_values, pipe
from diagnostics.usb.mtp import MtpFacts, MtpRefused
from tests.fakes.sources import FixedClock
from tests.usb_bench import mtp_phone

SEEN = Sighting("1-2@5", DeviceId("usb:1-2"), Platform.ANDROID, Transport.USB, "1-2", State.DEBUGGING_OFF)
INFO = mtp_datasets.device_info(mtp_phone.device_info())
INTERNAL = mtp_datasets.Storage(*mtp_phone.INTERNAL[1:])
CARD = mtp_datasets.Storage(*mtp_phone.CARD[1:])


def reading(facts: MtpFacts, serial: str | None = None) -> Reading:
    builder = ReadingBuilder(SEEN, FixedClock())
    if serial:
        builder.put("identity.serial", serial, "USB serial string", raw=serial)
    mtp_values.fill(builder, facts)
    return builder.build("debugging_off")


def why(found: Reading, field: str) -> str | None:
    return next((problem.code for problem in found.problems if problem.field == field), None)


def test_maker_name_code_size_free_and_level_have_their_evidence() -> None:
    found = reading(MtpFacts(INFO, (INTERNAL, CARD), 83), "R58N12ABCDE")
    assert (found.identity.manufacturer, found.identity.model) == ("Samsung", "Galaxy A51")
    assert (found.identity.model_code, found.identity.serial) == ("SM-A515F", "R58N12ABCDE")
    assert (found.storage.capacity_gb, found.storage.total_bytes) == (128, 112_871_043_072)
    assert found.storage.free_bytes == 63_215_017_984
    assert found.evidence["storage.free_bytes"].quality is Quality.ESTIMATE
    assert found.battery.level_percent == 83
    assert found.state is State.DEBUGGING_OFF
    assert found.evidence["identity.serial@mtp"].quality is Quality.REJECTED
    assert from_json(to_json(found)) == found


def test_androids_made_up_serial_is_never_the_phones() -> None:
    assert reading(MtpFacts(INFO, (INTERNAL,), 83)).identity.serial is None


def test_no_storages_mean_a_locked_phone_or_one_that_only_charges_never_0_gb() -> None:
    found = reading(MtpFacts(INFO, (), 83))
    assert found.state is State.CHARGING_ONLY
    assert (found.storage.capacity_gb, found.storage.total_bytes, found.storage.free_bytes) == (
        None,
        None,
        None,
    )
    assert "File transfer" in message(next(p for p in found.problems if p.field == "storage.capacity_gb"))


def test_a_card_alone_is_not_the_phones_storage() -> None:
    found = reading(MtpFacts(INFO, (CARD,), 83))
    assert found.storage.total_bytes is None
    assert why(found, "storage.capacity_gb") == "absent"
    assert found.state is State.DEBUGGING_OFF


def test_more_free_than_there_is_is_nonsense_and_the_size_stays() -> None:
    found = reading(
        MtpFacts(INFO, (mtp_datasets.Storage(3, 270_000_000_000, 1_200_000_000_000_000, "x"),), None)
    )
    assert found.storage.free_bytes is None
    assert why(found, "storage.free_bytes") == "implausible"
    assert found.storage.total_bytes == 270_000_000_000


def test_a_size_that_no_phone_has_is_withheld() -> None:
    for capacity in (0, 2**64 - 1):
        found = reading(MtpFacts(INFO, (mtp_datasets.Storage(3, capacity, 0, "x"),), None))
        assert found.storage.total_bytes is None
        assert why(found, "storage.capacity_gb") == "implausible"


def test_level_0_and_no_level_are_not_offered_and_more_than_100_is_nonsense() -> None:
    for level, code in ((0, "absent"), (None, "absent"), (101, "implausible")):
        found = reading(MtpFacts(INFO, (INTERNAL,), level))
        assert found.battery.level_percent is None
        assert why(found, "battery.level_percent") == code


def test_an_unknown_code_is_a_hint_for_a_name_and_texts_are_plain() -> None:
    info = mtp_datasets.device_info(mtp_phone.device_info(maker="Acme\u202e\n", model="ZZ-1\t" + "x" * 200))
    found = reading(MtpFacts(info, (INTERNAL,), None))
    assert found.identity.manufacturer == "Acme"
    assert found.identity.model is not None
    assert len(found.identity.model) <= 120
    assert found.evidence["identity.model"].quality is Quality.HINT


def test_each_way_in_which_it_can_fail_has_words() -> None:
    errors = (
        pipe.PipeLost(), pipe.PipeSilent(), pipe.PipeHeld("another program"), pipe.PipeForbidden(),
        pipe.PipeMissing(), pipe.PipeStopped(), pipe.PipeError("stall"), MtpRefused(0x2013), MtpRefused(0x2002),
    )  # fmt: skip
    for error in errors:
        assert error.code in problem_codes()
        found = reading(MtpFacts(INFO, None, None, {"storages": error}))
        assert why(found, "storage.total_bytes") == error.code
        builder = ReadingBuilder(SEEN, FixedClock())
        mtp_values.explain(builder, error)
        problem = builder.build("debugging_off").problems[0]
        assert problem.code == error.code
        assert "{" not in message(problem)
        assert "–" not in message(problem)
