"""Formula texts: those that a file shares between cells, and the other workbooks that they refer to.

In: the text of a formula, without `=`. Out: the same for another cell; the names of foreign workbooks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from consolidator.model import column_letters
from consolidator.read.cells.addresses import column_number
from consolidator.read.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Sequence

_PIECE = re.compile(
    r'(?P<text>"(?:[^"]|"")*")'
    r"|(?P<quoted>'(?:[^']|'')*')"
    r"|(?P<bracket>\[[^\]]*\])"
    r"|(?P<cell>(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w.(!]))"
)
_NUMBERED = re.compile(r"(?<![\w\]])\[(\d{1,4})\]")
_STRING = re.compile(r'"(?:[^"]|"")*"')
_WORKBOOK = re.compile(r"(?<![\w\]])\[([^\[\]]+)\][\w.]*!")
_QUOTED_WORKBOOK = re.compile(r"'[^'\[\]]*\[([^\[\]']+)\](?:[^']|'')*'!")
_FILE_LINK = re.compile(r"'(file:[^'#]+)'\s*#", re.IGNORECASE)

_FUNCTION = re.compile(r"([A-Z][A-Z0-9.]*)\(")
_OPERATOR = re.compile(r"[-+*/^(]")
_NUMERIC_FUNCTIONS = frozenset({
    "ABS", "AVERAGE", "COUNT", "COUNTA", "COUNTIF", "INT", "MAX", "MIN", "MOD", "POWER", "PRODUCT", "ROUND",
    "ROUNDDOWN", "ROUNDUP", "SQRT", "SUBTOTAL", "SUM", "SUMIF", "SUMPRODUCT", "TRUNC",
})  # fmt: skip


def gives_a_number(formula: str) -> bool:
    """Whether the formula can only give a number (or an error), so that an empty result means it was never calculated.

    Where a format does not tell an empty text from no result, this does, for sums and other arithmetic.
    """
    if '"' in formula or "&" in formula:
        return False
    return set(_FUNCTION.findall(formula)) <= _NUMERIC_FUNCTIONS and _OPERATOR.search(formula) is not None


def moved(formula: str, rows: int, columns: int) -> str:
    """A shared formula as it reads `rows` further down and `columns` further right."""

    def shifted(match: re.Match[str]) -> str:
        if match.lastgroup is None or match["cell"] is None:
            return match[0]
        fixed_column, letters, fixed_row, digits = match.group(5, 6, 7, 8)
        column = column_number(letters) + (0 if fixed_column else columns)
        row = int(digits) + (0 if fixed_row else rows)
        if not (1 <= row <= LIMITS.rows and 1 <= column <= LIMITS.columns):
            return "#REF!"
        return f"{fixed_column}{column_letters(column)}{fixed_row}{row}"

    return _PIECE.sub(shifted, formula)


def named_sources(formula: str, workbooks: Sequence[str]) -> str:
    """The formula with `[1]` replaced by `[汇总.xlsx]`, the first of the book's external workbooks."""

    def named(match: re.Match[str]) -> str:
        number = int(match[1])
        return f"[{workbooks[number - 1]}]" if 1 <= number <= len(workbooks) else match[0]

    return _NUMBERED.sub(named, formula) if workbooks and "[" in formula else formula


def source(formula: str) -> str:
    """The first other workbook that a formula names, without its folder; empty where it names none."""
    if "[" not in formula and "file:" not in formula:
        return ""
    text = _STRING.sub('""', formula)
    match = _WORKBOOK.search(text) or _QUOTED_WORKBOOK.search(text) or _FILE_LINK.search(text)
    if match is None:
        return ""
    return f"[{match[1]}]" if match[1].isdigit() else base_name(match[1])


def base_name(target: str) -> str:
    """The file's name at the end of a path or address."""
    return unquote(target).replace("\\", "/").rstrip("/").rpartition("/")[2]
