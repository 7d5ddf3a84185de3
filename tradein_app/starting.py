"""What happens after the first paint: slow imports, one at a time, on the worker's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from diagnostics.bench import Bench, Subscriber
    from diagnostics.grading.checklist import Checklist
    from diagnostics.runtime import Runtime
    from tradein_app.config import Config
    from tradein_app.services.desk import Desk
    from tradein_app.services.records import InspectionRecord, Workspace
    from tradein_app.services.unsaved import Unsaved

PAPERS = "quotes"


@dataclass(frozen=True, slots=True)
class Opened:
    """What the desk holds when the window opens."""

    desk: Desk
    records: tuple[InspectionRecord, ...]
    workspace: Workspace
    unsaved: Unsaved


def open_checklist() -> Checklist:
    """Return the questions."""
    from diagnostics.grading.checklist import load_checklist

    return load_checklist()


def open_saved(config: Config) -> Opened:
    """Open the database and return where the work stands.

    Raises:
        ServiceMissing: The database cannot be used.
    """
    from tradein_app.bootstrap import open_desk, open_unsaved

    desk = open_desk(config)
    return Opened(desk, desk.open_inspections(), desk.workspace(), open_unsaved(config))


@dataclass(frozen=True, slots=True)
class Devices:
    """The bench, and the thread that it lives in."""

    runtime: Runtime
    bench: Bench

    def read_again(self, key: str, *, ask_trust: bool) -> None:
        """Read a phone anew; callable from any thread."""
        self.runtime.submit(_read_again(self.bench, key, ask_trust))


def start_bench(config: Config, subscriber: Subscriber) -> Devices:
    """Watch the buses from now on, in the device thread."""
    from diagnostics.runtime import Runtime
    from tradein_app.bootstrap import open_bench

    bench = open_bench(config)
    bench.subscribe(subscriber)
    runtime = Runtime()
    runtime.start()
    runtime.submit(bench.run())
    return Devices(runtime, bench)


async def _read_again(bench: Bench, key: str, ask_trust: bool) -> None:
    bench.read_again(key, ask_trust=True if ask_trust else None)


def warm_up() -> None:
    """Load what the first phone needs to be read, graded and priced, before it comes."""
    from diagnostics.apple.source import warm_up as warm_up_iphones
    from pricing.catalogue import load_catalogue

    warm_up_iphones()
    load_catalogue()
    import_module("pricing.quote")


def paper_maker(config: Config, language: str) -> Callable[..., Path]:
    """Return what saves the customer's paper: ``save(record, accepted=False)``, of an offer or of a purchase."""

    def save(record: InspectionRecord, *, accepted: bool = False) -> Path:
        from tradein_app.documents.quote_paper import save_quote_pdf
        from tradein_app.documents.shop import load_shop
        from tradein_app.viewmodels.numbers import quote_number

        now, kind = datetime.now(UTC), "purchase" if accepted else "quote"
        path = config.home / PAPERS / f"{kind}-{now.astimezone():%Y%m%d}-{quote_number(record)}.pdf"
        at = now if accepted else None
        shop = load_shop(config.home)
        return save_quote_pdf(record, path, language=language, shop=shop, made=now, accepted_at=at)

    return save
