"""Parts that are the same in thousands of files (styles, relations, frames of sheets) are parsed once.

In: a small part's bytes and how to parse it. Out: what the parser made of it, the same object for the same bytes: it is
shared, and nobody changes it. Bounded: what was met least recently is forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from consolidator.read.files.archive import Archive

T = TypeVar("T")

_MOST_BYTES = 8 << 20

_kept: OrderedDict[tuple[Hashable, bytes], Any] = OrderedDict()
_size = 0


def remembered(kind: Hashable, content: bytes, parse: Callable[[bytes], T]) -> T:
    """What `parse` makes of the bytes; `kind` tells apart what is parsed in different ways."""
    global _size  # noqa: PLW0603 - the size of what is kept
    key = (kind, content)
    if key in _kept:
        _kept.move_to_end(key)
        found: T = _kept[key]
        return found
    found = parse(content)
    _kept[key] = found
    _size += len(content)
    while _size > _MOST_BYTES and len(_kept) > 1:
        (_, forgotten), _ = _kept.popitem(last=False)
        _size -= len(forgotten)
    return found


def of_part(archive: Archive, name: str, kind: Hashable, parse: Callable[[Iterable[bytes]], T]) -> T:
    """The same for a part of an archive; a large one is parsed as it is inflated, and forgotten."""
    content = archive.small(name)
    if content is None:
        return parse(archive.chunks(name))
    return remembered((kind, archive.limits), content, lambda whole: parse((whole,)))
