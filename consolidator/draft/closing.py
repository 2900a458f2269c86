"""The lines that close a table: words with a colon behind each and a place to sign, whatever the words are.

In: a `Surface`, the last `Band` of a sheet. Out: the fields of those lines, which are no rows then.
Never: a line with a figure, a unit of measure or a row of a table whose own labels end with a colon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.draft import measures, signing, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.draft.bands import Band
    from consolidator.draft.surface import Patch, Surface

_SEVERAL = 2


def take_closing(surface: Surface, band: Band) -> None:
    """Set the lines at the foot of the table apart that are fields to sign or of the form's heading."""
    last = len(band.rows)
    while last and _is_closing(surface.lines[band.rows[last - 1]]):
        last -= 1
    lines = band.rows[last:]
    before = surface.lines[band.rows[last - 1]][0].text if last else ""
    certain = any(_is_certain(surface.lines[line]) for line in lines)
    if not certain or not last or list(signing.blanks(before)):
        return
    band.rows = band.rows[:last]
    for line in lines:
        hear_fields(band, surface.lines[line])


def hear_fields(band: Band, patches: Sequence[Patch]) -> None:
    """Keep the fields of a line that closes the table, where it holds nothing else."""
    if _is_closing(patches):
        band.closing += [
            field for patch in patches if not _is_of_the_form(patch) for field in signing.blanks(patch.text)
        ]


def is_line_of_blanks(patches: Sequence[Patch]) -> bool:
    """Whether a line holds nothing but words with a colon, and answers to them."""
    return _is_closing(patches) and _is_certain(patches)


def _is_closing(patches: Sequence[Patch]) -> bool:
    asked = False
    for patch in patches:
        answered = asked and not measures.is_unit(patch.text)
        asked = bool(list(signing.blanks(patch.text))) or _is_of_the_form(patch)
        if not (asked or answered or (signing.is_day(patch.text) and not patch.is_number)):
            return False
    return True


def _is_certain(patches: Sequence[Patch]) -> bool:
    """Whether several fields stand on the line, or one that is known."""
    fields = [field for patch in patches for field in signing.blanks(patch.text)]
    days = sum(signing.is_day(patch.text) for patch in patches)
    return len(fields) + days >= _SEVERAL or _is_of_the_form(patches[0])


def _is_of_the_form(patch: Patch) -> bool:
    return words.is_field(patch.text) or words.is_form_field(patch.text)
