"""Whose and when: give each filed form its unit, compare its period, settle copies and versions.

In: `Filing`s (what the forms say of themselves). Out: `Attribution`s with a status where one is settled already.
Never: a version chosen in silence, a unit guessed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.inbox.doubts import doubted, is_left_open
from consolidator.inbox.filings import Attribution, Filing, header_finding
from consolidator.inbox.strangers import one_for_all_spellings
from consolidator.inbox.tabs import named_elsewhere, nameless_together
from consolidator.inbox.versions import settle_versions
from consolidator.inbox.within import without_parts
from consolidator.model import Period, ReportingUnit, Status
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from consolidator.inbox.names import Match, Register
    from consolidator.model import CellAddress

_YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_SEVERAL = 3  # forms from which on what stands on most of them is taken for printed
_MONTH_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-._]?(0[1-9]|1[0-2])(?!\d|[-._]\d)")


def attribute(
    filings: Sequence[Filing],
    register: Register,
    period: Period | None,
    pins: Sequence[tuple[str, str]] = (),
    added: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Attribution, ...]:
    """Every filing with its unit and, where it does not count, its status; in the order of the files.

    Without a `period` no filing states one, and each is told so. `added` are the codes whose figures add up, by form.
    """
    filings = _without_print([_by_title(filing, register) for filing in filings])
    stated: dict[str, set[ReportingUnit]] = defaultdict(set)
    for filing in filings:
        stated[filing.file].update(register.find(filing.filer).units if filing.filer else ())
    several = nameless_together(filings)
    single = [
        _identify(each, register, period, stated[each.file], crowded=(each.file, each.form) in several)
        for each in filings
    ]
    if register.open_ended:
        single = one_for_all_spellings(single, register)
    groups: dict[tuple[str, str], list[Attribution]] = defaultdict(list)
    settled: list[Attribution] = []
    for entry in single:
        if entry.status is None and entry.unit is not None:
            groups[(entry.unit.key, entry.filing.form)].append(entry)
        else:
            settled.append(entry)
    for group in groups.values():
        settled.extend(settle_versions(group, register, pins))
    settled.sort(key=lambda entry: (entry.filing.file, entry.filing.number))
    return tuple(doubted(settled, register, added) if register.open_ended else without_parts(settled, added))


def _without_print(filings: Sequence[Filing]) -> list[Filing]:
    """The filings without the names that stand alone on a line of most of them: those are printed on the form."""
    counts = Counter(name for filing in filings for name in {each[0] for each in filing.named if _is_bare(each)})
    printed = {name for name, count in counts.items() if count >= _SEVERAL and count * 2 > len(filings)}
    if not printed:
        return list(filings)
    return [
        replace(each, named=tuple(one for one in each.named if one[0] not in printed or not _is_bare(one)))
        for each in filings
    ]


def _is_bare(named: tuple[str, CellAddress, str]) -> bool:
    """Whether a name is all that its cell says, without a seal or a title."""
    return fold(named[0]) == fold(named[2])


def prevailing_period(filings: Iterable[Filing]) -> Period | None:
    """The period that most filings state, where the campaign names none; None without a majority."""
    counts: dict[Period, int] = defaultdict(int)
    for filing in filings:
        if filing.period is not None:
            counts[filing.period] += 1
    ranked = sorted(counts.items(), key=lambda entry: -entry[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _identify(
    filing: Filing,
    register: Register,
    period: Period | None,
    together: Collection[ReportingUnit],
    *,
    crowded: bool,
) -> Attribution:
    unit, finding = _unit_of(filing, register, together, crowded=crowded)
    findings = [finding] if finding is not None else []
    if unit is None:
        reason = f"{findings[0].code}.{findings[0].case}"
        return Attribution(filing, None, filing.period or period, Status.UNKNOWN_UNIT, tuple(findings), reason)
    stated, said = _period_of(filing, period)
    if stated != period:
        return Attribution(filing, unit, stated, Status.WRONG_PERIOD, tuple(said), "S03.wrong_period")
    return Attribution(filing, unit, period, None, (*findings, *_named_otherwise(filing, unit, register), *said))


def _named_otherwise(filing: Filing, unit: ReportingUnit, register: Register) -> Iterator[Finding]:
    """A question where the title, the sheet's name, or a name around the tables is another unit's of the roster."""
    if register.open_ended:
        return
    places: tuple[tuple[str, str, CellAddress | None, str], ...] = (
        ("titled", filing.titled, filing.titled_cell, filing.titled_raw),
        ("tab", filing.sheet, None, filing.sheet),
        *(("written", *named) for named in filing.named),
    )
    for case, name, cell, raw in places:
        other = register.find(name).unit if name else None
        if other is not None and other != unit:
            details = {"found": name, "unit": unit.name}
            cells = (cell.a1,) if cell else ()
            yield Finding("S02", Severity.SOFT, case, sheet=filing.sheet, cells=cells, observed=raw, details=details)
            return


def _by_title(filing: Filing, register: Register) -> Filing:
    """The filing with what stands before its title as its filer, where the register says that it is a unit's name."""
    if filing.filer or not filing.titled or not register.may_be_unit(filing.titled):
        return filing
    return replace(filing, filer=filing.titled, filer_cell=filing.titled_cell, filer_raw=filing.titled_raw)


