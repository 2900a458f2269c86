"""Last year's figures for this year's units: which period, whose they are, under which code.

In: a `PastRun`, the forms with the earlier forms they go on with, the register. Out: `Previous` by form id, and findings on
units that could not be matched. Raises `UsageError` where nothing in the file can be compared.
Never: a unit matched by likeness; a value chosen among several that differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidator.errors import UsageError
from consolidator.findings import Finding, Severity
from consolidator.model import EarlierUnit, Previous
from consolidator.spelling import fold
from consolidator.terms import LANGUAGES, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.form import Form
    from consolidator.inbox.names import Register
    from consolidator.inbox.past_run import PastFiling, PastRun
    from consolidator.model import Period, ReportingUnit

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_NAMED = 40  # units named in one sentence; the rest is counted


class Line(Struct, frozen=True):
    """A form of the run with one earlier form: the earlier code that each of its codes continues."""

    form: Form
    earlier: Form
    codes: Mapping[str, str]


class Settled(Struct, frozen=True):
    """The earlier figures by form id, and what is to be said about them."""

    previous: Mapping[str, Previous]
    findings: tuple[Finding, ...] = ()


def settle(past: PastRun, lines: Sequence[Line], register: Register, period: Period) -> Settled:
    """The earlier figures of every form that has any; of each the latest period before `period`.

    `lines` hold, for each form of the run, the earlier forms it may be compared with, the nearest first. Raises
    `UsageError` E62 where the file holds no earlier period, E63 where it holds none of the forms.
    """
    refuse_later(past, period)
    recognised = _recognised(past.filings, lines)
    latest: dict[str, tuple[Period, Line]] = {}
    for line in lines:
        periods = _before({each.period for each in recognised if each.form == line.earlier.id}, period)
        if periods and (line.form.id not in latest or periods[-1] > latest[line.form.id][0]):
            latest[line.form.id] = (periods[-1], line)
    if not latest:
        wanted = "、".join(dict.fromkeys(line.form.title for line in lines))
        raise UsageError("E63", file=past.file, forms=wanted)
    previous: dict[str, Previous] = {}
    findings: list[Finding] = []
    for form, (chosen, line) in latest.items():
        filings = [each for each in recognised if each.period == chosen and each.form == line.earlier.id]
        matching = _Matching(register)
        previous[form] = Previous(
            form=line.earlier.id,
            period=chosen,
            file=past.file,
            codes=frozenset(line.codes),
            units=matching.units(filings, line),
            settled=all(filing.counted is not None for filing in filings),
        )
        owner = {"file": "", "unit_code": "", "unit_name": "", "form": form, "period": str(period)}
        findings += [found.owned(**owner) for found in matching.findings(chosen)]
    return Settled(previous, tuple(findings))


def refuse_later(past: PastRun, period: Period) -> None:
    """Raise `UsageError` E62 where no filing is of a period before `period` and of its kind (year, quarter, month)."""
    found = {filing.period for filing in past.filings}
    if not _before(found, period):
        told = "、".join(sorted(map(str, found)))
        raise UsageError("E62", file=past.file, found=told, period=str(period))


def _before(periods: Iterable[Period], period: Period) -> list[Period]:
    """Those before `period`, of its kind, in order."""
    return sorted(each for each in periods if each.kind == period.kind and each < period)


def _recognised(filings: Iterable[PastFiling], lines: Sequence[Line]) -> list[PastFiling]:
    """The filings, each with the id of its form: by the title on its sheet, else by its codes; empty for neither."""
    forms = {line.earlier.id: line.earlier for line in lines}.values()
    titles = {
        fold(catalogue(language).text("detail", "title", form=form.title)): form.id
        for form in forms
        for language in LANGUAGES
    }
    codes = {frozenset(form.indicators): form.id for form in forms}
    return [
        each if each.form else replace(each, form=titles.get(fold(each.title)) or codes.get(frozenset(each.values), ""))
        for each in filings
    ]


class _Matching:
    """Whose figures they are, unit by unit, and which units could not be matched."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._unknown: list[str] = []
        self._contradicting: list[str] = []
        self._merged: list[str] = []

    def units(self, filings: Sequence[PastFiling], line: Line) -> tuple[EarlierUnit, ...]:
        """The units that were in the earlier totals, each with the key of the present unit that it is."""
        by_unit: dict[str, list[PastFiling]] = defaultdict(list)
        for filing in filings:
            by_unit[filing.code or filing.name].append(filing)
        counted = {key: found for key, several in by_unit.items() if (found := _counted(several))}
        heirs = {key: self._heir(several[0]) for key, several in counted.items()}
        shared = _shared(heirs.values())
        units = []
        for key, several in counted.items():
            heir, name = heirs[key], several[0].name or several[0].code
            if heir is not None and heir.key in shared:
                self._merged.append(name)
                heir = None
            units.append(EarlierUnit(name, heir.key if heir else "", _values(several, line)))
        return tuple(units)

    def _heir(self, filing: PastFiling) -> ReportingUnit | None:
        """The present unit: by code first, then by name and aliases; None where the two disagree."""
        by_code = self._register.coded(filing.code)
        named = self._register.find(filing.name).units if filing.name else ()
        if by_code is not None and named and by_code not in named:
            self._contradicting.append(filing.name)
            return None
        heir = by_code or (named[0] if len(named) == 1 else None)
        if heir is None:
            self._unknown.append(filing.name or filing.code)
        return heir

    def findings(self, period: Period) -> Iterable[Finding]:
        """What is to be said about the units that were not matched."""
        told = {"unknown": self._unknown, "contradicting": self._contradicting, "merged": self._merged}
        for case, names in told.items():
            if names:
                shown = "、".join(sorted(names)[:_NAMED]) + ("…" if len(names) > _NAMED else "")
                details = {"units": shown, "count": str(len(names)), "period": str(period)}
                yield Finding("Y10", Severity.INFO, case, details=details)


def _shared(heirs: Iterable[ReportingUnit | None]) -> frozenset[str]:
    """Keys of present units that several earlier ones would be."""
    counts: dict[str, int] = defaultdict(int)
    for heir in heirs:
        if heir is not None:
            counts[heir.key] += 1
    return frozenset(key for key, times in counts.items() if times > 1)


def _counted(filings: Sequence[PastFiling]) -> list[PastFiling]:
    """The filings of a unit that were in the totals; all of them where that is not known."""
    sure = [filing for filing in filings if filing.counted]
    return sure or [filing for filing in filings if filing.counted is None]


def _values(filings: Sequence[PastFiling], line: Line) -> Mapping[str, Decimal | str]:
    """The values on which all filings agree, by the codes of the present form."""
    texts = {
        code: code
        for code, indicator in line.form.indicators.items()
        if not indicator.numeric and code in line.earlier.indicators and not line.earlier.indicators[code].numeric
    }
    found: dict[str, Decimal | str] = {}
    for code, before in {**line.codes, **texts}.items():
        said = {filing.values.get(before, "") for filing in filings}
        text = said.pop() if len(said) == 1 else None
        if not text:
            continue
        if code in texts:
            found[code] = text
        elif _NUMBER.fullmatch(text):
            found[code] = Decimal(text) or Decimal(0)
    return found
