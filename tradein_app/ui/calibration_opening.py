"""Opens the window of calibration for the first time: in steps, so that the main window takes keys in between."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tradein_app.bridge.pacing import Pacer
    from tradein_app.ui.calibration_window import CalibrationWindow

_MODULES = (
    "tradein_app.viewmodels.calibration",
    "tradein_app.ui.calibration_table",
    "tradein_app.ui.calibration_window",
)
"""Each takes some milliseconds to be read: together they would be felt."""


class Opening:
    """Reads the modules, makes the window, shows it: each between two paintings.

    Args:
        pacer: What spreads the steps.
        make: Makes the window, and keeps it.
    """

    def __init__(self, pacer: Pacer, make: Callable[[], CalibrationWindow]) -> None:
        self._pacer = pacer
        self._make = make
        self._window: CalibrationWindow | None = None
        self._modules = list(_MODULES)

    def begin(self) -> None:
        """Begin; asked again meanwhile it changes nothing."""
        self._pacer.ask(self._step)

    def _step(self) -> None:
        if self._modules:
            import_module(self._modules.pop(0))
        elif self._window is None:
            self._window = self._make()
        else:
            self._window.open()
            return
        self._pacer.ask(self._step)
