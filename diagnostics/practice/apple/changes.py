"""Faults that make an answer say something else, before it is put into a frame. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

ENVELOPE = frozenset({"Request", "Domain", "Key", "Status", "Error", "MessageType", "Service", "SessionID"})
"""Members of an answer that say what it answers; the others hold the value."""

Params = Mapping[str, Any]


def put_values(answer: Any, params: Params) -> Any:
    """Give each key of ``values`` another value, wherever the answer has it, but not below the key ``outside``."""
    return _replaced(answer, params["values"], params.get("outside", ""))


def put_long_texts(answer: Any, params: Params) -> Any:
    """Give each key of ``letters`` a text with so many letters."""
    texts = {key: "😀b<&" * (length // 4) for key, length in params["letters"].items()}
    return _replaced(answer, texts, "")


def drop_keys(answer: Any, params: Params) -> Any:
    """Leave ``keys`` out, wherever the answer has them, but not below the key ``outside``."""
    return _without(answer, frozenset(params["keys"]), params.get("outside", ""))


def put_body(_: Any, params: Params) -> Any:
    """Answer with ``value`` in place of a dict."""
    return params["value"]


def put_inner(answer: Any, params: Params) -> Any:
    """Keep the answer's envelope, and put ``value`` where the answer should be."""
    return {key: value if key in ENVELOPE else params["value"] for key, value in answer.items()}


def numbers_as_text(answer: Any, _: Params) -> Any:
    """Write every number as text."""
    if isinstance(answer, Mapping):
        return {key: numbers_as_text(value, {}) for key, value in answer.items()}
    if isinstance(answer, list):
        return [numbers_as_text(value, {}) for value in answer]
    return str(answer) if isinstance(answer, int | float) and not isinstance(answer, bool) else answer


def _replaced(answer: Any, values: Mapping[str, Any], outside: str) -> Any:
    if isinstance(answer, list):
        return [_replaced(value, values, outside) for value in answer]
    if not isinstance(answer, Mapping):
        return answer
    found = {
        key: value if key == outside else values[key] if key in values else _replaced(value, values, outside)
        for key, value in answer.items()
    }
    if "Value" in found and found.get("Key") in values:
        found["Value"] = values[found["Key"]]
    return found


def _without(answer: Any, keys: frozenset[str], outside: str) -> Any:
    if isinstance(answer, list):
        return [_without(value, keys, outside) for value in answer]
    if not isinstance(answer, Mapping):
        return answer
    if answer.get("Key") in keys:
        return {"Request": answer.get("Request"), "Key": answer["Key"], "Error": "MissingValue"}
    return {
        key: value if key == outside else _without(value, keys, outside)
        for key, value in answer.items()
        if key not in keys
    }


CHANGES: Mapping[str, Callable[[Any, Params], Any]] = {
    "set": put_values,
    "long": put_long_texts,
    "drop": drop_keys,
    "body": put_body,
    "inner": put_inner,
    "as-text": numbers_as_text,
}
"""By a rule's kind."""
