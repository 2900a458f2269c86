"""The written workbook, reopened by another library: every total must equal the sum of the units shown beside it.

A difference is a bug of this project, never of the data; nothing is published then.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from consolidator.write.detail_plan import DetailPlan
    from consolidator.write.form_plan import FormPlan


class UnprovenTotalError(RuntimeError):
    """A written total differs from the sum of its parts, or a file does not reopen as it was written."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One total: its cell in 汇总表, its column and rows in 分乡镇明细表 (0-based), what both must come to."""

    indicator: str
    form_sheet: str
    form_cell: tuple[int, int]
    detail_sheet: str
    column: int
    first: int
    last: int
    total: Decimal
    contributors: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A number that one cell must hold (0-based), such as a total in 同比对比表."""

    indicator: str
    sheet: str
    cell: tuple[int, int]
    number: Decimal


def claims(form: FormPlan, detail: DetailPlan) -> tuple[Claim, ...]:
    """What the two sheets of one form assert. Raises when a total is not the sum of the observations to begin with."""
    made = []
    for code in form.form.numeric:
        total = detail.table.totals.get(code)
        parts = detail.parts(code)
        if total is None or total.value is None:
            continue
        if sum(parts, Decimal(0)) != total.value or total.contributors != len(parts):
            raise UnprovenTotalError(f"{code}: total {total.value} of {total.contributors}, parts {parts}")
        if code in detail.live:
            made.append(
                Claim(
                    code,
                    form.name,
                    form.places[code],
                    detail.name,
                    detail.positions[code],
                    detail.first,
                    detail.last,
                    total.value,
                    total.contributors,
                )
            )
    return tuple(made)


def prove(path: Path, asserted: Sequence[Claim | Shown]) -> None:
    """Reopen a workbook and check its zip checksums and every claim. Raises UnprovenTotalError, OSError."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - start-up stays light

    content = path.read_bytes()  # once: a disk that fails is told from a workbook that is wrong
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            broken = archive.testzip()
    except (zipfile.BadZipFile, zlib.error) as problem:
        raise UnprovenTotalError(f"{path.name} does not reopen: {problem}") from problem
    if broken is not None:
        raise UnprovenTotalError(f"{path.name}: {broken} does not match its checksum")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    names = {
        name
        for claim in asserted
        for name in ((claim.sheet,) if isinstance(claim, Shown) else (claim.form_sheet, claim.detail_sheet))
    }
    grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in sorted(names)}
    for claim in asserted:
        if isinstance(claim, Shown):
            _check_cell(claim, grids)
        else:
            _check(claim, grids)


def _check(claim: Claim, grids: Mapping[str, Sequence[Sequence[object]]]) -> None:
    detail = grids[claim.detail_sheet]
    cells = [_number(detail[row][claim.column]) for row in range(claim.first, claim.last + 1)]
    parts = [cell for cell in cells if cell is not None]
    row, column = claim.form_cell
    written = {_number(grids[claim.form_sheet][row][column]), _number(detail[claim.last + 1][claim.column])}
    if written != {claim.total} or sum(parts, Decimal(0)) != claim.total or len(parts) != claim.contributors:
        raise UnprovenTotalError(f"{claim.indicator}: total {claim.total}, written {written}, parts {parts}")


def _check_cell(claim: Shown, grids: Mapping[str, Sequence[Sequence[object]]]) -> None:
    row, column = claim.cell
    written = _number(grids[claim.sheet][row][column])
    if written != claim.number:
        raise UnprovenTotalError(f"{claim.indicator}: {claim.sheet} shows {written}, not {claim.number}")


def _number(cell: object) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    return Decimal(repr(cell)).normalize() if isinstance(cell, float) else Decimal(cell)
