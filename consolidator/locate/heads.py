"""The head cells of a table's value columns: by their exact wording or a registered one, never by similarity.

In: a sheet, a table with keyed columns. Out: `Head`s with the area they span.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidator.locate.appended import in_brackets, is_rate
from consolidator.locate.groups import words_over
from consolidator.locate.headers import units_of
from consolidator.locate.labels import closing_remark
from consolidator.locate.remarks import of_other_period
from consolidator.locate.timely import of_another_period, says_another_kind
from consolidator.model import Area, Cell, CellKind, Period
from consolidator.patterns import regex
from consolidator.spelling import fold, in_digits

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from consolidator.form.definition import Column, Table
    from consolidator.model import Sheet

_THIS_YEAR = regex(r"^(?:(?:19|20)\d{2}年度?|[本今当]年度?)")
_LAST_YEAR = regex(r"^[上去]年度?(?:同期)?")
_STATED_YEAR = regex(r"^((?:19|20)\d{2})年度?(?:同期)?")
_THIS_PART = regex(r"^(?:[本当](?:月份?|季度?|期)|本半年)")
_SUMMED = regex(r"^(?:[本今当]年度?|年初至今)?(?=累计)")
_NUMERAL = r"[\d一二三四五六七八九十]{1,2}"
_STATED_PART = regex(
    rf"^((?:19|20)\d{{2}}年度?)?((?:{_NUMERAL}月?[-~至到])?{_NUMERAL}月份?|第?[1-4一二三四]季度?|[上下]半年)"
)
_SUMS = "累计"
_OF_COURSE = regex(r"实际|完成|数量?$|值$")
_QUARTER = regex(r"第?([1-4一二三四])季度?")
_SHORT_YEAR = regex(r"\S{2}年度?数?")
_REMARK = regex(r"\([^()]*\)$")
_LONGEST_KEPT = 64  # characters of a text whose naming is kept: prose names nothing and is long
_MOST_TEXTS, _MOST_TABLES = 1 << 13, 256


class Head(Struct, frozen=True):
    """A cell that names a column. `alias` tells that it does so in other words than the form prints.

    `keys` are those of all columns that go by these words: they are told apart by the group that they stand in.
    """

    key: str
    cell: Cell
    top: int
    bottom: int
    left: int
    right: int
    alias: bool
    keys: tuple[str, ...] = ()


def find_heads(sheet: Sheet, table: Table, period: Period | None = None) -> Iterator[Head]:
    """Every cell of the sheet that names a column of the table; years name 本年 and 上年 only where the `period` is known."""
    naming = _naming(table.columns)
    for cell in sheet.cells.values():
        if cell.kind is not CellKind.TEXT:
            continue
        found, alias = naming.of(cell.text, period)
        if found:
            area = span_of(sheet, cell)
            keys = tuple(column.key for column in found)
            yield Head(keys[0], cell, area.top, area.bottom, area.left, area.right, alias, keys)


def told_apart(sheet: Sheet, heads: Sequence[Head], table: Table, period: Period | None) -> list[Head]:
    """Heads of one band that say the same, each with the column of the group over it; as they are where one has no group."""
    sure = {
        head: head.key if len(head.keys) == 1 else _key_in_group(sheet, head.cell, head.keys, table, period)
        for head in heads
    }
    unsure = {head.keys for head, key in sure.items() if key is None}
    return [replace(head, key=key) if key and head.keys not in unsure else head for head, key in sure.items()]


def may_be_under(sheet: Sheet, cell: Cell, key: str, table: Table) -> bool:
    """Whether a head names a column, and no group over it says that it is another one of the same words."""
    keys = tuple(column.key for column in named_columns(cell.text, table.columns)[0])
    return key in keys and _key_in_group(sheet, cell, keys, table, None) in (key, None)


def count_of(heads: Iterable[Head]) -> int:
    """How many columns these heads name: of those that say the same, as many as there are heads."""
    counts = Counter(head.keys for head in heads)
    return sum(min(len(keys), count) for keys, count in counts.items())


def _key_in_group(sheet: Sheet, cell: Cell, keys: Sequence[str], table: Table, period: Period | None) -> str | None:
    """Which of several columns of the same words a head is of, by the words over it; the one without a group under none."""
    columns = [column for column in table.columns if column.key in keys]
    groups = [replace(column, label=column.group, aliases=()) for column in columns if column.group]
    for words in words_over(sheet, cell.row, cell.column):
        found, _ = named_columns(words, groups, period)
        if found:
            return found[0].key if len(found) == 1 else None
    alone = [column.key for column in columns if not column.group]
    return alone[0] if len(alone) == 1 else None


def named_column(text: str, columns: Iterable[Column], period: Period | None = None) -> tuple[Column, bool] | None:
    """The column that a head names, the first of those that go by its words; and whether these are not those printed."""
    found, alias = named_columns(text, columns, period)
    return (found[0], alias) if found else None


def named_columns(text: str, columns: Iterable[Column], period: Period | None = None) -> tuple[Sequence[Column], bool]:
    """The columns that a head names, and whether in other words than those printed: registered ones, or a remark added."""
    return _naming(tuple(columns)).of(text, period)


class _Naming:
    """Which of some columns texts name: every sheet is asked again and again, and the sheets of a form say the same."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        self._met: dict[tuple[str, Period | None], tuple[Sequence[Column], bool]] = {}

    def of(self, text: str, period: Period | None) -> tuple[Sequence[Column], bool]:
        """What `named_columns` gives."""
        if len(text) > _LONGEST_KEPT:
            return _named(fold(text), self._columns, period)
        found = self._met.get((text, period))
        if found is None:
            if len(self._met) > _MOST_TEXTS:
                self._met.clear()
            found = self._met[text, period] = _named(fold(text), self._columns, period)
        return found


