"""Closes an inspection: the customer takes the offer, or keeps the phone."""

from __future__ import annotations

from pathlib import Path

from diagnostics.errors import UserError
from pricing.quote import Decision, Quote
from tradein_app.services import assembling
from tradein_app.services.ports import UnitOfWork
from tradein_app.services.quoting import expired
from tradein_app.services.records import Actor, InspectionRecord, Stage
from tradein_app.services.saved_rows import SEALS, Document, SavedDecision, SavedInspection, seals
from tradein_app.services.shop import Shop
from tradein_app.services.skipping import skipped

_TAKEN = frozenset({Decision.OFFER, Decision.REPAIR_FIRST, Decision.RECYCLE})
"""What can be accepted. A review's offer holds only once what it waits for is cleared."""


def accept(
    shop: Shop, inspection_id: str, actor: Actor, document: Path | None, *, quote_id: str | None = None
) -> InspectionRecord:
    """Close an inspection with its offer.

    Args:
        shop: Where it happens.
        inspection_id: An inspection with an offer that still holds.
        actor: Who closed the deal.
        document: The paper that the customer got, already saved.
        quote_id: The quote that the customer saw, where that is known.

    Raises:
        BadInput: An unknown inspection.
        UserError: It is closed, questions are open, or there is no offer that holds for what is known now.
    """
    with shop.store.writing() as uow:
        saved = assembling.still_open(uow, inspection_id)
        before = assembling.record(uow, saved)
        _check_answered(before)
        _check_seen(before, quote_id)
        _check(before.quote, shop)
        paper = str(document) if document else None
        end = SavedDecision(shop.new_id(), Stage.ACCEPTED, before.quote_id, paper, shop.now())
        _close(uow, actor, saved, end, without=skipped(uow, before))
        record = assembling.refreshed(uow, inspection_id)
        uow.commit()
    return record


def decline(shop: Shop, inspection_id: str, actor: Actor) -> InspectionRecord:
    """Close an inspection without a deal; what was quoted stays on record.

    Raises:
        BadInput: An unknown inspection.
        UserError: It is closed already.
    """
    with shop.store.writing() as uow:
        saved = assembling.still_open(uow, inspection_id)
        before = assembling.record(uow, saved)
        end = SavedDecision(shop.new_id(), Stage.DECLINED, before.quote_id, None, shop.now())
        _close(uow, actor, saved, end)
        record = assembling.refreshed(uow, inspection_id)
        uow.commit()
    return record


def _close(
    uow: UnitOfWork,
    actor: Actor,
    saved: SavedInspection,
    end: SavedDecision,
    *,
    without: Document | None = None,
) -> None:
    data: Document = {
        "inspection": saved.id,
        "decision": end.id,
        "quote": end.quote_id,
        "paper": end.paper is not None,
        SEALS: seals(saved.advanced(end.stage, end.at), end),
        **({"without": without} if without else {}),
    }
    entry = uow.audit.append(actor, f"inspection.{end.stage.value}", data, end.at)
    uow.decisions.add(saved.id, end, entry)
    uow.inspections.advance(saved.id, end.stage, end.at)


def _check_answered(before: InspectionRecord) -> None:
    count = len(before.grade.unanswered) if before.grade else 0
    if count:
        raise UserError(
            f"{count} questions are open." if count > 1 else "1 question is open.",
            "Answer the checklist, then price the phone again.",
            "questions_open",
            count=str(count),
        )


def _check_seen(before: InspectionRecord, quote_id: str | None) -> None:
    if before.quote is not None and quote_id not in {None, before.quote_id}:
        raise UserError(
            "Another window priced this phone anew.",
            "Look at the offer that holds now, then accept that.",
            "quote_outdated",
        )


def _check(priced: Quote | None, shop: Shop) -> None:
    if priced is None:
        raise UserError(
            "There is no quote for what is known of this phone now.", "Price it again.", "quote_outdated"
        )
    if priced.decision not in _TAKEN or priced.offer is None:
        raise UserError(
            "This quote makes no offer that could be accepted.",
            "Clear what it waits for, then price the phone again.",
            "not_an_offer",
        )
    if expired(priced, shop.now()):
        raise UserError("This offer has run out.", "Price the phone again.", "quote_expired")
