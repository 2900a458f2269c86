"""Forms that are spread over several sheets: which of its tables, or of the rows of its only one, a sheet holds.

In: the sheets on which labels of a form stand. Out: the tables on one; the sheets on which the rows go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.locate.columns.bands import find_bands
from consolidator.locate.columns.headers import header_rows
from consolidator.model import Visibility

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from consolidator.locate.layout.recognise import Match

_ROWS_GOING_ON = 2  # fewer rows of a form are no part of it, but a coincidence


def going_on(mine: Sequence[Match], all_of_form: Sequence[Match]) -> Iterator[Match]:
    """The sheets on which the rows of a form's only table go on under their own heads that the one recognised lacks."""
    if len(mine) != 1 or len(mine[0].form.grids) != 1:
        return
    table, here = mine[0].form.grids[0], {code for item in mine[0].items for code in item.codes}
    for match in all_of_form:
        there = {code for item in match.items for code in item.codes}
        shown = match.sheet.visibility is Visibility.VISIBLE and match is not mine[0]
        headed = shown and (
            find_bands(match.sheet, table, match.items) if match.form.keyed else header_rows(match.sheet, table)
        )
        if headed and len(there) >= _ROWS_GOING_ON and here.isdisjoint(there) and len(here) < len(table.rows):
            yield match


def tables_on(match: Match) -> frozenset[str]:
    """The tables of a form that a sheet holds: header and at least half of the rows."""
    found = {code for item in match.items for code in item.codes[:1]}
    return frozenset(
        table.id
        for table in match.form.grids
        if len(found & {row.code for row in table.rows}) * 2 >= len(table.rows)
        and find_bands(match.sheet, table, match.items)
    )


def copies(tables: Sequence[tuple[Match, frozenset[str]]]) -> list[list[Match]]:
    """The parts of sheets with their tables, those together that make up one filled form: of one sheet, no row twice."""
    found: list[list[Match]] = []
    held: set[str] = set()
    for match, present in tables:
        rows = rows_of(match, present)
        if not rows:
            continue
        if not found or found[-1][0].sheet.name != match.sheet.name or held & rows:
            found.append([])
            held = set()
        found[-1].append(match)
        held |= rows
    return found


def rows_of(match: Match, tables: Collection[str]) -> frozenset[str]:
    """The rows of some tables that surely stand on a sheet: a label that several tables have may be any one's."""
    owners = {row.code: table.id for table in match.form.grids for row in table.rows}
    sure = {code for item in match.items if len({owners[each] for each in item.codes}) == 1 for code in item.codes}
    return frozenset(code for code in sure if owners[code] in tables)
