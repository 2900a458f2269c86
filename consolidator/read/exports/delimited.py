"""Delimited text (CSV, TSV), whatever its name.

In: bytes. Out: one sheet of texts, exactly as they stand between the delimiters. Never: a text taken for a number.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from consolidator.model import Cell, CellKind, Sheet, Visibility
from consolidator.read.cells import values
from consolidator.read.cells.addresses import checked
from consolidator.read.cells.grid import Budget, Grid
from consolidator.read.files.decoding import decoded
from consolidator.read.limits import not_a_form

if TYPE_CHECKING:
    from consolidator.read.limits import Limits

_DELIMITERS = ("\t", ",", ";", "|")
_SEPARATOR = re.compile(r"\Asep=.\r?\n", re.IGNORECASE)
"""A first line that tells spreadsheet programs the delimiter; they do not count it as a row."""
_SHEET = "CSV"
_LONGEST_FIELD = 1 << 20


def read_delimited(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """The one sheet of a delimited text; a text in which nothing is delimited is no spreadsheet."""
    text = _SEPARATOR.sub("", decoded(content).removeprefix("\ufeff"), count=1)
    tables = [rows for delimiter in _DELIMITERS if (rows := _rows(text, delimiter)) is not None]
    if not tables:
        raise not_a_form("text")
    best = max(tables, key=_regularity)
    grid = Grid(limits, Budget(limits.cells))
    for row, fields in enumerate(best, start=1):
        for column, field in enumerate(fields, start=1):
            if field:
                kind = CellKind.ERROR if field in values.ERRORS else CellKind.TEXT
                grid.put(Cell(*checked(row, column), kind, values.whole_text(field)))
    return (grid.sheet(_SHEET, Visibility.VISIBLE, {}),)


def _rows(text: str, delimiter: str) -> list[list[str]] | None:
    """The fields, if at least two lines are divided."""
    previous = csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    finally:
        csv.field_size_limit(previous)
    divided = sum(len(row) > 1 for row in rows)
    return rows if divided >= 2 else None  # noqa: PLR2004 - one line with a comma is a sentence


def _regularity(rows: list[list[str]]) -> tuple[float, int]:
    """How large a share of the lines has the commonest number of fields, and that number: the table stands out."""
    widths = Counter(len(row) for row in rows if any(row))
    width, lines = max(((width, lines) for width, lines in widths.items() if width > 1), default=(0, 0))
    return lines / max(1, sum(widths.values())), width
