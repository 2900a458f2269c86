"""The rows of a table as a tree: levels and parents from numbers, 其中, indents and columns of labels.

In: a `Surface`, a `Band`, its `Panel`s. Out: `PlannedRow`s in printed order, each under its parent.
Never: a sum; a row left out that has a label.
"""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.draft import words
from consolidator.draft.measures import is_none, is_unit
from consolidator.draft.numbering import numbered
from consolidator.draft.plan import Doubt, PlannedRow
from consolidator.draft.sections import put_under_sections
from consolidator.form import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.draft.bands import Band
    from consolidator.draft.columns import Panel
    from consolidator.draft.numbering import Numbered
    from consolidator.draft.surface import Surface

_DEEPEST = 9  # levels a definition may have


def read_rows(surface: Surface, band: Band, panels: Sequence[Panel]) -> list[PlannedRow]:
    """The rows of a table, panel by panel, each with its level and parent."""
    for panel in panels:
        panel.chapters = panel.serial is not None and any(
            numbered(f"{patch.text}、。").kind == "chapter"
            for line in band.rows
            if (patch := surface.patches.get((line, panel.serial))) is not None
        )
    rows = [row for panel in panels for row in _once_each(surface, band.rows, panel)]
    for row, after in pairwise(rows):
        row.opens = _ends_with_colon(row) and not _ends_with_colon(after) and not row.filled and not row.number.kind
        row.opens = row.opens and is_none(row.printed_unit or "") and not words.is_field_label(row.label)
    family = _Family()
    for row, after in zip_longest(rows, rows[1:]):
        family.take(row, after)
    put_under_sections(rows)
    return rows


def _once_each(surface: Surface, lines: Sequence[int], panel: Panel) -> Iterator[PlannedRow]:
    """The rows of a panel; a category printed anew beside each of its rows stands once."""
    over: list[PlannedRow] = []  # the categories of the row before, from the outermost in
    for line in lines:
        rows = list(_on_line(surface, line, panel))
        for row in rows:
            known = next((each for each in over if each.place == row.place), None)
            if known is not None and not row.own_line and known.label == row.label:
                continue
            over = [each for each in over if each.place < row.place]
            if not row.own_line:
                over.append(row)
            yield row


def _on_line(surface: Surface, line: int, panel: Panel) -> Iterator[PlannedRow]:
    """The labels that begin on a line; the last one is the row's own, the others are over it."""
    patches = [(place, surface.patches.get((line, column))) for place, column in enumerate(panel.labels)]
    labels = [(place, patch) for place, patch in patches if patch is not None and not patch.is_number]
    total = surface.patches.get((line, panel.serial)) if panel.serial is not None and not labels else None
    if total is not None and words.ends_as_sum(total.text):
        labels = [(0, total)]  # it stands where the rows are numbered, perhaps merged over their labels
    if not labels or words.is_foot(labels[0][1].text):
        return
    names = [patch for _, patch in labels]  # perhaps merged over what stands beside others
    seen = {column: surface.over(line, column) for column in panel.beside}
    beside = {column: patch for column, patch in seen.items() if not any(patch is name for name in names)}
    values = [beside.get(column.column) for column in panel.values]
    unit = beside.get(panel.unit) if panel.unit is not None else None
    code = beside.get(panel.code) if panel.code is not None else None
    for place, patch in labels:
        own = patch is labels[-1][1]
        raw = patch.cell.text
        indent = sum(2 if character == "\u3000" else 1 for character in raw[: len(raw) - len(raw.lstrip())])
        row = PlannedRow(patch.text, _number(surface, line, panel, patch.text), line, place, indent, own)
        row.wide = bool(panel.values) and patch.area.right >= panel.values[0].column
        if own:
            row.figures = tuple(value.number if value else None for value in values)
            row.texts = tuple(value.text for value in values if value and not value.is_number)
            row.printed_unit = (unit.text if unit else "") if panel.unit is not None else None
            row.printed_code = code.text if code else ""
        yield row


def _number(surface: Surface, line: int, panel: Panel, label: str) -> Numbered:
    """The number of a label, or the one among the serial numbers where those number chapters too (一, 1, 2, 二, 1)."""
    own = numbered(label)
    if own.kind or not panel.chapters or panel.serial is None:
        return own
    serial = surface.patches.get((line, panel.serial))
    return numbered(f"{serial.text}、{label}") if serial is not None and serial.text != label else own


def _ends_with_colon(row: PlannedRow) -> bool:
    return row.label.rstrip().endswith((":", "："))


def is_heading(row: PlannedRow) -> bool:
    """Whether a row is over others and holds no figure of its own, as far as the sheet shows."""
    if not row.own_line or row.opens:
        return True
    if row.printed_code and is_none(row.printed_code) and not row.filled:
        return True
    if row.filled or words.is_field_label(row.label) or words.is_pure_number(row.label):
        return False
    return row.printed_unit is not None and is_none(row.printed_unit)


