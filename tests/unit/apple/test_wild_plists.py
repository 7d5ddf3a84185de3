"""Whatever a phone answers: nothing raises, and nothing implausible is passed on."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from diagnostics.apple.battery import is_gauge, read_gauge, read_level
from diagnostics.apple.findmy import sign_of_fmip, signs_of_nvram
from diagnostics.apple.identity import guess_a_number, read_a_number, read_identity
from diagnostics.apple.locks import explain_owner, read_activation, read_owner, read_screen
from diagnostics.apple.mdm import read_mdm
from diagnostics.apple.sim import read_sim
from diagnostics.apple.storage import BOX_SIZES_GB, read_storage
from diagnostics.codec import from_json, to_json
from diagnostics.imei import is_imei
from diagnostics.messages import message
from diagnostics.model import LockState
from tests.unit.apple.builders import builder

KEYS = st.sampled_from(
    [
        "NominalChargeCapacity", "DesignCapacity", "AppleRawMaxCapacity", "CycleCount", "BatteryData", "MaxCapacity",
        "Temperature", "BuildVersion", "PayloadOrganization",
        "BatteryCurrentCapacity", "TotalDiskCapacity", "AmountDataAvailable", "TotalDataAvailable", "ProductType",
        "ModelNumber", "RegionInfo", "SerialNumber", "ProductVersion", "DeviceClass", "DeviceColor", "ActivationState",
        "BrickState", "InternationalMobileEquipmentIdentity", "InternationalMobileEquipmentIdentity2", "SIMStatus",
        "PasswordProtected", "NonVolatileRAM", "fm-spstatus", "fm-activation-locked", "fm-account-masked",
        "IsSupervised", "IsMandatory", "OrganizationName", "ConfigurationURL", "ProfileMetadata", "OrderedIdentifiers",
    ]
)  # fmt: skip
SCALARS = st.one_of(
    st.booleans(),
    st.integers(min_value=-(2**63), max_value=2**64),
    st.integers(min_value=-10, max_value=8000),
    st.floats(),
    st.text(max_size=30),
    st.binary(max_size=30),
    st.none(),
    st.sampled_from(
        ["Activated", "Unactivated", "iPhone14,5", "MLPF3", "YES", "NO", "WUVT", "490154203237518"]
    ),
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001  plists have no zone
)
PLISTS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=8),
    max_leaves=20,
)
ROOTS = PLISTS | st.dictionaries(KEYS, PLISTS, max_size=20)


@given(values=ROOTS, entry=ROOTS, domain=ROOTS, enclosure=SCALARS)
def test_no_answer_breaks_the_reader_or_passes_a_wrong_value_on(values, entry, domain, enclosure):
    made = builder()
    read_identity(values, made, enclosure=enclosure)
    read_activation(values, made)
    read_level(domain, made)
    read_gauge(entry, made)
    read_storage(domain, made)
    read_mdm(domain, entry, made, activated=True)
    read_owner([sign_of_fmip(enclosure), *signs_of_nvram(entry, "x")], values, made)
    explain_owner(made)
    read_screen(values, made)
    read_sim(values, made)
    read_a_number(enclosure, "IORegistry device-tree regulatory-model-number", made)
    guess_a_number(values, made)
    assert is_gauge(entry) in (True, False)
    reading = made.build()
    battery, storage, identity = reading.battery, reading.storage, reading.identity
    assert battery.health_percent is None or 1 <= battery.health_percent <= 100
    assert battery.cycle_count is None or 0 <= battery.cycle_count <= 5000
    assert battery.level_percent is None or 0 <= battery.level_percent <= 100
    assert battery.design_mah is None or 500 <= battery.design_mah <= 20_000
    assert battery.temperature_c is None or -20 <= battery.temperature_c <= 80
    assert battery.full_mah is None or battery.full_mah >= 100
    assert storage.capacity_gb is None or storage.capacity_gb in BOX_SIZES_GB
    assert (
        storage.free_bytes is None or storage.total_bytes is None or storage.free_bytes <= storage.total_bytes
    )
    assert all(imei is None or is_imei(imei) for imei in (identity.imei, identity.imei2))
    assert reading.locks.find_my is not LockState.OFF
    assert reading.locks.account is not LockState.OFF
    assert not identity.imei or identity.imei != identity.imei2
    assert reading.sim.status is None or "sim.status" in reading.evidence
    assert reading.management.supervised in {None, True, False}
    assert from_json(to_json(reading)).battery == battery
    assert all(message(problem, language) for problem in reading.problems for language in ("en", "fr"))
    assert to_json(reading)["platform"] == "ios"
