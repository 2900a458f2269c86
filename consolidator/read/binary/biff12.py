"""Records of binary parts (BIFF12, inside .xlsb): numbers, texts, styles.

In: the bytes of a part. Out: records, and what their fields say. Source: [MS-XLSB] 2.1.4, 2.2, 2.4, 2.5.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from consolidator.read.cells import formats
from consolidator.read.cells.values import whole_text
from consolidator.read.excel.strings import Text
from consolidator.read.excel.styles import style
from consolidator.read.limits import damaged, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.read.cells.values import Style
    from consolidator.read.limits import Limits

_CONTINUES = 0x80
_FONT, _FORMAT, _CELL_FORMAT, _STRING = 43, 44, 47, 19
_BEGIN_CELL_FORMATS, _END_CELL_FORMATS = 617, 618
_STRIKE_OUT = 0x0008
_RICH = 0x01
_HUNDREDTHS, _INTEGER = 0x01, 0x02


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """All records of a part, as (number, data). A part that ends inside one is damaged."""
    position, end = 0, len(part)
    try:
        while position < end:
            number = part[position]
            position += 1
            if number & _CONTINUES:
                number = number & 0x7F | part[position] << 7
                position += 1
            length = shift = 0
            while True:
                byte = part[position]
                position += 1
                length |= (byte & 0x7F) << shift
                shift += 7
                if not byte & _CONTINUES or shift > 21:  # noqa: PLR2004 - four bytes at most
                    break
            if position + length > end:
                raise damaged("xlsb")
            yield number, part[position : position + length]
            position += length
    except IndexError as error:
        raise damaged("xlsb") from error


def wide_text(data: bytes, start: int) -> tuple[str, int]:
    """The XLWideString at a place, and where it ends. A null string is empty."""
    (length,) = struct.unpack_from("<L", data, start)
    if length == 0xFFFFFFFF:  # noqa: PLR2004 - the null string
        return "", start + 4
    end = start + 4 + 2 * length
    if end > len(data):
        raise damaged("xlsb")
    return whole_text(data[start + 4 : end].decode("utf-16-le", "surrogatepass")), end


def packed_number(value: int) -> float:
    """An RkNumber: thirty bits of a double or an integer, perhaps in hundredths."""
    if value & _INTEGER:
        number: float = (value - (1 << 32) if value & 0x80000000 else value) >> 2
    else:
        (number,) = struct.unpack("<d", struct.pack("<Q", (value & 0xFFFFFFFC) << 32))
    return number / 100 if value & _HUNDREDTHS else number


class BinaryStyles(NamedTuple):
    """Cell formats, and of each font whether it strikes through, and whether it stands above or below the line."""

    cells: tuple[Style, ...]
    fonts: tuple[tuple[bool, bool], ...]


def binary_styles(part: bytes) -> BinaryStyles:
    """The content of `styles.bin`."""
    codes: dict[int, str] = {}
    fonts: list[tuple[bool, bool]] = []
    found: list[tuple[int, int]] = []
    inside = False
    for number, data in records(part):
        if number == _FORMAT:
            codes[struct.unpack_from("<H", data)[0]] = wide_text(data, 2)[0]
        elif number == _FONT:
            flags, _, level = struct.unpack_from("<3H", data, 2)
            fonts.append((bool(flags & _STRIKE_OUT), bool(level)))
        elif number in (_BEGIN_CELL_FORMATS, _END_CELL_FORMATS):
            inside = number == _BEGIN_CELL_FORMATS
        elif number == _CELL_FORMAT and inside:
            found.append(struct.unpack_from("<HH", data, 2))
    cells = tuple(
        style(codes.get(code) or formats.BUILT_IN.get(code, ""), struck=font < len(fonts) and fonts[font][0])
        for code, font in found
    )
    return BinaryStyles(cells, tuple(fonts))


def rich_text(data: bytes, start: int, fonts: Sequence[tuple[bool, bool]]) -> Text:
    """A RichStr: the text, and whether a run of it is struck through, or stands above or below the line."""
    text, end = wide_text(data, start + 1)
    if not data[start] & _RICH:
        return Text(text)
    (count,) = struct.unpack_from("<L", data, end)
    if end + 4 + 4 * count > len(data):
        raise damaged("xlsb")
    runs = [struct.unpack_from("<HH", data, end + 4 + 4 * number) for number in range(count)]
    stops = [begin for begin, _ in runs[1:]] + [len(text)]
    shown = [
        fonts[font]
        for (begin, font), stop in zip(runs, stops, strict=False)
        if font < len(fonts) and text[begin:stop].strip()
    ]
    return Text(text, any(struck for struck, _ in shown), any(raised for _, raised in shown))


def binary_strings(part: bytes, fonts: Sequence[tuple[bool, bool]], limits: Limits) -> list[Text]:
    """The content of `sharedStrings.bin`."""
    texts = [rich_text(data, 0, fonts) for number, data in records(part) if number == _STRING]
    if len(texts) > limits.strings:
        raise too_large("strings", limits.strings)
    return texts
