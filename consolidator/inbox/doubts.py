"""Without a roster: filings that may not be a unit's own: sums of the others, forms under another town's name.

In: attributed filings, each with its unit. Out: the same with findings; a certain sum is withheld, for it would count twice.
Never: a sum taken for one because of its name alone.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from consolidator.inbox.filings import Attribution, Filing
    from consolidator.inbox.names import Register

_SUMS = regex(r"汇总|合计|总计|总表")
_TOWN = regex(
    r"[\u4e00-\u9fff]{1,10}?(?:(?<![城集村乡小制市])镇|(?<![城下返还老家故同思归])乡(?![村镇居土音愁])|街道|苏木)"
)
_IS_TOWN = regex(r"(?:镇|乡|街道|苏木)$")
_LEAST = 3  # filings, of which one may be the sum of the others; figures that must be alike
_LISTED = 5  # units named in one sentence
_CERTAIN, _LIKELY = 10_000, 100
"""What the figures multiply to, at least, for their being sums to be no accident, or to be worth a question."""


def doubted(entries: Sequence[Attribution], register: Register) -> list[Attribution]:
    """The filings with what is to be asked about whose they are."""
    told = {id(entry): finding for entry, finding in (*_sums(entries), *_named_otherwise(entries, register))}
    return [
        replace(entry, findings=(*entry.findings, told[id(entry)])) if id(entry) in told else entry for entry in entries
    ]


def _sums(entries: Sequence[Attribution]) -> Iterator[tuple[Attribution, Finding]]:
    """Sums of the other forms in their file, then sums of all others."""
    found: set[int] = set()
    for by_file in (True, False):
        groups: defaultdict[tuple[str, str], list[Attribution]] = defaultdict(list)
        for entry in entries:
            if entry.status is None and id(entry) not in found:
                groups[entry.filing.form, entry.filing.file if by_file else ""].append(entry)
        for group in groups.values():
            told = _sum_in(group, together=by_file)
            if told is not None:
                found.add(id(told[0]))
                yield told


def _sum_in(group: Sequence[Attribution], *, together: bool) -> tuple[Attribution, Finding] | None:
    """The filing in which every figure is the sum of the others' in the group, if there is one."""
    if len(group) < _LEAST:
        return None
    figures = [_figures(entry.filing) for entry in group]
    whole: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in figures:
        for code, number in each.items():
            whole[code] += number
    sums = [
        (entry, mine)
        for entry, mine in zip(group, figures, strict=True)
        if all(2 * mine.get(code, Decimal(0)) == number for code, number in whole.items())
    ]
    if len(sums) != 1 or (weight := _weight(sums[0][1].values())) < _LIKELY:
        return None
    entry = sums[0][0]
    names = (entry.filing.sheet, entry.filing.file.rpartition("/")[2], entry.filing.filer)
    certain = weight >= _CERTAIN or any(_SUMS.search(name) for name in names)
    others = [other.unit.name for other in group if other is not entry and other.unit is not None]
    return entry, _is_sum(entry.filing, others, certain=certain, together=together)


def _figures(filing: Filing) -> Mapping[str, Decimal]:
    return {code: seen.number for code, seen in filing.values.items() if seen.number is not None}


def _weight(figures: Iterable[Decimal]) -> int:
    """How little of an accident it is that so many figures agree; 0 for too few."""
    some = [abs(number) for number in figures if number]
    weight = 1
    for number in some if len(some) >= _LEAST else ():
        weight = min(weight * max(int(number), 1), _CERTAIN)
    return weight


def _is_sum(filing: Filing, others: Sequence[str], *, certain: bool, together: bool) -> Finding:
    case = ("sum" if certain else "may_be_sum") + ("_in_file" if together else "")
    shown = others[:_LISTED]
    more = "…" if len(others) > len(shown) else ""
    details = {"sheet": filing.sheet, "count": str(len(others)), "others": "、".join(shown) + more}
    return _finding(filing, Severity.HARD if certain else Severity.SOFT, case, details)


def _named_otherwise(entries: Sequence[Attribution], register: Register) -> Iterator[tuple[Attribution, Finding]]:
    """A question where a file holds one town's form and bears the name of another town only."""
    alone = {entry.filing.file: entry.filing.number == 1 for entry in entries}
    alone.update({entry.filing.file: False for entry in entries if entry.filing.number > 1})
    for entry in entries:
        filing = entry.filing
        if entry.status is not None or not filing.filer or not alone[filing.file]:
            continue
        names = register.variants(filing.filer)
        stem = fold(filing.file.rpartition("/")[2].rpartition(".")[0])
        if not any(_IS_TOWN.search(name) for name in names) or any(name in stem for name in names):
            continue
        towns = [town for town in _TOWN.findall(stem) if not any(_alike(town, name) for name in names)]
        if towns:
            yield entry, _finding(filing, Severity.SOFT, "named", {"unit": filing.filer, "named": towns[0]})


def _alike(town: str, name: str) -> bool:
    return town.endswith(name) or name.endswith(town)


def _finding(filing: Filing, severity: Severity, case: str, details: Mapping[str, str]) -> Finding:
    cells = (filing.filer_cell.a1,) if filing.filer_cell else ()
    observed = filing.filer_raw if cells else ""
    sheet = filing.filer_cell.sheet if filing.filer_cell else filing.sheet
    return Finding("S02", severity, case, sheet=sheet, cells=cells, observed=observed, details=details)
