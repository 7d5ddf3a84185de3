"""Names for models and colours that no table knows: typed once, kept for all benches that share the data folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from diagnostics.teaching import Unnamed, unnamed
from diagnostics.text import plain
from tradein_app.viewmodels.formatting import isolated
from tradein_app.viewmodels.language import error_words, translate
from tradein_app.viewmodels.notices import Notice

if TYPE_CHECKING:
    from diagnostics.errors import UserError
    from tradein_app.viewmodels.workbench import Workbench


def unknown_words(what: Unnamed) -> str:
    """Return what has no name, in a few words: ``Unknown model iPhone19,7``."""
    if not what.colour:
        return translate("naming", "Unknown model {0}").format(isolated(what.model))
    text = translate("naming", "Unknown colour {0} of {1}")
    return text.format(isolated(what.colour), isolated(what.called or what.model))


def what_is_wrong(name: str, what: Unnamed) -> str:
    """Return why a typed name cannot be kept, in a sentence; ``""`` for one that can.

    Args:
        name: As it was typed.
        what: What it is for.
    """
    from diagnostics.learned import LONGEST_NAME

    typed = name.strip()
    if not typed:
        return _type_it(what)
    if len(typed) > LONGEST_NAME:
        text = translate("naming", "A name has at most {0} characters; this one has {1}.")
        return text.format(LONGEST_NAME, len(typed))
    if plain(typed, LONGEST_NAME) != typed:
        return translate(
            "naming", "Something in it cannot be shown, or there are two blanks in a row. Type it anew."
        )
    if typed.casefold() == what.code.casefold():
        # Apart from the string that it goes into: what stands in braces is not found when texts are gathered.
        code = translate("naming", "That is the code itself.")
        return f"{code} {_type_it(what)}"
    return ""


def _kept_here() -> str:
    return translate(
        "naming",
        "The shared folder cannot be written: the name is kept on this bench, and handed on as soon as it can be.",
    )


def _type_it(what: Unnamed) -> str:
    if what.colour:
        return translate("naming", "Type the colour's name, as the maker calls it.")
    return translate("naming", "Type the name that stands on the box.")


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

    def learn(self, what: Unnamed, name: str) -> None:
        """Keep a name; `kept` or `refused` follows."""
        if wrong := what_is_wrong(name, what):
            self.refused.emit(wrong)
        elif not self._bench.saving.ready:
            self.refused.emit(translate("naming", "Nothing can be saved yet. Try again in a moment."))
        else:
            self._bench.saving.keep_name(what, name.strip())

    def _on_named(self, what: Unnamed, name: str, there: bool) -> None:
        text = translate("naming", "{0} is {1} from now on.").format(isolated(what.code), isolated(name))
        if what.colour:
            colour = translate("naming", "Colour {0} of {1} is {2} from now on.")
            text = colour.format(*(isolated(part) for part in (what.colour, what.called or what.model, name)))
        self._bench.noticed.emit(Notice("ok", text) if there else Notice("warn", text, _kept_here()))
        for index, port in enumerate(self._bench.devices.board.ports):
            reading = port.phone.reading if port.phone and port.present else None
            if (found := unnamed(reading)) is not None and _is_same(found, what):
                self._bench.read_again(index)
        self.kept.emit()

    def _on_not_named(self, error: UserError) -> None:
        self.refused.emit(" ".join(part for part in error_words(error, self._bench.language) if part))


def _is_same(found: Unnamed, named: Unnamed) -> bool:
    return (found.platform, found.model, found.colour) == (named.platform, named.model, named.colour)
