"""com.apple.mobile.diagnostics_relay: the IORegistry, the gas gauge and MobileGestalt; never Restart and the like."""

from __future__ import annotations

from typing import Any

from diagnostics.practice.apple import registry, steps
from diagnostics.practice.apple.channel import Channel
from diagnostics.practice.apple.phone import PracticeIphone

CHANGES = frozenset({"Restart", "Shutdown", "Sleep"})
READS = frozenset({"IORegistry", "MobileGestalt", "GasGauge", "HDMI", "NAND", "WiFi", "All", "Goodbye"})
SUCCESS = {"Status": "Success"}


async def talk(phone: PracticeIphone, channel: Channel, name: str) -> None:
    """Answer requests until Goodbye."""
    while True:
        request = await channel.receive()
        verb = str(request.get("Request"))
        _note(phone, name, verb, request)
        step = steps.of_relay(request)
        word = phone.troubles.refusal(step)
        answer = _answer(phone, verb, request) if word is None else {"Status": word}
        await phone.say(channel, answer, step)
        if verb == "Goodbye":
            return


def _note(phone: PracticeIphone, name: str, verb: str, request: dict[str, Any]) -> None:
    asked = ("EntryName", "EntryClass", "CurrentPlane", "MobileGestaltKeys")
    details = {key: request[key] for key in asked if key in request}
    phone.note(name, verb, changes=verb not in READS, **details)


def _answer(phone: PracticeIphone, verb: str, request: dict[str, Any]) -> dict[str, Any]:
    if verb == "Goodbye":
        return SUCCESS
    if verb == "IORegistry":
        return _registry(phone, request)
    if verb == "MobileGestalt":
        keys = [str(key) for key in request.get("MobileGestaltKeys", ())]
        gestalt = registry.gestalt(phone.character, phone.ids, keys)
        return {**SUCCESS, "Diagnostics": {"MobileGestalt": gestalt}}
    reports = _reports(phone)
    if verb in reports or verb == "All":
        chosen = reports if verb == "All" else {verb: reports[verb]}
        return {**SUCCESS, "Diagnostics": chosen}
    return {"Status": "Failure" if verb in CHANGES else "UnknownRequest"}


def _registry(phone: PracticeIphone, request: dict[str, Any]) -> dict[str, Any]:
    name, entry_class = request.get("EntryName"), request.get("EntryClass")
    if name is None and entry_class is None:
        # planes have come back empty since iOS 9 (libimobiledevice #263, #1255)
        return {**SUCCESS, "Diagnostics": {"IORegistry": {}}}
    found = registry.entry(phone.character, phone.ids, name, entry_class)
    return SUCCESS if found is None else {**SUCCESS, "Diagnostics": {"IORegistry": found}}


def _reports(phone: PracticeIphone) -> dict[str, Any]:
    return {
        "GasGauge": registry.gas_gauge(phone.character),
        "HDMI": {"Connection": "N/A", "Status": "Success"},
        "NAND": {"Status": "Success"},
        "WiFi": {"Active": True, "Roaming": False, "Scaling": True, "Status": "Success"},
    }
