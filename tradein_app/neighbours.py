"""Makes sure that our packages are ours: others on the package index are called so, too."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

OURS = ("diagnostics", "pricing", "resources")


class StrangeNeighbours(Exception):
    """Another program's package stands where ours should be; it is said before anything of ours is imported."""


def check_neighbours() -> None:
    """Check, without importing them, that our packages lie beside this one.

    Raises:
        StrangeNeighbours: One is missing, or lies somewhere else.
    """
    home = Path(__file__).resolve().parent.parent
    for name in OURS:
        spec = find_spec(name)
        places = list(spec.submodule_search_locations or ()) if spec else []
        if not any(Path(place).resolve() == home / name for place in places):
            found = f"found at {places[0]} is another program's" if places else "is missing"
            raise StrangeNeighbours(
                f"The package '{name}' {found}. Install tradein in a virtual environment of its own."
            )
