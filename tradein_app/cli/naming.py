"""``tradein name``: what a person teaches the program about model codes."""

from __future__ import annotations

from diagnostics.android.names import FILE, learn
from diagnostics.errors import UserError
from tradein_app.cli.output import put_line
from tradein_app.config import load_config


def teach(model: str, name: str, codename: str) -> int:
    """Keep a name in the data folder; returns the exit status.

    Args:
        model: The model code.
        name: What stands on the box.
        codename: For a model code that several phones share; may be empty.
    """
    path = load_config().home / FILE
    try:
        learn(path, model, name, device=codename)
    except OSError as error:
        raise UserError(
            f"{path} could not be written: {error.strerror}.", code="names_not_written"
        ) from error
    put_line(f"{model.strip()} is {name.strip()} from now on.")
    return 0
