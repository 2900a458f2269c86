"""A sheet as a person sees it: texts by place, merged cells as the one cell they show.

In: a `Sheet`. Out: what begins in a row, what covers a place. Never: a meaning.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from consolidator.draft.measures import is_none
from consolidator.draft.spread import spread_names
from consolidator.model import Area, CellKind

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from consolidator.model import Cell, Sheet

_NUMBERS = (CellKind.NUMBER, CellKind.DATE, CellKind.ERROR, CellKind.UNCALCULATED, CellKind.BOOLEAN)


class Patch(NamedTuple):
    """A cell that shows something, with the area it covers."""

    area: Area
    cell: Cell

    @property
    def text(self) -> str:
        """What it shows, on one line and without outer spaces."""
        return "".join(self.cell.text.split("\n")).strip()

    @property
    def is_number(self) -> bool:
        """Whether it is no text at all, or a text that is only a number or a dash."""
        bare = self.text.replace(",", "").replace(" ", "")
        return self.cell.kind in _NUMBERS or is_none(self.text) or bare.replace(".", "", 1).lstrip("+-").isdigit()

    @property
    def number(self) -> Decimal | None:
        """The number, where the cell holds one."""
        return self.cell.number if self.cell.kind is CellKind.NUMBER else None


class Surface:
    """One sheet to look at. Only what is not empty is kept."""

    def __init__(self, sheet: Sheet) -> None:
        self.name = sheet.name
        merges = (*sheet.merges, *spread_names(sheet.cells)) if not sheet.merges else sheet.merges
        tops = {(area.top, area.left): area for area in merges}
        self.patches = {
            place: Patch(tops.get(place) or Area(*place, *place), cell)
            for place, cell in sheet.cells.items()
            if cell.text.strip() and not _hidden(place, merges)
        }
        self._merged = [
            patch
            for patch in self.patches.values()
            if patch.area.top < patch.area.bottom or patch.area.left < patch.area.right
        ]

    @cached_property
    def lines(self) -> dict[int, list[Patch]]:
        """What begins in each row that is not empty, from left to right."""
        found: dict[int, list[Patch]] = {}
        for (row, _), patch in sorted(self.patches.items()):
            found.setdefault(row, []).append(patch)
        return found

    def take_off(self, patches: Collection[Patch]) -> None:
        """Leave out what belongs to no table, as if it were not there."""
        if patches:
            places = {(patch.area.top, patch.area.left) for patch in patches}
            self.patches = {place: patch for place, patch in self.patches.items() if place not in places}
            self._merged = [patch for patch in self._merged if (patch.area.top, patch.area.left) not in places]
            del self.lines

    def over(self, row: int, column: int) -> Patch | None:
        """What covers a place."""
        own = self.patches.get((row, column))
        return own or next((patch for patch in self._merged if patch.area.holds(row, column)), None)


def _hidden(place: tuple[int, int], merges: tuple[Area, ...]) -> bool:
    """Whether a place lies under a merge that begins elsewhere."""
    return any(area.holds(*place) and (area.top, area.left) != place for area in merges)
