"""Recognise which form a workbook holds, and on which sheet.

In: a workbook, the forms that are asked for, the other forms that are known. Out: `Located` forms or `Unlocated`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.locate.bands import find_bands
from consolidator.locate.blocks import part
from consolidator.locate.heads import find_heads
from consolidator.locate.identity import by_marks, identified
from consolidator.locate.match import Item, LabelIndex, find_items
from consolidator.locate.sheet import Located, read_form
from consolidator.model import Visibility
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.form.definition import BlankPolicy, Form
    from consolidator.model import Period, Sheet, Workbook

_SHARE = 0.3  # of a form's labels, found on one sheet: it is that form
_TITLED_ROWS = 5  # labels that suffice under the form's own title
_ROWS_WITH_HEADS, _HEADS = 4, 4  # row labels and column heads that suffice together


@dataclass(frozen=True, slots=True)
class Unlocated:
    """No sheet holds a form that is asked for. `other` is a known form that one of them holds instead, `filed` what it says."""

    found: int
    expected: Form
    other: Form | None = None
    filed: Located | None = None


@dataclass(frozen=True, slots=True)
class _Match:
    form: Form
    sheet: Sheet
    items: tuple[Item, ...]
    found: int
    share: float
    heads: int = 0


@lru_cache(maxsize=64)
def _index(form_id: str, sha256: str, rows: tuple[object, ...]) -> LabelIndex:
    del form_id, sha256
    return LabelIndex(rows)  # type: ignore[arg-type]


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
    word on blanks, over the form's own.
    """
    matches = [match for sheet in workbook.sheets for match in _matches(sheet, forms)]
    good = [match for match in matches if _is_form(match)]
    if not good:
        return by_marks(workbook, forms, policy) or _unlocated(workbook, forms, others, matches, policy)
    rival = _rival(workbook, good, others)
    if rival is not None:
        return _unlocated(workbook, [match.form for match in good], (rival,), good, policy)
    good = _without_lookalikes(good)
    located: list[Located] = []
    for form in forms:
        mine = [match for match in good if match.form is form]
        read = _read(mine, [match for match in matches if match.form is form and match.items], policy)
        if read:
            located.extend(_choose(read, period))
    located = identified(workbook, located, policy)
    unread = _hidden_sheets(workbook, {entry.sheet for entry in located})
    located[0] = replace(located[0], findings=(*located[0].findings, *unread))
    return tuple(located)


def _matches(sheet: Sheet, forms: Iterable[Form]) -> Iterable[_Match]:
    for form in forms:
        rows = tuple(form.rows.values())
        for own, items in part(sheet, form, find_items(sheet, _index(form.id, form.sha256, rows))):
            found = len({code for item in items for code in item.codes[:1]})
            yield _Match(form, own, items, found, found / len(rows), _heads(own, form))


def _heads(sheet: Sheet, form: Form) -> int:
    """How many of the form's column heads stand on the sheet, where columns have keys."""
    tables = form.tables if form.keyed else ()
    return sum(len({head.key for head in find_heads(sheet, table)}) for table in tables)


def _is_form(match: _Match) -> bool:
    if match.share >= _SHARE or (match.found >= _ROWS_WITH_HEADS and match.heads >= _HEADS):
        return True
    titles = {fold(title) for title in (match.form.title, *match.form.title_aliases)}
    return match.found >= _TITLED_ROWS and any(
        title in fold(cell.text) for cell in match.sheet.cells.values() for title in titles
    )


def _unlocated(
    workbook: Workbook,
    forms: Sequence[Form],
    others: Sequence[Form],
    matches: Sequence[_Match],
    policy: BlankPolicy | None,
) -> Unlocated:
    elsewhere = [match for sheet in workbook.sheets for match in _matches(sheet, others) if _is_form(match)]
    elsewhere = _without_lookalikes(elsewhere)
    best = max(matches, key=lambda match: match.found, default=None)
    other = max(elsewhere, key=lambda match: match.share, default=None)
    return Unlocated(
        found=best.found if best else 0,
        expected=best.form if best else forms[0],
        other=other.form if other else None,
        filed=read_form([(other.sheet, other.items)], other.form, policy) if other else None,
    )


def _beats(other: Form, form: Form, sheets: Sequence[Sheet]) -> bool:
    """Whether more cells of the sheets carry a wording that only the one form has than one that only the other has."""
    theirs, own = other.wordings - form.wordings, form.wordings - other.wordings
    texts = [fold(cell.text) for sheet in sheets for cell in sheet.cells.values() if cell.text]
    return sum(text in theirs for text in texts) > sum(text in own for text in texts)


