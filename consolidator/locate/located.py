"""What comes out of locating (定位): a filled form with what it says of itself, or why there is none.

Apart from the rest of the room, so that who only takes it in need not load what looks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.findings import Finding
    from consolidator.form.definition import Form
    from consolidator.model import CellAddress, Observation, Period


class Stated(Struct, frozen=True):
    """A text and the cell that states it."""

    text: str
    address: CellAddress
    raw: str


class StatedPeriod(Struct, frozen=True):
    """A period and the cell that states it."""

    period: Period
    address: CellAddress
    raw: str


class Located(Struct, frozen=True):
    """One filled form: whose and when it says it is, its observations, and findings without owner.

    `blank` tells that no numeric indicator has anything filled in, or in a register nothing at all. `alone` tells that
    nothing else in the workbook was recognised as any known form, so that neither the period nor the forms asked for had
    a part in choosing this one. `titled` is what stands before the title: a name or not.
    `part` is the part of a year that is stated where no period is, or a mere year; the year of its period means nothing.
    `named` are texts around the tables that may be names of units too: over seals, alone on a line, before titles.
    """

    form: Form
    sheet: str
    filer: Stated | None
    period: StatedPeriod | None
    observations: Mapping[str, Observation]
    findings: tuple[Finding, ...]
    blank: bool
    alone: bool = False
    titled: Stated | None = None
    part: StatedPeriod | None = None
    named: tuple[Stated, ...] = ()


class Unlocated(Struct, frozen=True):
    """No sheet holds a form that is asked for. `other` is a known form that one of them holds instead, `filed` what it says.

    `tables` are the titles of the tables that are the other form's, where the rest is as it was asked for.
    """

    found: int
    expected: Form
    other: Form | None = None
    filed: Located | None = None
    tables: tuple[str, ...] = ()
