"""Names for models that no table knows: typed once, kept for all benches that share the data folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from diagnostics.model import Platform, Quality
from diagnostics.text import plain
from tradein_app.viewmodels.formatting import isolated
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from diagnostics.model import Reading
    from tradein_app.viewmodels.workbench import Workbench

_MODEL = "identity.model"
_BETWEEN = ", "
"""Between model code and codename in the evidence of a name."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A phone whose model no table knows.

    Attributes:
        model: Its model code.
        device: Its codename; ``""`` where it tells none.
    """

    model: str
    device: str = ""


def unnamed(reading: Reading | None) -> Unnamed | None:
    """Return what a phone calls itself that nobody knows by name; ``None`` for all others.

    A name can be kept for Android phones; an iPhone's goes into ``iphone-names.toml`` by hand.
    """
    if reading is None or reading.platform is not Platform.ANDROID or not reading.identity.model_code:
        return None
    evidence = reading.evidence.get(_MODEL)
    if evidence is None or evidence.quality is not Quality.HINT:
        return None
    return Unnamed(reading.identity.model_code, evidence.raw.partition(_BETWEEN)[2])


def what_is_wrong(name: str, model: str) -> str:
    """Return why a typed name cannot be kept, in a sentence; ``""`` for one that can.

    Args:
        name: As it was typed.
        model: The model code that it is for.
    """
    from diagnostics.learned import LONGEST_NAME

    typed = name.strip()
    if not typed:
        return translate("naming", "Type the name that stands on the box.")
    if len(typed) > LONGEST_NAME:
        text = translate("naming", "A name has at most {0} characters; this one has {1}.")
        return text.format(LONGEST_NAME, len(typed))
    if plain(typed, LONGEST_NAME) != typed:
        return translate(
            "naming", "Something in it cannot be shown, or there are two blanks in a row. Type it anew."
        )
    if typed.casefold() == model.casefold():
        return translate("naming", "That is the model code itself. Type the name that stands on the box.")
    return ""


class Naming(QObject):
    """Has a name kept, and the phones that it is for read again.

    Args:
        bench: The work on the bench.
    """

    kept = Signal()
    """The name is saved."""
    refused = Signal(str)
    """Why it is not, in a sentence or two."""

    def __init__(self, bench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        bench.saving.named.connect(self._on_named)
        bench.saving.not_named.connect(self._on_not_named)

    def learn(self, phone: Unnamed, name: str) -> None:
        """Keep a name; `kept` or `refused` follows."""
        if wrong := what_is_wrong(name, phone.model):
            self.refused.emit(wrong)
        elif not self._bench.saving.ready:
            self.refused.emit(translate("naming", "Nothing can be saved yet. Try again in a moment."))
        else:
            self._bench.saving.name_model(phone.model, name.strip(), phone.device)

    def _on_named(self, model: str, name: str) -> None:
        text = translate("naming", "{0} is {1} from now on.").format(isolated(model), isolated(name))
        self._bench.noticed.emit(Notice("ok", text))
        for index, port in enumerate(self._bench.devices.board.ports):
            reading = port.phone.reading if port.phone and port.present else None
            if (found := unnamed(reading)) is not None and found.model == model:
                self._bench.read_again(index)
        self.kept.emit()

    def _on_not_named(self, error: UserError) -> None:
        self.refused.emit(" ".join(part for part in error_words(error, self._bench.language) if part))
