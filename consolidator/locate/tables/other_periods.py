"""Figures that, by what stands around them, are another period's than the form's.

In: the sayings around a figure, the titles over its table, the period. Out: a finding (S04), or None. Never: a day of
filing, or what the form itself prints, taken for another period.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.form.texts.wording import short
from consolidator.locate.around.overtitles import title_of_another_period
from consolidator.locate.words.over_columns import head_of_another_period, speaks_of_others
from consolidator.locate.words.remarks import of_other_period
from consolidator.locate.words.timely import says_nothing_new
from consolidator.model import a1
from consolidator.spelling import fold

if TYPE_CHECKING:
    from consolidator.form.definition import Indicator
    from consolidator.locate.around.overtitles import Titles
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.rows.match import Item
    from consolidator.locate.tables.group_heads import GroupHeads
    from consolidator.locate.tables.lines import Lines
    from consolidator.locate.tables.sayings import Sayings
    from consolidator.model import Cell, Period


class OtherPeriods:
    """Tells the lines, columns and tables of another period."""

    def __init__(
        self, sayings: Sayings, groups: GroupHeads, lines: Lines, titles: Titles, period: Period | None
    ) -> None:
        self._sayings = sayings
        self._groups = groups
        self._lines = lines
        self._titles = titles
        self._period = period
        self._by_line: dict[tuple[str, int, int], tuple[Cell, str] | None] = {}
        self._by_column: dict[tuple[int, int, str], tuple[Cell, str] | None] = {}

    def told(self, indicator: Indicator, item: Item, panel: Panel) -> Finding | None:
        """That the figure is another period's, at the cell that says so; None where nothing does."""
        said = self._said(indicator, item, panel)
        return self._finding(indicator, item, *said) if said is not None else None

    def _said(self, indicator: Indicator, item: Item, panel: Panel) -> tuple[Cell, str] | None:
        """The cell that says another period, and its words: the label, a heading, a head, a title over the table."""
        line = (indicator.row.code, item.row, item.column)
        if line not in self._by_line:
            self._by_line[line] = self._said_by_labels(indicator, item, panel)
        column = (panel.header_row, panel.left, indicator.column.key)
        if column not in self._by_column:
            self._by_column[column] = self._said_by_heads(indicator, panel)
        said = self._by_line[line] or self._by_column[column]
        return said or self._stray_head(indicator, item, panel) or self._title

    def _said_by_labels(self, indicator: Indicator, item: Item, panel: Panel) -> tuple[Cell, str] | None:
        for label in self._sayings.labels(indicator, item):
            remark = of_other_period(label.text, label.own, self._period)
            if remark:
                return label.cell, remark
        return self._lines.late(item, panel)

    def _said_by_heads(self, indicator: Indicator, panel: Panel) -> tuple[Cell, str] | None:
        across = panel.first_row == panel.last_row
        for head in self._sayings.over(indicator, panel):
            if not across or self._sayings.begins_label(head.text):
                remark = head_of_another_period(head.text, head.own, self._period) or self._groups.kind(
                    head.cell, panel
                )
                if remark:
                    return head.cell, remark
        return None

    def _stray_head(self, indicator: Indicator, item: Item, panel: Panel) -> tuple[Cell, str] | None:
        """The nearest text over a figure on a line among the labels, where it says another period, or no figures of it."""
        column = indicator.column
        own = (*column.wordings, *column.group_words)
        for cell in self._sayings.stray_heads(item, panel, panel.values.get(column.key, 0)):
            if self._groups.is_head_of_its_own(cell, panel):
                continue
            if speaks_of_others(cell.text, own, own, self._period):
                return cell, cell.text.strip()
            if says_nothing_new(cell.text, self._period) or fold(cell.text) in map(fold, own):
                break
        return None

    @cached_property
    def _title(self) -> tuple[Cell, str] | None:
        return title_of_another_period(self._sayings.sheet, self._sayings.first, self._titles, self._period)

    def _finding(self, indicator: Indicator, item: Item, cell: Cell, remark: str) -> Finding:
        """A line that the form does not have; where the words stand over it, they name the place themselves."""
        sheet = self._sayings.sheet
        beside = cell.row == item.row and cell.column > item.column
        over = cell is not sheet.seen_at(item.row, item.column) and not beside
        label = cell.text.strip() if over else short(indicator.label)
        return Finding(
            "S04", Severity.HARD, "other_period_over" if over else "other_period", indicators=(indicator.code,),
            sheet=sheet.name, cells=(cell.a1 if over else a1(item.row, item.column),), observed=cell.text,
            details={"row": str(item.row), "label": label, "found": remark},
        )  # fmt: skip