class _Family(Struct):
    """The rows that the next one may stand under, from the outermost in."""

    open: list[PlannedRow] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def take(self, row: PlannedRow, after: PlannedRow | None) -> None:
        """Find the row's parent. `after` is the row that follows it."""
        kind = self._kind(row)
        depth = self._depth(row, kind, whole=after is not None and words.is_among(after.label))
        if row.relation is Relation.OF_WHICH:
            kind = "among"
        del self.open[depth:], self.kinds[depth:]
        row.parent = self.open[-1] if self.open else None
        deeper = any(doubt.key == "no_part" for doubt in row.doubts)  # it is printed among the parts all the same
        row.level = min(depth + 1 + deeper, _DEEPEST)
        if kind == "among":
            row.relation = Relation.OF_WHICH if words.after_among(row.label) else Relation.NONE
        elif row.parent is not None and not words.after_among(row.parent.label) and row.parent.place < row.place:
            row.parent, row.relation = row.parent.parent, Relation.OF_WHICH  # 其中 stands in a column of its own
        self.open.append(row)
        self.kinds.append(kind)

    def _kind(self, row: PlannedRow) -> str:
        if words.is_among(row.label) or self._counts_on(row):
            return "among"
        return row.number.kind or ("opening" if row.opens else "plain")

    def _counts_on(self, row: PlannedRow) -> bool:
        """Whether a number goes on from the one behind a 其中: 其中：(1)低保, (2)特困."""
        if "among" not in self.kinds or not row.number.kind:
            return False
        last = numbered(words.after_among(self.open[self.kinds.index("among")].label))
        return (
            last.kind == row.number.kind
            and last.path[:-1] == row.number.path[:-1]
            and last.path[-1] + 1 == row.number.path[-1]
        )

    def _depth(self, row: PlannedRow, kind: str, *, whole: bool) -> int:
        """How many of the open rows the row stands under. `whole` tells that a 其中 follows right under it."""
        while self.open and self.open[-1].place > row.place:  # labels further right are of the row before
            self.open.pop()
            self.kinds.pop()
        if self.open and self.open[-1].place < row.place:
            return len(self.open)
        if self.open and self.kinds[-1] == "among" and not self.open[-1].own_line:  # its rows stood in the next column
            self.open.pop()
            self.kinds.pop()
        if kind == "among":
            return self._of_which(row)
        if kind == "plain":
            return self._plain(row, whole=whole)
        if kind in self.kinds:
            return self.kinds.index(kind)
        return self._within(row)

    def _of_which(self, row: PlannedRow) -> int:
        """Under the last row that is not itself one of those after a 其中 in the same column."""
        found = (at for at, kind in enumerate(self.kinds) if kind == "among" and self.open[at].place == row.place)
        return next(found, len(self.kinds))

    def _within(self, row: PlannedRow) -> int:
        """A kind of number met for the first time here: under the last numbered row, never under a 其中."""
        depth = self._of_which(row)
        while depth and self.kinds[depth - 1] == "plain" and self.open[depth - 1].indent >= row.indent:
            depth -= 1
        return depth

    def _plain(self, row: PlannedRow, *, whole: bool) -> int:
        """Without a number: by the indent, else beside the row after a 其中, else under a heading."""
        depth = len(self.open)
        while depth and self.open[depth - 1].indent > row.indent:
            depth -= 1
        if depth and self.open[depth - 1].indent < row.indent and self.kinds[depth - 1] != "among":
            return depth
        if self._of_which(row) < depth:
            depth = self._of_which(row)
            if depth and _of_another_unit(row, self.open[depth - 1]):
                row.doubts.append(Doubt("no_part"))
                return depth - 1
            ends = words.ends_as_sum(row.number.rest) or (whole and depth and row.indent <= self.open[depth - 1].indent)
            if not ends:
                row.relation = Relation.OF_WHICH
                row.doubts.append(Doubt("after_among"))
                return depth
        lines = [place for place, each in enumerate(self.open[: depth - 1]) if row.wide and each.wide]
        if lines:
            return lines[0]  # the next section line
        above = self.open[depth - 1] if depth else None
        if above is None or (above.own_line and (is_heading(above) or words.is_text_label(above.label))):
            return depth
        if self.kinds[depth - 1] != "plain":
            row.doubts.append(Doubt("no_number"))
        return depth if _is_total_over(above, row) else depth - 1


def _is_total_over(above: PlannedRow, row: PlannedRow) -> bool:
    """Whether a numbered row is the heading and the total of what follows it: 一、收入合计."""
    total = words.ends_as_sum(above.label) and not words.is_sum(above.number.rest)
    return bool(above.number.kind) and total and not words.ends_as_sum(row.label) and not _of_another_unit(row, above)


def _of_another_unit(row: PlannedRow, whole: PlannedRow) -> bool:
    """Whether the printed units of measure show that a row is no part of another one."""
    units = {row.printed_unit or "", whole.printed_unit or ""}
    return len(units) > 1 and all(map(is_unit, units))
