"""What goes wrong between a phone and us, in our words: one table from errors to states and problem codes.

The table goes by the names of pymobiledevice3's exceptions, so that this module needs nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from diagnostics import text
from diagnostics.model import State


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a question got no answer.

    Attributes:
        code: A key of ``resources/messages/problems.toml``.
        state: What it makes of the phone when the phone as a whole cannot be read for this reason.
        params: For the message.
        ends: Whether the connection that it happened on is of no further use.
    """

    code: str
    state: State = State.ERROR
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ends: bool = False

    @property
    def gone(self) -> bool:
        """Whether the phone is no longer there."""
        return self.code == "unplugged"


GONE = Trouble("unplugged", State.OFFLINE, ends=True)
SERVICE_LOST = Trouble("usbmuxd_lost", State.OFFLINE, ends=True)
CHANGED = Trouble("phone_changed", State.OFFLINE, ends=True)
"""Another phone answers under the number of the one that is read: usbmuxd was restarted, and counts anew."""
TIMEOUT = Trouble("timeout", State.TIMEOUT, ends=True)
LOCKED = Trouble("screen_locked", State.SCREEN_LOCKED)
NEEDS_TRUST = Trouble("needs_trust", State.NEEDS_TRUST)
DENIED = Trouble("trust_denied", State.TRUST_DENIED)
PAIRING_LOST = Trouble("pairing_lost", State.NEEDS_TRUST, ends=True)
FORBIDDEN = Trouble("pairing_forbidden", State.TRUST_DENIED)
REFUSED = Trouble("refused")
ABSENT = Trouble("absent")
NOT_OFFERED = Trouble("not_readable")
KEYS_WRONG = Trouble("pairing_broken", State.NEEDS_TRUST, ends=True)
LASTING = (ABSENT, NOT_OFFERED)
"""What a phone says for good: asked again, it says the same."""
RECOVERY = Trouble("usb_restore", State.RECOVERY)
"""Restore mode's daemon answers: who restarts a phone now breaks its restore off."""


def misunderstood(detail: str, *, ends: bool) -> Trouble:
    """Return the trouble of an answer that makes no sense.

    Args:
        detail: What was wrong with it, for support.
        ends: Whether what follows on that connection can make no sense either.
    """
    return Trouble("protocol_error", State.ERROR, MappingProxyType({"detail": detail}), ends=ends)


CUT = misunderstood("connection closed", ends=True)
_FORM = misunderstood("not in the form of an answer", ends=False)
"""What parsers raise where a list, a word or nothing came in place of a dict."""

BY_EXCEPTION: Mapping[str, Trouble] = {
    "ConnectionFailedToUsbmuxdError": SERVICE_LOST,
    "DeviceNotFoundError": GONE,
    "NoDeviceConnectedError": GONE,
    "OtherPhoneError": CHANGED,
    "BadDevError": GONE,
    "PasswordRequiredError": LOCKED,
    "PasscodeRequiredError": LOCKED,
    "PairingDialogResponsePendingError": NEEDS_TRUST,
    "NotPairedError": PAIRING_LOST,
    "UserDeniedPairingError": DENIED,
    "InvalidHostIDError": PAIRING_LOST,
    "FatalPairingError": PAIRING_LOST,
    "MCProtectedError": FORBIDDEN,
    "InvalidServiceError": NOT_OFFERED,
    "StartServiceError": NOT_OFFERED,
    "IncorrectModeError": RECOVERY,
    "GetProhibitedError": REFUSED,
    "ProfileError": REFUSED,
    "MissingValueError": ABSENT,
    "DeprecationError": ABSENT,
    "TimeoutError": TIMEOUT,
    "ConnectionTerminatedError": CUT,
    "MuxException": CUT,
    "SSLEOFError": CUT,
    "SSLZeroReturnError": CUT,
    "SSLError": KEYS_WRONG,
    "KeysRefusedError": KEYS_WRONG,
    "OSError": CUT,
    "EOFError": CUT,
    "ProtocolError": misunderstood("not a plist, or too long", ends=True),
    "LockdownError": misunderstood("an unknown answer of lockdownd", ends=False),
    "UnwieldyError": misunderstood("more than a phone has to tell", ends=False),
    "ExpatError": misunderstood("not a plist", ends=False),
    "InvalidFileException": misunderstood("not a plist", ends=False),
    "AttributeError": _FORM,
    "KeyError": _FORM,
    "TypeError": _FORM,
    "PyMobileDevice3Exception": REFUSED,
}
"""By an exception's name, or that of its nearest base."""

BY_WORD: Mapping[str, Trouble] = {
    "PairingDialogResponsePending": NEEDS_TRUST,
    "UserDeniedPairing": DENIED,
    "PasswordProtected": LOCKED,
    "PasscodeRequired": LOCKED,
    "InvalidPairRecord": PAIRING_LOST,
    "MissingPairRecord": PAIRING_LOST,
    "InvalidHostID": PAIRING_LOST,
    "MCProtected": FORBIDDEN,
    "MCChallengeRequired": FORBIDDEN,
}
"""By lockdownd's own word in an answer's ``Error``."""


def explain(error: BaseException) -> Trouble:
    """Return what an exception means.

    Whatever is not in the table is an answer that could not be understood, too.
    """
    for kind in type(error).__mro__:
        if kind.__name__ in BY_EXCEPTION:
            return BY_EXCEPTION[kind.__name__]
    return misunderstood(type(error).__name__, ends=False)


def explain_word(word: object) -> Trouble:
    """Return what lockdownd's error word means."""
    known = BY_WORD.get(word) if isinstance(word, str) else None
    return known or misunderstood(text.plain(word, 40), ends=False)
