"""The units' rows of 分乡镇明细表: who, and every value as it was read, with its address behind the name.

Numbers of a few digits are most of a province's workbook; they are set as they stand in `figures`. All else goes cell by
cell.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache, cached_property
from itertools import product
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.texts.facets import is_nothing
from consolidator.form.texts.phones import without_phone_numbers
from consolidator.write.plans.category_plan import CATEGORY, category_name
from consolidator.write.plans.detail_widths import SIZE
from consolidator.write.plans.facts import owner
from consolidator.write.plans.figures import is_shown
from consolidator.write.plans.readers import Reader
from consolidator.write.workbook import styles
from consolidator.write.workbook.shapes import shape
from consolidator.write.workbook.text import visible
from consolidator.write.workbook.widths import line_count, line_height

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.model import Observation, UnitRow
    from consolidator.write.plans.detail_plan import DetailColumn, DetailPlan
    from consolidator.write.plans.facts import Facts
    from consolidator.write.plans.figures import Digits
    from consolidator.write.workbook.links import Linker
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.styles import Style
    from consolidator.write.workbook.typesetting import Typesetter

    _Openings = list[tuple[int, str, str]]

_RAW_SHOWN = 10
_PROSE_SHOWN = 15  # characters of a chapter in its cell
_FRACTION = Decimal("0.5")
CELL = styles.BODY.but(size=SIZE)
NUMBER = styles.BODY_NUMBER.but(size=SIZE)


class UnitRows(Struct, frozen=True, dict=True):
    """Sets the rows of units; `leads` are the columns about the unit. Superiors see no value that is not in a total."""

    facts: Facts
    plan: DetailPlan
    reader: Reader
    leads: tuple[str, ...]
    linker: Linker | None

    def put(self, page: Page, first: int, serial: int, units: Sequence[UnitRow]) -> None:
        """Put the units' rows on the page from row `first` on, numbered from `serial`; all of them in a total or none."""
        ink = styles.BLACK if units and units[0].included else styles.QUIET_INK
        looks = (_lead(ink), _middle(ink), _overflowing(ink), *self._value_looks(ink))
        page.body(first, len(units), lambda setter: self._rows(setter, first, serial, units, ink), looks, [_lead(ink)])

    def height(self, units: Sequence[UnitRow], widths: Sequence[float]) -> float:
        """How high the units' rows are together, in points, in columns of these widths."""
        return sum(line_height(max(self._lines(row, widths), default=1), SIZE) for row in units)

    def _lines(self, row: UnitRow, widths: Sequence[float]) -> Iterator[int]:
        """How many lines the texts of a row take."""
        about = {"unit_name": row.unit.name, "status": self.facts.word("status", row.status)}
        yield from (line_count(about[key], widths[at], SIZE) for at, key in enumerate(self.leads) if key in about)
        for column in self.plan.columns:
            value = row.values.get(column.indicator.code)
            if value is not None and isinstance(value.value, str):
                yield line_count(self._told(column, value.value), widths[column.position], SIZE)

    def _value_looks(self, ink: str) -> Iterator[Style]:
        rows = [column.indicator.row for column in self.plan.columns if column.indicator.numeric]
        shapes = {shape(row, number) for row in rows for number in (None, _FRACTION)}
        for fill, number_shape in product(sorted(self._fills_used), sorted(shapes)):
            yield _number_look(fill, ink, number_shape)
        for fill in sorted(self._fills_used):
            yield from (_text_look(fill, ink), _unused_look(fill))

    def _rows(self, setter: Typesetter, first: int, serial: int, units: Sequence[UnitRow], ink: str) -> Iterator[str]:
        openings = self._openings(setter, ink)
        for at, row in enumerate(units, start=first):
            self._about(setter, at, serial + at - first, row, ink)
            line = self.plan.figures.lines.get(row.unit.key) if is_shown(row) else None
            if self.reader is Reader.SUPERIORS and not row.included:
                setter.text(at, self.plan.lead, self.facts.word("status", row.status), _overflowing(ink))
                setter.blank(at, self.plan.lead + 1, self.plan.last_column, _overflowing(ink))
            elif line is None:
                setter.blank(at, self.plan.lead, self.plan.last_column, _lead(ink))
            else:
                self._values(setter, at, row, line, openings)
            yield setter.take(at)

    def _openings(self, setter: Typesetter, ink: str) -> _Openings:
        """The place of every column's number in a line of digits, with what stands around the row's number in its cell."""
        places = {code: place for place, code in enumerate(self.plan.table.form.indicators)}
        made = []
        for column in self.plan.columns:
            indicator = column.indicator
            look = _number_look("", ink, shape(indicator.row)) if indicator.numeric else _text_look("", ink)
            made.append((places[indicator.code], *setter.opening(column.position, look)))
        return made

    def _about(self, setter: Typesetter, at: int, serial: int, row: UnitRow, ink: str) -> None:
        for number, key in enumerate(self.leads):
            if key == "serial":
                setter.count(at, number, serial, _middle(ink))
            elif key == "unit_name":
                link = self.linker.to_file(row.file, row.sheet, "A1") if self.linker else None
                setter.link(at, number, row.unit.name, _lead(ink), link)
            elif key == CATEGORY:
                setter.text(at, number, category_name(self.facts, row.unit.category), _middle(ink))
            else:
                text = row.unit.code if key == "unit_code" else self.facts.word("status", row.status)
                setter.text(at, number, text, _middle(ink))

    def _values(self, setter: Typesetter, at: int, row: UnitRow, line: Digits, openings: _Openings) -> None:
        fills = self._fills.get((row.unit.key, row.file), {})
        columns, first, number = self.plan.columns, self.plan.lead, str(at + 1)
        shown = [line[place] for place, _, _ in openings]
        if fills:
            shown = [
                None if fills.get(column.indicator.code) else text for column, text in zip(columns, shown, strict=True)
            ]
        start = 0
        for end in (*(gap for gap, text in enumerate(shown) if text is None), len(shown)):
            if end > start:
                run = zip(openings[start:end], shown[start:end], strict=True)
                cells = [f"{before}{number}{after}{text}</v></c>" for (_, before, after), text in run]
                setter.figures(cells, first + start, first + end - 1, SIZE)
            if end < len(shown):
                code = columns[end].indicator.code
                self._value(setter, at, columns[end], row.values.get(code), fills.get(code, ""), row.included)
            start = end + 1

    def _value(
        self,
        setter: Typesetter,
        at: int,
        column: DetailColumn,
        value: Observation | None,
        fill: str,
        included: bool,
    ) -> None:
        ink = styles.BLACK if included else styles.QUIET_INK
        if value is not None and value.number is not None:
            look = _number_look(fill, ink, shape(column.indicator.row, value.number))
            setter.number(at, column.position, value.number, look)
        elif value is not None and isinstance(value.value, str) and value.value:
            told = self.facts.fitted(self._told(column, value.value))
            setter.text(at, column.position, told, _text_look(fill, ink))
        else:
            raw = visible(value.raw).strip() if value is not None and self.reader is Reader.OFFICE else ""
            text = self.facts.word("mark", "no_value")
            if raw and column.indicator.numeric:
                clipped = raw if len(raw) <= _RAW_SHOWN else raw[:_RAW_SHOWN] + "…"
                text = self.facts.word("mark", "not_used", raw=clipped)
            setter.text(at, column.position, text, _unused_look(fill))

    def _told(self, column: DetailColumn, text: str) -> str:
        """A text as its reader may see it: of a chapter the beginning and its length; nobody's telephone number goes up."""
        line = " ".join(text.split())
        if column.indicator.code in self.plan.table.form.loose and len(line) > 2 * _PROSE_SHOWN:
            text = self.facts.word("mark", "excerpt", text=line[:_PROSE_SHOWN], length=str(len("".join(text.split()))))
        if self.reader is Reader.OFFICE:
            return text
        instead = self.facts.word("mark", "private")
        if column.indicator.private:
            return text if is_nothing(text) else instead
        return without_phone_numbers(text, instead)

    @property
    def _fills_used(self) -> set[str]:
        return {"", *(fill for fills in self._fills.values() for fill in fills.values())}

    @cached_property
    def _fills(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """Colours of the cells that findings are about, by unit and file, then by indicator; hard ones win."""
        fills: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        if self.reader is Reader.SUPERIORS:
            return fills
        for found, fill in ((self.facts.soft, styles.SOFT_FILL), (self.facts.hard, styles.HARD_FILL)):
            for finding in found:
                if finding.form == self.plan.table.form.id:
                    fills[owner(finding), finding.file].update(dict.fromkeys(finding.indicators, fill))
        return fills


@cache
def _lead(ink: str) -> Style:
    return CELL.but(ink=ink)


@cache
def _middle(ink: str) -> Style:
    return CELL.but(ink=ink, align="center")


@cache
def _overflowing(ink: str) -> Style:
    """For a word or two before empty cells: no line stands between them."""
    return CELL.but(ink=ink, wrap=False, open_sides=True)


@cache
def _number_look(fill: str, ink: str, number_shape: str) -> Style:
    return NUMBER.but(fill=fill, ink=ink, shape=number_shape)


@cache
def _text_look(fill: str, ink: str) -> Style:
    return CELL.but(fill=fill, ink=ink)


@cache
def _unused_look(fill: str) -> Style:
    return CELL.but(fill=fill, ink=styles.QUIET_INK, align="center")
