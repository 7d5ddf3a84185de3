"""A customer's paper as HTML of the kind that QTextDocument knows: a body, and a foot for the bottom of the page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from tradein_app.documents.phone_rows import Code
from tradein_app.documents.wording import say

if TYPE_CHECKING:
    from tradein_app.documents.customer_quote import CustomerQuote
    from tradein_app.documents.phone_rows import Rows
    from tradein_app.documents.shop import ShopDetails

_GREY = "#5b6470"
_INK = "#1b1f24"
_LINE = "#8a929c"
_CODE = "Consolas,Menlo,'DejaVu Sans Mono','Liberation Mono','Noto Sans Mono',monospace"
"""Fonts of Windows, macOS and Linux whose zero is struck through or dotted, and whose 8 is no B and 1 no l."""


def body_html(paper: CustomerQuote, shop: ShopDetails, language: str, air: float = 1.0) -> str:
    """Return all but the signatures; every text is escaped.

    Args:
        paper: Its texts.
        shop: Whose paper it is.
        language: Of the headings.
        air: How much room stands between the blocks; 1 is the least that looks well.
    """
    return _page(_Body(paper, shop, language, air).parts())


def foot_html(paper: CustomerQuote) -> str:
    """Return the lines to sign on and what the quote was made under."""
    left, right = (
        f"<td width='48%' style='border-top:1px solid {_LINE};color:{_GREY}'>{escape(text)}</td>"
        for text in paper.signatures
    )
    versions = f"<p style='color:{_GREY};font-size:small;margin-top:8px;margin-bottom:0'>"
    return _page(
        (
            f"<table width='100%'><tr>{left}<td width='4%'></td>{right}</tr></table>",
            f"{versions}{escape(paper.versions)}</p>",
        )
    )


class _Body:
    """Makes the blocks of one paper, with the same room between them."""

    def __init__(self, paper: CustomerQuote, shop: ShopDetails, language: str, air: float) -> None:
        self._paper = paper
        self._shop = shop
        self._language = language
        self._air = air

    def parts(self) -> Iterable[str]:
        paper, say_it = self._paper, self._say
        yield _head(paper, self._shop, self._language)
        yield f"<h1 style='margin-top:{self._px(12)}px;margin-bottom:0'>{escape(paper.title)}</h1>"
        yield _two_columns(
            self._block(say_it("phone"), _rows(paper.phone)),
            self._block(say_it("machine"), _rows(paper.machine)),
            self._px(8),
        )
        yield self._block(say_it("person"), self._looked_at())
        if paper.condition[0]:
            yield self._block(say_it("condition"), _condition(*paper.condition))
        yield self._block(say_it("build_up"), _build_up(paper))
        yield self._amount()
        if paper.fill_in:
            yield self._block(say_it("deal"), _fill_in(paper.fill_in, self._px(3)))
        for title, text in paper.small_print:
            yield self._block(title, f"<p style='margin:0'>{escape(text)}</p>")

    def _say(self, key: str) -> str:
        return say(key, self._language)

    def _px(self, least: int) -> int:
        return round(least * self._air)

    def _block(self, title: str, content: str) -> str:
        style = f"color:{_GREY};margin-top:{self._px(10)}px;margin-bottom:{self._px(2)}px"
        return f"<p style='{style}'><b>{escape(title)}</b></p>{content}"

    def _looked_at(self) -> str:
        paper = self._paper
        found = self._say("findings" if paper.findings else "no_finding")
        looked = f"<p style='margin:0'>{escape(paper.checked)} {escape(found)}</p>{_list(paper.findings)}"
        return f"{looked}<p style='margin:0'>{escape(paper.seen)}</p>" if paper.seen else looked

    def _amount(self) -> str:
        paper = self._paper
        subject = ""
        if paper.subject_to:
            title = f"<p style='margin-bottom:0'><b>{escape(self._say('subject_to'))}</b></p>"
            subject = title + _list(paper.subject_to)
        label = f"<span style='font-size:large'>{escape(paper.amount_label)}</span>"
        left = f"{label}<br>{escape(paper.when)}{subject}"
        right = f"<span style='font-size:xx-large'><b>{escape(paper.offer)}</b></span>"
        inner = (
            f"<table width='100%' cellspacing='0'><tr><td width='66%'>{left}</td>"
            f"<td width='34%' align='right' valign='middle'>{right}</td></tr></table>"
        )
        box = (
            f"border-color:{_INK};border-style:solid;border-collapse:collapse;margin-top:{self._px(10)}px;"
            f"margin-bottom:{self._px(4)}px"
        )
        return (
            f"<table width='100%' cellpadding='8' border='1' style='{box}'><tr><td>{inner}</td></tr></table>"
        )


def _page(parts: Iterable[str]) -> str:
    return f"<html><body style='color:{_INK}'>{''.join(parts)}</body></html>"


def _head(paper: CustomerQuote, shop: ShopDetails, language: str) -> str:
    right = (
        f"{escape(say('number', language))} <b>{_value(Code(paper.number))}</b><br>"
        f"{escape(say('date', language))} {escape(paper.date)}"
    )
    return (
        "<table width='100%'><tr>"
        f"<td width='60%'>{_shop(shop, language)}</td>"
        f"<td width='40%' align='right' style='color:{_GREY}'>{right}</td></tr></table>"
    )


def _shop(shop: ShopDetails, language: str) -> str:
    if not shop.name:
        label = escape(say("shop_name", language))
        line = f"<td style='border-top:1px solid {_LINE};color:{_GREY};font-size:small'>{label}</td>"
        return f"<p style='margin:0'>&nbsp;<br>&nbsp;</p><table width='70%'><tr>{line}</tr></table>"
    lines = "<br>".join(escape(text) for text in (shop.address, shop.contact) if text)
    return f"<span style='font-size:x-large'><b>{escape(shop.name)}</b></span><br>{lines}"


def _two_columns(left: str, right: str, above: int) -> str:
    return (
        f"<table width='100%' cellspacing='0' cellpadding='0' style='margin-top:{above}px'><tr>"
        f"<td width='44%'>{left}</td><td width='56%'>{right}</td></tr></table>"
    )


def _rows(rows: Rows) -> str:
    cells = "".join(
        f"<tr><td style='color:{_GREY};padding-right:14px'>{escape(label)}</td><td>{_value(value)}</td></tr>"
        for label, value in rows
    )
    return f"<table cellspacing='0' cellpadding='1'>{cells}</table>"


def _value(value: str) -> str:
    return (
        f'<span style="font-family:{_CODE}">{escape(value)}</span>'
        if isinstance(value, Code)
        else escape(value)
    )


def _list(items: Iterable[str]) -> str:
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul style='margin-top:0;margin-bottom:0'>{rows}</ul>" if rows else ""


def _condition(grade: str, cause: str) -> str:
    why = f"<br>{escape(cause)}" if cause else ""
    return f"<p style='margin:0'><b>{escape(grade)}</b>{why}</p>"


def _build_up(paper: CustomerQuote) -> str:
    cells = "".join(
        f"<tr><td width='85%'>{escape(label)}</td><td width='15%' align='right'>{escape(amount)}</td></tr>"
        for label, amount in paper.lines
    )
    note = f"<p style='color:{_GREY};margin:0'>{escape(paper.basis)}</p>" if paper.basis else ""
    return f"<table width='100%' cellspacing='0' cellpadding='1'>{cells}</table>{note}"


def _fill_in(rows: Rows, padding: int) -> str:
    """Return labels with their values, or with lines to write on."""
    cells = "".join(
        f"<tr><td width='46%' style='color:{_GREY}'>{escape(label)}</td>"
        f"<td width='54%' style='border-bottom:1px solid {_LINE}'>{escape(value) or '&nbsp;'}</td></tr>"
        for label, value in rows
    )
    return f"<table width='100%' cellspacing='0' cellpadding='{padding}'>{cells}</table>"
