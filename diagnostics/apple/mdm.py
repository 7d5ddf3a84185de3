"""Whether an organisation manages the phone, from MCInstall's cloud configuration and list of profiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diagnostics import text
from diagnostics.apple.values import is_no, is_yes, mapping, text_of
from diagnostics.building import ReadingBuilder
from diagnostics.model import LockState, Quality

FIELD, SUPERVISED, ORGANISATION = FIELDS = ("locks.mdm", "management.supervised", "management.organisation")
CLOUD = "MCInstall GetCloudConfiguration"
PROFILES = "MCInstall GetProfileList"
_SURE_SIGNS = ("IsSupervised", "IsMandatory", "IsMDMUnremovable")
_URL, _ORGANISATION = "ConfigurationURL", "Organization"
"""Where an organisation's server is, and how the keys begin that say who it is (name, address, support …)."""
_WORDS_OF_MANAGEMENT = ("mdm", "enrol", "management", "supervis")


def read_mdm(cloud: object, profiles: object, builder: ReadingBuilder, *, activated: bool) -> None:
    """Read supervision and management.

    Off needs all of: an activated phone (one in Setup Assistant may not have fetched its configuration yet), a
    configuration that says in so many words that it is not supervised, and no profile at all. What a configuration says
    beside that must be a no of the right type: a yes as a text, or a list for a name, is an answer that nobody knows.

    Args:
        cloud: The cloud configuration; ``None`` where the phone has none.
        profiles: The answer to GetProfileList.
        builder: What is filled.
        activated: Whether the phone says so.
    """
    configuration, metadata = mapping(cloud), mapping(mapping(profiles).get("ProfileMetadata"))
    sure = {key: configuration[key] for key in _SURE_SIGNS if is_yes(configuration.get(key))}
    names = {key: shown for key in _names(configuration) if (shown := text_of(configuration[key]))}
    odd = {key: configuration[key] for key in _odd(configuration)}
    held = _held(metadata)
    if sure or names:
        quality = Quality.EXACT if sure else Quality.HINT
        builder.put(FIELD, LockState.ON, CLOUD, raw=_told({**sure, **names}), quality=quality)
    elif held is not None:
        name, quality = held
        source = f"{PROFILES} {text.plain(name)}"
        builder.put(FIELD, LockState.ON, source, raw=_told(mapping(metadata[name])), quality=quality)
    elif odd:
        builder.reject(FIELD, CLOUD, raw=_told(odd), code="unknown_answer")
    elif _is_clean(configuration, profiles, metadata) and activated:
        builder.put(FIELD, LockState.OFF, CLOUD, raw="IsSupervised=False, no profiles")
    elif not builder.explained(FIELD):
        builder.problem(FIELD, "not_proved_off")
    _read_supervised(configuration, builder)
    _read_organisation(configuration, mapping(metadata.get(held[0])) if held else {}, builder)


def _read_supervised(configuration: Mapping[str, object], builder: ReadingBuilder) -> None:
    said = configuration.get("IsSupervised")
    if said is None:
        if not builder.explained(SUPERVISED):
            builder.problem(SUPERVISED, "absent")
    elif is_yes(said) or is_no(said):
        builder.put(SUPERVISED, bool(said), f"{CLOUD} IsSupervised", raw=said)
    else:
        builder.reject(SUPERVISED, f"{CLOUD} IsSupervised", raw=said)


def _read_organisation(
    configuration: Mapping[str, object], profile: Mapping[str, object], builder: ReadingBuilder
) -> None:
    """Read who manages the phone; of a mere profile, whoever made that says so."""
    if name := text_of(configuration.get("OrganizationName")):
        builder.put(ORGANISATION, name, f"{CLOUD} OrganizationName", raw=name)
    elif name := text_of(profile.get("PayloadOrganization")):
        source = f"{PROFILES} PayloadOrganization"
        builder.put(ORGANISATION, name, source, raw=name, quality=Quality.HINT)
    elif not builder.explained(ORGANISATION):
        builder.problem(ORGANISATION, "absent")


def _odd(configuration: Mapping[str, object]) -> Iterator[str]:
    """Yield the keys whose values are of no use: neither a yes nor a no, or no text for a name."""
    for key in _SURE_SIGNS:
        if key in configuration and not (is_yes(configuration[key]) or is_no(configuration[key])):
            yield key
    for key in _names(configuration):
        if not isinstance(configuration[key], str | bytes):
            yield key


def _names(configuration: Mapping[str, object]) -> list[str]:
    """Return the keys that name an organisation: whichever of them is there, somebody manages the phone."""
    return [key for key in configuration if str(key).startswith((_URL, _ORGANISATION))]


def _is_clean(configuration: Mapping[str, object], profiles: object, metadata: Mapping[str, object]) -> bool:
    listed = mapping(profiles)
    said_no = is_no(configuration.get("IsSupervised"))
    was_listed = isinstance(listed.get("ProfileMetadata"), Mapping)
    return said_no and was_listed and not metadata and not listed.get("OrderedIdentifiers")


def _held(metadata: Mapping[str, object]) -> tuple[str, Quality] | None:
    """Return the profile that speaks of management: one that cannot be removed, else one that is called so."""
    for name, table in metadata.items():
        if is_yes(mapping(table).get("PayloadRemovalDisallowed")):
            return name, Quality.EXACT
    for name, table in metadata.items():
        called = f"{name} {text_of(mapping(table).get('PayloadDisplayName')) or ''}".lower()
        if any(word in called for word in _WORDS_OF_MANAGEMENT):
            return name, Quality.HINT
    return None


def _told(signs: Mapping[str, object]) -> str:
    return ", ".join(f"{key}={text.plain(value, 60)}" for key, value in list(signs.items())[:8])
