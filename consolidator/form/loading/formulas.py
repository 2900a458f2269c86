"""Formulas of a definition, read against its indicators.

In: a formula's text and its path in the file. Out: the expression with ranges expanded, or None with mistakes noted at
the very character. Never: a value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.form.choices import Aggregation, ValueType
from consolidator.form.loading.elsewhere import types_of
from consolidator.form.loading.expansion import WHOLE
from consolidator.form.loading.mistakes import nearest
from consolidator.form.loading.tree import between, cell_code
from consolidator.form.naming import apart, columns_named
from consolidator.form.texts.facets import READS
from consolidator.form.texts.wording import short
from consolidator.rules import (
    REPORT_YEAR,
    Facet,
    Kind,
    Name,
    Range,
    RuleSyntaxError,
    expand,
    kind_of,
    parse,
    renamed,
    walk,
)
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.loading.document import Path, Place
    from consolidator.form.loading.expansion import Part
    from consolidator.form.loading.mistakes import Mistakes
    from consolidator.form.loading.skeleton import Skeleton
    from consolidator.rules import Expression


class Formulas:
    """Reads the formulas of one definition."""

    def __init__(
        self, skeleton: Skeleton, other_forms: Mapping[str, str], mistakes: Mistakes, *, codes_printed: bool = False
    ) -> None:
        """Know the codes of `skeleton` and the short names of other forms; note mistakes in `mistakes`."""
        self.tables = skeleton.tables
        self.others = other_forms
        self.mistakes = mistakes
        cells = [
            (cell_code(row.code, column.key), row if row.type is ValueType.HEADING else column.over(row))
            for table in self.tables
            for row in table.rows
            for column in table.columns
        ]
        self.types = {code: row.type for code, row in cells}
        self.numeric = {code for code, row in cells if row.type.is_number}
        self.unsummed = {code for code, row in cells if row.type.is_number and row.aggregation is Aggregation.NONE}
        self.texts = {code for code, row in cells if row.type.is_text}
        self.headings = {code for code, row in cells if row.type is ValueType.HEADING}
        self.labels = {code: row.label for code, row in cells}
        self.columns = columns_named(self.tables)
        self._above = apart(self.tables)
        self.unsound = skeleton.unsound
        self.codes_printed = codes_printed

    def told_apart(self, code: str) -> str:
        """The short name of a row; where other rows have the same one, with what it stands under."""
        above, own = self._above.get(code.partition(".")[0], ""), short(self.labels[code])
        return f"{above}·{own}" if above else own

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
        asked = [part for part in walk(expanded) if isinstance(part, Facet)]
        for facet in asked:
            for name in facet.names:
                self._answers(facet, name, path, part)
        of_texts = {id(name) for facet in asked for name in facet.names}
        names = [part for part in walk(expanded) if isinstance(part, Name) and part.code != REPORT_YEAR]
        for name in names:
            if id(name) not in of_texts:
                self._known(name, path, part)
        if not names:
            self.mistakes.value(path, "no_indicator")
        return expanded if len(self.mistakes.found) == before else None

    def own(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Those of `codes` that are indicators of this form."""
        return tuple(code for code in codes if code in self.numeric or code in self.texts)

    def type_of(self, code: str) -> ValueType | None:
        """The type of an indicator of this form, or of another one whose definition is installed."""
        if not self.is_other(code):
            return self.types.get(code)
        alias, _, theirs = code.partition(".")
        return (types_of(str(self.others[alias])) or {}).get(theirs)

    def is_other(self, code: str) -> bool:
        """Whether `code` is of another form that the definition names."""
        return code.partition(".")[0] in self.others and code not in self.labels

    def is_unsound(self, code: str) -> bool:
        """Whether `code` is of a row that has a mistake itself: nothing more can be said about it."""
        return code.partition(".")[0] in self.unsound

    def _place(self, name: Name, path: Path, part: Part) -> Place:
        """Where a code stands in the file: in the formula, or among the groups that the formula is for."""
        document = self.mistakes.document
        if part.kind == "group" and part.local(name.code) != name.code:
            return document.place((*path[:-1], "groups", int(part.name) - 1, part.local(name.code)))
        return document.within(path, name.line, name.column)

    def _answers(self, facet: Facet, name: Name, path: Path, part: Part) -> None:
        """Note a cell that a function of texts cannot be asked about."""
        if self._elsewhere(name, path, part) or self.is_unsound(name.code):
            return
        kind = self.type_of(name.code)
        if kind is None and not self.is_other(name.code):
            self.mistakes.at(
                self._place(name, path, part), "unknown_text", nearest(name.code, self.texts), name=name.code
            )
        elif kind is not None and kind not in READS[facet.function]:
            details = {"name": name.code, "type": kind.value, "function": facet.function}
            self.mistakes.at(self._place(name, path, part), "not_for_type", **details)

    def _elsewhere(self, name: Name, path: Path, part: Part) -> bool:
        """Note a code of another form that the other form's definition has not; nothing where none is installed."""
        if not self.is_other(name.code):
            return False
        alias, _, code = name.code.partition(".")
        theirs = types_of(str(self.others[alias]))
        if theirs is None or code in theirs:
            return False
        details = {"name": code, "form": str(self.others[alias])}
        self.mistakes.at(self._place(name, path, part), "unknown_elsewhere", nearest(code, theirs), **details)
        return True

    def _known(self, name: Name, path: Path, part: Part) -> None:
        code = name.code
        if code in self.numeric or self.is_unsound(code) or self._elsewhere(name, path, part):
            return
        place = self._place(name, path, part)
        if self.is_other(code):
            if (kind := self.type_of(code)) is not None and not kind.is_number:
                self.mistakes.at(place, "text_in_rule", name=code)
            return
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
