"""The words of a rule: text in, one `Token` after the other out, as far as the reader goes.

Letters are case-sensitive. White space parts words and means nothing else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from consolidator.rules.expression import CONDITIONS_ON_TEXTS, NUMBERS_OF_TEXTS

_FACETS = "|".join(sorted(NUMBERS_OF_TEXTS | CONDITIONS_ON_TEXTS))
WORDS = re.compile(
    rf"""[ \t\r\n]*(?:
      (?P<iff>iff\b|<=>)
    | (?P<implies>implies\b|=>)
    | (?P<or>or\b)
    | (?P<and>and\b)
    | (?P<not>not\b)
    | (?P<function>(?:max|min|sum|abs)\b)
    | (?P<blank>blank\b)
    | (?P<previous>previous\b)
    | (?P<facet>(?:{_FACETS})(?=\s*\())
    | (?P<compare><=|>=|!=|=|<|>)
    | (?P<sign>[+-])
    | (?P<scale>[*/])
    | (?P<number>\d{{1,28}}(?:\.\d{{1,28}})?(?!\w))
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)
    | (?P<words>"[^"\n]*")
    | (?P<range>\.\.)
    | (?P<open>\()
    | (?P<close>\))
    | (?P<comma>,)
    | (?P<other>.)
    )""",
    re.VERBOSE,
)
"""What stands first in a text, by the kinds of its words; `other` is a character that begins none."""


class RuleSyntaxError(ValueError):
    """A text is no rule. `problem` is a key of `[words.rule_mistake]`, `details` fill it; the place counts from 1."""

    def __init__(self, problem: str, line: int, column: int, **details: str) -> None:
        """Say what is wrong at which place."""
        self.problem = problem
        self.line = line
        self.column = column
        self.details = details
        super().__init__(f"{line}:{column}: {problem} {details}")


class Token(NamedTuple):
    """A word, its kind (a group of `WORDS`, or `end`) and its place, line and column from 1."""

    kind: str
    text: str
    line: int
    column: int

    def refused(self) -> RuleSyntaxError:
        """What is said where this word cannot stand."""
        if self.kind == "end":
            return RuleSyntaxError("unfinished", self.line, self.column)
        problem = "character" if self.kind == "other" else "unexpected"
        return RuleSyntaxError(problem, self.line, self.column, found=self.text)


def tokens(text: str) -> list[Token]:
    """The words of a text in order, up to a character that begins none; the last one is that or the end, just after the last character."""
    found: list[Token] = []
    text = text.rstrip(" \t\r\n")
    line, begun = 1, 0  # the line, and where it begins
    for word in WORDS.finditer(text):
        kind = word.lastgroup or "other"
        start = word.start(kind)
        if lines := text.count("\n", word.start(), start):
            line, begun = line + lines, text.rindex("\n", word.start(), start) + 1
        found.append(Token(kind, word[kind], line, start - begun + 1))
        if kind == "other":
            return found
    found.append(Token("end", "", line, len(text) - begun + 1))
    return found
