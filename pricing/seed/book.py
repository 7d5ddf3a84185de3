"""The seed book: a price model from published curves, one exact multiplier for each thing that matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from diagnostics.errors import UserError
from diagnostics.grading.engine import Grade
from pricing.catalogue import Model
from pricing.money import Money, rounded
from pricing.ports import Price, PriceQuery
from pricing.rates.columns import shipped
from pricing.rates.saying import rate_note, rate_warnings
from pricing.rates.table import Rate, Rates
from pricing.records import Factor, PriceRange, Reason, reason
from pricing.seed.curves import age_in_months, exp, ln, multiplier, power, step_at
from pricing.seed.tables import PhoneClass, SeedTables, load_tables
from pricing.words import factor_words

_Z90 = Decimal("1.281552")
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is looked up once for a query."""

    query: PriceQuery
    launch: Money
    rate: Rate
    months: Decimal
    phones: PhoneClass
    share: Decimal
    """Of the class in the retention: how far the phone belongs to it, and not to the next one."""
    next_class: PhoneClass


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all phones of a model share on one day in one currency.

    Attributes:
        factors: From the launch price to a phone of any condition.
        reach: From p50 to p90, as a multiplier; ``back`` to p10.
    """

    model: Model
    factors: tuple[Factor, ...]
    reach: Decimal
    back: Decimal
    warnings: tuple[Reason, ...]


class SeedBook:
    """Prices any phone of the catalogue from its list price and age (see ``resources/catalogue/seed_curves.toml``).

    Args:
        tables: The numbers; those that came with the program by default.
        rates: For list prices in another currency than the price's; those that came with the program by default.
    """

    def __init__(self, tables: SeedTables | None = None, rates: Rates | None = None) -> None:
        self._tables = tables or load_tables()
        self._rates = rates or shipped()
        self._grounds: dict[tuple[str, date, str], _Ground] = {}

    @property
    def version(self) -> str:
        """Return the version of the numbers."""
        return self._tables.version

    def price(self, query: PriceQuery) -> Price:
        """Return the price of a phone; its basis is ``seed``.

        Raises:
            UserError: ``launch_in_future``: the model is not out on that day; ``no_rate``: there is no rate from the
                list price's currency.
        """
        ground = self._ground(query)
        factors = (*ground.factors, *self._condition(query))
        return Price(
            range=self._range(ground, query, factors),
            factors=factors,
            warnings=ground.warnings,
            version=self.version,
        )

    def _ground(self, query: PriceQuery) -> _Ground:
        """Return what all phones of a model share on one day in one currency, worked out once."""
        key = (query.model.id, query.as_of, query.currency)
        found = self._grounds.get(key)
        if found is None or found.model is not query.model:
            facts = self._facts(query)
            reach = exp(_Z90 * self._log_sd(facts))
            factors, warnings = tuple(self._factors(facts)), tuple(self._warnings(facts))
            found = _Ground(query.model, factors, reach, 1 / reach, warnings)
            if len(self._grounds) >= _REMEMBERED:
                self._grounds.clear()
            self._grounds[key] = found
        return found

    def _facts(self, query: PriceQuery) -> _Facts:
        model = query.model
        launch = model.launch_prices[model.base_storage]
        months = age_in_months(model.launch_date, query.as_of)
        if months < 0:
            raise UserError(f"{model.title} is not out before {model.launch_date}.", code="launch_in_future")
        rate = self._rates.rate(launch.currency, query.currency, query.as_of)
        if rate is None:
            raise UserError(f"There is no rate from {launch.currency} to {query.currency}.", code="no_rate")
        usd = self._list_price_usd(launch)
        own = self._class(query, usd)
        dearer = self._class(query, max(usd, own.below_usd or usd))
        return _Facts(query, launch, rate, months, own, own.own_share(usd), dearer)

    def _class(self, query: PriceQuery, usd: Decimal) -> PhoneClass:
        return next(phones for phones in self._tables.classes if phones.fits(query.model, usd))

    def _list_price_usd(self, launch: Money) -> Decimal:
        if launch.currency == "USD":
            return launch.amount
        return (
            launch.amount
            * self._tables.other_basis.get(launch.currency, Decimal(1))
            * self._tables.usd_per_eur
        )

    @staticmethod
    def _range(ground: _Ground, query: PriceQuery, factors: Iterable[Factor]) -> PriceRange:
        amount = ground.model.launch_prices[ground.model.base_storage].amount
        for factor in factors:
            amount *= factor.multiplier
        p50 = rounded(Money(amount, query.currency))
        return PriceRange(rounded(p50 * ground.back), p50, rounded(p50 * ground.reach), "seed")

    def _log_sd(self, facts: _Facts) -> Decimal:
        widening = self._tables.widening
        outside = facts.phones.curve.months_outside(facts.months) * widening["per_month_outside"]
        launch = widening.get(facts.query.model.confidence, Decimal(0))
        return (facts.phones.log_sd**2 + outside**2 + launch**2).sqrt()

    def _warnings(self, facts: _Facts) -> Iterable[Reason]:
        yield reason("seed_estimate")
        if facts.query.model.confidence == "approximate":
            yield reason("launch_approximate")
        if facts.phones.unpublished:
            yield reason("no_brand_curve", brand=facts.query.model.brand)
        if facts.phones.curve.months_outside(facts.months):
            yield reason("extrapolated", months=_whole(facts.months))
        yield from rate_warnings(facts.rate, facts.query.as_of)

    def _factors(self, facts: _Facts) -> Iterable[Factor]:
        yield from self._list_price(facts)
        yield from self._age(facts)
        yield _factor("ask_to_sold", self._tables.ask_to_sold)
        yield _factor("warranty", self._tables.warranty)

    def _list_price(self, facts: _Facts) -> Iterable[Factor]:
        launch = facts.launch
        yield _factor("launch_price", Decimal(1), f"{launch.amount:.2f} {launch.currency}")
        if facts.rate.day:
            yield _factor("currency", facts.rate.value, rate_note(facts.rate))
        if launch.currency in facts.phones.list_basis:
            yield _factor("list_basis", facts.phones.list_basis[launch.currency])

    def _age(self, facts: _Facts) -> Iterable[Factor]:
        age = facts.phones.curve.at(facts.months)
        yield _factor("age", age, f"{_whole(facts.months)} months")
        own, dearer = facts.phones.retention(facts.months), facts.next_class.retention(facts.months)
        # Without this passage one euro of list price would move the price by half at the class's border.
        relative = power(own, facts.share) * power(dearer, 1 - facts.share) / age
        if facts.phones.relative:
            yield _factor("phone_class", relative, facts.phones.key)

    def _condition(self, query: PriceQuery) -> Iterable[Factor]:
        yield _factor("storage", self._storage(query), f"{query.storage_gb} GB")
        yield _factor("grade", self._grade(query), query.grade.value)
        yield _factor("battery", self._battery(query), f"{query.battery_percent} %")
        if query.carrier_locked:
            yield _factor("carrier_lock", self._tables.carrier_lock)

    def _storage(self, query: PriceQuery) -> Decimal:
        doublings = ln(Decimal(query.storage_gb) / query.model.base_storage) / ln(Decimal(2))
        return power(self._tables.per_doubling, doublings)

    def _grade(self, query: PriceQuery) -> Decimal:
        proved = query.grade is not Grade.PREMIUM or query.genuine_parts
        return self._tables.grades[query.grade.value if proved else Grade.EXCELLENT.value]

    def _battery(self, query: PriceQuery) -> Decimal:
        factor = step_at(self._tables.battery, query.battery_percent)
        # Premium asks for 90 %, so its published factor holds a good battery already.
        holds_battery = query.grade is Grade.PREMIUM and query.genuine_parts
        return min(factor, Decimal(1)) if holds_battery else factor


def _factor(key: str, value: Decimal, note: str = "") -> Factor:
    return Factor(key, factor_words(key), multiplier(value), note)


def _whole(months: Decimal) -> str:
    return str(int(months))