@lru_cache(maxsize=_MOST_TABLES)
def _naming(columns: tuple[Column, ...]) -> _Naming:
    return _Naming(columns)


def _named(bare: str, columns: Sequence[Column], period: Period | None) -> tuple[Sequence[Column], bool]:
    printed = [column for column in columns if bare == fold(column.label)]
    if printed:
        return printed, False
    known = [column for column in columns if _is_worded_so(bare, column)]
    if known:
        return known, True
    said = _columns_of_time(bare, columns, period) if period is not None else []
    if not said and _THIS_YEAR.match(bare):
        said = [column for column in columns if _says_this_periods(bare, column)]
    return said if len({fold(column.label) for column in said}) == 1 else [], True


def _is_worded_so(bare: str, column: Column) -> bool:
    """Whether a folded head is a registered wording of a column, or its printed one with a remark added."""
    if _spelled(bare) in map(_spelled, column.wordings):
        return True
    return without_remark(bare) == without_remark(fold(column.label)) and not _of_another_period(bare)


def _spelled(text: str) -> str:
    """A head with its quarters spelled alike."""
    folded = fold(text)
    return _QUARTER.sub(lambda found: f"{in_digits(found[1])}季度", folded) if "季" in folded else folded


def _columns_of_time(bare: str, columns: Iterable[Column], period: Period) -> list[Column]:
    """The columns that a head names by a year, or on the form of a part of one by months."""
    return (_columns_of_year if period.is_year else _columns_of_part)(bare, columns, period)


def _columns_of_year(bare: str, columns: Iterable[Column], period: Period) -> list[Column]:
    """The columns that a head names by a year, as `2016年` for 本年数 and `2015年` for 上年数 of a form of 2016."""
    found = _STATED_YEAR.match(bare)
    said = _word_for_year(int(found[1]), period) if found else None
    if found is None or said is None:
        return []
    rest = bare[found.end() :]
    theirs = [(column, said.sub("", fold(column.label))) for column in columns if said.match(fold(column.label))]
    return [column for column, words in theirs if rest == words] or [column for column, _ in theirs if not rest]


