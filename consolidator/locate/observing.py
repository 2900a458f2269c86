"""Read which forms a workbook holds, and choose where it holds one more than once.

In: a workbook, the forms that are asked for, the other forms that are known. Out: `Located` forms or `Unlocated`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.locate.layout.recognise import Match, is_form, matches, rival, without_lookalikes
from consolidator.locate.located import Located, Unlocated
from consolidator.locate.prints.identity import by_marks, identified
from consolidator.locate.prints.recall import recall
from consolidator.locate.sheets.choosing import choose
from consolidator.locate.sheets.mixture import foreign_tables, version_mixed_in
from consolidator.locate.sheets.presence import complete, hidden_sheets
from consolidator.locate.sheets.shared import share_headings
from consolidator.locate.sheets.sheet import Page, read_form
from consolidator.locate.sheets.spread import copies, going_on, rows_of, tables_on
from consolidator.locate.sheets.tabs import on_its_tab
from consolidator.model import Visibility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.form.definition import BlankPolicy, Form
    from consolidator.locate.rows.match import Item
    from consolidator.model import Period, Sheet, Workbook


def observe(
    workbook: Workbook,
    forms: Sequence[Form],
    *,
    others: Sequence[Form] = (),
    period: Period | None = None,
    policy: BlankPolicy | None = None,
) -> tuple[Located, ...] | Unlocated:
    """Every filled form of a workbook (usually one), or why there is none.

    `period` helps to choose where a workbook holds last year's sheet beside this year's. `policy` is the campaign's
    word on blanks, over the form's own. A sheet printed like one met before is read by that print (`recall`).
    """
    met = recall(forms, others, policy)
    known = met.seen(workbook)
    if known is not None:
        return (known,)
    found = observe_in_full(workbook, forms, others=others, period=period, policy=policy)
    if not isinstance(found, Unlocated):
        met.remember(workbook, found)
    return found


def observe_in_full(
    workbook: Workbook,
    forms: Sequence[Form],
    *,
    others: Sequence[Form] = (),
    period: Period | None = None,
    policy: BlankPolicy | None = None,
) -> tuple[Located, ...] | Unlocated:
    """The same by searching the whole workbook, whatever was met before."""
    found = [match for sheet in workbook.sheets for match in matches(sheet, forms, others)]
    ids = {form.id for form in forms}
    asked = [match for match in found if match.form.id in ids]
    good = [match for match in asked if is_form(match)]
    pages = partial(_pages, workbook, asked)
    if not good:
        return by_marks(workbook, forms, policy) or _unlocated(workbook, forms, others, asked, policy)
    better = rival(workbook, good, others)
    if better is not None:
        told = _unlocated(workbook, [match.form for match in good], (better,), good, policy)
        return replace(told, tables=foreign_tables(good[0].form, better, pages))
    beside = [read_form([_page_of(match)], match.form, policy) for match in found if match.form.id not in ids]
    alone = len(good) == 1 and not beside
    read = _read_all(forms, without_lookalikes(good), asked, policy)
    located: list[Located] = []
    for each in share_headings(read, beside):
        located.extend(choose(each, workbook, period))
    other, tables = version_mixed_in(located, others, pages)
    if tables:
        return Unlocated(len(located[0].form.grid_rows), located[0].form, other, located[0], tables)
    tabled = {match.sheet.name for match in found if match.items}
    located = complete(located, [sheet for sheet in workbook.sheets if sheet.name not in tabled])
    located = identified(workbook, located, policy)
    unread = hidden_sheets(workbook.sheets, {entry.sheet for entry in located})
    located[0] = replace(located[0], findings=(*located[0].findings, *unread), alone=alone)
    return tuple(located) if len(located) > 1 else (on_its_tab(located[0], workbook),)


def _unlocated(
    workbook: Workbook,
    forms: Sequence[Form],
    others: Sequence[Form],
    found: Sequence[Match],
    policy: BlankPolicy | None,
) -> Unlocated:
    elsewhere = [match for sheet in workbook.sheets for match in matches(sheet, others) if is_form(match)]
    elsewhere = without_lookalikes(elsewhere)
    best = max(found, key=lambda match: match.found, default=None)
    other = max(elsewhere, key=lambda match: match.share, default=None)
    return Unlocated(
        found=best.found if best else 0,
        expected=best.form if best else forms[0],
        other=other.form if other else None,
        filed=_filed(workbook, other, policy) if other else None,
    )


def _page_of(match: Match) -> Page:
    """The part of a sheet that a form stands on."""
    return Page(match.sheet, match.items, match.below)


def _read_all(
    forms: Sequence[Form], good: Sequence[Match], asked: Sequence[Match], policy: BlankPolicy | None
) -> list[list[Located]]:
    """Form by form, everything that was recognised as it."""
    found = []
    for form in forms:
        mine = [match for match in good if match.form is form]
        found.append(_read(mine, [match for match in asked if match.form is form and match.items], policy))
    return [each for each in found if each]


def _filed(workbook: Workbook, other: Match, policy: BlankPolicy | None) -> Located:
    """What the other form says, on all its sheets where its tables may stand on several."""
    if not other.form.keyed:
        return read_form([_page_of(other)], other.form, policy)
    found = (match for sheet in workbook.sheets for match in matches(sheet, (other.form,)))
    return read_form([_page_of(match) for match in found if match.items], other.form, policy)


def _pages(workbook: Workbook, known: Sequence[Match], form: Form) -> list[tuple[Sheet, Sequence[Item]]]:
    """The sheets with the labels of a form on them, whether it was asked for or not."""
    mine = [match for match in known if match.form is form]
    found = mine or [match for sheet in workbook.sheets for match in matches(sheet, (form,))]
    return [(match.sheet, match.items) for match in found if match.items]


def _read(mine: Sequence[Match], all_of_form: Sequence[Match], policy: BlankPolicy | None) -> list[Located]:
    """The filled forms on the sheets: one a sheet, or one over several sheets that hold different tables of it."""
    if not mine:
        return []
    form = mine[0].form
    tables = [(match, tables_on(match)) for match in all_of_form if len(form.grids) > 1]
    shown = [each for each in tables if each[0].sheet.visibility is Visibility.VISIBLE]
    for spread in (tables, shown):
        parts = [match for match, present in spread if present]
        held = [row for match, present in spread for row in rows_of(match, present)]
        if len(parts) > 1 and len(held) == len(set(held)):
            return [read_form([_page_of(match) for match in parts], form, policy)]
    good = {id(match) for match in mine}
    whole = [each for each in copies(tables) if len(each) > 1 and any(id(match) in good for match in each)]
    known = {id(match) for each in whole for match in each}
    alone = [[match] for match in (*mine, *going_on(mine, all_of_form)) if id(match) not in known]
    places = {id(match): place for place, match in enumerate(all_of_form)}
    filled = sorted((*whole, *alone), key=lambda each: places[id(each[0])])
    return [read_form([_page_of(match) for match in each], form, policy) for each in filled]
