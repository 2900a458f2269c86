"""Text files as text: UTF-8, UTF-16 or GB18030, and nothing when it cannot be told which.

In: bytes. Out: text. Never: a guess between two readings that differ.
"""

from __future__ import annotations

import codecs
import re

from consolidator.read.limits import damaged

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENOUGH = 3
_SURE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_CHINESE = re.compile(r"(?:x-)?gb|cp936")
_PLAIN = re.compile(
    r"us-ascii|ascii|utf-?(?:8|16|32)(?:-?[lb]e)?|iso-8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|big5(?:-hkscs)?|shift_jis|euc-(?:jp|kr)"
)


def codec_of(name: str) -> str | None:
    """The codec for an encoding that a file declares; None for all that documents are not written in.

    Python knows codecs that compress, escape or rotate, some of them at quadratic cost: a file may not choose those.
    """
    name = name.strip().lower()
    if _CHINESE.match(name):
        return "gb18030"
    return name if _PLAIN.fullmatch(name) else None


def decoded(content: bytes) -> str:
    """The text of a file without a declared encoding.

    Chinese text in UTF-8 is nearly always also readable as GB18030, as nonsense; the other way round it is rare. So
    what is valid UTF-8 with a few Chinese characters is UTF-8; with fewer of them both readings stand, and the file is
    refused.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if b"\0" in content:
        return _strict(content, "utf-16-le")
    text = _attempt(content, "utf-8")
    if text is None:
        return _strict(content, "gb18030")
    if text.isascii() or len(_SURE.findall(text)) >= _ENOUGH or _attempt(content, "gb18030") is None:
        return text
    raise damaged("ambiguous_encoding")


def decoded_page(content: bytes, declared: str = "") -> str:
    """The text of a web page: by its own declaration if that holds, else as any text."""
    match = _DECLARED.search(content[:4096])
    codec = codec_of(declared or (match[1].decode("ascii") if match else ""))
    marked = any(content.startswith(mark) for mark, _ in _MARKS)
    if codec and not marked:
        text = _attempt(content, codec)
        if text is not None:
            return text
    return decoded(content)


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strict(content: bytes, encoding: str) -> str:
    text = _attempt(content, encoding)
    if text is None:
        raise damaged("encoding")
    return text
