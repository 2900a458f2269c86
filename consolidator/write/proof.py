"""The written workbook, reopened by another library: every total must equal the sum of the units shown beside it.

A difference is a bug of this project, never of the data; nothing is published then. Units are summed up as they are read,
so that a nation's sheet need not stand in memory twice.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import defaultdict
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from consolidator.write.plans.claims import Shown, UnprovenTotalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from consolidator.write.plans.claims import Breakdown, Claim

    _Row = Sequence[object]
    _Part = tuple[Decimal, int]

_BLOCK = 4096
_EXACT = 2**53
"""Up to here sums of whole binary numbers are exact."""
_NOTHING = (Decimal(0), 0)


def prove(path: Path, asserted: Sequence[Claim | Shown]) -> None:
    """Reopen a workbook and check its zip checksums and every claim. Raises UnprovenTotalError, OSError."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - start-up stays light

    content = path.read_bytes()  # once: a disk that fails is told from a workbook that is wrong
    book = CalamineWorkbook.from_filelike(io.BytesIO(_sound(path.name, content)))
    claims = [claim for claim in asserted if not isinstance(claim, Shown)]
    shown = [claim for claim in asserted if isinstance(claim, Shown)]
    sheets = {claim.form_sheet for claim in claims} | {claim.sheet for claim in shown}
    sheets |= {claim.breakdown.sheet for claim in claims if claim.breakdown is not None}
    grids = {sheet: book.get_sheet_by_name(sheet).to_python(skip_empty_area=False) for sheet in sorted(sheets)}
    for cell in shown:
        _check_cell(cell, grids)
    by_detail: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_detail[claim.detail_sheet].append(claim)
    for sheet, mine in by_detail.items():
        _prove_sheet(book.get_sheet_by_name(sheet), mine, grids)


def _sound(name: str, content: bytes) -> bytes:
    """The bytes of the workbook, whose checksums hold."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            broken = archive.testzip()
    except (zipfile.BadZipFile, zlib.error) as problem:
        raise UnprovenTotalError(f"{name} does not reopen: {problem}") from problem
    if broken is not None:
        raise UnprovenTotalError(f"{name}: {broken} does not match its checksum")
    return content


def _check_cell(claim: Shown, grids: Mapping[str, Sequence[_Row]]) -> None:
    row, column = claim.cell
    written = _number(grids[claim.sheet][row][column])
    if written != claim.number:
        raise UnprovenTotalError(f"{claim.indicator}: {claim.sheet} shows {written}, not {claim.number}")


def _prove_sheet(sheet: Any, claims: Sequence[Claim], grids: Mapping[str, Sequence[_Row]]) -> None:
    """The claims on one detail sheet; they speak of the same rows."""
    one = claims[0]
    if sheet.start != (0, 0):
        raise UnprovenTotalError(f"{one.detail_sheet} begins at {sheet.start}")
    rows = sheet.iter_rows()
    for _ in islice(rows, one.first):
        pass
    names = None if one.breakdown is None else one.breakdown.category
    parts = _add_up(islice(rows, one.last + 1 - one.first), [claim.column for claim in claims], names)
    below = list(islice(rows, one.total_row - one.last))
    adjustments: _Row = below[0] if one.adjustment is not None else ()
    for claim in claims:
        _check(claim, parts[claim.column], (adjustments, below[-1]), grids)


def _add_up(rows: Iterable[_Row], columns: Sequence[int], names: int | None) -> Mapping[int, Mapping[object, _Part]]:
    """What the numbers of each column come to, and how many there are, by the name in the column `names`."""
    parts: dict[int, dict[object, _Part]] = {column: {} for column in columns}
    while block := list(islice(rows, _BLOCK)):
        groups: defaultdict[object, list[_Row]] = defaultdict(list)
        if names is None:
            groups[""] = block
        else:
            for row in block:
                groups[row[names]].append(row)
        for name, members in groups.items():
            for column, made in parts.items():
                before, (added, count) = made.get(name, _NOTHING), _sum([row[column] for row in members])
                made[name] = (before[0] + added, before[1] + count)
    return parts


def _sum(cells: Sequence[object]) -> _Part:
    alike = set(map(type, cells)) == {float}
    floats = cast("Sequence[float]", cells) if alike else [cell for cell in cells if isinstance(cell, float)]
    if len(floats) * max(map(abs, floats), default=0.0) < _EXACT and all(map(float.is_integer, floats)):
        added = Decimal(int(sum(floats)))
    else:
        added = sum(map(_exactly, floats), Decimal(0))
    others = [cell for cell in cells if isinstance(cell, int) and not isinstance(cell, bool)]
    return added + sum(others), len(floats) + len(others)


def _check(
    claim: Claim, parts: Mapping[object, _Part], below: tuple[_Row, _Row], grids: Mapping[str, Sequence[_Row]]
) -> None:
    adjustments, totals = below
    adjusted = _number(adjustments[claim.column]) if adjustments else None
    row, column = claim.form_cell
    written = {_number(grids[claim.form_sheet][row][column]), _number(totals[claim.column])}
    units = sum((added for added, _ in parts.values()), Decimal(0))
    if (
        written != {claim.total}
        or (adjusted or Decimal(0)) != claim.adjusted
        or units + claim.adjusted != claim.total
        or sum(count for _, count in parts.values()) != claim.contributors
    ):
        raise UnprovenTotalError(f"{claim.indicator}: total {claim.total}, written {written}, units {units}")
    if claim.breakdown is not None:
        _check_shares(claim, claim.breakdown, parts, grids[claim.breakdown.sheet][claim.breakdown.row])


def _check_shares(claim: Claim, breakdown: Breakdown, parts: Mapping[object, _Part], line: _Row) -> None:
    """Every category's sum is that of the units that carry its name; with the adjustments they come to the total."""
    summed = claim.adjusted
    for share in breakdown.shares:
        added, count = parts.get(share.name, _NOTHING)
        value = added if count else None
        summed += added
        if value != share.value or _number(line[share.column]) != share.value:
            raise UnprovenTotalError(f"{claim.indicator}: {share.name} {share.value}, units {value}")
    if summed != claim.total or _number(line[breakdown.whole]) != claim.total:
        raise UnprovenTotalError(f"{claim.indicator}: total {claim.total}, categories and adjustments {summed}")


def _number(cell: object) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    return _exactly(cell) if isinstance(cell, float) else Decimal(cell)


def _exactly(number: float) -> Decimal:
    """The number as it was written: the shortest digits that give it."""
    return Decimal(repr(number)).normalize()
