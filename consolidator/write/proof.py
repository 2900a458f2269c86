"""The written workbook, reopened by another library: every total must equal the sum of the units shown beside it.

A difference is a bug of this project, never of the data; nothing is published then.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.write.claims import UnprovenTotalError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from consolidator.write.claims import Breakdown, Claim


def prove(path: Path, asserted: Sequence[Claim]) -> None:
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
    names = {name for claim in asserted for name in _sheets(claim)}
    grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in sorted(names)}
    for claim in asserted:
        _check(claim, grids)


def _sheets(claim: Claim) -> tuple[str, ...]:
    named = (claim.form_sheet, claim.detail_sheet)
    return named if claim.breakdown is None else (*named, claim.breakdown.sheet)


def _check(claim: Claim, grids: Mapping[str, Sequence[Sequence[object]]]) -> None:
    detail = grids[claim.detail_sheet]
    cells = [_number(detail[row][claim.column]) for row in range(claim.first, claim.last + 1)]
    parts = [cell for cell in cells if cell is not None]
    adjusted = None if claim.adjustment is None else _number(detail[claim.adjustment][claim.column])
    row, column = claim.form_cell
    written = {_number(grids[claim.form_sheet][row][column]), _number(detail[claim.total_row][claim.column])}
    if (
        written != {claim.total}
        or (adjusted or Decimal(0)) != claim.adjusted
        or sum(parts, claim.adjusted) != claim.total
        or len(parts) != claim.contributors
    ):
        raise UnprovenTotalError(f"{claim.indicator}: total {claim.total}, written {written}, parts {parts}")
    if claim.breakdown is not None:
        names = [detail[row][claim.breakdown.category] for row in range(claim.first, claim.last + 1)]
        _check_shares(claim, claim.breakdown, list(zip(names, cells, strict=True)), grids[claim.breakdown.sheet])


def _check_shares(
    claim: Claim,
    breakdown: Breakdown,
    units: Sequence[tuple[object, Decimal | None]],
    sheet: Sequence[Sequence[object]],
) -> None:
    """Every category's sum is that of the units that carry its name; with the adjustments they come to the total."""
    line = sheet[breakdown.row]
    summed = claim.adjusted
    for share in breakdown.shares:
        parts = [number for name, number in units if name == share.name and number is not None]
        value = sum(parts, Decimal(0)) if parts else None
        summed += value or 0
        if value != share.value or _number(line[share.column]) != share.value:
            raise UnprovenTotalError(f"{claim.indicator}: {share.name} {share.value}, parts {parts}")
    if summed != claim.total or _number(line[breakdown.whole]) != claim.total:
        raise UnprovenTotalError(f"{claim.indicator}: total {claim.total}, categories and adjustments {summed}")


def _number(cell: object) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    return Decimal(repr(cell)).normalize() if isinstance(cell, float) else Decimal(cell)
