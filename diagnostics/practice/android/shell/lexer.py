"""Cuts a script into words, operators and redirections."""

from __future__ import annotations

import re
from collections.abc import Callable

from diagnostics.practice.android.shell.syntax import (
    Literal,
    Operator,
    Part,
    Redirect,
    Script,
    ShellSyntaxError,
    Substitution,
    Token,
    Variable,
    Word,
)

_BLANKS = " \t\r"
_OPERATORS = ("&&", "||", ";", "\n", "&", "|", "(", ")")
_ENDS_WORD = frozenset(" \t\r\n;&|()<>")
_PLAIN = re.compile(r"""[^ \t\r\n;&|()<>\\'"$`]+""")
_REDIRECT = re.compile(r"([012]?)(>>|>&|<&|>|<)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[?$#0-9@*!]")
_BRACED = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*|[?$#0-9])\}")
_ESCAPED_IN_DOUBLE_QUOTES = '"\\$`\n'

ParseInner = Callable[[str], Script]


class Lexer:
    """Reads one script from left to right.

    Args:
        text: The script.
        parse_inner: Parses the text of a command substitution; it limits how deep they may nest.
    """

    def __init__(self, text: str, parse_inner: ParseInner) -> None:
        self._text = text
        self._at = 0
        self._parse_inner = parse_inner

    def tokens(self) -> list[Token]:
        """Return the whole script's tokens.

        Raises:
            ShellSyntaxError: A quote or a bracket is left open, or a redirection has no target.
        """
        found: list[Token] = []
        while self._skip_blanks():
            found.append(self._token())
        return found

    def _skip_blanks(self) -> bool:
        while self._at < len(self._text):
            if self._text[self._at] in _BLANKS:
                self._at += 1
            elif self._text.startswith("\\\n", self._at):
                self._at += 2
            elif self._text[self._at] == "#":
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            else:
                return True
        return False

    def _token(self) -> Token:
        redirect = _REDIRECT.match(self._text, self._at)
        if redirect:
            return self._redirect(redirect)
        for operator in _OPERATORS:
            if self._text.startswith(operator, self._at):
                self._at += len(operator)
                return Operator(operator)
        return self._word()

    def _redirect(self, match: re.Match[str]) -> Redirect:
        self._at = match.end()
        kind = match[2]
        default = "0" if kind[0] == "<" else "1"
        if not self._skip_blanks() or self._text[self._at] in _ENDS_WORD:
            msg = "syntax error: unexpected 'newline'"
            raise ShellSyntaxError(msg)
        return Redirect(int(match[1] or default), kind, self._word())

    def _word(self) -> Word:
        parts: list[Part] = []
        while self._at < len(self._text) and self._text[self._at] not in _ENDS_WORD:
            parts.extend(self._part(quoted=False))
        return tuple(parts)

    def _part(self, *, quoted: bool) -> list[Part]:
        character = self._text[self._at]
        if character == "$":
            return [self._dollar(quoted=quoted)]
        if character == "`":
            return [Substitution(self._parse_inner(self._until("`")), quoted)]
        if quoted:
            return [self._in_double_quotes()]
        if character == "'":
            return [Literal(self._until("'"), quoted=True)]
        if character == '"':
            return self._double_quoted()
        return [self._plain()]

    def _until(self, closing: str) -> str:
        end = self._text.find(closing, self._at + 1)
        if end < 0:
            msg = f"syntax error: no closing quote {closing}"
            raise ShellSyntaxError(msg)
        inner = self._text[self._at + 1 : end]
        self._at = end + 1
        return inner

    def _double_quoted(self) -> list[Part]:
        self._at += 1
        parts: list[Part] = [Literal("", quoted=True)]
        while self._at < len(self._text):
            if self._text[self._at] == '"':
                self._at += 1
                return parts
            parts.extend(self._part(quoted=True))
        msg = 'syntax error: no closing quote "'
        raise ShellSyntaxError(msg)

    def _in_double_quotes(self) -> Literal:
        character = self._text[self._at]
        following = self._text[self._at + 1 : self._at + 2]
        if character == "\\" and following and following in _ESCAPED_IN_DOUBLE_QUOTES:
            self._at += 2
            return Literal("" if following == "\n" else following, quoted=True)
        self._at += 1
        return Literal(character, quoted=True)

    def _plain(self) -> Literal:
        if self._text[self._at] == "\\":
            escaped = self._text[self._at + 1 : self._at + 2]
            self._at += 2
            return Literal("" if escaped == "\n" else escaped or "\\", quoted=True)
        match = _PLAIN.match(self._text, self._at)
        end = match.end() if match else self._at + 1
        start, self._at = self._at, end
        return Literal(self._text[start:end], quoted=False)

    def _dollar(self, *, quoted: bool) -> Part:
        self._at += 1
        if self._text.startswith("(", self._at):
            return Substitution(self._parse_inner(self._bracketed()), quoted)
        match = _BRACED.match(self._text, self._at) or _NAME.match(self._text, self._at)
        if match is None:
            return Literal("$", quoted)
        self._at = match.end()
        return Variable(match[match.lastindex or 0], quoted)

    def _bracketed(self) -> str:
        start, depth, quote = self._at + 1, 0, ""
        while self._at < len(self._text):
            character = self._text[self._at]
            self._at += 1
            if quote:
                quote = "" if character == quote else quote
            elif character in "'\"":
                quote = character
            elif character in "()":
                depth += 1 if character == "(" else -1
                if depth == 0:
                    return self._text[start : self._at - 1]
        msg = "syntax error: unexpected EOF"
        raise ShellSyntaxError(msg)
