"""A workbook under construction: the only place that talks to the workbook library.

Every write is typed and its return code checked; text is made safe on the way in; bytes depend on nothing but what is
written and `created`.
"""

from __future__ import annotations

import io
import re
from copy import deepcopy
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from consolidator.write.workbook.binding import bind
from consolidator.write.workbook.page import Page, taken
from consolidator.write.workbook.styles import LIST_FONT, Style

if TYPE_CHECKING:
    from xlsxwriter.format import Format

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "default_format_properties": {"font_name": LIST_FONT, "font_size": 11},  # as a Chinese Excel makes them
    "default_row_height": 18,
    "default_column_width": 72,
}
_HIDDEN = 3  # where the library keeps whether a defined name is hidden
_FUNCTION = re.compile(r"[A-Z][A-Z.]*(?=\()")
_OLD_FUNCTIONS = frozenset({
    "ABS", "AND", "COUNT", "COUNTA", "COUNTIF", "IF", "IFERROR", "ISNUMBER", "LEN", "MAX", "MIN", "NOT", "OR", "ROUND", "SUM", "SUMIF",
})  # fmt: skip
"""Functions that every spreadsheet program has had from the beginning: they go into the file as they are written."""


class _Sheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet that looks for functions once a formula, where the library looks for each of thirty newer ones that need a prefix."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        if _OLD_FUNCTIONS.issuperset(_FUNCTION.findall(formula)) and "{" not in formula:
            return formula.removeprefix("=")
        prepared: str = super()._prepare_formula(formula, expand_future_functions)
        return prepared


class Properties(Struct, frozen=True):
    """What the file's own properties say; nothing in them names a person or a computer."""

    title: str
    company: str
    created: datetime


class Book:
    """One workbook, written to `target` when closed."""

    def __init__(self, target: BinaryIO, properties: Properties, footer: str) -> None:
        self._target = target
        self._bytes = io.BytesIO()
        self._workbook = Workbook(self._bytes, deepcopy(_OPTIONS))  # the library writes into what it is given
        self._workbook.set_properties(
            {"title": properties.title, "company": properties.company, "created": _naive(properties.created)}
        )
        self._workbook.set_calc_mode("auto")
        self._workbook.set_size(24_000, 14_000)
        self._formats: dict[Style, Format] = {}
        self._pages: list[Page] = []
        self._footer = footer

    def page(self, name: str) -> Page:
        """A new sheet, after those that are there."""
        page = Page(self, self._workbook.add_worksheet(name, _Sheet), self._footer)
        self._pages.append(page)
        return page

    def look(self, style: Style) -> Format:
        """The library's object for a style, made once."""
        if style not in self._formats:
            self._formats[style] = self._workbook.add_format(style.properties())
        return self._formats[style]

    def flag(self, fill: str, ink: str) -> Format:
        """The look that a condition gives to a cell on top of its own."""
        return self._workbook.add_format({"bg_color": fill, "font_color": ink})

    def name(self, name: str, sheet: str, cell: str) -> None:
        """A hidden defined name for one cell, such as `$C$7`, of a sheet."""
        quoted = sheet.replace("'", "''")
        taken(self._workbook.define_name(name, f"='{quoted}'!{cell}"))
        self._workbook.defined_names[-1][_HIDDEN] = True

    def property(self, name: str, value: str) -> None:
        """A property of the file that a person does not see."""
        taken(self._workbook.set_custom_property(name, value, "text"))

    def chart(self, kind: str, subtype: str = "") -> Any:
        """A new native chart, not yet on a sheet; its text is set in one font."""
        chart = self._workbook.add_chart({"type": kind, "subtype": subtype} if subtype else {"type": kind})
        chart.set_legend({"position": "bottom", "font": {"name": LIST_FONT, "size": 9}})
        return chart

    def close(self) -> None:
        """Settle every sheet and write the file. Raises OSError when the target cannot take it."""
        for page in self._pages:
            page.settle()
        self._workbook.close()
        sheets = [page.bound(number) for number, page in enumerate(self._pages, start=1)]
        bound = io.BytesIO()  # not the target: the library would write another file where that cannot be sought in
        bind(self._bytes, [sheet for sheet in sheets if sheet is not None], bound)
        self._target.write(bound.getbuffer())


def _naive(moment: datetime) -> datetime:
    """The moment as the library wants it: in UTC, without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