def _columns_of_part(bare: str, columns: Iterable[Column], period: Period) -> list[Column]:
    """The columns that a head names by months, as `7月实际` for 本月实际 and `1-7月累计` for 本年累计 of a form of July.

    Months alone are what the form calls those months, as `7月` for 本月数; that figures are those of what was done goes without saying.
    """
    found = _STATED_PART.match(bare)
    rest = _OF_COURSE.sub("", bare[found.end() :]) if found else ""
    said = _words_for_part(found, period) if found else []
    labels = [(each, fold(each.label), word) for each in columns for word in said]
    theirs = [(each, _OF_COURSE.sub("", word.sub("", label))) for each, label, word in labels if word.match(label)]
    same = [each for each, words in theirs if words == rest]
    return same or [each for each, words in theirs if words == _SUMS and found is not None and bare == found[0]]


def _words_for_part(found: re.Match[str], period: Period) -> list[re.Pattern[str]]:
    """What a form calls the months that a head begins with: this month or quarter, all up to its end; none for others."""
    if found[1] and not found[1].startswith(str(period.year)):
        return []
    part = Period.part_in(found[2], period.year, whole=True)
    own, whole = part is not None and part.covers(period), part is not None and part.up_to(period)
    summed = whole or (own and period.months[0] == 1)
    return [*([_THIS_PART] if own else ()), *([_SUMMED] if summed else ())]


def _word_for_year(year: int, period: Period) -> re.Pattern[str] | None:
    """What a form of a year calls that year, or the one before it."""
    return {period.year: _THIS_YEAR, period.year - 1: _LAST_YEAR}.get(year) if period.is_year else None


def is_time_alone(text: str) -> bool:
    """Whether a text is nothing but a year or months, which may as well stand in a heading."""
    bare = fold(text)
    return any(match is not None and match[0] == bare for match in (_STATED_YEAR.match(bare), _STATED_PART.match(bare)))


def _says_this_periods(bare: str, column: Column) -> bool:
    """Whether a head says a year or 本年 before a column's own words, as `2025年制发件数` for 本年制发件数."""
    rest = without_period(bare)
    return rest != bare and bool(rest) and rest == without_period(fold(column.label))


def without_period(folded: str) -> str:
    """A folded head without a year, or a word for this one, before it."""
    return _THIS_YEAR.sub("", folded)


def _of_another_period(folded: str) -> bool:
    """Whether the remark that a head ends in says that its figures are another period's."""
    remark = _REMARK.search(folded)
    return remark is not None and of_another_period((remark.group(),), None)


def is_of(head: Head, table: Table, period: Period | None) -> bool:
    """Whether nothing that is added to the form's own words for a column says another period, or no figures of it."""
    own = [word for column in table.columns if column.key == head.key for word in column.wordings]
    units = [row.unit_of_measure for row in table.rows]
    added = () if fold(head.cell.text) in map(fold, own) else (closing_remark(head.cell.text),)
    if says_another_kind(added, [*own, *units]) or (added and is_rate(head.cell.text, units_of(table, head.key))):
        return False
    begun = _THIS_YEAR.match(fold(head.cell.text)) if added else None
    part = _STATED_PART.match(fold(head.cell.text)) if period is not None and not period.is_year else None
    fits = part is not None and period is not None and bool(_words_for_part(part, period))
    if begun is not None and not fits and not _may_begin_so(begun.group(), own, period):
        return False
    if any(map(_SHORT_YEAR.fullmatch, added)) and of_another_period(added, period, own):
        return False
    return not of_other_period(head.cell.text, tuple(own), period)


def _may_begin_so(words: str, own: Iterable[str], period: Period | None) -> bool:
    """Whether a year before a head is the form's; over a month or a quarter only where the form's own words have one."""
    stated = _STATED_YEAR.match(words)
    said = _word_for_year(int(stated[1]), period) if stated and period is not None else None
    if said is not None and any(map(said.match, own)):
        return True
    yearly = period is not None and period.is_year
    return (yearly or any(map(_THIS_YEAR.match, own))) and not of_another_period((words,), period)


def without_remark(folded: str) -> str:
    """A folded head without what stands in brackets at its end, or a unit of measure that ends it."""
    return _REMARK.sub("", in_brackets(folded))


def span_of(sheet: Sheet, cell: Cell) -> Area:
    """The merged area that begins at a cell, or the cell alone."""
    for area in sheet.merges:
        if area.top == cell.row and area.left == cell.column:
            return area
    return Area(cell.row, cell.column, cell.row, cell.column)
