"""Formulas of a definition, read against its indicators.

In: a formula's text and its path in the file. Out: the expression with ranges expanded, or None with mistakes noted at
the very character. Never: a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.form.definition import ValueType
from consolidator.form.expansion import WHOLE
from consolidator.form.mistakes import nearest
from consolidator.form.tree import between, cell_code
from consolidator.rules import Kind, Name, Range, RuleSyntaxError, expand, kind_of, parse, renamed, walk
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.document import Path
    from consolidator.form.expansion import Part
    from consolidator.form.mistakes import Mistakes
    from consolidator.form.skeleton import Skeleton
    from consolidator.rules import Expression

_NUMERIC = (ValueType.COUNT, ValueType.MONEY)
_WRITTEN = (ValueType.TEXT, ValueType.DATE)


class Formulas:
    """Reads the formulas of one definition."""

    def __init__(self, skeleton: Skeleton, other_forms: Mapping[str, str], mistakes: Mistakes) -> None:
        """Know the codes of `skeleton` and the short names of other forms; note mistakes in `mistakes`."""
        self.tables = skeleton.tables
        self.others = other_forms
        self.mistakes = mistakes
        cells = [
            (cell_code(row.code, column.key), row)
            for table in self.tables
            for row in table.rows
            for column in table.columns
        ]
        self.numeric = {code for code, row in cells if row.type in _NUMERIC}
        self.texts = {code for code, row in cells if row.type in _WRITTEN}
        self.headings = {code for code, row in cells if row.type is ValueType.HEADING}
        self.labels = {code: row.label for code, row in cells}
        self.unsound = skeleton.unsound

    def condition(self, text: str, path: Path, part: Part = WHOLE) -> Expression | None:
        """The condition that `text` spells for a `part`, ranges expanded; None after noting why it is none."""
        return self._read(text, path, part, Kind.CONDITION)

    def amount(self, text: str, path: Path) -> Expression | None:
        """The number that `text` spells, ranges expanded; None after noting why it is none."""
        return self._read(text, path, WHOLE, Kind.NUMBER)

    def _read(self, text: str, path: Path, part: Part, wanted: Kind) -> Expression | None:
        try:
            expression = parse(part.spelled(text))
            kind = kind_of(expression)
        except RuleSyntaxError as error:
            problem = catalogue(self.mistakes.language).text("rule_mistake", error.problem, **error.details)
            self.mistakes.at(self.mistakes.document.within(path, error.line, error.column), "formula", detail=problem)
            return None
        if kind is not wanted:
            self.mistakes.value(path, "not_validating" if wanted is Kind.CONDITION else "not_counting")
            return None
        before = len(self.mistakes.found)
        expanded = expand(renamed(expression, part.code), lambda span: self._span(span, path))
        names = [part for part in walk(expanded) if isinstance(part, Name)]
        for name in names:
            self._known(name, path)
        if not names:
            self.mistakes.value(path, "no_indicator")
        return expanded if len(self.mistakes.found) == before else None

    def own(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Those of `codes` that are indicators of this form."""
        return tuple(code for code in codes if code in self.numeric)

    def is_other(self, code: str) -> bool:
        """Whether `code` is of another form that the definition names."""
        return code.partition(".")[0] in self.others and code not in self.labels

    def is_unsound(self, code: str) -> bool:
        """Whether `code` is of a row that has a mistake itself: nothing more can be said about it."""
        return code.partition(".")[0] in self.unsound

    def _known(self, name: Name, path: Path) -> None:
        code = name.code
        if code in self.numeric or self.is_other(code) or self.is_unsound(code):
            return
        place = self.mistakes.document.within(path, name.line, name.column)
        if code in self.texts:
            self.mistakes.at(place, "text_in_rule", name=code)
        elif code in self.headings:
            self.mistakes.at(place, "heading_in_rule", name=code)
        else:
            self.mistakes.at(place, "unknown_code", nearest(code, self.numeric), name=code)

    def _span(self, span: Range, path: Path) -> tuple[str, ...]:
        """The codes of a range; the two ends themselves where something is wrong with it."""
        ends = (span.first.code, span.last.code)
        if not all(code in self.numeric for code in ends):
            return ends
        found = between(self.tables, *ends)
        if found is None:
            place = self.mistakes.document.within(path, span.line, span.column)
            self.mistakes.at(place, "range", first=ends[0], last=ends[1])
        return found or ends
