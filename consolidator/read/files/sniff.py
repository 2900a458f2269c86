"""What a file is, by its content alone.

In: bytes. Out: a `FileKind`. Never: an extension looked at, a file parsed further than its table of contents.
"""

from __future__ import annotations

import re
from enum import StrEnum

from consolidator.read.files.archive import entry_names, is_zip
from consolidator.read.files.compound import COMPOUND, stream_names


class FileKind(StrEnum):
    """Kinds of content. The first group can be read, the archives can be unpacked, the rest are no spreadsheets."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    HTML = "html"
    MHT = "mht"
    SPREADSHEETML = "spreadsheetml"
    TEXT = "text"
    ENCRYPTED = "encrypted"

    ZIP = "zip"
    OTHER_ARCHIVE = "archive"

    EMPTY = "empty"
    PDF = "pdf"
    OFD = "ofd"
    WORD = "word"
    PRESENTATION = "presentation"
    RTF = "rtf"
    IMAGE = "image"
    MAIL = "mail"
    OPEN_DOCUMENT = "open_document"
    NUMBERS = "numbers"
    XML = "xml"
    UNKNOWN = "unknown"


_MAGIC = (
    (b"%PDF-", FileKind.PDF),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF8", FileKind.IMAGE),
    (b"BM", FileKind.IMAGE),
    (b"II*\x00", FileKind.IMAGE),
    (b"MM\x00*", FileKind.IMAGE),
    (b"ID;P", FileKind.UNKNOWN),  # SYLK and DIF: tables of an earlier age, whose lines must not pass for delimited text
    (b"TABLE\r\n0,1", FileKind.UNKNOWN),
    (b"TABLE\n0,1", FileKind.UNKNOWN),
    (b"Rar!\x1a\x07", FileKind.OTHER_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.OTHER_ARCHIVE),
    (b"\x1f\x8b\x08", FileKind.OTHER_ARCHIVE),
    (b"BZh", FileKind.OTHER_ARCHIVE),
    (b"\xfd7zXZ\x00", FileKind.OTHER_ARCHIVE),
)
_BIFF_WITHOUT_CONTAINER = re.compile(rb"^\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00", re.DOTALL)
_STREAMS = (
    ({"encryptedpackage"}, FileKind.ENCRYPTED),
    ({"workbook", "book"}, FileKind.XLS),
    ({"worddocument", "wpsdocument"}, FileKind.WORD),
    ({"powerpoint document", "current user"}, FileKind.PRESENTATION),
    ({"__properties_version1.0"}, FileKind.MAIL),
)
_PARTS = (
    ("xl/workbook.bin", FileKind.XLSB),
    ("xl/vbaproject.bin", FileKind.XLSM),
    ("xl/workbook.xml", FileKind.XLSX),
    ("word/", FileKind.WORD),
    ("ppt/", FileKind.PRESENTATION),
    ("ofd.xml", FileKind.OFD),
    ("index/document.iwa", FileKind.NUMBERS),
)
_SHEETS_BELOW = re.compile(r"^(?:[^/]+/)?worksheets/sheet[^/]*\.xml$")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|table|head|body|meta)\b", re.IGNORECASE)
_SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"
_HEAD = 4096


def sniff(content: bytes) -> FileKind:
    """The kind of a file's content. A zip archive without the parts of a workbook or document is `ZIP`."""
    if not content:
        return FileKind.EMPTY
    if is_zip(content):
        return _zip_kind(content)
    return _binary_kind(content) or _text_kind(content)


def _binary_kind(content: bytes) -> FileKind | None:
    if content.startswith(COMPOUND):
        names = stream_names(content)
        unnamed = FileKind.UNKNOWN if names else FileKind.XLS  # too broken to tell: most likely a workbook, and damaged
        return next((kind for wanted, kind in _STREAMS if wanted & names), unnamed)
    if _BIFF_WITHOUT_CONTAINER.match(content):
        return FileKind.XLS
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    return FileKind.IMAGE if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def _zip_kind(content: bytes) -> FileKind:
    names = entry_names(content)
    start = content[30:200]
    if "mimetype" in names and _OPEN_DOCUMENT in start:
        return FileKind.ODS if _OPEN_DOCUMENT + b"spreadsheet" in start else FileKind.OPEN_DOCUMENT
    for part, kind in _PARTS:
        if part in names or (part.endswith("/") and any(name.startswith(part) for name in names)):
            return kind
    if any(map(_SHEETS_BELOW.match, names)):
        return FileKind.XLSX
    if {"content.xml", "meta-inf/manifest.xml"} <= names:
        return FileKind.ODS
    return FileKind.ZIP


def _text_kind(content: bytes) -> FileKind:
    head = decoded_head(content)
    if head is None:
        return FileKind.UNKNOWN
    stripped = head.lstrip("\ufeff \t\r\n").lower()
    if re.match(r"(?:mime-version|from|date|message-id|content-type|x-[a-z-]+):", stripped):
        return FileKind.MHT if "multipart/related" in stripped or "text/html" in stripped else FileKind.MAIL
    if _SPREADSHEETML in stripped and "<workbook" in re.sub(r"<\w+:workbook", "<workbook", stripped):
        return FileKind.SPREADSHEETML
    if "opendocument.spreadsheet" in stripped and "<office:document" in stripped:
        return FileKind.ODS
    if _HTML.search(stripped) and stripped.startswith("<"):
        return FileKind.HTML
    return FileKind.XML if stripped.startswith("<?xml") else FileKind.TEXT


def decoded_head(content: bytes) -> str | None:
    """The beginning of a text file, decoded roughly; None where it is no text."""
    head = content[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if b"\0" in head:
        pairs = head[: len(head) // 2 * 2]
        if pairs[1::2].count(0) > len(pairs) // 4 and pairs[0::2].count(0) == 0:
            return pairs.decode("utf-16-le", "replace")
        return None
    controls = sum(byte < 32 and byte not in b"\t\r\n\x0c\x1a" for byte in head)  # noqa: PLR2004 - C0 controls
    return None if controls else head.decode("gb18030" if not _is_utf8(head) else "utf-8", "replace")


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4
    return True
