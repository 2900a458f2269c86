"""What is stated once serves all the forms of a file: the unit and the period over the first of them.

In: the forms read from one file. Out: the same, those that name no unit or period with the one that is meant for them.
Never: one of several units chosen, but for the one named above on the same sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from consolidator.locate.located import Stated, StatedPeriod
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from consolidator.locate.located import Located

_Stated = TypeVar("_Stated", Stated, StatedPeriod)


def share_headings(read: Sequence[Sequence[Located]], beside: Sequence[Located]) -> list[list[Located]]:
    """The forms read, form by form; what stands over the forms `beside` them, which nobody asked for, serves them too.

    One form never gets its unit or period from another copy of itself, which may be another unit's.
    """
    everyone = [*(entry for entries in read for entry in entries), *beside]
    return [[_headed(entry, everyone) for entry in entries] for entries in read]


def _headed(entry: Located, everyone: Sequence[Located]) -> Located:
    others = [other for other in everyone if other.form is not entry.form]
    if entry.filer is None:
        stated = [other.filer for other in others if other.filer is not None]
        entry = replace(entry, filer=_meant(entry, stated, lambda each: fold(each.text)))
    if entry.period is None:
        when = [other.period for other in others if other.period is not None]
        entry = replace(entry, period=_meant(entry, when, lambda each: str(each.period)))
    return entry


def _meant(entry: Located, stated: Sequence[_Stated], said: Callable[[_Stated], str]) -> _Stated | None:
    """The nearest one above on the entry's own sheet; else the only one of the sheet, or of the file."""
    first = min((seen.address.row for seen in entry.observations.values()), default=0)
    here = [each for each in stated if each.address.sheet == entry.sheet]
    above = [each for each in here if each.address.row < first]
    if above:
        return max(above, key=lambda each: each.address.row)
    nearest = here or stated
    return nearest[0] if len({said(each) for each in nearest}) == 1 else None
