"""What kind of value each row and column holds, and in which unit of measure.

In: planned tables, the units that lines over them state. Out: the same, with types, units of measure and doubts.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from consolidator.draft import measures, words
from consolidator.draft.measures import Measure
from consolidator.draft.outline import is_heading
from consolidator.draft.plan import Doubt
from consolidator.draft.wordy import asks_words, holds_figures, is_wordy, may_be_text, rows_print_units
from consolidator.form import Relation, ValueType
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from consolidator.draft.plan import PlannedColumn, PlannedRow, PlannedTable

_GUESSED = {"unit_guessed", "unit_chosen"}  # doubts about a unit of measure


def give_types(table: PlannedTable, stated: Sequence[str]) -> None:
    """Decide on every row and column. `stated` are units of measure from a line over the table."""
    wordy = [column for column in table.columns if is_wordy(table, column)]
    mixed = bool(wordy) and len(wordy) < len(table.columns)
    if mixed and holds_figures(table):
        for column in wordy:
            column.type, column.summed, mixed = ValueType.TEXT, False, False
        for row in table.rows:
            row.texts = row.texts[len(wordy) :]  # those under these columns say nothing of the row
    own = _columns(table, wordy, stated)
    common = Measure(*_common(table, stated))
    ratios = [each for each in table.columns if each not in wordy and _is_ratio(each, own)]
    for column in ratios if len(table.columns) > 1 else ():
        column.summed = False
        column.doubts.append(Doubt("not_summed"))
    for row in table.rows:
        if may_be_text(table, row):
            row.type = ValueType.TEXT
            row.doubts.append(Doubt("text_guessed"))
        elif (is_heading(row) and not asks_words(row)) or _is_empty_parent(table, row):
            row.type = ValueType.HEADING
            _ask_about_heading(table, row)
        elif asks_words(row) or len(wordy) == len(table.columns):
            row.type = ValueType.TEXT
        else:
            _measure(row, own or common, stated)
            _ask_about_figure(table, row, averages=ratios == table.columns)
    if mixed:
        _mixed(table, wordy)
    _gather(table)


def _ask_about_figure(table: PlannedTable, row: PlannedRow, *, averages: bool) -> None:
    """Whether a row may be negative and is added up; what is in doubt about it. `averages` are all that its columns hold."""
    if _is_guess(table, row):
        row.doubts.append(Doubt("figure_guessed"))
    row.signed = words.is_signed(row.label) or (len(table.columns) == 1 and _falls(row.figures))
    pure = words.is_pure_number(row.label)
    if pure:
        row.type, row.decimals = ValueType.MONEY, 2
    if pure or averages or measures.is_ratio(row.label, row.unit) or _is_part_of_ratio(row):
        row.summed = False
        row.doubts.append(Doubt("not_summed"))


def _ask_about_heading(table: PlannedTable, row: PlannedRow) -> None:
    """Doubts about a row that is taken for a heading, though it may well be filled in."""
    dashed = bool(row.printed_code) and measures.is_none(row.printed_code)
    if not row.own_line or row.opens or dashed:
        return
    if not table.children(row):
        if row.printed_unit and not row.number.kind:
            row.doubts.append(Doubt("no_unit"))
    elif row.printed_unit is None and not any(other.filled for other in table.rows):
        row.doubts.append(Doubt("heading_guessed"))


def _is_guess(table: PlannedTable, row: PlannedRow) -> bool:
    """Whether a row over others is taken for a figure only because of the rows beside it."""
    below = table.children(row)
    silent = not (row.printed_unit or row.printed_code or row.filled or measures.in_brackets(row.label))
    named = words.is_figure_label(row.label) or (bool(below) and words.is_among(below[0].label))
    return silent and bool(below) and not named and not any(other.filled for other in table.rows)


def _is_ratio(column: PlannedColumn, common: Measure | None) -> bool:
    """Whether a head stands over shares or averages. `common` is the unit of measure that all heads share, if any."""
    return measures.is_ratio(column.label, column.unit or (common.unit if common else ""))


def _is_part_of_ratio(row: PlannedRow) -> bool:
    """Whether a row tells its parent's average apart: 城市 and 农村 under 救助标准."""
    return row.parent is not None and not row.parent.summed and row.parent.unit == row.unit


def _columns(table: PlannedTable, wordy: Sequence[PlannedColumn], stated: Sequence[str]) -> Measure | None:
    """Units of measure that heads state of themselves; one that all of them share is also that of the rows.

    Where some heads state one, the others have that of the rows if any is printed, else what their words suggest.
    """
    found: dict[PlannedColumn, Measure] = {}
    for column in table.columns:
        heads = (measures.in_brackets(text) for text in reversed(column.path))
        unit = column.printed_unit or next(filter(None, heads), "")
        if unit and column not in wordy:
            found[column] = Measure(unit)
        place = table.columns.index(column)
        below = tuple(figure for row in table.rows for figure in row.figures[place : place + 1])
        column.signed = words.is_signed(column.label) or (len(table.columns) > 1 and _falls(below))
    counted = [column for column in table.columns if column not in wordy]
    units = {measure.unit for measure in found.values()}
    if len(units) == 1 and len(found) == len(counted):
        return next(iter(found.values()))
    if found or _differ(counted, stated):
        guessed = [] if rows_print_units(table) else [column for column in counted if column not in found]
        for column, measure in (*found.items(), *((each, _of_head(each, stated)) for each in guessed)):
            column.unit, column.type, column.decimals = measure.unit, measure.type, measure.decimals
            if measure.guessed:
                column.doubts.append(_unit_doubt(measure, stated))
    return None


