"""The names of what an iPhone is asked: what answers are remembered and understood by."""

from __future__ import annotations

from collections.abc import Mapping

VALUES = "GetValue"
VALUES_IN_SESSION = "GetValue in a session"
ENCLOSURE = "DeviceEnclosureColor"
LEVEL = "com.apple.mobile.battery"
DISK = "com.apple.disk_usage"
FIND_MY = "com.apple.fmip IsAssociated"
AFC2 = "starts com.apple.afc2"
JAILBREAK_APPS = "installation_proxy Lookup"
OPTIONS = "IORegistry options"
DEVICE_TREE = "IORegistry device-tree"
GESTALT = "MobileGestalt"
CLOUD = "GetCloudConfiguration"
PROFILES = "GetProfileList"
OF_LOCKS = frozenset({VALUES, VALUES_IN_SESSION, FIND_MY, AFC2, JAILBREAK_APPS, OPTIONS, CLOUD, PROFILES})
"""Whose answers tell of locks: what they said once proves nothing later."""
GAUGES: Mapping[str, Mapping[str, str]] = {
    "IORegistry IOPMPowerSource": {"ioclass": "IOPMPowerSource"},
    "IORegistry AppleSmartBattery": {"name": "AppleSmartBattery"},
    "IORegistry AppleARMPMUCharger": {"name": "AppleARMPMUCharger"},
}
"""The class fits all phones; the names are those from iPhone 8 on, and before (libimobiledevice #1095, #660)."""
