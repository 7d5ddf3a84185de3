"""What repairs are made of: what each does, what it costs, and what a set of them brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from diagnostics.grading.result import Cap
from pricing.money import Money

ANY = "*"
"""In the changes of a repair: every answer that is worse."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of repair, as the rules see it.

    Attributes:
        part: Two repairs of one part are never done together.
        text: By language, two letters.
        changes: By question, what each answer becomes; `ANY` stands for all that are worse.
        sets: What the new part says, whatever was answered before.
        at_best: Where an answer was better than this one, it becomes this one.
        health: Percent of a new battery; ``None`` where the battery stays.
        source: Of what the repair leaves behind.
    """

    id: str
    part: str
    text: Mapping[str, str]
    changes: Mapping[str, Mapping[str, str]]
    sets: Mapping[str, str]
    at_best: Mapping[str, str]
    health: int | None
    source: str


@dataclass(frozen=True, slots=True)
class RepairCost:
    """What one repair costs the shop, without VAT.

    Attributes:
        kind: Its id.
        part: The part alone, or all of it where ``minutes`` is 0.
        total: With the work, rounded.
        mark: ``public``, ``ours``, or ``own`` for a price of the shop.
        quality: ``exact`` where the figure is of this very model, else ``estimate``.
        source: In words.
        as_of: The day of the source.
    """

    kind: str
    part: Money
    minutes: int
    total: Money
    mark: str
    quality: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Plan:
    """Repairs that lift a grade together; none of them can be left out.

    ``price_step`` less ``fees``, ``cost`` and ``handling``, and with ``saved``, is ``net``, to the cent.

    Attributes:
        repairs: Cheapest first.
        caps: The answers and readings that set the grade now and are gone afterwards.
        to: The grade afterwards, by the rules.
        price_step: How much more the phone is expected to sell for; ``None`` where it cannot be sold now, or has no
            price.
        fees: What of that step goes to commission, warranty and tax.
        saved: What the better grade needs less of refurbishing; ``None`` also in a quote that was made when ``fees``
            held it.
        cost: Parts and work.
        handling: Of the visit, however many parts.
        offer_after: What could be paid for the phone, the repair taken off.
        offer_step: How much more that is than without the repair.
        together: Without any one of them nothing changes at all.
        net: What the repair leaves; for a phone that cannot be sold as it is, what could be paid for it.
    """

    repairs: tuple[RepairCost, ...]
    caps: tuple[Cap, ...]
    to: str
    cost: Money
    handling: Money
    price_step: Money | None = None
    fees: Money | None = None
    saved: Money | None = None
    offer_after: Money | None = None
    offer_step: Money | None = None
    net: Money | None = None
    together: bool = False

    @property
    def pays(self) -> bool | None:
        """Whether it leaves anything; ``None`` where that cannot be said."""
        return None if self.net is None else self.net.amount > 0

    @property
    def rises_without_paying(self) -> bool:
        """Whether the offer would be higher although the repair leaves nothing."""
        return self.pays is False and self.offer_step is not None and self.offer_step.amount > 0

    @property
    def estimated(self) -> bool:
        """Whether a cost in it is not of this very model."""
        return any(repair.quality == "estimate" for repair in self.repairs)
