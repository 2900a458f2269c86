"""What stands under each head of a table: labels, codes, units of measure, values, remarks.

In: a `Surface`, a `Band`. Out: `Panel`s: one, or several where the form is printed side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.draft import measures, words
from consolidator.draft.plan import PlannedColumn
from consolidator.draft.unit_line import hear_units
from consolidator.form.pieces import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.draft.bands import Band
    from consolidator.draft.surface import Patch, Surface


class Panel(Struct):
    """The columns of one panel. `label_heads` and `unit_heads` are their words as printed."""

    labels: list[int] = field(default_factory=list)
    serial: int | None = None
    label_heads: list[str] = field(default_factory=list)
    code: int | None = None
    unit: int | None = None
    unit_heads: list[str] = field(default_factory=list)
    values: list[PlannedColumn] = field(default_factory=list)
    title: str = ""  # a head over all of its columns
    chapters: bool = False  # whether the serial numbers number chapters too

    @property
    def left(self) -> int:
        """The first of its columns."""
        return min([*self.labels, *self.beside, *([self.serial] if self.serial is not None else [])])

    @property
    def right(self) -> int:
        """The last of its columns."""
        return max([*self.labels, *self.beside])

    @property
    def beside(self) -> list[int]:
        """The columns right of the labels: codes, units of measure, values."""
        named = (column for column in (self.code, self.unit) if column is not None)
        return [*named, *(column.column for column in self.values)]


def find_panels(surface: Surface, band: Band) -> list[Panel]:
    """The panels of a table, from left to right; those without a column of values are left out."""
    panels = [Panel()]
    labelled = _label_columns(surface, band)
    numbers: int | None = None  # the last column of serial numbers behind values: of the panel that begins next
    for column in range(min([band.left, *labelled]), band.right + 1):
        path = _path(surface, band, column)
        head = path[-1] if path else ""
        panel = panels[-1]
        anew = head in panels[0].label_heads or _begins_another(surface, band, column, head, panels[0])
        if panel.values and words.is_serial_head(head):
            numbers = column
        if panel.values and anew and column not in labelled:
            panel = Panel(serial=numbers)
            panels.append(panel)
            labelled = _under_one_head(surface, band, column)
        _take(panel, column, path, labelled)
    found = [panel for panel in panels if panel.values]
    hear_units(
        surface,
        band,
        [column for panel in found for column in panel.labels],
        [column for panel in found for column in panel.values],
    )
    _hear_numbers(surface, band, found)
    for panel in found:
        panel.title = _shared(surface, band, panel)
        panel.values = [column for column in panel.values if _is_own(surface, band, column.column)]
        _group(panel.values)
    return found


def _hear_numbers(surface: Surface, band: Band, panels: Sequence[Panel]) -> None:
    """Give the columns the numbers that stand on a line of their own under the heads."""
    for column in (each for panel in panels for each in panel.values if band.lowest < band.bottom):
        number = surface.over(band.bottom, column.column)
        column.number = number.text if number is not None else ""


def _shared(surface: Surface, band: Band, panel: Panel) -> str:
    """The head over all columns of a panel, those of its labels too; empty where there is none."""
    tops = [surface.over(band.top, column) for column in (*panel.labels, *panel.beside)]
    first = tops[0]
    whole = first is not None and _is_merged(first) and all(top is first for top in tops)
    return first.text if first is not None and whole else ""


def _is_merged(patch: Patch) -> bool:
    return patch.area.left < patch.area.right


def _begins_another(surface: Surface, band: Band, column: int, head: str, first: Panel) -> bool:
    """Whether a panel with heads of its own begins in a column: labels under a word for them, and values right of it.

    Any word is one where the heads of the first panel come again behind it: 收入项目 | 行次 | 本年, 支出项目 | 行次 | 本年.
    """
    further = (_deepest(surface, band, each) for each in range(column + 1, band.right + 1))
    valued = any(patch is not None and not _is_of_names(patch.text) for patch in further)
    again = bool(first.labels) and _heads_from(surface, band, column) == _heads_from(surface, band, first.labels[-1])
    return valued and (words.is_label_head(head) or again) and _holds_labels(surface, band, column)


def _heads_from(surface: Surface, band: Band, column: int) -> list[str]:
    """The next two heads right of a column."""
    heads = (_deepest(surface, band, column + right) for right in (1, 2))
    return [head.text if head is not None else "" for head in heads]


def _is_of_names(head: str) -> bool:
    return words.is_head_of_names(head) or words.is_note_head(head)


def _label_columns(surface: Surface, band: Band) -> set[int]:
    """The columns of labels: those under the first head for labels, or left of all heads; none in a table without."""
    first = _first_head(surface, band)
    left = min([band.left, *(surface.lines[row][0].area.left for row in band.rows)])
    columns: list[int] = []
    for column in range(left, band.right + 1):
        patch = _deepest(surface, band, column)
        if patch is not None and (words.is_serial_head(patch.text) or (not columns and words.is_code_head(patch.text))):
            continue
        if (
            patch is None
            or patch is first
            or words.is_label_head(patch.text)
            or _goes_on(surface, band, column, columns)
        ):
            columns.append(column)
            continue
        break
    return {column for column in columns if _holds_labels(surface, band, column)} or set()


def _goes_on(surface: Surface, band: Band, column: int, labelled: Sequence[int]) -> bool:
    """Whether a column under a head of any words has labels too: beside none of the columns before it, or before the units.

    On the further rows of a category nothing begins where its own label stands; an answer always stands beside a label.
    """
    rows = [row for row in band.rows if _is_word(surface.patches.get((row, column)))]
    if not rows or not labelled or any(map(words.is_head_of_names, _path(surface, band, column))):
        return False
    alone = any(not any((row, each) in surface.patches for each in labelled) for row in rows)
    later = (_deepest(surface, band, each) for each in range(column + 1, band.right + 1))
    return alone or any(head is not None and words.is_unit_head(head.text) for head in later)


def _is_word(cell: Patch | None) -> bool:
    return cell is not None and not cell.is_number and not measures.is_unit(cell.text)


def _under_one_head(surface: Surface, band: Band, column: int) -> set[int]:
    """The columns of labels under the head that begins in a column."""
    head = _deepest(surface, band, column)
    right = head.area.right if head is not None else column
    return {each for each in range(column, right + 1) if each == column or _holds_labels(surface, band, each)}


def _first_head(surface: Surface, band: Band) -> Patch | None:
    """The head in the upper left corner, serial numbers and codes apart."""
    for column in range(band.left, band.right + 1):
        patch = _deepest(surface, band, column)
        if patch is not None and not words.is_serial_head(patch.text) and not words.is_code_head(patch.text):
            return patch if column == band.left or patch.area.left > band.left else None
    return None


def _holds_labels(surface: Surface, band: Band, column: int) -> bool:
    """Whether words begin in the column on the rows of the table."""
    return any(_is_word(surface.patches.get((row, column))) for row in band.rows)


def _deepest(surface: Surface, band: Band, column: int) -> Patch | None:
    """The lowest head over a column."""
    seen = (surface.over(row, column) for row in range(band.lowest, band.top - 1, -1))
    return next((patch for patch in seen if patch is not None and not _is_mark(patch)), None)


def _is_mark(patch: Patch) -> bool:
    return patch.is_number or patch.text in {"甲", "乙", "丙", "丁", "戊"}


def _path(surface: Surface, band: Band, column: int) -> tuple[str, ...]:
    """The heads over a column from the top, each once."""
    found: dict[int, Patch] = {}
    for row in range(band.top, band.lowest + 1):
        patch = surface.over(row, column)
        if patch is not None and not _is_mark(patch):
            found[id(patch.cell)] = patch
    return tuple(patch.text for patch in found.values())


def _take(panel: Panel, column: int, path: Sequence[str], labelled: Iterable[int]) -> None:
    head = path[-1] if path else ""
    if column in labelled:
        panel.labels.append(column)
        if head and head not in panel.label_heads:
            panel.label_heads.append(head)
    elif words.is_serial_head(head) and panel.serial is None and not panel.labels:
        panel.serial = column
    elif words.is_serial_head(head) or words.is_note_head(head) or not head:
        return
    elif words.is_code_head(head) and panel.code is None:
        panel.code = column
    elif words.is_unit_head(head) and panel.unit is None:
        panel.unit = column
        panel.unit_heads.append(head)
    else:
        panel.values.append(PlannedColumn(head, column, tuple(path)))


def _is_own(surface: Surface, band: Band, column: int) -> bool:
    """Whether a column has a head or figures of its own, not only a part of merged ones."""
    head = _deepest(surface, band, column)
    if head is None or head.area.left == column:
        return True
    return any((row, column) in surface.patches for row in band.rows)


def _group(columns: Sequence[PlannedColumn]) -> None:
    """Give each column the head right over its own, unless that is over all of them."""
    for column in columns:
        uppers = column.path[:-1]
        shared = [upper for upper in uppers if any(upper not in other.path for other in columns)]
        column.group = shared[-1] if shared else ""
    named: dict[tuple[str, str], list[PlannedColumn]] = {}
    for column in columns:
        named.setdefault((column.label, column.group), []).append(column)
    for (_, group), alike in named.items():
        for column in alike if len({other.path for other in alike}) > 1 else ():
            outer = column.path[: -1 - bool(group)]
            told = [upper for upper in outer if any(upper not in other.path for other in alike)]
            column.group = LEVELS.join((*told, group) if group else told)
