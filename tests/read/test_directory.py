"""The short way through a zip archive beside the standard library's."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidator.read.files.archive import Archive
from consolidator.read.files.directory import inflated, plain_entries
from consolidator.read.limits import Refused

NAMES = st.text(st.sampled_from("abc/.表"), min_size=1, max_size=6).filter(lambda name: not name.endswith("/"))
PARTS = st.dictionaries(NAMES, st.binary(max_size=300), min_size=1, max_size=4)


def zipped(parts: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@given(PARTS, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_the_short_way_gives_what_the_standard_library_gives(parts: dict[str, bytes], kind: int) -> None:
    content = zipped(parts, kind)
    entries = plain_entries(content)

    assert entries is not None
    assert {entry.filename: inflated(content, entry) for entry in entries} == parts


@settings(deadline=None)
@given(PARTS, st.data())
def test_damaged_bytes_give_the_same_parts_as_the_standard_library_or_none(
    parts: dict[str, bytes], data: st.DataObject
) -> None:
    content = bytearray(zipped(parts))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255))

    for entry in plain_entries(bytes(content)) or ():
        found = inflated(bytes(content), entry)
        if found is not None:
            with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
                assert archive.read(entry.filename) == found


def test_an_archive_with_a_comment_goes_the_standard_way() -> None:
    content = zipped({"a.xml": b"<a/>"}, comment=b"by hand")

    assert plain_entries(content) is None
    assert Archive(content).read("a.xml") == b"<a/>"


def test_a_size_that_lies_is_left_to_the_standard_way() -> None:
    content = bytearray(zipped({"a.xml": b"x" * 5000}))
    place = content.rindex(b"PK\1\2") + 24
    content[place : place + 4] = (10).to_bytes(4, "little")
    (entry,) = plain_entries(bytes(content)) or ()

    assert inflated(bytes(content), entry) is None
    with pytest.raises(Refused):
        Archive(bytes(content)).read("a.xml")


def test_long_parts_come_in_pieces() -> None:
    content = zipped({"a.xml": b"x" * 200_000})

    assert [len(piece) for piece in Archive(content).chunks("a.xml")] == [65536, 65536, 65536, 3392]
