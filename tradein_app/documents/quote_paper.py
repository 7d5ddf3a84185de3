"""The customer's paper, of an offer or of a purchase: one page that one would hand over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tradein_app.documents.customer_quote import CustomerQuote, customer_quote
from tradein_app.documents.paper_html import body_html, foot_html
from tradein_app.documents.shop import ShopDetails

if TYPE_CHECKING:
    from tradein_app.services.records import InspectionRecord


def save_quote_pdf(
    record: InspectionRecord,
    path: Path,
    *,
    language: str = "en",
    shop: ShopDetails | None = None,
    made: datetime | None = None,
    accepted_at: datetime | None = None,
    accepted_by: str = "",
) -> Path:
    """Save the customer's paper of a quote and return where.

    Args:
        record: An inspection whose quote makes an offer; that of a ``review`` says what it is subject to.
        path: A ``.pdf``; its folder is made when needed.
        language: The customer's, two letters.
        shop: Who makes the offer; a line to write on stands where its name is not known.
        made: When; now, when left out.
        accepted_at: When the customer accepted: then it is the paper of a purchase, to be signed by both.
        accepted_by: Who accepted for the shop; a line to write on when left out.

    Raises:
        UserError: ``paper_incomplete``: no offer, open questions, or no number that names the phone.
    """
    from tradein_app.documents.drawing import save_pdf

    paper = customer_quote(
        record,
        language=language,
        made=made or datetime.now(UTC),
        accepted_at=accepted_at,
        accepted_by=accepted_by,
    )
    details = shop or ShopDetails()
    return save_pdf(
        path,
        lambda air: body_html(paper, details, language, air),
        foot=foot_html(paper),
        title=f"{paper.title} {paper.number}",
    )


def quote_html(paper: CustomerQuote, shop: ShopDetails, language: str) -> str:
    """Return the whole page as HTML of the kind that QTextDocument knows; every text is escaped."""
    return body_html(paper, shop, language) + foot_html(paper)
