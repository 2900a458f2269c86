"""Published workbooks reopened by another library, as plain values, formulas, links and number formats."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

OFFICE = "汇总审核表.xlsx"
SUPERIORS = "上报汇总表.xlsx"


@dataclass(frozen=True)
class Reopened:
    """One workbook twice: with formulas, and with the results stored beside them."""

    formulas: Any
    values: Any

    def dump(self) -> str:
        """Every cell that holds something: sheet, address, value, formula, number format, link."""
        lines = []
        for sheet in self.formulas.worksheets:
            lines.append(f"== {sheet.title} {sheet.dimensions} freeze={sheet.freeze_panes} {_paper(sheet)}")
            for row in sheet.iter_rows():
                lines += [self._line(sheet.title, cell) for cell in row if cell.value is not None]
        return "\n".join(lines) + "\n"

    def _line(self, sheet: str, cell: Any) -> str:
        cached = self.values[sheet][cell.coordinate].value
        formula = cell.value if cell.data_type == "f" else ""
        link = f"{cell.hyperlink.target or ''}#{cell.hyperlink.location or ''}" if cell.hyperlink else ""
        parts = (cell.coordinate, repr(cached), formula, cell.number_format, link)
        return "\t".join(parts).rstrip("\t")


def reopen(path: Path) -> Reopened:
    return Reopened(openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True))


def rows(path: Path) -> list[dict[str, str]]:
    """A CSV file as its readers see it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def texts(workbook: Any) -> list[str]:
    """Every text of a workbook."""
    return [
        cell.value
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


def find(sheet: Any, text: str) -> Any:
    """The first cell whose text begins so."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(text):
                return cell
    raise LookupError(text)


def _paper(sheet: Any) -> str:
    setup = sheet.page_setup
    fit = (
        f"fit={setup.fitToWidth}x{setup.fitToHeight}" if sheet.sheet_properties.pageSetUpPr else f"scale={setup.scale}"
    )
    return f"A{13 - int(setup.paperSize)} {setup.orientation} {fit} rows={sheet.print_title_rows}"
