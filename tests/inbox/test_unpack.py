"""Which zip archives are opened: those that hold files, and none that is a document itself."""

from __future__ import annotations

import io
import warnings
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from consolidator.inbox.unpack import is_archive

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
