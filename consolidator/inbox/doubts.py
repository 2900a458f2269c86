"""Without a roster: filings that may not be a unit's own: sums of the others, forms under another town's name.

In: attributed filings, each with its unit. Out: the same with findings; what counts twice, or may, is withheld.
Never: a form beside no other in its file or folder taken for a sum because of its name alone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Severity
from consolidator.inbox.filings import header_finding
from consolidator.inbox.parts import sums
from consolidator.model import Status
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.findings import Finding
    from consolidator.inbox.figures import Added
    from consolidator.inbox.filings import Attribution, Filing
    from consolidator.inbox.names import Register

_TOWN = regex(
    r"[\u4e00-\u9fff]{1,10}?(?:(?<![城集村乡小制市各全本该我二两三四五六七八九十几个])镇"
    r"|(?<![城下返还老家故同思归各全本该我县二两三四五六七八九十几个])乡(?![村镇居土音愁])|街道|苏木)"
)
_IS_PLACE = regex(r"(?:镇|乡|街道|苏木|嘎查|村|社区)$")
_BLANK = r"[某×x*○〇_]+"
_LEFT_OPEN = regex(
    rf"(?:{_BLANK}[省市县区旗])*{_BLANK}(?:[镇乡村局办]|街道|社区|单位|乡镇)(?:(?:人民)?政府)?|[×x*_]+|样表|模[板版]|示例"
)
"""What a blank form, or a sample, prints for the name of a unit."""
_OF_ALL = regex(r"\(?(?:合计|汇总|总计)\)?$")
_LISTED = 5  # units named in one sentence


def is_left_open(filer: str) -> bool:
    """Whether what stands as the filer is a form's own ××镇 and no unit's name."""
    return _LEFT_OPEN.fullmatch(fold(filer)) is not None


def doubted(entries: Sequence[Attribution], register: Register, added: Added | None = None) -> list[Attribution]:
    """The filings with what is to be asked about whose they are. `added` are the codes of figures that add up, by form."""
    told: defaultdict[int, list[Finding]] = defaultdict(list)
    for entry, finding in (*_summed(entries, added), *_named_otherwise(entries, register)):
        told[id(entry)].append(finding)
    return [_with(entry, told[id(entry)]) if id(entry) in told else entry for entry in entries]


def _with(entry: Attribution, told: Sequence[Finding]) -> Attribution:
    """The filing with some findings; of a grave one nothing else is said, and it counts in no kind of total."""
    grave = next((finding for finding in told if finding.severity is Severity.HARD), None)
    if grave is None:
        return replace(entry, findings=(*entry.findings, *told))
    return replace(entry, status=Status.UNKNOWN_UNIT, findings=(grave,), reason=f"{grave.code}.{grave.case}")


def _summed(entries: Sequence[Attribution], added: Added | None) -> Iterator[tuple[Attribution, Finding]]:
    """What is to be said of sums."""
    for found in sums(entries, added):
        filing, others = found.entry.filing, [part.unit.name for part in found.parts if part.unit is not None]
        more = "…" if len(others) > _LISTED else ""
        name = found.entry.unit.name if found.entry.unit is not None else filing.filer
        details = {
            "unit": name,
            "sheet": filing.sheet,
            "count": str(len(others)),
            "others": "、".join(others[:_LISTED]) + more,
        }
        severity = Severity.SOFT if found.case.startswith("may_be") else Severity.HARD
        yield found.entry, header_finding(filing, "S02", severity, found.case, **details)


def _named_otherwise(entries: Sequence[Attribution], register: Register) -> Iterator[tuple[Attribution, Finding]]:
    """A question where a file bears the name of another town only than those of its forms."""
    by_file: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        by_file[entry.filing.file].extend(_names(entry.filing, register))
    for entry in entries:
        filing = entry.filing
        if entry.status not in {None, Status.DUPLICATE}:
            continue
        names = by_file[filing.file]
        stem = fold(filing.file.rpartition("/")[2].rpartition(".")[0])
        places = any(map(_IS_PLACE.search, _names(filing, register)))
        if not places or any(name in stem for name in names):
            continue
        towns = [town for town in _TOWN.findall(stem) if not any(_akin(town, name) for name in names)]
        if towns:
            yield entry, header_finding(filing, "S02", Severity.SOFT, "named", unit=filing.filer, named=towns[0])


def _names(filing: Filing, register: Register) -> tuple[str, ...]:
    """What the unit is called that a heading names, if it names one."""
    bare = _OF_ALL.sub("", fold(filing.filer))
    return register.variants(bare) if bare and not is_left_open(bare) else ()


def _akin(town: str, name: str) -> bool:
    return town.endswith(name) or name.endswith(town)
