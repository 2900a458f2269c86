"""Empty formatted cells and rows, left out before the XML is parsed.

Formatting whole columns by accident leaves millions of cells that hold nothing. Of each unbroken run of them inside
one chunk only the last is kept, so that a cell or row without an address still follows the right neighbour. Hidden rows
are kept: that they are hidden is a fact.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EMPTY = rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")? ?/>'
_RUN = re.compile(rb"(?:" + _EMPTY + rb"){2,}")
_EMPTY_ROW = rb'<row r="[0-9]{1,7}"[^<>]*(?:/>|>(?:' + _EMPTY + rb")?</row>)"
_ROWS = re.compile(rb"(?:" + _EMPTY_ROW + rb"){2,}")
_CDATA = b"<![CDATA["
_COMMENT = b"<!--"


def thinned(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The chunks of a worksheet with fewer empty cells; from a CDATA section or comment on, exactly as they came."""
    stream = iter(chunks)
    tail = b""
    for chunk in stream:
        joined = tail + chunk
        if _CDATA in joined or _COMMENT in joined:
            yield chunk
            yield from stream
            return
        tail = chunk[-len(_CDATA) :]
        yield _ROWS.sub(_last_row, _RUN.sub(_last, chunk))


def _last(run: re.Match[bytes]) -> bytes:
    cells = run[0]
    return cells[cells.rindex(b"<c ") :]


def _last_row(run: re.Match[bytes]) -> bytes:
    rows = run[0]
    return rows if b"hidden" in rows else rows[rows.rindex(b"<row ") :]
