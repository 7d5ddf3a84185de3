"""Tells from the first bytes what came in place of a CSV: often a page to sign in, with status 200."""

from __future__ import annotations

from types import MappingProxyType

from pricing.feeds.problems import Problem

_PAGES = ("text/html", "application/xhtml+xml")
_STARTS = (
    (b"PK", "ZIP, or an Excel file"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"{", "JSON"),
    (b"<", "XML"),
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def csv_only(content_type: str, start: bytes) -> Problem | None:
    """Return what is wrong with something that should be CSV, by its type and its first bytes."""
    page = a_page(content_type, start)
    if page:
        return page
    begin = _narrow(start)
    kind = next((name for sign, name in _STARTS if begin.startswith(sign)), "")
    return Problem("wrong_kind", MappingProxyType({"kind": kind})) if kind else None


def a_page(content_type: str, start: bytes) -> Problem | None:
    """Return a problem where a web page came."""
    begin = _narrow(start)
    if content_type.partition(";")[0].strip().casefold() in _PAGES or begin.lower().startswith(
        (b"<!doctype html", b"<html", b"<head", b"<body")
    ):
        return Problem("web_page")
    return None


def _narrow(start: bytes) -> bytes:
    """Return the first bytes without a mark of their encoding and blanks, as far as they are of one byte each."""
    if start.startswith(_WIDE):
        start = start[2:400].replace(b"\0", b"")
    return start[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
