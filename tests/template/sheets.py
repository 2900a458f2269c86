"""Blank forms in tests: written, filled in as a clerk would, reckoned as Excel would."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl

from consolidator.form import load_by_id
from consolidator.model import NAME_PREFIX
from consolidator.terms import catalogue
from consolidator.write.blanks.blank_book import blank_book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from consolidator.form import Form
    from consolidator.model import Period, ReportingUnit


@cache
def form(form_id: str) -> Form:
    return load_by_id(form_id)


@cache
def blank(form_id: str, period: Period | None = None, unit: ReportingUnit | None = None) -> bytes:
    return blank_book(form(form_id), catalogue("zh"), period, unit)


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def places(book: Workbook) -> dict[str, tuple[str, str]]:
    """Sheet and cell of every indicator by its code, as the hidden names say."""
    found = {}
    for name, defined in book.defined_names.items():
        if name.startswith(NAME_PREFIX):
            sheet, cell = next(iter(defined.destinations))
            found[name.removeprefix(NAME_PREFIX)] = (sheet, cell.replace("$", ""))
    return found


class Reckoner:
    """Reckons formulas of a sheet as Excel does, as far as blank forms use them; blank cells count as Excel's do."""

    _TOKEN = re.compile(
        r'\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)|(?P<area>\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?)'
        r"|(?P<word>[A-Z]+)(?=\()|(?P<truth>TRUE|FALSE)|(?P<sign><=|>=|<>|[-+*/(),<>=&]))"
    )

    def __init__(self, sheet: Worksheet, values: Mapping[str, float | str]) -> None:
        self.sheet = sheet
        self.values = values

    def reckon(self, formula: str) -> Any:
        self.tokens = [(match.lastgroup, match[match.lastgroup or ""]) for match in self._TOKEN.finditer(formula)]
        assert "".join(text for _, text in self.tokens) == re.sub(r'\s+(?=(?:[^"]*"[^"]*")*[^"]*$)', "", formula)
        self.at = 0
        result = self._joined()
        assert self.at == len(self.tokens), formula
        return result()

    def _next(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def _binary(self, inner: Callable[[], Callable[[], Any]], signs: Mapping[str, Callable[[Any, Any], Any]]) -> Any:
        left = inner()
        while self._next() in signs:
            sign, before, right = self._take(), left, inner()
            left = lambda before=before, right=right, sign=sign: signs[sign](before(), right())  # noqa: E731
        return left

    def _joined(self) -> Any:
        return self._binary(self._compared, {"&": lambda a, b: f"{_text(a)}{_text(b)}"})

    def _compared(self) -> Any:
        signs = {"<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b, "<>": lambda a, b: a != b}
        signs |= {"=": lambda a, b: a == b, "<": lambda a, b: a < b, ">": lambda a, b: a > b}
        return self._binary(self._added, signs)

    def _added(self) -> Any:
        return self._binary(
            self._multiplied, {"+": lambda a, b: _number(a) + _number(b), "-": lambda a, b: _number(a) - _number(b)}
        )

    def _multiplied(self) -> Any:
        return self._binary(
            self._atom, {"*": lambda a, b: _number(a) * _number(b), "/": lambda a, b: _number(a) / _number(b)}
        )

    def _atom(self) -> Any:
        kind, text = self.tokens[self.at]
        self.at += 1
        if text == "-":
            inner = self._atom()
            return lambda: -_number(inner())
        if text == "(":
            inner = self._joined()
            assert self._take() == ")"
            return inner
        if kind == "word":
            return self._call(text)
        if kind == "area":
            return lambda: self._cells(text)
        constants = {"text": lambda: text[1:-1].replace('""', '"'), "truth": lambda: text == "TRUE"}
        return constants.get(kind or "", lambda: float(text))

    def _call(self, name: str) -> Any:
        assert self._take() == "("
        arguments = [self._joined()]
        while self._next() == ",":
            self._take()
            arguments.append(self._joined())
        assert self._take() == ")"
        return lambda: _FUNCTIONS[name](arguments)

    def _cells(self, area: str) -> Any:
        cells = self.sheet[area.replace("$", "")]
        if not isinstance(cells, tuple):
            return self._cell(cells)
        return [self._cell(cell) for row in cells for cell in row]

    def _cell(self, cell: Any) -> Any:
        if cell.coordinate in self.values:
            return self.values[cell.coordinate]
        if cell.data_type == "f":
            return Reckoner(self.sheet, self.values).reckon(cell.value[1:])
        return cell.value


def _text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _number(value: Any) -> float:
    if isinstance(value, str):
        raise TypeError("#VALUE!")
    return float(value or 0)


def _reckoned(argument: Any) -> bool:
    return bool(argument())


def _flat(arguments: list[Any]) -> list[float]:
    found = []
    for argument in arguments:
        value = argument()
        found += [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, int | float)]
    return [each for each in found if not isinstance(each, bool)]


def _either(arguments: list[Any]) -> Any:
    try:
        return arguments[0]()
    except ZeroDivisionError:
        return arguments[1]()


_FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "AND": lambda arguments: all(list(map(_reckoned, arguments))),
    "OR": lambda arguments: any(list(map(_reckoned, arguments))),
    "NOT": lambda arguments: not arguments[0](),
    "IF": lambda arguments: arguments[1]() if arguments[0]() else arguments[2](),
    "IFERROR": _either,
    "COUNT": lambda arguments: len(_flat(arguments)),
    "SUM": lambda arguments: sum(_flat(arguments)),
    "MAX": lambda arguments: max(_flat(arguments), default=0),
    "MIN": lambda arguments: min(_flat(arguments), default=0),
    "ABS": lambda arguments: abs(_number(arguments[0]())),
    "ROUND": lambda arguments: round(_number(arguments[0]()), int(arguments[1]())),
}
