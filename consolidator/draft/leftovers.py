"""Lines of a sheet that belong to a table by their place and came into no definition: each is told, none is passed over.

In: a `Surface`, its bands and what became of them. Out: `Doubt`s. Never: a guess of what such a line means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.draft import words
from consolidator.draft.plan import Doubt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.draft.bands import Band
    from consolidator.draft.plan import PlannedTable
    from consolidator.draft.surface import Surface


def left_out(surface: Surface, bands: Sequence[tuple[Band, Sequence[PlannedTable]]]) -> Iterator[Doubt]:
    """What stands in or under the tables of a sheet and is neither a row nor a head of any. Nothing over the first counts."""
    begun = False
    for band, tables in bands:
        begun = begun or bool(tables)
        if not begun or any(table.across for table in tables):
            continue
        heads = () if tables else range(band.top, band.bottom + 1)
        known = {row.line for table in tables for row in table.rows}
        for line in (*heads, *band.rows):
            said = [patch.text for patch in surface.lines.get(line, []) if not patch.is_number]
            if said and line not in known and not words.is_foot(said[0]):
                yield Doubt("left_out", {"row": str(line), "text": " ".join(said)})
