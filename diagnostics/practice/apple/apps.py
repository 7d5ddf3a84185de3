"""com.apple.mobile.installation_proxy: which apps there are, read only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from diagnostics.practice.apple import steps
from diagnostics.practice.apple.channel import Channel
from diagnostics.practice.apple.phone import PracticeIphone
from resources.opening import load_toml

DATA = "practice/apps.toml"
Answer = dict[str, Any]
READS = frozenset({"Lookup", "Browse", "LookupArchives", "CheckCapabilitiesMatch"})
AT_ONCE = 5
"""So many apps are in one message of Browse."""
_ASKED = ("ApplicationType", "BundleIDs", "ReturnAttributes")


async def talk(phone: PracticeIphone, channel: Channel, name: str) -> None:
    """Answer commands until the connection ends; Browse by several messages, every other one by one."""
    while True:
        request = await channel.receive()
        command, options = str(request.get("Command")), _options(request)
        asked = {key: options[key] for key in _ASKED if key in options}
        phone.note(name, command, changes=command not in READS, **asked)
        step = steps.of_apps(command)
        word = phone.troubles.refusal(step)
        for answer in _answers(phone, command, options) if word is None else [_refused(word)]:
            await phone.say(channel, answer, step)


def _options(request: Mapping[str, Any]) -> Mapping[str, Any]:
    options = request.get("ClientOptions")
    return options if isinstance(options, dict) else {}


def _answers(phone: PracticeIphone, command: str, options: Mapping[str, Any]) -> Iterator[Answer]:
    if command == "Lookup":
        yield {"LookupResult": dict(_chosen(phone, options)), "Status": "Complete"}
    elif command == "Browse":
        yield from _pages([app for _, app in _chosen(phone, options)])
    else:
        yield _refused("APIInternalError" if command in READS else "APIAccessDenied")


def _pages(apps: list[Answer]) -> Iterator[Answer]:
    for index in range(0, len(apps), AT_ONCE):
        page = apps[index : index + AT_ONCE]
        place = {"CurrentAmount": len(page), "CurrentIndex": index, "Total": len(apps)}
        yield {**place, "CurrentList": page, "Status": "BrowsingApplications"}
    yield {"Status": "Complete"}


def _chosen(phone: PracticeIphone, options: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    """Yield the apps that the options want, each with the attributes that they want; not installed ones not at all."""
    kind, wanted = options.get("ApplicationType", "Any"), options.get("BundleIDs")
    attributes = options.get("ReturnAttributes")
    for name, app in {**load_toml(DATA), **phone.character.apps}.items():
        fits = kind in ("Any", app["ApplicationType"])
        if fits and (wanted is None or name in wanted):
            told = {"CFBundleIdentifier": name, **app}
            yield name, {key: value for key, value in told.items() if not attributes or key in attributes}


def _refused(word: str) -> Answer:
    return {"Error": word, "ErrorDescription": f"{word}."}
