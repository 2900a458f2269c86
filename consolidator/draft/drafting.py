"""From a workbook to the plan of a definition: every table of every visible sheet, from top to bottom.

In: a `Workbook`. Out: a `Plan`, or None where no sheet holds a table that can be made out. Never: a file written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.draft import heading, measures, words
from consolidator.draft.across import side_by_side
from consolidator.draft.bands import find_bands
from consolidator.draft.codes import give_codes
from consolidator.draft.columns import find_panels
from consolidator.draft.corner import take_corner
from consolidator.draft.figures import give_types
from consolidator.draft.joining import joined
from consolidator.draft.leftovers import left_out
from consolidator.draft.one_line import one_line
from consolidator.draft.outline import read_rows
from consolidator.draft.pairs import are_pairs, band_of_pairs, panels_of_pairs
from consolidator.draft.plan import Doubt, Plan, PlannedTable
from consolidator.draft.sums import relate
from consolidator.draft.surface import Surface
from consolidator.draft.untitled import apart, name_apart
from consolidator.form.texts.wording import wording
from consolidator.model import Visibility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.draft.bands import Band
    from consolidator.draft.columns import Panel
    from consolidator.draft.plan import PlannedRow
    from consolidator.model import Workbook


def plan_of(workbook: Workbook, sheet: str = "") -> Plan | None:
    """The plan of the form that the workbook holds, or one sheet of it."""
    wanted = [
        each for each in workbook.sheets if (each.name == sheet if sheet else each.visibility is Visibility.VISIBLE)
    ]
    seen = [Surface(each) for each in wanted]
    corner = [text for surface in seen for text in take_corner(surface)]
    sheets = [(surface, _bands(surface)) for surface in seen]
    became = [(surface, [(band, _tables(surface, band)) for band in bands]) for surface, bands in sheets]
    lost = [doubt for surface, found in became for doubt in left_out(surface, found)]
    tables = [table for _, found in became for table in joined([table for _, those in found for table in those])]
    if not tables:
        return None
    around = corner + [text for surface, bands in sheets for text in heading.texts_around(surface, bands)]
    first = [line for _, bands in sheets for band in bands[:1] for line in band.title]
    plan = Plan(
        title=heading.title_of([*first, *around]),
        filer=heading.filer_of(around),
        authority=heading.authority_of(around),
        sign_off=heading.sign_off_of(around, [each for _, bands in sheets for band in bands for each in band.closing]),
        tables=tables,
        period=heading.period_of(around),
    )
    _finish(plan, tuple(measures.stated_in(around)))
    heads = [head for table in tables for head in table.label_heads]
    plan.doubts += lost
    plan.doubts += [Doubt("relation_printed", {"text": text}) for text in heading.relations_printed([*heads, *around])]
    return plan


def _finish(plan: Plan, stated: Sequence[str]) -> None:
    for number, table in enumerate(plan.tables, start=1):
        table.id = "main" if len(plan.tables) == 1 else f"table{number}"
        table.title = heading.title_of([table.title]) or plan.title
        give_types(table, stated)
    name_apart(plan.tables)
    give_codes(plan.tables)
    _tell_apart(plan.tables)
    said: set[object] = set()
    for table in (table for table in plan.tables if table.rows):
        for rule in relate(table):
            if rule.says not in said:
                said.add(rule.says)
                plan.rules.append(rule)


def _bands(surface: Surface) -> list[Band]:
    """The tables of a sheet by their heads, or as names with figures beside them where there are no heads."""
    pairs = band_of_pairs(surface)
    first = surface.lines[pairs.top] if pairs is not None else ()
    found = find_bands(surface)
    if pairs is not None and (not found or (found[0].top == pairs.top and are_pairs(first))):
        return [pairs]
    return found


def _tables(surface: Surface, band: Band) -> list[PlannedTable]:
    """The tables under some heads: one, or several where panels with heads of their own stand side by side."""
    panels = panels_of_pairs(band) if band.pairs else find_panels(surface, band)
    if not panels:
        return []
    title = band.title[-1] if band.title else ""
    if not panels[0].labels:
        found = side_by_side(surface, panels[0].values, band.rows[0] if band.rows else band.bottom + 1)
        if found:
            return [PlannedTable(title, words.LABEL_HEADS, (), found[1], found[0], across=True)]
    line = one_line(surface, band, panels, title) if not band.pairs else None
    if line is not None or not panels[0].labels:
        return [line] if line is not None else []
    alike: dict[tuple[object, ...], list[Panel]] = {}
    for panel in panels:
        over = panel.title or heading.title_over(surface, band.top, panel.left, panel.right)
        own = over if len(panels) > 1 else ""
        kind = (own, panel.unit is None, *(column.path for column in panel.values))
        alike.setdefault(kind, []).append(panel)
    tables = []
    for (above, *_), mine in ((kind, each) for kind, those in alike.items() for each in apart(surface, band, those)):
        first, rows = mine[0], read_rows(surface, band, mine)
        if rows and first.values:
            heads = tuple(dict.fromkeys(head for panel in mine for head in panel.label_heads)) or words.LABEL_HEADS
            units = tuple(dict.fromkeys(head for panel in mine for head in panel.unit_heads))
            tables.append(PlannedTable(str(above) or title, heads, units, first.values, rows))
            tables[-1].doubts += [Doubt("pairs")] if band.pairs else []
    return tables


def _tell_apart(tables: Sequence[PlannedTable]) -> None:
    """Set rows aside that say the same as another one of their parent or of a table of the same title.

    A definition must tell all its rows apart.
    """
    known: dict[tuple[str, str, str], str] = {}
    for table in tables:
        for row in list(table.rows):
            if row.parent in table.set_aside:
                _set_aside(table, row)
                continue
            above = "" if row.parent else wording(table.title)
            way = (above, row.parent.code if row.parent else "", wording(row.label))
            other = known.setdefault(way, row.code)
            if other != row.code:
                row.doubts = [Doubt("same_label", {"other": other})]
                _set_aside(table, row)


def _set_aside(table: PlannedTable, row: PlannedRow) -> None:
    table.rows.remove(row)
    table.set_aside.append(row)
