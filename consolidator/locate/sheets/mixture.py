"""Which tables of a file are those of another version of the form, so that it is told in one sentence.

In: the sheets of a file with the labels of both forms found there. Out: the titles of the other form's tables.
Never: a table taken for another version's because it has a fault: that version must fit it without any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from consolidator.findings import Severity
from consolidator.form.definition import ValueType
from consolidator.locate.columns.placing import place_tables
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from consolidator.form.definition import Form, Table
    from consolidator.locate.located import Located
    from consolidator.locate.rows.match import Item
    from consolidator.model import Sheet

    Pages = Sequence[tuple[Sheet, Sequence[Item]]]


_LACKING = frozenset({"missing", "missing_many", "missing_table"})


class _Mixture(NamedTuple):
    """The titles of tables of the other version, and of those that are surely the form's own."""

    foreign: tuple[str, ...]
    own: tuple[str, ...]


def version_mixed_in(
    located: Sequence[Located], others: Sequence[Form], pages: Callable[[Form], Pages]
) -> tuple[Form | None, tuple[str, ...]]:
    """The other version of the one form in a workbook that some of its tables are of, and the titles of these."""
    if len(located) != 1 or not _is_flawed(located[0]):
        return None, ()
    form = located[0].form
    for other in others:
        kin = other.grid_rows.keys() & form.grid_rows.keys()
        tables = foreign_tables(form, other, pages) if kin else ()
        if tables:
            return other, tables
    return None, ()


def foreign_tables(form: Form, other: Form, pages: Callable[[Form], Pages]) -> tuple[str, ...]:
    """The titles of the tables that are the other version's, where some are surely this one's; else none."""
    if not (form.keyed and other.keyed):
        return ()
    found = _mixture(form, pages(form), other, pages(other))
    return found.foreign if found.own else ()


def _is_flawed(located: Located) -> bool:
    """Whether heads, rows or tables are lacking: perhaps they are another version's."""
    return any(
        finding.severity is Severity.HARD
        and (finding.code == "L04" or (finding.code == "S04" and finding.case in _LACKING))
        for finding in located.findings
    )


def _mixture(form: Form, pages: Pages, other: Form, others_pages: Pages) -> _Mixture:
    """Which tables on the sheets are of which version; those that both fit are of neither."""
    mine, theirs = _fit(form, pages), _fit(other, others_pages)
    words = {fold(item.text) for _, items in pages for item in items}
    foreign, own = [], []
    for table in form.grids:
        rivals = [rival for rival in other.grids if _codes(rival) & _codes(table)]
        fitting = [rival for rival in rivals if theirs.get(rival.id) == 0]
        named = bool(words & _words(table, other))
        if mine.get(table.id, 1) and fitting and not named:
            foreign += [rival.title for rival in fitting if rival.title not in foreign]
        elif mine.get(table.id) == 0 and (not fitting or named):
            own.append(table.title)
    foreign += [
        table.title
        for table in other.grids
        if theirs.get(table.id) == 0 and not any(_codes(table) & _codes(known) for known in form.grids)
    ]
    return _Mixture(tuple(foreign), tuple(own))


def _fit(form: Form, pages: Pages) -> Mapping[str, int]:
    """By table, how many of its rows and heads are not as the form has them, where it stands best."""
    flaws: dict[str, int] = {}
    for sheet, items in pages:
        for placed in place_tables(sheet, form, items, None):
            found = {code for item in placed.items for code in item.codes}
            wanted = {row.code for row in placed.table.rows if row.type is not ValueType.HEADING}
            wrong = sum(finding.severity is Severity.HARD for finding in placed.columns.findings)
            count = wrong + len(wanted - found)
            flaws[placed.table.id] = min(count, flaws.get(placed.table.id, count))
    return flaws


def _codes(table: Table) -> set[str]:
    return {row.code for row in table.rows}


def _words(table: Table, other: Form) -> frozenset[str]:
    """The labels of a table's rows that the other version does not have."""
    return frozenset(fold(row.label) for row in table.rows) - other.wordings
