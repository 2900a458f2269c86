"""The nouns of the tests' workbooks: a filled form, how it is laid out, and the grid that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TITLE = "政府信息公开情况统计表"
HEADERS = ("统计指标", "单位", "统计数")
SIGN_OFF = ("单位负责人", "审核人", "填报人", "联系电话", "填报日期")


class Formula(Struct, frozen=True):
    """A formula over the values of other lines (`{3}` is the value cell of line 3), with its stored result."""

    text: str
    value: int | None


Value = str | int | float | None | Formula


class Line(Struct, frozen=True):
    """One printed row: its label, what stands under 单位, what was typed, and a remark."""

    label: str
    unit: str = ""
    value: Value = None
    remark: str = ""
    level: int = 1


class Filing(Struct, frozen=True):
    """One filled form: the lines over the table, the rows, the fields that close it."""

    lines: tuple[Line, ...]
    filer: str = ""
    period: str = "（2016年度）"
    title: str = TITLE
    filer_label: str = "填报单位（盖章）："
    sign_off: Mapping[str, str] = field(default_factory=dict)
    headers: tuple[str, str, str] = HEADERS


class Layout(Struct, frozen=True):
    """Where and how a filing is laid out. The default is the plain form: three columns from A1."""

    sheet: str = "Sheet1"
    top: int = 1
    left: int = 1
    above: tuple[str, ...] = ()
    serial: bool = False
    remarks: bool = False
    unit_column: bool = True
    spacers: bool = False
    indent: str = ""  # "", "spaces" or "columns"
    panels: int = 1
    breaks: tuple[int, ...] = ()
    repeat_header: bool = False
    merged_title: bool = True
    notes: tuple[str, ...] = ()
    spare_sheets: tuple[str, ...] = ()
    numbers_as_text: bool = False
    print_label: Callable[[str], str] = str
    sign_off_in_one_line: bool = False


class Page(Struct):
    """One worksheet as plain cells: (row, column) from 1 to (value, style)."""

    name: str
    cells: dict[tuple[int, int], tuple[Value, str]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, value: Value, style: str = "plain") -> None:
        """Write one cell; None leaves a bordered blank."""
        self.cells[row, column] = (value, style)


class Book(Struct):
    """A workbook, and where the value of each line stands: line number from 0 to (row, column) of its sheet."""

    pages: list[Page]
    sheet: str
    places: dict[int, tuple[int, int]]
    labels: dict[int, tuple[int, int]]
    units: dict[int, tuple[int, int]] = field(default_factory=dict)

    def address(self, line: int, part: str = "value") -> str:
        """The `value` cell of a line, or its `label` or `unit` cell, such as `C12`."""
        row, column = {"value": self.places, "label": self.labels, "unit": self.units}[part][line]
        return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """Letters of a column counted from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
