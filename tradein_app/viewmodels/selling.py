"""Recording what a bought phone was sold for: first which deal is meant, then the price, the day and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from tradein_app.viewmodels.formatting import format_day, format_money, isolated, model_words
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from tradein_app.services.sale_records import ForSale, Saved, SoldAs
    from tradein_app.viewmodels.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields."""

    amount: str
    currency: str
    day: str
    channel: str


class Selling(QObject):
    """Finds the deal of a phone, and has its sale kept.

    Args:
        bench: The work on the bench.
    """

    changed = Signal()
    """The deal, or what is said of it."""
    kept = Signal()
    """The sale is saved, or taken back."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.deal: ForSale | None = None
        self.said = ""
        self._far: Typed | None = None
        self._typed: Typed | None = None
        self._looks = bench.saving.job(self._on_found, failed=self._on_failed)
        self._keeps = bench.saving.job(self._on_kept, must_happen=True, failed=self._on_failed)

    @property
    def busy(self) -> bool:
        """Whether the desk is asked."""
        return self._looks.running or self._keeps.running

    @property
    def sold(self) -> SoldAs | None:
        """The sale that is kept of this deal, if there is one."""
        return self.deal.sale.sold if self.deal and self.deal.sale else None

    def look_up(self, name: str, day: str = "") -> None:
        """Look for the deal of a phone by IMEI, serial number or inspection.

        Args:
            name: As it was typed or scanned; ``""`` forgets the deal.
            day: Of the sale; of two deals the last one before it counts.
        """
        self.deal, self._far = None, None
        self._say("" if name or not self._bench.saving.ready else self._nothing_typed())
        if name and (desk := self._desk()) is not None:
            on = _day(day)
            self._looks.run(lambda _report: desk.for_sale(name, on))

    def sell(self, typed: Typed) -> None:
        """Keep the sale; a price that was far off is kept when it is sent a second time as it was."""
        desk, deal = self._desk(), self.deal
        on = _day(typed.day)
        if deal is None or desk is None or self._keeps.running:
            return
        if on is None:
            self._say(translate("selling", "Write the day like {0}.").format(isolated(_today().isoformat())))
            return
        self._typed = typed
        sure, number = typed == self._far, deal.sale.number if deal.sale else 0
        self._keep(
            lambda: desk.record_sale(
                deal.inspection_id,
                typed.amount,
                typed.currency,
                actor=_person(),
                on=on,
                channel=typed.channel,
                corrects=number,
                sure=sure,
            )
        )

    def take_back(self) -> None:
        """Keep that the sale came to nothing."""
        desk, deal = self._desk(), self.deal
        if desk is not None and deal is not None and deal.sale is not None and not self._keeps.running:
            key, number = deal.inspection_id, deal.sale.number
            self._keep(lambda: desk.take_back_sale(key, actor=_person(), corrects=number))

    def deal_words(self) -> str:
        """Return which phone was bought when and for how much; ``""`` while none is chosen."""
        if (deal := self.deal) is None:
            return ""
        language = self._bench.language
        model, day = model_words(deal.model, language), format_day(deal.bought_on, language=language)
        if deal.paid is None:
            return translate("selling", "{0}, bought on {1}").format(isolated(model), day)
        paid = format_money(deal.paid, language=language)
        return translate("selling", "{0}, bought on {1} for {2}").format(isolated(model), day, paid)

    def expected_words(self) -> str:
        """Return what the quote had promised, and the sale that is kept."""
        deal = self.deal
        if deal is None or deal.expected is None or deal.low is None or deal.high is None:
            return ""
        low, middle, high = (
            self._money(each, deal.currency) for each in (deal.low, deal.expected, deal.high)
        )
        return translate("selling", "Expected {0}, in eight of ten cases {1} to {2}.").format(
            middle, low, high
        )

    def sold_words(self) -> str:
        """Return the sale that is kept; ``""`` without one."""
        if (sold := self.sold) is None:
            return ""
        price, day = (
            self._money(sold.amount, sold.currency),
            format_day(sold.day, language=self._bench.language),
        )
        text = translate(
            "selling", "Kept as sold for {0} on {1}. What you save corrects it; both stay on record."
        )
        return text.format(price, day)

    def fields(self) -> Typed:
        """Return what stands in the fields at first: the sale that is kept, else today in the quote's currency."""
        sold, deal = self.sold, self.deal
        if sold is not None:
            return Typed(f"{sold.amount:f}", sold.currency, sold.day.isoformat(), sold.channel)
        return Typed("", deal.currency if deal else "", _today().isoformat(), "")

    def _money(self, amount: Any, currency: str) -> str:
        from pricing.money import Money

        return format_money(Money(amount, currency), language=self._bench.language)

    def _keep(self, work: Callable[[], Saved]) -> None:
        self._say("")
        self._keeps.run(lambda _report: work())

    def _desk(self) -> Any:
        desk = self._bench.saving.desk
        if desk is None:
            self._say(translate("selling", "Nothing can be saved yet. Try again in a moment."))
        return desk

    def _nothing_typed(self) -> str:
        return translate("selling", "Scan or type the IMEI or the serial number.")

    def _say(self, text: str) -> None:
        self.said = text
        self.changed.emit()

    def _on_found(self, deal: ForSale) -> None:
        self.deal = deal
        self._say("")

    def _on_failed(self, error: UserError) -> None:
        self._far = self._typed if error.code == "sale_far" else None
        self._say(" ".join(part for part in error_words(error, self._bench.language) if part))
        if error.code in {"sale_recorded", "sale_outdated"} and self.deal is not None:
            self.look_up(self.deal.inspection_id)  # another window was faster: what it kept is shown

    def _on_kept(self, done: Saved) -> None:
        self._bench.noticed.emit(Notice("ok" if not done.unwritten else "warn", *self._words(done)))
        self.deal, self._far = None, None
        self._say("")
        self.kept.emit()

    def _words(self, done: Saved) -> tuple[str, str]:
        sale, language = done.sale, self._bench.language
        model = isolated(model_words(sale.model, language))
        later = translate("selling", "The price model does not see it yet: {0}").format(
            isolated(done.unwritten)
        )
        hint = later if done.unwritten else ""
        if sale.sold is None:
            return translate("selling", "{0}: the sale is taken back.").format(model), hint
        price, day = (
            self._money(sale.sold.amount, sale.sold.currency),
            format_day(sale.sold.day, language=language),
        )
        return translate("selling", "{0} sold for {1} on {2}.").format(model, price, day), hint


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _person() -> Any:
    from tradein_app.services.records import THE_PERSON

    return THE_PERSON
