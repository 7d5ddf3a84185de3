"""Puts the locks into a reading. ``off`` needs positive evidence; everything else is ``unknown`` with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from diagnostics.android import boot_locks
from diagnostics.android.asking import Answers
from diagnostics.android.parsers import accounts, device_policy, locking
from diagnostics.android.refusals import explain, is_whole, text
from diagnostics.android.rules import rules
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState
from diagnostics.text import plain

_ON, _OFF = LockState.ON, LockState.OFF
_COMPANY = "ro.organization_owned"
"""Whether an organisation owns the whole phone (AOSP sepolicy, property_contexts: set by the system at each start)."""


def fill(builder: ReadingBuilder, properties: Mapping[str, str], answers: Answers) -> None:
    """Put what is proved, and say of the rest why it is not."""
    boot_locks.fill(builder, properties, answers)
    _fill_account(builder, answers)
    _fill_management(builder, properties, answers)
    _fill_screen(builder, answers)
    _fill_activation(builder, answers)
    builder.problem("locks.find_my", "not_readable")


def _fill_account(builder: ReadingBuilder, answers: Answers) -> None:
    """On with any account that a reset phone asks for; off where all were listed and none is of that sort."""
    found = accounts.parse(text(answers, "account"))
    kinds = Counter(found.kinds)
    raw = f"Accounts: {found.count} " + ", ".join(f"{kind} x{count}" for kind, count in kinds.items())
    known = rules("accounts")
    if any(kind in known["owner"] for kind in kinds):
        builder.put("locks.account", _ON, "dumpsys account", raw=raw)
    elif found.count is None or not is_whole(answers, "account"):
        explain(builder, "locks.account", answers, "account")
    elif found.count == len(found.kinds) and all(kind in known["harmless"] for kind in kinds):
        builder.put("locks.account", _OFF, "dumpsys account", raw=raw)
    else:
        builder.problem("locks.account", "not_proved_off")


def _fill_management(builder: ReadingBuilder, properties: Mapping[str, str], answers: Answers) -> None:
    listed = device_policy.parse_list(text(answers, "owners"))
    dumped = device_policy.parse_dump(text(answers, "policy"))
    finance = rules("finance")
    kg = properties.get(finance["property"], "")
    if _is(kg, finance["locked"]):
        builder.put("locks.mdm", _ON, f"getprop {finance['property']}", raw=kg)
    elif owner := _owner(listed, dumped, properties):
        builder.put("locks.mdm", _ON, owner[0], raw=owner[1] or "an owner without a name")
        if dumped.name:
            builder.put(
                "management.organisation", dumped.name, "dumpsys device_policy Device Owner", raw=dumped.name
            )
    elif listed.others:
        builder.reject("locks.mdm", "dpm list-owners", raw=", ".join(listed.others), code="unknown_answer")
    elif kg.strip() and not _is(kg, finance["free"]):
        builder.problem("locks.mdm", "unknown_finance", raw=plain(kg, 40))
    elif _is(properties.get(finance["fuse"], ""), finance["fused"]) and not _is(kg, finance["settled"]):
        builder.problem("locks.mdm", "finance_fuse", raw=plain(kg, 40) or "-")
    elif any(_is_foreign(profile) for profile in (*listed.profiles, *dumped.profiles)):
        builder.problem("locks.mdm", "work_profile")
    elif listed.told or (dumped.told and is_whole(answers, "policy")):
        source = "dpm list-owners" if listed.told else "dumpsys device_policy"
        builder.put(
            "locks.mdm", _OFF, source, raw=", ".join((*listed.profiles, *dumped.profiles)) or "no owners"
        )
    else:
        explain(builder, "locks.mdm", answers, "owners", "policy")


def _owner(
    listed: device_policy.Owners, dumped: device_policy.Owners, properties: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return who controls the whole phone, with the source: its owner, else who owns it by way of a work profile."""
    company = properties.get(_COMPANY, "").strip()
    said = (
        ("dpm list-owners", listed.device),
        ("dumpsys device_policy Device Owner", dumped.device),
        ("dumpsys device_policy isOrganizationOwnedDevice", dumped.company),
        (f"getprop {_COMPANY}", company if company == "true" else None),
    )
    return next(((source, package) for source, package in said if package is not None), None)


def _is_foreign(profile: str) -> bool:
    """Return whether a profile may be an employer's: not one that the phone's owner makes (Samsung's Secure Folder)."""
    return profile.partition("/")[0] not in rules("profiles")["own"]


def _is(state: str, states: Sequence[str]) -> bool:
    return state.strip().lower() in {one.lower() for one in states}


def _fill_screen(builder: ReadingBuilder, answers: Answers) -> None:
    kind = locking.credential(text(answers, "lock_settings"))
    if locking.device_locked(text(answers, "trust")):
        builder.put("locks.screen", _ON, "dumpsys trust deviceLocked", raw="deviceLocked=1")
    elif kind in {"pin", "pattern", "password"}:
        builder.put("locks.screen", _ON, "dumpsys lock_settings CredentialType", raw=kind)
    elif kind == "none":
        builder.put("locks.screen", _OFF, "dumpsys lock_settings CredentialType", raw=kind)
    elif locking.device_locked(text(answers, "trust")) is False:
        builder.problem("locks.screen", "not_proved_off")
    else:
        explain(builder, "locks.screen", answers, "lock_settings", "trust")


def _fill_activation(builder: ReadingBuilder, answers: Answers) -> None:
    """Whether the phone is held at its maker's gate now, as an iPhone is before activation.

    On Android the gate is factory reset protection. Android 15 and later keep its state out of the reach of those who
    go round the set-up, and print it. Older ones do not: a set-up that says it is complete is what going round it
    leaves behind, too, so it proves nothing. Whether the gate would close at the *next* reset is told by
    ``locks.account``. Samsung's ``ro.security.reactive.active`` is set in every build, and says nothing of the phone.
    """
    protection = locking.reset_protection(text(answers, "frp"))
    setup, provisioned = (text(answers, command).strip() for command in ("setup", "provisioned"))
    source = "dumpsys persistent_data_block"
    if protection and protection.active:
        builder.put("locks.activation", _ON, source, raw="FRP state: true")
    elif setup == "0" or provisioned == "0":
        builder.problem("locks.activation", "setup_unfinished")
    elif protection and protection.enforced and setup == provisioned == "1":
        builder.put("locks.activation", _OFF, source, raw="FRP state: false, user_setup_complete: 1")
    else:
        builder.problem("locks.activation", "frp_not_proved")
