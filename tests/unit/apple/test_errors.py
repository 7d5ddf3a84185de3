"""Every error has a state and a sentence."""

from __future__ import annotations

import builtins
import plistlib
import ssl
import xml.parsers.expat

import pymobiledevice3.exceptions as theirs
import pytest

from diagnostics.apple import connection, errors, wire
from diagnostics.apple.errors import BY_EXCEPTION, BY_WORD, explain, explain_word
from diagnostics.messages import problem_codes
from diagnostics.model import State


def test_every_name_in_the_table_is_an_exception_that_there_is():
    places = (theirs, ssl, builtins, connection, wire, plistlib, xml.parsers.expat)
    unknown = [name for name in BY_EXCEPTION if not any(hasattr(place, name) for place in places)]
    assert unknown == []


def test_every_code_has_a_message():
    assert {trouble.code for trouble in (*BY_EXCEPTION.values(), *BY_WORD.values())} <= problem_codes()


@pytest.mark.parametrize(
    ("error", "code", "state"),
    [
        (theirs.ConnectionFailedToUsbmuxdError(), "usbmuxd_lost", State.OFFLINE),
        (theirs.BadDevError(), "unplugged", State.OFFLINE),
        (theirs.PasswordRequiredError(), "screen_locked", State.SCREEN_LOCKED),
        (theirs.PairingDialogResponsePendingError(), "needs_trust", State.NEEDS_TRUST),
        (theirs.UserDeniedPairingError(), "trust_denied", State.TRUST_DENIED),
        (theirs.InvalidHostIDError(), "pairing_lost", State.NEEDS_TRUST),
        (theirs.MCProtectedError("", None, "1"), "pairing_forbidden", State.TRUST_DENIED),
        (theirs.IncorrectModeError(), "usb_restore", State.RECOVERY),
        (theirs.StartServiceError("x", "y"), "not_readable", State.ERROR),
        (theirs.ProfileError(), "refused", State.ERROR),
        (theirs.PyMobileDevice3Exception("Failure"), "refused", State.ERROR),
        (theirs.ConnectionTerminatedError(), "protocol_error", State.ERROR),
        (theirs.MuxException(), "protocol_error", State.ERROR),
        (ConnectionResetError(), "protocol_error", State.ERROR),
        (TimeoutError(), "timeout", State.TIMEOUT),
        (xml.parsers.expat.ExpatError(), "protocol_error", State.ERROR),
        (AttributeError(), "protocol_error", State.ERROR),
        (RecursionError(), "protocol_error", State.ERROR),
    ],
)
def test_each_error_says_what_the_phone_is_doing(error, code, state):
    assert (explain(error).code, explain(error).state) == (code, state)


def test_a_word_of_lockdowns_that_nobody_knows_is_shown_as_plain_text():
    trouble = explain_word("Nonsense\n\u202e" + "x" * 100)
    assert trouble.code == "protocol_error"
    assert len(trouble.params["detail"]) <= 40
    assert "\n" not in trouble.params["detail"]


@pytest.mark.parametrize("word", [["list"], {"a": 1}, b"PasswordProtected", None])
def test_an_error_that_is_no_word_is_no_word_of_lockdowns(word):
    assert explain_word(word).code == "protocol_error"


def test_what_ends_a_connection_and_what_does_not():
    assert explain(theirs.ConnectionTerminatedError()).ends
    assert explain(TimeoutError()).ends
    assert not explain(theirs.GetProhibitedError("", None, "1")).ends
    assert errors.GONE.gone
