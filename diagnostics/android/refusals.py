"""Why an answer holds no value: refused, absent, cut off and too late are different things."""

from __future__ import annotations

from diagnostics.android.asking import Answers
from diagnostics.android.batch import Outcome
from diagnostics.building import ReadingBuilder

_REFUSED = (
    "permission denied",
    "permission denial",
    "securityexception",
    "operation not permitted",
    "not allowed to",
)
_HEAD = 600
# AOSP Binder.doDump and dumpsys: what came before stands there, what would have come after does not.
_BROKE_OFF = ("Exception occurred while dumping:", "DUMP TIMEOUT (", "Security exception: ")
_CODES = {
    Outcome.TIMEOUT: "timeout",
    Outcome.DROPPED: "link_dropped",
    Outcome.GARBLED: "protocol_error",
    Outcome.TOO_LONG: "answer_too_long",
}
_RANKED = ("timeout", "refused", "link_dropped", "answer_too_long", "protocol_error", "absent")


def text(answers: Answers, command: str) -> str:
    """Return what a command printed; ``""`` where it was not asked or not answered whole."""
    answer = answers.get(command)
    return answer.text if answer else ""


def is_whole(answers: Answers, command: str) -> bool:
    """Return whether the service printed all that it had: what is missing from a list that broke off proves nothing."""
    return not _broke_off(text(answers, command))


def _broke_off(dump: str) -> bool:
    return any(words in dump for words in _BROKE_OFF)


def explain(builder: ReadingBuilder, field: str, answers: Answers, *commands: str) -> None:
    """Say why none of these commands gave a value.

    A late answer says more than a refusal, and that more than an absence: asked again, or in another way, the phone
    might have told.
    """
    reasons = [_reason(answers, command) for command in commands]
    code, detail = min(reasons, key=lambda reason: _RANKED.index(reason[0]), default=("absent", ""))
    builder.problem(field, code, **({"detail": detail} if detail else {}))


def _reason(answers: Answers, command: str) -> tuple[str, str]:
    answer = answers.get(command)
    if answer is None:
        return "absent", ""
    if code := _CODES.get(answer.outcome):
        return code, "no end marker" if code == "protocol_error" else ""
    head = answer.text[:_HEAD].lower()
    if any(words in head for words in _REFUSED):
        return "refused", ""
    return ("protocol_error", "the service broke off") if _broke_off(answer.text) else ("absent", "")
