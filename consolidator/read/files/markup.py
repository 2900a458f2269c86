"""XML in a streaming pass: no DOCTYPE, bounded depth and token length, any encoding a spreadsheet program writes.

In: chunks of bytes. Out: calls on a `Scanner`. Never: an entity expanded, a tree built.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from consolidator.read.files.decoding import codec_of
from consolidator.read.limits import LIMITS, Limits, damaged, unsafe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_KNOWN_TO_EXPAT = frozenset({"utf-8", "utf-16", "iso-8859-1", "us-ascii"})
_SPACE = " \t\r\n"

Attributes = dict[str, str]


class Scanner:
    """Receives elements by qualified name (`namespace name`); subclasses register handlers for those they want.

    `starts` and `ends` map names to methods, `pieces` collects text while `collecting` is set.
    """

    def __init__(self, limits: Limits = LIMITS) -> None:
        """Begin without handlers."""
        self.limits = limits
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self.pieces: list[str] = []
        self.collecting = False
        self._depth = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > self.limits.depth:
            raise unsafe("depth")
        handler = self.starts.get(name)
        if handler is not None:
            handler(attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        self._depth -= 1
        handler = self.ends.get(name)
        if handler is not None:
            handler()

    def text(self, text: str) -> None:
        """Characters between tags."""
        if self.collecting:
            self.pieces.append(text)

    def collect(self, _attributes: Attributes | None = None) -> None:
        """Begin to keep text."""
        self.collecting = True

    def collected(self) -> str:
        """The text kept since `collect`, which ends here."""
        text = "".join(self.pieces)
        self.pieces.clear()
        self.collecting = False
        return text


def register(table: dict[str, Any], spaces: Iterable[str], handlers: dict[str, Any]) -> None:
    """Enter `handlers` by local name under each of the namespaces (an empty one means none)."""
    for space in spaces:
        for name, handler in handlers.items():
            table[f"{space} {name}" if space else name] = handler


def scan(chunks: Iterable[bytes], scanner: Scanner) -> None:
    """Run XML through a scanner.

    Raises `Refused` for anything that is not well-formed, and for what is only ever met in attacks.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    fed = 0
    try:
        for chunk in _readable(chunks):
            fed += len(chunk)
            parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
            if fed - parser.CurrentByteIndex > scanner.limits.token:
                raise unsafe("token")
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise damaged("xml") from error


def _refuse_doctype(*_: object) -> None:
    raise unsafe("doctype")


def _readable(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """The chunks, in an encoding that expat knows: GBK and its kin are turned into UTF-8."""
    stream = iter(chunks)
    first = next(stream, b"")
    declared = _DECLARED.match(first)
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if name in _KNOWN_TO_EXPAT:
        yield first
        yield from stream
        return
    codec = codec_of(name)
    if codec is None:
        raise damaged("encoding")
    try:
        text = b"".join((first, *stream)).decode(codec)
    except UnicodeDecodeError as error:
        raise damaged("encoding") from error
    yield text.partition("?>")[2].encode("utf-8", "surrogatepass")


def truth(value: str | None, *, default: bool = False) -> bool:
    """An `xsd:boolean` attribute."""
    return default if value is None else value.strip(_SPACE).lower() in ("1", "true", "on")
