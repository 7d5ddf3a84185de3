"""``tradein practice``: runs the practice bench, or drives one that runs."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from diagnostics.errors import BadInput, ServiceMissing
from tradein_app.cli.output import put_exactly, put_json, put_table, say

if TYPE_CHECKING:
    from diagnostics.practice.catalogue import Catalogue
    from diagnostics.practice.records import PracticePhoneInfo

ADDRESS = "TRADEIN_PRACTICE"
SCHEMA = "tradein/practice-1"
_POLL = 0.5


def run_bench(phones: int, *, as_json: bool) -> int:
    """Run a bench until SIGINT or SIGTERM; prints how clients find it.

    Args:
        phones: How many altogether; iPhones get the odd one.
        as_json: One JSON document in place of ``NAME=value`` lines.
    """
    from diagnostics.practice.bench import PracticeThread

    ended = _on_signals()
    try:
        bench = PracticeThread(iphones=(phones + 1) // 2, androids=phones // 2)
        with bench:
            _announce(bench.environment(), bench.phones(), as_json=as_json)
            while not ended.wait(_POLL):
                pass
    except OSError as error:
        raise ServiceMissing(
            f"The practice bench cannot listen on 127.0.0.1: {error.strerror}.", code="no_port"
        ) from error
    return 0


def list_phones(*, as_json: bool) -> int:
    """Print the phones of a running bench; returns the exit status."""
    _print_phones(_client().phones(), as_json=as_json)
    return 0


def drive(command: str, phone: str) -> int:
    """Do something to a phone of a running bench; returns the exit status."""
    client = _client()
    before = client.phones()
    after = client.send(command, phone)
    pairs = zip(before, after, strict=True)
    meant = next((pair for pair in pairs if phone in (pair[0].id, pair[0].name)), None)
    say(f"{command}: {phone}{_effect(command, *meant) if meant else ''}")
    return 0


def _effect(command: str, before: PracticePhoneInfo, after: PracticePhoneInfo) -> str:
    """Return what a command came to where its name does not say it; nothing may have changed."""
    if command in {"plug", "unplug"} and before == after:
        return f": nothing changed, its cable is {'in' if after.plugged else 'out'} already"
    if command != "drop":
        return ""
    if not before.plugged:
        return ": its cable is out, so there is no link to break"
    if after.side == "android":
        return ": its link breaks in every answer from now on, until: tradein practice wake"
    return ": its next answer breaks off in the middle, as if its cable were pulled"


def put_fault(target: str, fault: str, step: str, times: int) -> int:
    """Give a phone of a running bench, ``usbmuxd`` or ``adb`` a fault; returns the exit status."""
    _client().fault(target, fault, step, times)
    say(f"{_where(fault, step)}: {target}")
    return 0


def clear_fault(target: str) -> int:
    """Take the fault of a phone of a running bench, of ``usbmuxd`` or of ``adb`` away; returns the exit status."""
    _client().clear(target)
    say(f"clear: {target}")
    return 0


def list_faults(*, as_json: bool) -> int:
    """Print what there is to practise, and the steps where each fault can be put; needs no running bench."""
    from diagnostics.practice.catalogues import CATALOGUES

    if as_json:
        ios, android = (_fault_document(known) for known in CATALOGUES.values())
        put_json({"schema": SCHEMA, **ios, "android": android})
        return 0
    for side, known in CATALOGUES.items():
        faults = known.faults.values()
        words = [fault.words.get(_language()) or fault.words["en"] for fault in faults]
        movable = ["--at" if fault.movable else "" for fault in faults]
        put_table(
            (f"Fault ({side})", "Steps", "Practises"), list(zip(known.faults, movable, words, strict=True))
        )
    say("With --at a fault happens at another step; which steps there are: tradein practice faults --json")
    return 0


def _fault_document(known: Catalogue[Any, Any]) -> dict[str, Any]:
    from diagnostics.practice.catalogue import BUS, PHONE

    rows = [
        {"id": fault.id, "group": fault.group, "target": fault.target, "words": dict(fault.words)}
        | {"steps": [*known.steps(fault.id, BUS), *known.steps(fault.id, PHONE)]}
        for fault in known.faults.values()
    ]
    return {"faults": rows, "steps": list(known.places.steps)}


def put_mode(phone: str, mode: str) -> int:
    """Put a phone of a running bench in another mode; returns the exit status."""
    _print_phones(_client().mode(phone, mode), as_json=False)
    return 0


def list_requests(phone: str, *, changes: bool, as_json: bool) -> int:
    """Print what the phones of a running bench and the services in front of them were asked; returns the exit status.

    Args:
        phone: An id or name; empty for all.
        changes: Only what changes a phone or its records.
        as_json: One JSON document.
    """
    client = _client()
    udid = next((info.id for info in client.phones() if phone in (info.id, info.name)), phone)
    requests = client.requests(udid, changes=changes)
    if as_json:
        put_json({"schema": SCHEMA, "requests": [entry.to_json() for entry in requests]})
        return 0
    cells = [
        (entry.udid, entry.channel, entry.verb, _details(entry.details), "changes" if entry.changes else "")
        for entry in requests
    ]
    put_table(("Phone", "Channel", "Request", "Details", ""), cells)
    return 0


def _details(details: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in details.items())


def _language() -> str:
    from tradein_app.config import load_config

    return load_config(os.environ).language


def _where(fault: str, step: str) -> str:
    return f"{fault} at {step}" if fault and step else fault


def _client() -> Any:
    from diagnostics.practice.control import PracticeClient

    address = os.environ.get(ADDRESS, "")
    if not address:
        raise BadInput(
            f"{ADDRESS} is not set, so no practice bench can be found.",
            "Set it to what `tradein practice` printed.",
            "no_practice",
        )
    return PracticeClient(address)


def _on_signals() -> threading.Event:
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    return ended


def _announce(environment: dict[str, str], phones: Sequence[PracticePhoneInfo], *, as_json: bool) -> None:
    if as_json:
        put_json({"schema": SCHEMA, "environment": environment, "phones": _rows(phones)})
        return
    put_exactly("\n".join(f"{name}={value}" for name, value in environment.items()))
    say(f"The practice bench runs with {len(phones)} phones; end it with Ctrl+C.")
    say("Point clients at it with the variables above; then: tradein practice list")


def _print_phones(phones: Sequence[PracticePhoneInfo], *, as_json: bool) -> None:
    if as_json:
        put_json({"schema": SCHEMA, "phones": _rows(phones)})
        return
    cells = [
        (
            info.id,
            info.name,
            info.side,
            info.title,
            "in" if info.plugged else "out",
            info.mode or "running",
            info.trust,
            _where(info.fault, info.step),
        )
        for info in phones
    ]
    put_table(("Id", "Name", "Side", "Character", "Cable", "Mode", "Trust", "Fault"), cells)


def _rows(phones: Sequence[PracticePhoneInfo]) -> list[dict[str, Any]]:
    import dataclasses

    return [dataclasses.asdict(info) for info in phones]
