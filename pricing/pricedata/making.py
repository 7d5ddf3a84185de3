"""Who makes a phone that is named without its maker: the catalogue's word, where it knows the name as one maker's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from pricing.catalogue import load_catalogue, normal_name


def maker_of(model: str) -> str:
    """Return the maker of a model, with or without the maker in its name; empty where it is not sure.

    A name that begins with a digit, such as ``12 Pro``, may be one of a maker that the catalogue does not know.
    """
    name = normal_name(model)
    return "" if name[:1].isdigit() else _makers().get(name, "")


@cache
def _makers() -> Mapping[str, str]:
    found: dict[str, set[str]] = defaultdict(set)
    for model in load_catalogue():
        for name in (model.name, *model.aliases):
            found[normal_name(name)].add(model.brand)
            found[normal_name(f"{model.brand} {name}")].add(model.brand)
    return {name: next(iter(makers)) for name, makers in found.items() if len(makers) == 1}
