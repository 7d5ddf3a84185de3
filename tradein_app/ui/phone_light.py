"""The traffic light of the shown phone as a whole, beside its name: sign, word and colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.layouts import set_tip
from tradein_app.ui.section_view import SIGNS
from tradein_app.ui.theme import restyle
from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.traffic import SEPARATOR

if TYPE_CHECKING:
    from tradein_app.viewmodels.facts import Fact

_UNLIT = "? "


class PhoneLight(ElidedLabel):
    """Says what the locks come to together; hidden where that is not known, or the phone has no such light."""

    def __init__(self) -> None:
        super().__init__(role="strong")
        self.setProperty("alignment", "AlignRight|AlignVCenter")
        self._said = ""
        self.hide()

    def show_light(self, fact: Fact | None) -> None:
        """Show a light, with as much as there is room for, its word at least; ``None`` hides it."""
        if fact is not None:
            sign = SIGNS.get(fact.tone, _UNLIT)
            worst = fact.value.partition(SEPARATOR)[0]
            whole, least = (f"{sign}{text[:1].upper()}{text[1:]}" for text in (fact.value, fact.light))
            self.show_text(whole, shorter=(f"{sign}{worst[:1].upper()}{worst[1:]}", least))
            self._said = without_isolates(f"{fact.label}: {fact.value}")
            self.setAccessibleName(self._said)
            restyle(self, tone=fact.tone)
        if self.isHidden() is (fact is not None):
            self.setVisible(fact is not None)

    def _fit(self) -> None:
        super()._fit()
        set_tip(self, self._said)
