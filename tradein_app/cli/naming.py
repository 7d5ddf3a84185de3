"""``tradein name``: what a person teaches the program about the codes of models and colours."""

from __future__ import annotations

from diagnostics.errors import BadInput, UserError
from diagnostics.model import Platform
from diagnostics.teaching import FILES, Unnamed, learn, platform_of
from tradein_app.cli.output import put_line, say
from tradein_app.config import load_config


def teach(model: str, name: str, codename: str, colour: str) -> int:
    """Keep a name in the data folder; returns the exit status.

    Args:
        model: The model code.
        name: What stands on the box; of a colour its name.
        codename: For an Android phone's model code that several phones share; may be empty.
        colour: The code of an iPhone's housing, where its colour is named; may be empty.
    """
    what = _what(model.strip(), codename.strip(), colour.strip())
    config = load_config()
    home = config.home
    try:
        there = learn(home, what, name, config.names)
    except OSError as error:
        path = home / FILES[what.platform]
        raise UserError(
            f"{path} could not be written: {error.strerror}.", code="names_not_written"
        ) from error
    of = f"Colour {what.colour} of {what.model}" if what.colour else what.model
    put_line(f"{of} is {name.strip()} from now on.")
    if not there:
        say(
            f"{config.names} cannot be written now, or its file cannot be used: the name is kept in {home}, counts on "
            "this bench, and is handed on at a reading as soon as that is possible."
        )
    return 0


def _what(model: str, codename: str, colour: str) -> Unnamed:
    """Return what a person means: a codename is an Android phone's, a colour's code an iPhone's."""
    platform = Platform.ANDROID if codename else platform_of(model)
    if colour and platform is not Platform.IOS:
        raise BadInput(
            "Only the colours of iPhones have codes.", "Give a model such as iPhone14,5 and no codename."
        )
    return Unnamed(platform, model, codename, colour)
