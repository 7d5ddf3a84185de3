"""Turns a script's tokens into its syntax tree."""

from __future__ import annotations

from functools import lru_cache

from diagnostics.practice.android.shell.lexer import Lexer
from diagnostics.practice.android.shell.syntax import (
    AndOr,
    Group,
    Literal,
    Operator,
    Pipeline,
    Redirect,
    Script,
    ShellSyntaxError,
    Simple,
    Token,
    Word,
)

DEEPEST = 12  # brackets within brackets; a phone is never asked for more, and Python's stack stays safe
_RESERVED = frozenset(
    {"if", "then", "else", "elif", "fi", "for", "do", "done", "while", "until", "case", "esac"}
)
_SEPARATORS = frozenset({";", "\n", "&"})


@lru_cache(maxsize=64)  # a bench is asked for the same few scripts by every phone
def parse(text: str, depth: int = 0) -> Script:
    """Return a script's syntax tree.

    Raises:
        ShellSyntaxError: Not a script, or one with loops, conditions or functions, which this shell does not know.
    """
    if depth > DEEPEST:
        msg = "syntax error: nested too deeply"
        raise ShellSyntaxError(msg)
    tokens = Lexer(text, lambda inner: parse(inner, depth + 1)).tokens()
    return _Parser(tokens, depth).whole()


def _bare(token: Token | None) -> str:
    """Return a word's text when it is one unquoted literal (only such a word can be a reserved one)."""
    match token:
        case (Literal(text=text, quoted=False),):
            return text
        case _:
            return ""


class _Parser:
    def __init__(self, tokens: list[Token], depth: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = depth

    def whole(self) -> Script:
        script = self._script("")
        if self._at < len(self._tokens):
            self._refuse()
        return script

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _operator(self) -> str:
        token = self._peek()
        return token.text if isinstance(token, Operator) else ""

    def _refuse(self) -> None:
        token = self._peek()
        name = "EOF" if token is None else self._operator() or _bare(token) or "word"
        msg = f"syntax error: unexpected '{'newline' if name == chr(10) else name}'"
        raise ShellSyntaxError(msg)

    def _script(self, closing: str) -> Script:
        steps: list[AndOr] = []
        self._skip("\n")
        while self._peek() is not None and not self._closes(closing):
            steps.append(self._and_or())
            if self._operator() not in _SEPARATORS:
                break
            self._at += 1
            self._skip("\n")
        return tuple(steps)

    def _closes(self, closing: str) -> bool:
        return bool(closing) and closing in {self._operator(), _bare(self._peek())}

    def _skip(self, operator: str) -> None:
        while self._operator() == operator:
            self._at += 1

    def _and_or(self) -> AndOr:
        steps = [("", self._pipeline())]
        while self._operator() in {"&&", "||"}:
            operator = self._operator()
            self._at += 1
            self._skip("\n")
            steps.append((operator, self._pipeline()))
        return AndOr(tuple(steps))

    def _pipeline(self) -> Pipeline:
        negated = _bare(self._peek()) == "!"
        if negated:
            self._at += 1
        commands = [self._command()]
        while self._operator() == "|":
            self._at += 1
            self._skip("\n")
            commands.append(self._command())
        return Pipeline(tuple(commands), negated)

    def _command(self) -> Simple | Group:
        if self._operator() == "(":
            return self._group(")", subshell=True)
        bare = _bare(self._peek())
        if bare == "{":
            return self._group("}", subshell=False)
        if bare in _RESERVED or bare == "}":
            self._refuse()
        return self._simple()

    def _group(self, closing: str, *, subshell: bool) -> Group:
        if self._depth > DEEPEST:
            msg = "syntax error: nested too deeply"
            raise ShellSyntaxError(msg)
        self._at += 1
        self._depth += 1
        script = self._script(closing)
        self._depth -= 1
        if not self._closes(closing):
            self._refuse()
        self._at += 1
        return Group(script, self._redirects(), subshell)

    def _redirects(self) -> tuple[Redirect, ...]:
        found: list[Redirect] = []
        while isinstance(token := self._peek(), Redirect):
            found.append(token)
            self._at += 1
        return tuple(found)

    def _simple(self) -> Simple:
        words: list[Word] = []
        redirects: list[Redirect] = []
        while (token := self._peek()) is not None and not isinstance(token, Operator):
            if isinstance(token, Redirect):
                redirects.append(token)
            else:
                words.append(token)
            self._at += 1
        if not words and not redirects:
            self._refuse()
        return Simple(tuple(words), tuple(redirects))
