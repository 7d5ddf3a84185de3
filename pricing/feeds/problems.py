"""Why something was not fetched: a code with parameters, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import cast

from diagnostics.messages import FALLBACK_LANGUAGE, Shown
from resources.opening import load_toml

_FILE = "messages/feeds.toml"


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong; it holds no secret.

    Attributes:
        code: A key of ``problems`` in ``resources/messages/feeds.toml``.
    """

    code: str
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def words(self, language: str = FALLBACK_LANGUAGE) -> str:
        """Return it as a sentence that says what to do, too.

        A code that a newer version of the program left with a copy has no words here; that is said.
        """
        if self.code not in load_toml(_FILE)["problems"]:
            return said("problems.unknown", language, code=self.code)
        return said(f"problems.{self.code}", language, **self.params)


class NotFetched(Exception):
    """Nothing new was brought.

    Attributes:
        again: It may go better at once.
        wait_for: The answer's own headers that may say when to come again; ``None`` for none.
    """

    def __init__(self, problem: Problem, *, again: bool = False, wait_for: object = None) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.again = again
        self.wait_for = wait_for


def failed(code: str, *, again: bool = False, wait_for: object = None, **params: str) -> NotFetched:
    """Return the exception for a problem."""
    return NotFetched(Problem(code, MappingProxyType(params)), again=again, wait_for=wait_for)


def said(key: str, language: str = FALLBACK_LANGUAGE, **params: str) -> str:
    """Return a text about feeds and the health of price data.

    Raises:
        KeyError: Nothing has that key: a fault of the program, found by a test.
    """
    group, _, name = key.partition(".")
    texts = cast("Mapping[str, str]", load_toml(_FILE)[group][name])
    return texts.get(language, texts[FALLBACK_LANGUAGE]).format_map(Shown(params))