def _unit_doubt(measure: Measure, stated: Sequence[str]) -> Doubt:
    """That a unit of measure is a guess, be it among those that a line over the table states."""
    return Doubt("unit_chosen" if measure.unit in stated else "unit_guessed", {"unit": measure.unit})


def _of_head(column: PlannedColumn, stated: Sequence[str]) -> Measure:
    """The unit of measure that the words over a column suggest, among those that a line over the table states."""
    suggested = [unit for text in (column.label, column.group) if (unit := measures.suggested(text))]
    fitting = [unit for unit in suggested if not stated or unit in (*stated, column.label)]
    if len(set(stated)) == 1 and fitting in ([], [stated[0]], [stated[0]] * 2):
        return Measure(stated[0])
    return Measure(next(iter((*fitting, *stated, *suggested)), measures.FALLBACK), guessed=True)


def _falls(figures: Iterable[Decimal | None]) -> bool:
    """Whether any figure is negative, which only changes are."""
    return any(figure is not None and figure < 0 for figure in figures)


def _differ(columns: Sequence[PlannedColumn], stated: Sequence[str]) -> bool:
    """Whether the words of the heads tell of several units of measure (户数, 人数, 金额), or of one of several `stated`."""
    units = {measures.suggested(column.label) for column in columns} - {""}
    several = len(units) > 1 or (len(set(stated)) > 1 and bool(units & set(stated)))
    return len(columns) > 1 and several


def _common(table: PlannedTable, stated: Sequence[str]) -> tuple[str, bool]:
    """The unit of measure of rows that say nothing of their own, and whether it is only guessed.

    It is that of the columns, else the one that a line over the table states, else what most labels and heads suggest.
    """
    columns = Counter(column.unit for column in table.columns if column.unit)
    if columns and all(column.unit or column.type for column in table.columns):
        return columns.most_common(1)[0][0], False
    if len(set(stated)) == 1:
        return stated[0], False
    heads = [text for column in table.columns for text in (column.label, column.group)]
    texts = [table.title, *heads, *(row.label for row in table.rows)]
    units = Counter(filter(None, map(measures.suggested, texts)))
    return (units.most_common(1)[0][0] if units else next(iter(stated), measures.FALLBACK)), True


def _is_empty_parent(table: PlannedTable, row: PlannedRow) -> bool:
    """Whether a row stands over others and is itself left blank where they are filled, or is no name of a figure."""
    below = table.children(row)
    if row.printed_unit or measures.in_brackets(row.label) or row.filled or not below or asks_words(row):
        return False
    if row.printed_code and row.printed_unit is None:
        return False
    if any(other.filled for other in table.rows):
        return any(child.filled for child in below)
    return not words.is_among(below[0].label) and not words.is_figure_label(row.label) and not _is_beside(table, row)


def _is_beside(table: PlannedTable, row: PlannedRow) -> bool:
    """Whether a row over indented ones stands among figures itself: without a number, beside rows that have none under them.

    A section line is over the same labels as the next one.
    """
    if row.number.kind or row.wide or words.is_by(row.label) or fold(row.label).endswith(":"):
        return False
    family = table.children(row.parent)
    below = {other.label for other in table.children(row)}
    if any(below & {each.label for each in table.children(other)} for other in family if other is not row):
        return False
    return any(not table.children(other) and other.own_line for other in family)


def _measure(row: PlannedRow, common: Measure, stated: Sequence[str]) -> None:
    """The unit of measure of a row: as printed beside or in it, else as its words, its parent or the table suggest."""
    printed, own = row.printed_unit or "", measures.in_brackets(row.label)
    words_say = measures.suggested(row.label)
    if not measures.is_none(printed) or own:
        measure = Measure(printed if not measures.is_none(printed) else own)
    elif not common.guessed:
        measure = common
    elif row.relation is Relation.OF_WHICH and row.parent is not None and row.parent.unit:
        measure = Measure(row.parent.unit, guessed=True)
    elif words_say and (not stated or words_say in stated):
        measure = Measure(words_say, guessed=True)
    elif row.parent is not None and row.parent.unit:
        measure = Measure(row.parent.unit, guessed=True)
    else:
        measure = common
    row.unit, row.type, row.decimals = measure.unit, measure.type, measure.decimals
    if measure.guessed:
        row.doubts.append(_unit_doubt(measure, stated))


def _gather(table: PlannedTable) -> None:
    """One doubt about the whole table where all its rows have the same unit of measure, none of them printed."""
    doubted = [row for row in table.rows if row.numeric]
    guesses = [[doubt for doubt in row.doubts if doubt.key in _GUESSED] for row in doubted]
    if len({row.unit for row in doubted}) == 1 and len(doubted) > 1 and all(guesses):
        for row in doubted:
            row.doubts = [doubt for doubt in row.doubts if doubt.key not in _GUESSED]
        table.doubts.append(guesses[0][0])


def _mixed(table: PlannedTable, wordy: Sequence[PlannedColumn]) -> None:
    """A table of words and figures: its rows hold words, the columns of figures say that they hold figures."""
    for column in table.columns:
        if column in wordy:
            continue
        if column.type is None:
            measure = _of_head(column, ())
            column.unit, column.type, column.decimals = measure.unit, measure.type, measure.decimals
            column.doubts.append(Doubt("unit_guessed", {"unit": measure.unit}))
    for row in table.rows:
        if row.numeric:
            row.type, row.unit, row.decimals, row.doubts = ValueType.TEXT, "", 0, []
