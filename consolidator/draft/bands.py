"""Where tables are on a sheet: their heads, which may take up to three rows, and the rows under them.

In: a `Surface`. Out: `Band`s in the order of the sheet. Never: the meaning of a column.
A row is a head where a word for labels stands in it beside others, or where it only holds words none of which looks like
a row of the form: a numbered label, a unit of measure, a field to fill in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.draft import measures, words
from consolidator.draft.closing import hear_fields, is_line_of_blanks, take_closing
from consolidator.draft.numbering import numbered
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.draft.surface import Patch, Surface

_DEEPEST = 4  # rows of heads
_LONGEST = 80  # characters; a head is no paragraph
_MARKS = frozenset("甲乙丙丁戊")
_PLACE = re.compile(r"^\(?(\d{1,2})\)?(?:=[-+\d().×/÷*%]+)?$")
_AGAIN = re.compile(r"[(（]?(?:续表?[\d一二三四五六七八九十]*|接上页)[)）]?")


class Band(Struct):
    """Heads from row `top` to `bottom` over the columns `left` to `right`, the lines over them, the rows under them.

    `lowest` is the last row with words: the numbers of the columns may stand under it. `closing` are the fields of lines
    that close the table, each with a key; `pairs` the columns of names and of figures where there are no heads.
    """

    top: int
    bottom: int
    left: int
    right: int
    lowest: int
    title: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    closing: list[tuple[str, str]] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)


def find_bands(surface: Surface) -> list[Band]:
    """Every table of the sheet, as far as heads tell; one without rows may have its rows side by side in the heads."""
    found: list[Band] = []
    waiting: list[tuple[int, str]] = []  # lines that may be titles of the next table
    closed = True
    following = sorted(surface.lines)
    rows = iter(following)
    for row in rows:
        patches = surface.lines[row]
        current = found[-1] if found and not closed else None
        if _is_head(surface, row, current):
            band = _band(surface, row)
            if current and _continues(surface, band, current, [text for _, text in waiting]):
                waiting = []
                _skip(rows, band, following)  # printed anew on the next page
                continue
            band.title = [text for _, text in waiting]
            found.append(band)
            waiting, closed = [], False
            _skip(rows, band, following)
        elif current and words.is_foot(patches[0].text):
            hear_fields(current, patches)
            closed = True
        elif current and not _is_title(surface, current, row):
            current.rows.append(row)
        elif len(patches) == 1 and not words.is_lone_field(patches[0].text):
            waiting.append((row, patches[0].text))
    for band in found[-1:]:
        take_closing(surface, band)
    return found


def _skip(rows: Iterator[int], band: Band, following: Sequence[int]) -> None:
    """Go on behind the heads."""
    for _ in range(sum(band.top < row <= band.bottom for row in following)):
        next(rows)


def _is_head(surface: Surface, row: int, table: Band | None) -> bool:
    """Whether heads begin in a row, be it under the rows of a `table`."""
    patches = surface.lines[row]
    if any(patch.is_number or len(patch.text) > _LONGEST for patch in patches):
        return False
    first = next((patch for patch in patches if not words.is_serial_head(patch.text)), patches[0])
    if (words.is_label_head(first.text) and len(patches) > 1) or (
        table is not None and _again(surface, table, patches)
    ):
        return True
    if any(map(_is_around, patches)) or words.is_form_field(patches[0].text) or is_line_of_blanks(patches):
        return False
    if words.is_among(patches[0].text) or any(numbered(patch.text).kind for patch in patches):
        return False
    if any(measures.is_unit(patch.text) for patch in patches) or len(patches) < 2:  # noqa: PLR2004 - alone it is a title
        return False
    if table is not None and (_only_names(surface, table, patches) or _is_within(surface, table, row)):
        return False
    # rows of words may belong to a table of words, unless merged cells or the place of labels left free make them heads
    return table is None or patches[0].area.left > table.left or any(map(_is_wide, patches[1:]))


def _again(surface: Surface, table: Band, patches: Sequence[Patch]) -> bool:
    """Whether heads of a table come again: the word over its labels, or all but that in their columns (设备类别 under 人员类别)."""
    heads = surface.lines[table.top]
    first, anew = (
        next((each for each in line if not words.is_serial_head(each.text)), None) for line in (heads, patches)
    )
    if first and anew and (first.text, first.area.left) == (anew.text, anew.area.left) and len(patches) > 1:
        return True
    if table.top < table.lowest or [each.area.left for each in heads] != [each.area.left for each in patches]:
        return False
    pairs = [
        (head.text, patch.text)
        for head, patch in zip(heads, patches, strict=True)
        if not words.is_serial_head(patch.text)
    ]
    return len(pairs) > 1 and all(head == text for head, text in pairs[1:])


def _is_around(patch: Patch) -> bool:
    """Whether a cell belongs to the heading or to the foot of the form."""
    return words.is_field(patch.text) or words.is_foot(patch.text)


def _only_names(surface: Surface, table: Band, patches: Sequence[Patch]) -> bool:
    """Whether words stand only where a table has the names of its rows, their codes and units of measure.

    So they do on the further rows of a category whose label is merged over all of them.
    """
    return not any(_is_of_values(surface, table, patch.area.left) for patch in patches)


def _is_within(surface: Surface, table: Band, row: int) -> bool:
    """Whether a label merged down from a row of a table covers the place of labels."""
    over = surface.over(row, table.left)
    return over is not None and over.area.top < row and over.area.top in table.rows


def _is_of_values(surface: Surface, table: Band, column: int) -> bool:
    """Whether a column of a table has a head, and none for names of rows."""
    heads = (surface.over(row, column) for row in range(table.lowest, table.top - 1, -1))
    head = next((each for each in heads if each is not None and not _is_mark(each)), None)
    return head is not None and not words.is_head_of_names(head.text)


def _is_mark(patch: Patch) -> bool:
    return patch.is_number or patch.text in _MARKS


def _band(surface: Surface, top: int) -> Band:
    """The heads that begin in row `top`."""
    patches = surface.lines[top]
    left, right = patches[0].area.left, max(patch.area.right for patch in patches)
    bottom = max(patch.area.bottom for patch in patches)
    while bottom - top + 1 < _DEEPEST:
        below = surface.lines.get(bottom + 1, [])
        above = [patch for column in range(left, right + 1) if (patch := surface.over(bottom, column))]
        if not below or not _goes_on(surface, bottom + 1, below, above):
            break
        bottom = max(bottom + 1, *(patch.area.bottom for patch in below))
        left, right = min(left, below[0].area.left), max(right, *(patch.area.right for patch in below))
    numbers = int(is_index(surface.lines.get(bottom + 1, [])))
    return Band(top, bottom + numbers, left, right, lowest=bottom)


def _goes_on(surface: Surface, row: int, below: Sequence[Patch], above: Sequence[Patch]) -> bool:
    """Whether a row under heads is one of further heads: words only, none where the labels will stand, some over the values."""
    if any(patch.is_number or measures.is_unit(patch.text) or numbered(patch.text).kind for patch in below):
        return False
    corner = above[0]
    free = below[0].area.left > corner.area.right or surface.over(row, corner.area.left) is corner
    grouped = any(map(_is_wide, above))
    over_values = any(patch.area.left > corner.area.right for patch in below)
    return over_values and (free or _is_wide(corner)) and (grouped or len(below) > 1)


def _is_wide(patch: Patch) -> bool:
    return patch.area.left < patch.area.right


def is_index(patches: Sequence[Patch]) -> bool:
    """甲 乙 1 2 3 under the heads, also (1) (2) 3=1+2, also behind a word for it (栏次)."""
    texts = [fold(patch.text) for patch in patches]
    named = len(texts) > 1 and words.is_code_head(texts[0])
    texts = [_PLACE.sub(r"\1", text) for text in texts[named:] if not (named and measures.is_none(text))]
    texts = _once(texts)
    digits = [int(text) for text in texts if text.isdigit()]
    if not all(text in _MARKS or text.isdigit() for text in texts) or len(texts) + named < 2:  # noqa: PLR2004
        return False
    first = digits[0] if digits else 1
    in_order = digits == list(range(first, first + len(digits)))
    marked = named or any(text in _MARKS for text in texts)
    return in_order and (marked or (len(digits) > 2 and first == 1))  # noqa: PLR2004


def _once(texts: list[str]) -> list[str]:
    """What stands under the heads of the first panel, where all others have the same: 甲 乙 1 甲 乙 1."""
    widths = (width for width in range(2, len(texts) // 2 + 1) if texts == texts[:width] * (len(texts) // width))
    return texts[: next(widths, len(texts))]


def _continues(surface: Surface, band: Band, current: Band, title: Sequence[str]) -> bool:
    """Whether heads are those of the table above once more, at the top of a new page, perhaps with its title."""
    known = {"", *(fold(line) for line in current.title)}
    anew = all(fold(_AGAIN.sub("", line)) in known for line in title)
    return anew and _heads(surface, band) == _heads(surface, current)


def _heads(surface: Surface, band: Band) -> list[str]:
    return [fold(patch.text) for row in range(band.top, band.bottom + 1) for patch in surface.lines.get(row, [])]


def _is_title(surface: Surface, band: Band, row: int) -> bool:
    """Whether a row under a table is a line of its own, over the heads of the next one.

    The last row of the table is none: a total or the rest, or a line with nothing but a gap between it and those heads.
    """
    patches = surface.lines[row]
    if len(patches) > 1:
        return False
    following = min((other for other in surface.lines if other > row), default=None)
    if following is None or not _is_head(surface, following, band):
        return False
    if _is_wide(patches[0]) or patches[0].area.left > band.left or numbered(patches[0].text).kind:
        return True
    last = words.is_sum(patches[0].text) or words.is_rest(patches[0].text)
    return not last and (row - 1 not in surface.lines or row + 1 in surface.lines)