def _rival(workbook: Workbook, good: Sequence[_Match], others: Sequence[Form]) -> Form | None:
    """A form that was not asked for and that the sheets hold more surely than each one that was."""
    asked = {match.form.id: match.form for match in good}
    sheets = {name: [match.sheet for match in good if match.form.id == name] for name in asked}
    surer = [other for other in others if all(_beats(other, form, sheets[name]) for name, form in asked.items())]
    known = (match.form for sheet in workbook.sheets for match in _matches(sheet, surer) if _is_form(match))
    return next(known, None)


def _without_lookalikes(good: Sequence[_Match]) -> list[_Match]:
    """Of several forms recognised on one sheet, the one with most wordings of its own; both where none has more."""
    kept = []
    for match in good:
        beside = [other.form for other in good if other.sheet.name == match.sheet.name and other.form is not match.form]
        if not any(_beats(other, match.form, (match.sheet,)) for other in beside):
            kept.append(match)
    return kept


def _read(mine: Sequence[_Match], all_of_form: Sequence[_Match], policy: BlankPolicy | None) -> list[Located]:
    """The filled forms on the sheets: one a sheet, or one over several sheets that hold different tables of it."""
    if not mine:
        return []
    form = mine[0].form
    tables = [(match, _present(match)) for match in all_of_form if len(form.tables) > 1]
    parts = [match for match, present in tables if present]
    held = [table for _, present in tables for table in present]
    if len(parts) > 1 and len(held) == len(set(held)):
        return [read_form([(match.sheet, match.items) for match in parts], form, policy)]
    return [read_form([(match.sheet, match.items)], form, policy) for match in mine]


def _present(match: _Match) -> frozenset[str]:
    """The tables of a form that a sheet holds: header and at least half of the rows."""
    found = {code for item in match.items for code in item.codes[:1]}
    return frozenset(
        table.id
        for table in match.form.tables
        if len(found & {row.code for row in table.rows}) * 2 >= len(table.rows) and find_bands(match.sheet, table)
    )


def _choose(read: Sequence[Located], period: Period | None) -> list[Located]:
    """Of several that look like the form: each unit's filled one, the one of this period, or a finding."""
    if len(read) == 1:
        return list(read)
    filled = [entry for entry in read if not entry.blank] or list(read[:1])
    by_filer: dict[str, list[Located]] = {}
    for entry in filled:
        by_filer.setdefault(fold(entry.filer.text) if entry.filer is not None else "", []).append(entry)
    if "" in by_filer:
        by_filer = {"": filled}
    chosen = [_choose_one(entries, period) for entries in by_filer.values()]
    if len(chosen) == 1 and not any(finding.code == "L03" for finding in chosen[0].findings):
        number = str([entry.sheet for entry in read].index(chosen[0].sheet) + 1)
        return [_with(chosen[0], Severity.NOTE, "chosen", number=number, sheet=chosen[0].sheet)]
    return chosen


def _choose_one(candidates: Sequence[Located], period: Period | None) -> Located:
    """One unit's form, of several with the same filer."""
    timely = [entry for entry in candidates if entry.period is not None and entry.period.period == period]
    distinct = _distinct(timely or candidates)
    if len(distinct) == 1:
        return distinct[0]
    sheets = "、".join(dict.fromkeys(f"“{entry.sheet}”" for entry in distinct))
    codes = [code for entry in distinct for code in entry.observations]
    if len(codes) == len(set(codes)):
        case = "pages"
    else:
        case = "several" if len({entry.sheet for entry in distinct}) == len(distinct) else "several_blocks"
    return _with(_withheld(distinct), Severity.HARD, case, count=str(len(distinct)), sheets=sheets)


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
        key = (
            fold(entry.filer.text) if entry.filer else "",
            entry.period.period if entry.period else None,
            tuple((code, observation.value) for code, observation in entry.observations.items()),
        )
        if key not in seen:
            seen.add(key)
            kept.append(entry)
    return kept


def _with(entry: Located, severity: Severity, case: str, **details: str) -> Located:
    outcome = Outcome.SATISFIED if severity is Severity.NOTE else Outcome.VIOLATED
    finding = Finding("L03", severity, case, outcome, sheet=entry.sheet, details=details)
    return replace(entry, findings=(finding, *entry.findings))


def _hidden_sheets(workbook: Workbook, used: set[str]) -> list[Finding]:
    """Hidden sheets beside the form, in case something was meant to be seen."""
    return [
        Finding("B12", Severity.SOFT, "other_sheet", sheet=sheet.name, details={"sheet": sheet.name})
        for sheet in workbook.sheets
        if sheet.visibility is not Visibility.VISIBLE and sheet.name not in used and sheet.cells
    ]
