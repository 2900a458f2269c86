"""Which zip archives are opened: those that hold files, and none that is a document itself."""

from __future__ import annotations

import io
import warnings
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from consolidator.inbox.unpack import Allowance, is_archive, unpack

PARTS = ("[Content_Types].xml", "xl/workbook.xml", "mimetype", "META-INF/manifest.xml")
NAMES = st.sampled_from((*PARTS, "MIMETYPE", "乡镇/甲.xlsx", "a.xlsx", "xl/", "xl/workbook.xml.bak", "mimetypes"))
ENTRIES = st.lists(st.tuples(NAMES, st.binary(max_size=8), st.binary(max_size=6), st.binary(max_size=8)), max_size=5)


def archive_of(entries: list[tuple[str, bytes, bytes, bytes]], comment: bytes) -> bytes:
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")  # of names that occur twice
        for name, content, note, extra in entries:
            entry = zipfile.ZipInfo(name)
            entry.comment, entry.extra = note, b"\xff\xff" + len(extra).to_bytes(2, "little") + extra
            archive.writestr(entry, content)
        archive.comment = comment
    return made.getvalue()


@given(ENTRIES, st.binary(max_size=3))
def test_an_archive_is_opened_unless_it_lists_the_part_of_a_document(entries, comment) -> None:
    names = {name.lower() for name, *_ in entries}

    assert is_archive(archive_of(entries, comment)) == names.isdisjoint(part.lower() for part in PARTS)


@given(ENTRIES, st.integers(min_value=0, max_value=400))
def test_what_is_left_of_a_broken_archive_is_opened_only_where_it_can_be(entries, kept) -> None:
    content = archive_of(entries, b"")[-kept - 1 :]

    try:
        names = {name.lower() for name in zipfile.ZipFile(io.BytesIO(content)).namelist()}
    except zipfile.BadZipFile:
        names = set()
    starts = content.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    if names:
        assert is_archive(content) == (starts and names.isdisjoint(part.lower() for part in PARTS))


def unmarked(*names: bytes) -> bytes:
    """An archive as old programs write it: names as bytes, without the mark of UTF-8."""
    stand_ins = [f"{number}".rjust(len(name), "_") for number, name in enumerate(names)]
    content = archive_of([(each, b"x", b"", b"") for each in stand_ins], b"")
    for stand_in, name in zip(stand_ins, names, strict=True):
        content = content.replace(stand_in.encode(), name)
    return content


def paths_of(content: bytes) -> list[str]:
    entries, refusal = unpack(content, Allowance())
    assert refusal is None
    return [path for path, _ in entries]


def test_unmarked_names_of_one_archive_are_in_one_encoding() -> None:
    alike = "一.xls".encode("gbk")

    assert alike.decode("utf-8") != "一.xls"  # but it can be decoded
    assert paths_of(unmarked(alike, "甲镇.xlsx".encode("gbk"))) == ["一.xls", "甲镇.xlsx"]
    assert paths_of(unmarked("一.xls".encode(), "甲镇.xlsx".encode())) == ["一.xls", "甲镇.xlsx"]


def test_unmarked_names_in_several_encodings_are_read_one_by_one() -> None:
    neither = "é.xls".encode("latin-1")

    assert paths_of(unmarked("甲镇.xlsx".encode(), "乙镇.xlsx".encode("gbk"), neither))[:2] == [
        "甲镇.xlsx",
        "乙镇.xlsx",
    ]
