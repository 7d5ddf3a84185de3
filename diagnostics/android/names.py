"""Names that a shop teaches the program, for phones that no table has.

::

    [models]
    "SM-S999B" = "Galaxy S99"
    "A1|codename" = "Shop phone"

The second form is for model codes that several phones share. What it says goes before everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from diagnostics import text
from diagnostics.learned import Form, bad_code, is_shown, typed_name
from diagnostics.learning import LearnedFile, teach
from diagnostics.model import Platform
from diagnostics.teaching import FILES

FILE = FILES[Platform.ANDROID]
_FORM = Form(FILE)
_SECTION = "models"
_LONGEST_CODE = 80
_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Names:
    """What a shop's own file says.

    Attributes:
        models: Names by ``model`` or ``model|device``.
        wrong: What is wrong with the file; nothing of it is used then.
    """

    models: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""

    def name_of(self, model: str, device: str) -> str | None:
        """Return the name of a phone, by both its codes where they are there."""
        return self.models.get(f"{model}{_BETWEEN}{device}") or self.models.get(model)


NONE = Names()


class NamesFile(LearnedFile[Names]):
    """A shop's file, read again when it has changed.

    Args:
        path: Where a bench's own would be; ``None`` for none. It need not exist.
        shop: Where the one for all benches would be; ``None`` for none.
    """

    def __init__(self, path: Path | None, shop: Path | None = None) -> None:
        super().__init__(path, _FORM, parse_names, NONE, shop)


def parse_names(content: bytes) -> Names:
    """Return what a file says.

    Raises:
        BadInput: It is no such file; the sentence names the place.
    """
    table = _FORM.table(content)
    rows = table.pop(_SECTION, {})
    if table or not isinstance(rows, Mapping):
        raise _FORM.bad(f"it must hold one section [{_SECTION}] with rows such as “code = name”")
    return Names({code: _name(code, value) for code, value in rows.items()})


def learn(path: Path, model: str, name: str, *, device: str = "", shop: Path | None = None) -> bool:
    """Write a name into a shop's file, in place of the one that stood there; blocks, so never call it from the loop.

    Args:
        path: The file; it need not exist.
        model: The code (``ro.product.model``).
        name: What stands on the box.
        device: The codename (``ro.product.device``), where the model code alone does not tell the phone.
        shop: The file for all benches, where there is one.

    Returns:
        Whether it is where it belongs; ``False`` where it waits for the shared folder (`diagnostics.learning.teach`).

    Raises:
        BadInput: The name or the code cannot be one, or the file cannot be used as it is: nothing was written.
        OSError: The file cannot be written.
    """
    return teach(path, _FORM, row(model, name, device), parse_names, shop)


def row(model: str, name: str, device: str = "") -> tuple[tuple[str, str], str]:
    """Return where in the file a typed name goes, section and code, and the name as it is kept.

    Raises:
        BadInput: The name or a code cannot be one.
    """
    codes = [code.strip() for code in (model, device)]
    code = _BETWEEN.join(codes) if codes[1] else codes[0]
    if any(_BETWEEN in one for one in codes) or not codes[0] or not is_shown(code, _LONGEST_CODE):
        shape = (
            f"a model code such as SM-S999B, of at most {_LONGEST_CODE} characters and without “{_BETWEEN}”"
        )
        raise bad_code(code, f"{shape}; a codename goes by --codename")
    return (_SECTION, code), typed_name(name)


def _name(code: str, value: object) -> str:
    if not is_shown(code, _LONGEST_CODE):
        raise _FORM.bad(
            f"[{_SECTION}] {text.plain(code, 30)} must be a code of at most {_LONGEST_CODE} characters"
        )
    return _FORM.name(_SECTION, code, value)
