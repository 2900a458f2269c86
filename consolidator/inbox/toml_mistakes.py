"""What the TOML parser complains of, as words of the catalogue: where it is, what is wrong.

In: a `TOMLDecodeError`. Out: details of E11. Never: the parser's English.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidator.terms import Word

if TYPE_CHECKING:
    from tomllib import TOMLDecodeError

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_KINDS = (
    ("twice", r"Cannot (?:overwrite|declare|mutate|redefine)|Duplicate"),
    ("equals", r"Expected '=' after a key"),
    ("bracket", r"Expected '\]"),
    ("newline", r"Expected newline"),
    ("key", r"Invalid initial character for a key"),
    ("statement", r"Invalid statement"),
    ("value", r"Invalid value"),
    ("date", r"Invalid date"),
    ("unclosed", r"Unclosed"),
    ("string", r"Unterminated string|Expected '\"|Expected \"'|Illegal character '\\n'"),
    ("backslash", r"Unescaped|Invalid hex|Escaped character"),
    ("character", r"Found invalid character|Illegal character"),
)


def toml_mistake(problem: TOMLDecodeError) -> dict[str, str]:
    """Case, line, column and reason of a mistake; the end of the file has neither line nor column."""
    said = str(problem)
    kind = next((kind for kind, pattern in _KINDS if re.match(pattern, said)), "other")
    place = _PLACE.search(said)
    details = {"reason": Word(f"toml.{kind}")}
    if place is None or place[1] is None:
        return {"case": "end", **details}
    return {"case": "at", "line": place[1], "column": place[2], **details}
