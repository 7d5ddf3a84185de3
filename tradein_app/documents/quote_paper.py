"""The customer's copy of a quote: one page that one would hand over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from tradein_app.documents.customer_quote import CustomerQuote, Rows, customer_quote
from tradein_app.documents.shop import ShopDetails
from tradein_app.documents.wording import say

if TYPE_CHECKING:
    from tradein_app.services.records import InspectionRecord

_GREY = "#5b6470"
_INK = "#1b1f24"
_LINE = "#c9ced6"


def save_quote_pdf(
    record: InspectionRecord,
    path: Path,
    *,
    language: str = "en",
    shop: ShopDetails | None = None,
    made: datetime | None = None,
) -> Path:
    """Save the customer's copy of a quote and return where.

    Args:
        record: An inspection whose quote makes an offer; that of a ``review`` says what it is subject to.
        path: A ``.pdf``; its folder is made when needed.
        language: The customer's, two letters.
        shop: Who makes the offer; a placeholder stands where its name is not known.
        made: When; now, when left out.

    Raises:
        UserError: There is no offer that could be printed.
    """
    from tradein_app.documents.drawing import save_pdf

    paper = customer_quote(record, language=language, made=made or datetime.now(UTC))
    html = quote_html(paper, shop or ShopDetails(), language)
    return save_pdf(path, html, title=f"{paper.title} {paper.number}")


def quote_html(paper: CustomerQuote, shop: ShopDetails, language: str) -> str:
    """Return the page as HTML of the kind that QTextDocument knows; every text is escaped."""
    parts = (
        _head(paper, shop, language),
        _two_columns(
            _block(say("phone", language), _rows(paper.phone)),
            _block(say("machine", language), _rows(paper.machine)),
        ),
        _block(say("person", language), _looked_at(paper, language)),
        _block(say("condition", language), f"<p style='margin:0'><b>{escape(paper.condition)}</b></p>")
        if paper.condition
        else "",
        _block(say("build_up", language), _build_up(paper)),
        _offer(paper, language),
        *_small_print(language),
        _signatures(language),
        f"<p style='color:{_GREY};font-size:small;margin-top:10px'>{escape(paper.versions)}</p>",
    )
    return f"<html><body style='color:{_INK}'>{''.join(parts)}</body></html>"


def _head(paper: CustomerQuote, shop: ShopDetails, language: str) -> str:
    name = escape(shop.name or f"[{say('shop_placeholder', language)}]")
    lines = "<br>".join(escape(text) for text in (shop.address, shop.contact) if text)
    left = f"<span style='font-size:x-large'><b>{name}</b></span><br>{lines}"
    right = (
        f"{escape(say('number', language))} <b>{escape(paper.number)}</b><br>"
        f"{escape(say('date', language))} {escape(paper.date)}"
    )
    return (
        f"<table width='100%'><tr><td>{left}</td><td align='right' style='color:{_GREY}'>{right}</td></tr></table>"
        f"<h1 style='margin-top:16px;margin-bottom:8px'>{escape(paper.title)}</h1>"
    )


def _block(title: str, content: str) -> str:
    heading = f"<p style='color:{_GREY};margin-top:10px;margin-bottom:2px'><b>{escape(title)}</b></p>"
    return heading + content


def _two_columns(left: str, right: str) -> str:
    return (
        "<table width='100%' cellspacing='0' cellpadding='0'><tr>"
        f"<td width='50%'>{left}</td><td width='50%'>{right}</td></tr></table>"
    )


def _rows(rows: Rows) -> str:
    cells = "".join(
        f"<tr><td style='color:{_GREY};padding-right:14px'>{escape(label)}</td><td>{escape(value)}</td></tr>"
        for label, value in rows
    )
    return f"<table cellspacing='0' cellpadding='1'>{cells}</table>"


def _looked_at(paper: CustomerQuote, language: str) -> str:
    found = say("findings" if paper.findings else "no_finding", language)
    return f"<p style='margin:0'>{escape(paper.checked)} {escape(found)}</p>{_list(paper.findings)}"


def _list(items: Iterable[str]) -> str:
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<ul style='margin-top:0;margin-bottom:0'>{rows}</ul>" if rows else ""


def _build_up(paper: CustomerQuote) -> str:
    cells = "".join(
        f"<tr><td width='80%'>{escape(label)}</td><td width='20%' align='right'>{escape(amount)}</td></tr>"
        for label, amount in paper.lines
    )
    note = f"<p style='color:{_GREY};margin:0'>{escape(paper.basis)}</p>" if paper.basis else ""
    return f"<table width='100%' cellspacing='0' cellpadding='2'>{cells}</table>{note}"


def _offer(paper: CustomerQuote, language: str) -> str:
    subject = ""
    if paper.subject_to:
        title = f"<p style='margin-bottom:0'><b>{escape(say('subject_to', language))}</b></p>"
        subject = title + _list(paper.subject_to)
    left = (
        f"<span style='font-size:large'>{escape(say('offer', language))}</span><br>{escape(paper.validity)}"
    )
    right = f"<span style='font-size:xx-large'><b>{escape(paper.offer)}</b></span>"
    box = f"border-color:{_INK};border-style:solid;border-collapse:collapse;margin-top:12px"
    return (
        f"<table width='100%' cellpadding='10' border='1' style='{box}'><tr>"
        f"<td width='66%' style='border-right-style:none'>{left}{subject}</td>"
        f"<td width='34%' align='right' valign='middle' style='border-left-style:none'>{right}</td></tr></table>"
    )


def _small_print(language: str) -> Iterable[str]:
    for key in ("conditions", "data", "refusal"):
        text = f"<p style='margin:0'>{escape(say(f'{key}_text', language))}</p>"
        yield _block(say(key, language), text)


def _signatures(language: str) -> str:
    line = f"<td width='48%' style='border-top:1px solid {_LINE};color:{_GREY}'>"
    return (
        "<p style='margin-top:26px;margin-bottom:0'>&nbsp;</p><table width='100%'><tr>"
        f"{line}{escape(say('customer_signature', language))}</td><td width='4%'></td>"
        f"{line}{escape(say('shop_signature', language))}</td></tr></table>"
    )
