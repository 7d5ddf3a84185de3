"""``tradein udev``: the rule by which Linux lets a person open Android phones."""

from __future__ import annotations

from pathlib import Path

from diagnostics.android import permission
from diagnostics.errors import UserError
from tradein_app.cli.output import put_line, say
from tradein_app.config import load_config
from tradein_app.viewmodels.language import error_words, pick

_SAID = {
    "taken": {
        "en": "{file} is written. Replug the phone.",
        "fr": "{file} est écrit. Rebranchez le téléphone.",
    },
    "elsewhere": {
        "en": "{file} is written. It has an effect only in {folder}.",
        "fr": "{file} est écrit. Cela n'a d'effet que dans {folder}.",
    },
}


def show_rule() -> int:
    """Print the rule as it is written to a file; where it goes is said on stderr."""
    for line in permission.rule().splitlines():
        put_line(line)
    say(f"Belongs in {permission.FOLDER / permission.FILE}; “tradein udev --write” writes it.")
    return 0


def write_rule(folder: str) -> int:
    """Write the rule, and say in the person's language what came of it; returns the exit status.

    Args:
        folder: Where to; the system's own when empty. Elsewhere udev does not look for it.

    Raises:
        UserError: It was not written, or is written without effect yet.
    """
    language = load_config().language
    target = Path(folder) if folder else permission.FOLDER
    try:
        written = permission.install(target)
    except UserError as error:
        message, hint = error_words(error, language)
        raise type(error)(message, hint, error.code) from None
    said = "taken" if target == permission.FOLDER else "elsewhere"
    put_line(pick(_SAID[said], language).format(file=written, folder=permission.FOLDER))
    return 0
