"""Whether one of a unit's several sheets is the sum of the others: 东村, 西村 and 汇总 of one town.

In: forms of one workbook that say different things. Out: a `Whole`; or that each is named for a unit. Never: a sum told by figures alone; sheets of months
(上月, 本月, 合计), of which one is the period's.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from consolidator.form.choices import Aggregation
from consolidator.form.texts.sums import is_called_sum
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.locate.located import Located
    from consolidator.model import Observation

_OF_TIMES = regex(
    r"[\d一二三四五六七八九十]+(?:[年月季旬周期次批]|个月)|第.[季期次批]|[上下本当前今去][年月季旬周期次批]|[上中下]旬|半年|季度|累计|同期|(?:19|20)\d\d"
)
_UNIT = regex(
    r"[\u4e00-\u9fff]+(?:[镇乡村县市旗局办委站所院校]|街道|办事处|社区|苏木|嘎查|小学|中学|[农林牧渔]场|中心|公司|(?<![校园片])区)"
)
_NO_UNIT = regex(
    r"(?:城|乡|集|小|中心|重点|建制|各)镇|(?:农|乡|新|行政|自然|城中)村|.{0,2}社区|.{0,2}街道|.?县区|[市郊城农]区|(?:城|集|超)市"
    r"|(?:中|小|大)学|学校|医院|[上本].*|全.*|各.*"
)
"""Names of sheets that are units', and such as look like one and are a part of a form."""
_LEAST = 2  # parts of a sum
_OPEN = 4  # of so many lines with figures one may be open, because a part's could not be read
_NOTHING = Decimal(0)


class Whole(NamedTuple):
    """The sheet that is called the sum of the others; `off` is the first line that is not, empty where all are."""

    entry: Located
    parts: Sequence[Located]
    off: str = ""
    expected: Decimal = _NOTHING


def whole_of(entries: Sequence[Located]) -> Whole | None:
    """The one sheet that by its name is the sum of at least two others; None where there is none, or it cannot be told."""
    called = [entry for entry in entries if is_called_sum(fold(entry.sheet))] or list(filter(_is_own, entries))
    names = {entry.sheet for entry in called}
    parts = [entry for entry in entries if entry.sheet not in names]
    one_each = len({entry.sheet for entry in entries}) == len(entries)
    if len(called) != 1 or len(parts) < _LEAST or not one_each or any(_OF_TIMES.search(each.sheet) for each in parts):
        return None
    return _reckoned(called[0], parts)


def _is_own(entry: Located) -> bool:
    """Whether a sheet is called by the name of the unit that files."""
    return entry.filer is not None and fold(entry.filer.text).startswith(fold(entry.sheet))


def named_for_units(entries: Sequence[Located]) -> bool:
    """Whether sheets whose forms do not say who files are named for a unit each."""
    names = {fold(entry.sheet) for entry in entries}
    return len(names) == len(entries) and all(map(_UNIT.fullmatch, names)) and not any(map(_NO_UNIT.fullmatch, names))


def _reckoned(entry: Located, parts: Sequence[Located]) -> Whole | None:
    """The sheet as the sum of its parts, line by line; None where too many lines are open to say so."""
    form, filled, unknown = entry.form, 0, 0
    for code in form.numeric:
        if form.indicators[code].row.aggregation is not Aggregation.SUM:
            continue
        mine, *rest = (each.observations.get(code) for each in (entry, *parts))
        if any(map(_is_open, (mine, *rest))):
            unknown += 1
            continue
        expected = sum(map(_number, rest), _NOTHING)
        filled += bool(expected)
        if _number(mine) != expected:
            return Whole(entry, parts, code, expected)
    return Whole(entry, parts) if filled and unknown * _OPEN <= filled else None


def _is_open(seen: Observation | None) -> bool:
    """Whether something is filled in that is no number."""
    return seen is not None and seen.number is None and bool(seen.raw.strip())


def _number(seen: Observation | None) -> Decimal:
    return (seen.number if seen is not None else None) or _NOTHING
