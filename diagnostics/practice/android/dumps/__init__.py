"""What ``dumpsys`` prints on a practice phone, service by service, in the words of real phones."""

from __future__ import annotations

from collections.abc import Callable

from diagnostics.practice.android.dumps.account import account_dump
from diagnostics.practice.android.dumps.activity import broadcasts_dump
from diagnostics.practice.android.dumps.battery import battery_dump, battery_statistics_dump
from diagnostics.practice.android.dumps.health import HEALTH_SERVICE, health_dump
from diagnostics.practice.android.dumps.locks import (
    data_block_dump,
    lock_settings_dump,
    trust_dump,
    window_dump,
)
from diagnostics.practice.android.dumps.policy import policy_dump
from diagnostics.practice.android.dumps.storage import disk_statistics_dump
from diagnostics.practice.android.phone import PracticeAndroid

Dump = Callable[[PracticeAndroid], "str | None"]

DUMPS: dict[str, Dump] = {
    "account": account_dump,
    "activity": broadcasts_dump,
    "battery": battery_dump,
    "batterystats": battery_statistics_dump,
    "device_policy": policy_dump,
    "diskstats": disk_statistics_dump,
    HEALTH_SERVICE: health_dump,
    "lock_settings": lock_settings_dump,
    "persistent_data_block": data_block_dump,
    "trust": trust_dump,
    "window": window_dump,
}


def dump(phone: PracticeAndroid, service: str) -> str | None:
    """Return what a service prints, or ``None`` when this phone has no such service (or has not booted yet)."""
    known = DUMPS.get(service)
    return known(phone) if known is not None and phone.booted else None


def services(phone: PracticeAndroid) -> list[str]:
    """Return the services that this phone has, sorted."""
    return sorted(name for name in DUMPS if dump(phone, name) is not None)
