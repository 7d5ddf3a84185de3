"""Whether an organisation manages the phone, from MCInstall's cloud configuration and list of profiles."""

from __future__ import annotations

from collections.abc import Mapping

from diagnostics import text
from diagnostics.apple.values import mapping, text_of
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, Quality

FIELD = "locks.mdm"
CLOUD = "MCInstall GetCloudConfiguration"
PROFILES = "MCInstall GetProfileList"
_SURE_SIGNS = ("IsSupervised", "IsMandatory", "IsMDMUnremovable")
_NAMES = ("OrganizationName", "ConfigurationURL")
_WORDS_OF_MANAGEMENT = ("mdm", "enrol", "management", "supervis")


def read_mdm(cloud: object, profiles: object, builder: ReadingBuilder, *, activated: bool) -> None:
    """Read supervision and management.

    Off needs all of: an activated phone (one in Setup Assistant may not have fetched its configuration yet), a
    configuration that says in so many words that it is not supervised, and no profile at all.

    Args:
        cloud: The cloud configuration; ``None`` where the phone has none.
        profiles: The answer to GetProfileList.
        builder: What is filled.
        activated: Whether the phone says so.
    """
    configuration, metadata = mapping(cloud), mapping(mapping(profiles).get("ProfileMetadata"))
    sure = {key: configuration[key] for key in _SURE_SIGNS if _is_yes(configuration.get(key))}
    names = {key: shown for key in _NAMES if (shown := text_of(configuration.get(key)))}
    held = _held(metadata)
    if sure or names:
        quality = Quality.EXACT if sure else Quality.HINT
        builder.put(FIELD, LockState.ON, CLOUD, raw=_told({**sure, **names}), quality=quality)
    elif held is not None:
        name, quality = held
        builder.put(
            FIELD, LockState.ON, f"{PROFILES} {name}", raw=_told(mapping(metadata[name])), quality=quality
        )
    elif _is_clean(configuration, profiles, metadata) and activated:
        builder.put(FIELD, LockState.OFF, CLOUD, raw="IsSupervised=False, no profiles")
    elif not builder.explained(FIELD):
        builder.problem(FIELD, "not_proved_off")


def _is_yes(value: object) -> bool:
    # Truth values come as numbers, too: AllowPairing was seen as 1 (go-ios #655).
    return value is True or (isinstance(value, int) and not isinstance(value, bool) and value == 1)


def _is_clean(configuration: Mapping[str, object], profiles: object, metadata: Mapping[str, object]) -> bool:
    listed = mapping(profiles)
    said_no = isinstance(supervised := configuration.get("IsSupervised"), int) and supervised == 0
    was_listed = isinstance(listed.get("ProfileMetadata"), Mapping)
    return said_no and was_listed and not metadata and not listed.get("OrderedIdentifiers")


def _held(metadata: Mapping[str, object]) -> tuple[str, Quality] | None:
    """Return the profile that speaks of management: one that cannot be removed, else one that is called so."""
    for name, table in metadata.items():
        if _is_yes(mapping(table).get("PayloadRemovalDisallowed")):
            return text.plain(name), Quality.EXACT
    for name, table in metadata.items():
        called = f"{name} {mapping(table).get('PayloadDisplayName', '')}".lower()
        if any(word in called for word in _WORDS_OF_MANAGEMENT):
            return text.plain(name), Quality.HINT
    return None


def _told(signs: Mapping[str, object]) -> str:
    return ", ".join(f"{key}={value}" for key, value in list(signs.items())[:8])
