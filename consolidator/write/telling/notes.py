"""注: what a reader of the totals has to know — whose values they lack, what a dash means, what was rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.write.telling.adjustments import entry_words
from consolidator.write.telling.coverage import named
from consolidator.write.workbook.shapes import rounds

if TYPE_CHECKING:
    from consolidator.form.definition import Form
    from consolidator.model import Total
    from consolidator.write.plans.detail_plan import DetailPlan
    from consolidator.write.plans.facts import Facts

_LABELS_SHOWN = 6
_LABEL_LENGTH = 24
_ENTRIES_SHOWN = 8


def marks(facts: Facts, total: Total) -> str:
    """What stands right after a total's digits: that it lacks a unit, that it holds an adjustment."""
    lacking = facts.word("mark", "lacking") if total.lacking else ""
    return lacking + (facts.word("mark", "adjusted") if total.adjustments else "")


class TotalNotes(Struct, frozen=True):
    """The notes under one form's totals."""

    facts: Facts
    plan: DetailPlan

    def lines(self) -> list[str]:
        """The notes, numbered where there are several; none when every total is whole."""
        notes = [
            *self._lacking(),
            *self._adjusted(),
            *self._no_value(),
            *self._unsummed(),
            *self._texts(),
            *self._rounded(),
        ]
        if not notes:
            return []
        if len(notes) == 1:
            return [self.facts.word("note", "one", note=notes[0])]
        first = self.facts.word("note", "first", note=notes[0])
        rest = [self.facts.word("note", "next", number=str(n), note=note) for n, note in enumerate(notes[1:], start=2)]
        return [first, *rest]

    def _lacking(self) -> list[str]:
        groups: dict[tuple[str, ...], list[str]] = {}
        for code in self.plan.table.form.numeric:
            total = self.plan.table.totals.get(code)
            if total is not None and total.value is not None and total.lacking:
                groups.setdefault(total.lacking, []).append(code)
        return [
            self.facts.word("note", "lacking", items=self._items(codes), names=named(self.facts, names))
            for names, codes in groups.items()
        ]

    def _adjusted(self) -> list[str]:
        table = self.plan.table
        if not table.adjustments:
            return []
        words = [entry_words(self.facts, table, entry) for entry in table.adjustments[:_ENTRIES_SHOWN]]
        entries = self.facts.word("mark", "semicolon").join(words)
        key = "adjusted" if len(table.adjustments) <= _ENTRIES_SHOWN else "adjusted_more"
        return [self.facts.word("note", key, count=str(len(table.adjustments)), entries=entries, sheet=self.plan.name)]

    def _no_value(self) -> list[str]:
        totals = self.plan.table.totals
        codes = [code for code, total in totals.items() if total.value is None]
        if not codes:
            return []
        if len(codes) == len(totals):
            return [self.facts.word("note", "no_value_at_all")]
        return [self.facts.word("note", "no_value", items=self._items(codes))]

    def _unsummed(self) -> list[str]:
        table = self.plan.table
        codes = [code for code in table.form.numeric if code not in table.totals]
        return [self.facts.word("note", "unsummed", items=self._items(codes))] if codes else []

    def _texts(self) -> list[str]:
        shown = {column.indicator.code: column.indicator for column in self.plan.columns}
        has_text = any(not indicator.numeric for indicator in shown.values())
        return [self.facts.word("note", "text", sheet=self.plan.name)] if has_text else []

    def _rounded(self) -> list[str]:
        indicators = self.plan.table.form.indicators
        totals = self.plan.table.totals.values()
        rounded = any(t.value is not None and rounds(indicators[t.indicator].row, t.value) for t in totals)
        return [self.facts.word("note", "rounded")] if rounded else []

    def _items(self, codes: list[str]) -> str:
        return items(self.facts, self.plan.table.form, codes)


def items(facts: Facts, form: Form, codes: list[str]) -> str:
    """The indicators by label, in quotation marks; of very many the first ones and how many there are."""
    labels = [_label(form, code) for code in codes[:_LABELS_SHOWN]]
    shown = facts.joined([facts.word("mark", "quoted", text=label) for label in labels])
    return shown if len(codes) <= _LABELS_SHOWN else facts.word("note", "items", items=shown, count=str(len(codes)))


def _label(form: Form, code: str) -> str:
    label = form.indicators[code].label
    return label if len(label) <= _LABEL_LENGTH else label[:_LABEL_LENGTH] + "…"
