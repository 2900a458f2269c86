"""Whose form is it where its heading does not say so: the name of its file, or of its sheet.

In: filings, the roster. Out: the unit, and what is to be said. Never: 城镇 and 农村, which are parts of a form, taken for units.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from consolidator.findings import Severity
from consolidator.inbox.filings import header_finding
from consolidator.model import ReportingUnit
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consolidator.findings import Finding
    from consolidator.inbox.filings import Filing
    from consolidator.inbox.names import Register

_NO_UNIT = regex(
    r"(?:城|乡|集|市|小|中心|重点|建制|各)镇|(?:农|乡|新|行政|自然|城中|各)村|城乡|社区|街道|.?县区|[市郊城农]区|(?:中|小|大)学|学校|医院|.{0,2}(?:单位|部门|机关)"
)


def named_elsewhere(
    filing: Filing, register: Register, unit: ReportingUnit | None, case: str, *, crowded: bool
) -> tuple[ReportingUnit | None, Finding]:
    """The unit that the file's name says, or the sheet's, of forms whose heading says none; in `case` there is none.

    Of several such forms in one file the sheets' names say it, where the roster knows them.
    """
    tab = _unit_of_tab(filing, register) if case != "county" else None
    by_tab = crowded and tab is not None and not register.open_ended
    if unit is None and register.open_ended:
        place = register.place_in(filing.file)
        unit = ReportingUnit("", place) if place else None
    if unit is not None and not by_tab:
        return unit, header_finding(filing, "S05", Severity.SOFT, "", unit=unit.name)
    if tab is not None:
        return tab, header_finding(filing, "S02", Severity.SOFT, "by_tab", unit=tab.name, found=filing.sheet)
    return None, header_finding(filing, "S02", Severity.HARD, case, found=filing.filer)


def _unit_of_tab(filing: Filing, register: Register) -> ReportingUnit | None:
    """The unit that a sheet is named for: the one of the roster, or without one a name that is a unit's."""
    if not register.open_ended:
        return register.find(filing.sheet).unit
    bare = fold(filing.sheet)
    named = register.may_be_unit(bare) and not register.is_whole_county(bare) and not _NO_UNIT.fullmatch(bare)
    return ReportingUnit("", filing.sheet.strip()) if named else None


def nameless_together(filings: Iterable[Filing]) -> frozenset[tuple[str, str]]:
    """The files, by form, in which several forms say nothing of whose they are: their file's name speaks for one at most."""
    counts = Counter((filing.file, filing.form) for filing in filings if not filing.filer)
    return frozenset(place for place, count in counts.items() if count > 1)
