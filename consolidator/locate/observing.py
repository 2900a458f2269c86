"""Read which forms a workbook holds, and choose where it holds one more than once.

In: a workbook, the forms that are asked for, the other forms that are known. Out: `Located` forms or `Unlocated`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.locate.columns.bands import find_bands
from consolidator.locate.layout.recognise import Match, is_form, matches, rival, without_lookalikes
from consolidator.locate.located import Located, Unlocated
from consolidator.locate.prints.identity import by_marks, identified
from consolidator.locate.prints.recall import recall
from consolidator.locate.sheets.mixture import foreign_tables, version_mixed_in
from consolidator.locate.sheets.presence import complete, hidden_sheets
from consolidator.locate.sheets.shared import share_headings
from consolidator.locate.sheets.sheet import Page, read_form
from consolidator.locate.sheets.tabs import apart, chosen, copied, on_its_tab, passed_over
from consolidator.model import Visibility
from consolidator.spelling import fold

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
        located.extend(_choose(each, workbook, period))
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
    tables = [(match, _present(match)) for match in all_of_form if len(form.grids) > 1]
    shown = [each for each in tables if each[0].sheet.visibility is Visibility.VISIBLE]
    for spread in (tables, shown):
        parts = [match for match, present in spread if present]
        held = [table for _, present in spread for table in present]
        if len(parts) > 1 and len(held) == len(set(held)):
            return [read_form([_page_of(match) for match in parts], form, policy)]
    return [read_form([_page_of(match)], form, policy) for match in mine]


def _present(match: Match) -> frozenset[str]:
    """The tables of a form that a sheet holds: header and at least half of the rows."""
    found = {code for item in match.items for code in item.codes[:1]}
    return frozenset(
        table.id
        for table in match.form.grids
        if len(found & {row.code for row in table.rows}) * 2 >= len(table.rows)
        and find_bands(match.sheet, table, match.items)
    )


def _choose(read: Sequence[Located], workbook: Workbook, period: Period | None) -> list[Located]:
    """Of several that look like the form: each unit's filled one, the one of this period, or a finding."""
    if len(read) == 1:
        return list(read)
    filled = _shown([entry for entry in read if not entry.blank] or read[:1], workbook, period)
    own = [entry for entry in filled if not any(finding.code == "S14" for finding in entry.findings)] or filled
    left = _choose_of(own, workbook, period)
    here = {entry.sheet for entry in own}
    doubtful = (entry for entry in filled if entry.sheet not in here and not _is_of_another(entry, period))
    return passed_over(left, list(dict.fromkeys(entry.sheet for entry in doubtful)))


def _shown(filled: Sequence[Located], workbook: Workbook, period: Period | None) -> Sequence[Located]:
    """The forms on sheets that a person sees, if one of them may be of this period; whoever's the hidden ones are."""
    visible = {sheet.name for sheet in workbook.sheets if sheet.visibility is Visibility.VISIBLE}
    seen = [entry for entry in filled if entry.sheet in visible]
    return filled if all(_is_of_another(entry, period) for entry in seen) else seen


def _choose_of(filled: Sequence[Located], workbook: Workbook, period: Period | None) -> list[Located]:
    """The same of filled forms, of which none, or each, is said to be something else than this period's figures."""
    if len(filled) == 1:
        return [chosen(filled[0], workbook)]
    by_filer: dict[str, list[Located]] = {}
    for entry in filled:
        by_filer.setdefault(fold(entry.filer.text) if entry.filer is not None else "", []).append(entry)
    if "" in by_filer:
        by_filer = {"": list(filled)}
    left = [_choose_one(entries, period) for entries in by_filer.values()]
    if len(left) > 1:
        return apart(left)
    if any(finding.code == "L03" for finding in left[0].findings):
        return left
    alike = [entry.sheet for entry in filled if _content(entry) == _content(left[0])]
    return [copied(left[0], alike) if len(set(alike)) > 1 else chosen(left[0], workbook)]


def _choose_one(candidates: Sequence[Located], period: Period | None) -> Located:
    """One unit's form, of several with the same filer."""
    distinct = _distinct([entry for entry in candidates if _is_of(entry, period)] or candidates)
    if len(distinct) == 1:
        return distinct[0]
    sheets = "、".join(dict.fromkeys(f"“{entry.sheet}”" for entry in distinct))
    codes = [code for entry in distinct for code in entry.observations]
    if len(codes) == len(set(codes)):
        case = "pages"
    else:
        case = "several" if len({entry.sheet for entry in distinct}) == len(distinct) else "several_blocks"
    details = {"count": str(len(distinct)), "sheets": sheets}
    entry = _withheld(distinct)
    finding = Finding("L03", Severity.HARD, case, Outcome.VIOLATED, sheet=entry.sheet, details=details)
    return replace(entry, findings=(finding, *entry.findings))


def _is_of(entry: Located, period: Period | None) -> bool:
    """Whether a form says that it is of the period asked for, or of such a part of some year."""
    if period is None:
        return False
    if entry.part and not period.is_year and (entry.period is None or entry.period.period.year == period.year):
        return period == entry.part.period.in_year(period.year)
    return entry.period is not None and period == entry.period.period


def _is_of_another(entry: Located, period: Period | None) -> bool:
    """Whether a form says that it is of another period than the one asked for."""
    return period is not None and entry.period is not None and not _is_of(entry, period)


def _withheld(entries: Sequence[Located]) -> Located:
    """The first of several forms that cannot be chosen between, without its values; a period only where all agree."""
    first = next((entry for entry in entries if entry.filer is not None), entries[0])
    stated = [entry.period for entry in entries if entry.period is not None]
    return replace(
        first,
        period=stated[0] if len({each.period for each in stated}) == 1 else None,
        observations={code: replace(seen, value=None) for code, seen in first.observations.items()},
        findings=(),
    )


def _distinct(entries: Sequence[Located]) -> list[Located]:
    """Entries without those that repeat an earlier one's filer, period and values."""
    seen = set()
    kept = []
    for entry in entries:
        key = _content(entry)
        if key not in seen:
            seen.add(key)
            kept.append(entry)
    return kept


def _content(entry: Located) -> tuple[object, ...]:
    """What makes forms the same: filer, period, values; what was typed where there is no value."""
    values = (
        (code, seen.value, seen.raw.strip() if seen.value is None else "") for code, seen in entry.observations.items()
    )
    filer, period = entry.filer, entry.period
    return fold(filer.text) if filer else "", period.period if period else None, tuple(values)
