"""What the form says of itself in a corner, on lines with its title, its heads or its rows: 表号：, 制定机关：, 有效期至：.

In: a `Surface`. Out: the texts of the corner, which are on the surface no more. Never: the head of a column of such words
(文件名称 | 文号), which has no colon and none of them under it; a line of the heading that holds nothing else.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from consolidator.draft import words
from consolidator.draft.measures import is_none

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.draft.surface import Patch, Surface

_GAP = 2  # lines from one field to the next under it


def take_corner(surface: Surface) -> list[str]:
    """Take the fields of the corner, and the answers beside them, off the surface; their texts in reading order."""
    said: list[Patch] = []
    for patches in surface.lines.values():
        fields = [patch for patch in patches[1:] if _is_certain(surface, patch)]
        if fields:
            at = patches.index(fields[0])
            said += [*_with_answers(patches[at:])]
    surface.take_off(said)
    return [patch.text for patch in said]


def _with_answers(patches: Sequence[Patch]) -> Iterator[Patch]:
    """The fields at the end of a line, each with what stands beside it where it is answered there."""
    before: Patch | None = None
    for patch in patches:
        field = words.is_of_the_form(patch.text)
        asked = before is not None and words.is_form_field(before.text)
        if not field and not asked:
            return
        yield patch
        before = patch if field else None


def _is_certain(surface: Surface, patch: Patch) -> bool:
    """Whether a cell is such a field: one with a colon, or with others of them over or under it."""
    if not words.is_of_the_form(patch.text) or is_none(patch.text):
        return False
    return words.has_colon(patch.text) or _stacked(surface, patch)


def _stacked(surface: Surface, patch: Patch) -> bool:
    column = patch.area.left
    rows = sorted(
        row for (row, left), other in surface.patches.items() if left == column and words.is_of_the_form(other.text)
    )
    near = {row for one, other in pairwise(rows) if other - one <= _GAP for row in (one, other)}
    return patch.area.top in near