def _unit_of(
    filing: Filing, register: Register, together: Collection[ReportingUnit], *, crowded: bool
) -> tuple[ReportingUnit | None, Finding | None]:
    """The unit from the header, cross-checked with the file's name; from the file's name where the header is blank.

    `together` are the units of all forms in the file, of which its name may name any; it is `crowded` where several say none.
    """
    named = register.named_in(filing.file)
    found = register.find(filing.filer)
    only_county = not found.units and (register.is_whole_county if register.open_ended else register.is_county)(
        filing.filer
    )
    left_open = register.open_ended and is_left_open(filing.filer)
    if not filing.filer or only_county or left_open:
        case = "county" if only_county else "left_open" if left_open else "nameless"
        return named_elsewhere(filing, register, named.unit, case, crowded=crowded)
    if len(found.units) > 1:
        units = "、".join(unit.name for unit in found.units)
        return None, header_finding(filing, "S02", Severity.HARD, "shared", found=filing.filer, units=units)
    if found.unit is None:
        if register.open_ended:
            return ReportingUnit("", filing.filer), None
        return None, header_finding(filing, "S02", Severity.HARD, "unknown", found=filing.filer)
    if _contradicts(named, together):
        others = "、".join(unit.name for unit in named.units)
        return None, header_finding(filing, "S02", Severity.HARD, "disagree", header=filing.filer, named=others)
    return found.unit, None


def _contradicts(named: Match, units: Collection[ReportingUnit]) -> bool:
    return bool(named.units) and not any(unit in named.units for unit in units)


def _period_of(filing: Filing, period: Period | None) -> tuple[Period | None, list[Finding]]:
    """The filing's period, and what is to be said where it is another one, not stated, or at odds with the file's name."""
    cells = (filing.period_cell.a1,) if filing.period_cell and filing.period_raw else ()
    sheet = filing.period_cell.sheet if filing.period_cell and cells else filing.sheet
    place = {"sheet": sheet, "cells": cells, "observed": filing.period_raw}
    if period is None:
        return None, [_finding("S03", Severity.SOFT, "nowhere", {}, place)]
    stem = filing.file.rpartition("/")[2]
    in_name = _other_in_name(stem, period)
    stated = filing.period or in_name
    if stated is not None and _differs(stated, period):
        details = {"found": stated.chinese, "expected": period.chinese}
        case = "wrong_period" if filing.period is not None else "wrong_name"
        return stated, [_finding("S03", Severity.HARD, case, details, place)]
    if filing.period is None:
        return _of_part(filing, period, place)
    if in_name is not None:
        details = {"found": in_name.chinese, "expected": period.chinese}
        return period, [_finding("S03", Severity.SOFT, "file_name", details, place)]
    if not filing.period.covers(period):
        if filing.part is not None and not filing.period.span:
            return _of_named_sheet(filing, filing.part.in_year(period.year), period)
        case = "cumulative" if filing.period.span else "year_only"
        details = {"found": filing.period.chinese, "expected": period.chinese}
        return period, [_finding("S03", Severity.SOFT, case, details, place)]
    return period, []


def _of_part(filing: Filing, period: Period, place: Mapping[str, object]) -> tuple[Period, list[Finding]]:
    """The period of a filing that states no year: another part of one than the run's is none of it, whatever the year."""
    part = filing.part.in_year(period.year) if filing.part is not None else None
    if part is None:
        return period, [_finding("S03", Severity.SOFT, "not_stated", {"expected": period.chinese}, place)]
    details = {"found": filing.period_raw.strip() or filing.sheet, "expected": period.chinese}
    if _differs(part, period):
        case = "wrong_part" if filing.period_raw.strip() else "wrong_tab"
        return part, [_finding("S03", Severity.HARD, case, details, place)]
    return period, [_finding("S03", Severity.SOFT, "no_year", details, place)]


def _of_named_sheet(filing: Filing, part: Period, period: Period) -> tuple[Period, list[Finding]]:
    """The period of a filing whose heading says only its year and whose sheet is named for a part of one."""
    if not _differs(part, period):
        return period, []
    details = {"found": filing.sheet, "expected": period.chinese}
    return part, [
        _finding("S03", Severity.HARD, "wrong_tab", details, {"sheet": filing.sheet, "cells": (), "observed": ""})
    ]


def _other_in_name(stem: str, period: Period) -> Period | None:
    """Another period that a file's name states: another year, quarter or part of one, another month of a monthly form."""
    years = {int(year) for year in _YEAR_IN_NAME.findall(stem)}
    if years and period.year not in years:
        return Period(min(years))
    named = [each for each in Period.all_in(stem) if each.quarter or each.span]
    part = named[0] if named else Period.part_in(stem, period.year)
    if part is not None and _differs(part, period) and (part.span or not period.month):
        return part
    return _other_month(stem, period) if period.month else None


def _other_month(stem: str, period: Period) -> Period | None:
    months = {Period(period.year, month=month) for month in Period.months_in(stem)}
    months |= {Period(int(year), month=int(month)) for year, month in _MONTH_IN_NAME.findall(stem)}
    return min(months) if months and period not in months else None


def _differs(stated: Period, period: Period) -> bool:
    """A yearly heading on a quarterly form says too little to call it wrong, and so does 1—7月 on the one for July."""
    if stated.is_year:
        return stated.year != period.year
    return not (stated.covers(period) or stated.up_to(period))


def _finding(
    code: str, severity: Severity, case: str, details: Mapping[str, str], place: Mapping[str, object]
) -> Finding:
    return Finding(
        code,
        severity,
        case,
        sheet=str(place.get("sheet", "")),
        cells=place.get("cells", ()),  # type: ignore[arg-type]
        observed=str(place.get("observed", "")),
        expected=details.get("expected", ""),
        details=details,
    )
