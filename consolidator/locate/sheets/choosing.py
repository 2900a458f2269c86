"""Of several sheets that look like the form: each unit's filled one, the one of this period, their sum, or why none.

In: the forms read from the sheets of one workbook. Out: those that are taken, with what is to be said of the others.
Never: a choice between different figures in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.texts.wording import short
from consolidator.locate.sheets.tabs import apart, chosen, copied, one_of_several, passed_over
from consolidator.locate.sheets.whole import Whole, named_for_units, whole_of
from consolidator.model import Visibility
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.locate.located import Located
    from consolidator.model import Period, Workbook


def choose(read: Sequence[Located], workbook: Workbook, period: Period | None) -> list[Located]:
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
        tabs = whole_of(filled) is None and named_for_units(by_filer[""])
        by_filer = {entry.sheet: [entry] for entry in filled} if tabs else {"": list(filled)}
    left = [_choose_one(entries, period) for entries in by_filer.values()]
    if len(left) > 1:
        return apart(left)
    if any(finding.code == "L03" for finding in left[0].findings):
        return left
    alike = [entry.sheet for entry in filled if _content(entry) == _content(left[0])]
    return [copied(left[0], alike) if len(alike) > 1 else chosen(left[0], workbook)]


def _choose_one(candidates: Sequence[Located], period: Period | None) -> Located:
    """One unit's form, of several with the same filer."""
    own = [entry for entry in candidates if _is_of(entry, period)]
    known = {code for entry in own for code in entry.observations}
    further = [entry for entry in candidates if entry.period is None and known.isdisjoint(entry.observations)]
    timely = [*own, *further] if own else candidates
    distinct = _distinct(timely)
    if len(distinct) == 1:
        others = [each for each in candidates if each not in timely and each.sheet == distinct[0].sheet]
        return one_of_several(distinct[0], others, sure=all(_is_of_another(each, period) for each in others))
    whole = whole_of(timely)
    if whole is not None:
        return _of_sheets(whole)
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


def _of_sheets(whole: Whole) -> Located:
    """The sheet that is called the sum of the others: the form where it adds up, else none, with the place that differs."""
    entry, off = whole.entry, whole.off
    others = "、".join(f"“{part.sheet}”" for part in whole.parts)
    details = {"sheet": entry.sheet, "count": str(len(whole.parts)), "others": others}
    if not off:
        note = Finding("L03", Severity.NOTE, "whole", Outcome.SATISFIED, sheet=entry.sheet, details=details)
        return replace(entry, findings=(note, *entry.findings))
    seen, expected = entry.observations.get(off), str(whole.expected)
    details |= {
        "label": short(entry.form.indicators[off].label),
        "found": seen.raw.strip() if seen else "",
        "expected": expected,
    }
    finding = Finding(
        "L03", Severity.HARD, "whole_differs", indicators=(off,), sheet=entry.sheet,
        cells=(seen.address.a1,) if seen else (), observed=details["found"], expected=expected, details=details,
    )  # fmt: skip
    withheld = _withheld((entry,))
    return replace(withheld, findings=(finding,))


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
