"""For whom a workbook is, and what its reader sees of every unit in 分乡镇明细表."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from consolidator.write.plans.category_plan import CATEGORY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.model import CountyTable


class Reader(StrEnum):
    """For whom a sheet is: the county office sees everything, superiors see figures only."""

    OFFICE = "office"
    SUPERIORS = "superiors"


_LEADS: Mapping[Reader, tuple[str, ...]] = {
    Reader.OFFICE: ("serial", "unit_name", "unit_code", CATEGORY, "status"),
    Reader.SUPERIORS: ("serial", "unit_name", CATEGORY),
}
PINNED = 2
"""The first columns, number and name, stay in sight and stand on every printed page."""

TOPS: Mapping[Reader, int] = {Reader.OFFICE: 4, Reader.SUPERIORS: 3}
"""How many rows stand above the header."""


def leads(reader: Reader, table: CountyTable) -> tuple[str, ...]:
    """The columns about the unit; its category is one of them where the totals are parted by it."""
    return tuple(key for key in _LEADS[reader] if key != CATEGORY or table.categories)
