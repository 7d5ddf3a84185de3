"""What else is to be known of price data: a code with parameters, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from diagnostics.messages import FALLBACK_LANGUAGE
from pricing.feeds.problems import said


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence.

    Attributes:
        code: A key of ``remarks`` in ``resources/messages/feeds.toml``.
        params: What its words are filled with; a remark stands for its own words.
    """

    code: str
    params: Mapping[str, str | Remark] = field(default_factory=lambda: MappingProxyType({}))

    def words(self, language: str = FALLBACK_LANGUAGE) -> str:
        """Return it in words."""
        filled = {
            name: value.words(language) if isinstance(value, Remark) else value
            for name, value in self.params.items()
        }
        return said(f"remarks.{self.code}", language, **filled)


def remark(code: str, **params: str | Remark) -> Remark:
    """Return a remark with its parameters frozen."""
    return Remark(code, MappingProxyType(params))
