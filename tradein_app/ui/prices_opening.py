"""Opens the window of prices for the first time: in steps, so that the main window takes keys in between."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tradein_app.bridge.pacing import Pacer
    from tradein_app.ui.prices_window import PricesWindow

_MODULES = (
    "tradein_app.viewmodels.quote",
    "tradein_app.services.price_page_records",
    "tradein_app.viewmodels.prices_fetching",
    "tradein_app.viewmodels.prices_loading",
    "tradein_app.viewmodels.prices_acting",
    "tradein_app.viewmodels.prices",
    "tradein_app.viewmodels.prices_axis",
    "tradein_app.viewmodels.prices_left_out",
    "tradein_app.viewmodels.prices_words",
    "tradein_app.viewmodels.prices_fetch_words",
    "tradein_app.viewmodels.prices_steps",
    "tradein_app.viewmodels.prices_standing",
    "tradein_app.training.words",
    "tradein_app.ui.calibration_table",
    "tradein_app.ui.prices_plot",
    "tradein_app.ui.prices_choosing",
    "tradein_app.ui.prices_worth",
    "tradein_app.ui.prices_fetched",
    "tradein_app.viewmodels.prices_kept",
    "tradein_app.ui.prices_kept",
    "tradein_app.ui.prices_side",
    "tradein_app.ui.prices_window",
)
"""Each takes some milliseconds to be read: together they would be felt."""


class Opening:
    """Reads the modules, makes the window part by part, shows it: each between two paintings.

    Args:
        pacer: What spreads the steps.
        make: Makes the window, and keeps it.
        title: The phone model to begin with; empty for the last one.
    """

    def __init__(self, pacer: Pacer, make: Callable[[], PricesWindow], title: str) -> None:
        self._pacer = pacer
        self._make = make
        self._title = title
        self._window: PricesWindow | None = None
        self._steps: list[Callable[[], object]] = []
        self._modules = list(_MODULES)

    def begin(self) -> None:
        """Begin; asked again meanwhile it changes nothing."""
        self._pacer.ask(self._step)

    def _step(self) -> None:
        if self._modules:
            import_module(self._modules.pop(0))
        elif self._window is None:
            self._window = self._make()
            self._steps = [*self._window.stages(), self._open]
        else:
            self._steps.pop(0)()
            if not self._steps:
                return
        self._pacer.ask(self._step)

    def _open(self) -> None:
        assert self._window is not None
        self._window.open(self._title)
