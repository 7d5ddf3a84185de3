"""The steps of a conversation with an iPhone, named once: where a fault can happen, and where a request belongs."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """One exchange with usbmuxd, lockdownd or a service; the value is what a person types."""

    LIST_DEVICES = "list-devices"
    LISTEN = "listen"
    READ_BUID = "read-buid"
    READ_RECORD = "read-record"
    SAVE_RECORD = "save-record"
    CONNECT = "connect"
    """usbmuxd's Connect to lockdownd's port."""
    QUERY_TYPE = "query-type"
    VALUES = "values"
    """GetValue of everything, before a session."""
    VALUES_IN_SESSION = "values-in-session"
    PUBLIC_KEY = "public-key"
    ONE_VALUE = "one-value"
    """GetValue of any other single key of the default domain."""
    DISK_USAGE = "disk-usage"
    BATTERY_LEVEL = "battery-level"
    FIND_MY = "find-my"
    OTHER_DOMAIN = "other-domain"
    PAIR = "pair"
    START_SESSION = "start-session"
    SESSION_TLS = "session-tls"
    OTHER_REQUEST = "other-request"
    START_RELAY = "start-relay"
    CONNECT_RELAY = "connect-relay"
    RELAY_TLS = "relay-tls"
    RELAY_BATTERY = "relay-battery"
    RELAY_DEVICE_TREE = "relay-device-tree"
    RELAY_OPTIONS = "relay-options"
    RELAY_GESTALT = "relay-gestalt"
    RELAY_OTHER = "relay-other"
    START_MCINSTALL = "start-mcinstall"
    CONNECT_MCINSTALL = "connect-mcinstall"
    MCINSTALL_TLS = "mcinstall-tls"
    CLOUD_CONFIGURATION = "cloud-configuration"
    PROFILE_LIST = "profile-list"
    START_ACTIVATION = "start-activation"
    CONNECT_ACTIVATION = "connect-activation"
    ACTIVATION_TLS = "activation-tls"
    ACTIVATION_STATE = "activation-state"
    START_APPS = "start-apps"
    CONNECT_APPS = "connect-apps"
    APPS_TLS = "apps-tls"
    APP_LOOKUP = "app-lookup"
    """installation_proxy's Lookup."""
    START_AFC2 = "start-afc2"
    """The service that a jailbroken phone alone has."""
    START_OTHER = "start-other"
    CONNECT_OTHER = "connect-other"
    OTHER_TLS = "other-tls"
    OTHER_SERVICE = "other-service"


STEPS = tuple(Step)
BUS = frozenset({Step.LIST_DEVICES, Step.LISTEN, Step.READ_BUID})
"""Steps of usbmuxd alone, before it is about one phone."""

_SERVICES = {
    "com.apple.mobile.diagnostics_relay": "relay",
    "com.apple.mobile.MCInstall": "mcinstall",
    "com.apple.mobileactivationd": "activation",
    "com.apple.mobile.installation_proxy": "apps",
    "com.apple.afc2": "afc2",
}
_DOMAINS = {
    "com.apple.disk_usage": Step.DISK_USAGE,
    "com.apple.disk_usage.factory": Step.DISK_USAGE,
    "com.apple.mobile.battery": Step.BATTERY_LEVEL,
    "com.apple.fmip": Step.FIND_MY,
}
_ENTRIES = {
    "IOPMPowerSource": Step.RELAY_BATTERY,
    "AppleSmartBattery": Step.RELAY_BATTERY,
    "AppleARMPMUCharger": Step.RELAY_BATTERY,
    "device-tree": Step.RELAY_DEVICE_TREE,
    "options": Step.RELAY_OPTIONS,
}
_REQUESTS = {
    "QueryType": Step.QUERY_TYPE,
    "Pair": Step.PAIR,
    "StartSession": Step.START_SESSION,
}
_PROFILES = {
    "GetCloudConfiguration": Step.CLOUD_CONFIGURATION,
    "GetProfileList": Step.PROFILE_LIST,
}


def of_lockdown(request: Mapping[str, Any], *, in_session: bool) -> Step:
    """Return the step of a request to lockdownd."""
    verb = str(request.get("Request"))
    if verb == "GetValue":
        return _of_value(request.get("Domain"), request.get("Key"), in_session=in_session)
    if verb == "StartService":
        return of_service("start", str(request.get("Service")))
    return _REQUESTS.get(verb, Step.OTHER_REQUEST)


def _of_value(domain: object, key: object, *, in_session: bool) -> Step:
    if domain:
        return _DOMAINS.get(str(domain), Step.OTHER_DOMAIN)
    if key is None:
        return Step.VALUES_IN_SESSION if in_session else Step.VALUES
    return Step.PUBLIC_KEY if key == "DevicePublicKey" else Step.ONE_VALUE


def of_service(what: str, service: str) -> Step:
    """Return the step of starting a service (``start``) or connecting to it (``connect``)."""
    return Step(f"{what}-{_SERVICES.get(service, 'other')}")


def of_tls(service: str) -> Step:
    """Return the step of a service's TLS handshake."""
    return Step(f"{_SERVICES.get(service, 'other')}-tls")


def of_relay(request: Mapping[str, Any]) -> Step:
    """Return the step of a request to diagnostics_relay."""
    if request.get("Request") == "MobileGestalt":
        return Step.RELAY_GESTALT
    asked = request.get("EntryClass") or request.get("EntryName")
    return _ENTRIES.get(str(asked), Step.RELAY_OTHER)


def of_mcinstall(verb: str) -> Step:
    """Return the step of a request to MCInstall."""
    return _PROFILES.get(verb, Step.OTHER_SERVICE)


def of_apps(command: str) -> Step:
    """Return the step of a command to installation_proxy."""
    return Step.APP_LOOKUP if command == "Lookup" else Step.OTHER_SERVICE


def group(name: str) -> frozenset[Step]:
    """Return the steps that a word of the fault catalogue stands for, be it a group's or one step's.

    Raises:
        ValueError: There is no such group or step.
    """
    return _GROUPS[name] if name in _GROUPS else frozenset({Step(name)})


_TLS = frozenset(step for step in Step if step.endswith("-tls"))
_STARTS = frozenset(step for step in Step if step.startswith("start-") and step is not Step.START_SESSION)
_MUX = (
    frozenset(step for step in Step if step.startswith("connect"))
    | BUS
    | {
        Step.READ_RECORD,
        Step.SAVE_RECORD,
    }
)
_LOCKDOWN = frozenset(
    {
        Step.QUERY_TYPE, Step.VALUES, Step.VALUES_IN_SESSION, Step.PUBLIC_KEY, Step.ONE_VALUE, Step.DISK_USAGE,
        Step.BATTERY_LEVEL, Step.FIND_MY, Step.OTHER_DOMAIN, Step.PAIR, Step.START_SESSION, Step.OTHER_REQUEST,
    }
)  # fmt: skip
_RELAY = frozenset(step for step in Step if step.startswith("relay-")) - _TLS
_ALL = frozenset(Step)
_GROUPS: Mapping[str, frozenset[Step]] = {
    "bus": BUS,
    "mux": _MUX,
    "lockdown": _LOCKDOWN | _STARTS,
    "starts": _STARTS,
    "relay": _RELAY,
    "handshakes": _TLS,
    "answers": _ALL - _TLS - _MUX,
    "everything": _ALL,
    "spoken": _ALL - _TLS,
}
