"""What the reader learned from hostile and damaged files, each in the smallest file that shows it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidator.model import Refusal, Shelf, Submission
from consolidator.read import open_workbook, read_all
from consolidator.read.files.decoding import codec_of
from consolidator.read.limits import LIMITS, Limits
from consolidator.read.workers.chunks import MOST, Portions
from consolidator.write.workbook.text import as_number, fits_excel, for_csv
from tests import formats
from tests.hostile.exports import encrypted
from tests.hostile.sheets import STRINGS
from tests.messy.county import book_of
from tests.read.books import changed, codes, opened, refused, xlsx

if TYPE_CHECKING:
    from pathlib import Path

FORM = formats.to_xlsx(book_of("甲镇"))


def test_the_limits_are_those_that_were_promised() -> None:
    assert LIMITS.memory < 512 << 20
    assert LIMITS.seconds < 10


@pytest.mark.parametrize("part", ["xl/styles.xml", STRINGS])
def test_a_part_that_is_pointed_at_must_be_there(part: str) -> None:
    content = changed(FORM, lambda name, data: None if name == part else data)

    assert refused(content) == ("unreadable", "B01", "damage.part_missing")


def test_a_style_that_is_not_there_is_damage_and_not_plain() -> None:
    assert refused(xlsx('<row r="1"><c r="A1" s="3"><v>41234</v></c></row>')) == (
        "unreadable",
        "B01",
        "damage.style_index",
    )
    assert opened(xlsx('<row r="1"><c r="A1" s="0"><v>1</v></c></row>')).sheets[0].cells


@pytest.mark.parametrize("name", ["undefined", "idna", "punycode", "unicode_escape", "utf-7", "zlib", "rot13", "cp037"])
def test_a_file_does_not_choose_an_odd_codec(name: str) -> None:
    content = changed(
        FORM, lambda part, data: data.replace(b'"UTF-8"', f'"{name}"'.encode()) if "sheet1" in part else data
    )

    assert codec_of(name) is None
    assert refused(content) == ("unreadable", "B01", "damage.encoding")


@pytest.mark.parametrize(("name", "codec"), [("GBK", "gb18030"), ("gb2312", "gb18030"), ("x-gbk", "gb18030"), ("UTF-16", "utf-16"), ("Windows-1252", "windows-1252"), ("big5", "big5")])  # fmt: skip
def test_encodings_of_documents_are_known(name: str, codec: str) -> None:
    assert codec_of(name) == codec


@pytest.mark.parametrize("row", ["²", "２", "99999999999", "-1", "1e3"])
def test_a_row_number_is_ascii_digits(row: str) -> None:
    assert refused(xlsx(f'<row r="{row}"><c><v>1</v></c></row>')) == ("unreadable", "B01", "unsafe.position")


def test_an_xls_that_only_one_reader_can_read_is_told() -> None:
    content = bytearray(formats.to_xls(book_of("甲镇")))
    content[24] ^= 1  # the minor version of the container, which one of two readers insists on
    for place in range(24, 80):
        damaged = bytes(content[:place]) + bytes([content[place] ^ 1]) + bytes(content[place + 1 :])
        answer = open_workbook(damaged, "甲镇.xls")
        if isinstance(answer, Refusal):
            continue
        assert codes(answer) in ([], ["B18"])
        if codes(answer):
            assert [finding.case for finding in answer.findings] == ["unconfirmed"]
            return
    pytest.fail("no such file was found")


def test_a_broken_description_of_the_encryption_is_damage() -> None:
    locked = encrypted(FORM, "VelvetSweatshop")
    at = locked.index(b"<keyData")

    assert refused(locked[:at] + b"<<" + locked[at + 2 :]) == ("unreadable", "B01", "damage.xml")


def test_letters_in_letters_without_end_are_damage() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x0\r\n\r\n"
    inner = b"".join(b"--x%d\r\nContent-Type: multipart/mixed; boundary=x%d\r\n\r\n" % (n, n + 1) for n in range(3000))

    assert refused(head + inner) == ("unreadable", "B01", "damage.html")


def portioned(files: list[Submission], workers: int) -> list[list[str]]:
    portions = Portions(workers)
    made = [*(portion for each in files for portion in portions.put(each)), portions.rest()]
    return [[each.file for each in portion] for portion in made if portion]


@given(st.lists(st.sampled_from([1, 1 << 20, 3 << 20, 9 << 20]), max_size=60), st.integers(1, 3))
def test_portions_hold_every_file_once_in_order_and_no_more_bytes_than_there_is_room_for(
    sizes: list[int], workers: int
) -> None:
    files = [Submission(str(number), "", b"", Shelf(size, bytes)) for number, size in enumerate(sizes)]

    made = portioned(files, workers)

    assert [file for portion in made for file in portion] == [each.file for each in files]
    assert all(len(portion) == 1 or sum(sizes[int(file)] for file in portion) <= 8 << 20 for portion in made)


def test_portions_begin_small_and_grow() -> None:
    sizes = [len(portion) for portion in portioned([Submission(str(each), "", b"") for each in range(2_000)], 2)]

    assert sizes[:8] == [1] * 8
    assert sizes[:-1] == sorted(sizes[:-1])
    assert max(sizes) == MOST


DYING = """
import os, sys, time
sys.path[:] = {path!r}
import consolidator.read.workers.worker as worker
def slow_death(content, name, **rest):
    time.sleep(1.2)
    os.abort()
worker.open_workbook = slow_death
worker.serve()
"""


def test_two_attempts_take_no_longer_than_one_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consolidator.read.workers.foreman.WORKER", DYING)
    answer = read_all([Submission("甲.xlsx", "", b"x")], jobs=1, limits=Limits(seconds=1.5))["甲.xlsx"]

    assert isinstance(answer, Refusal)
    assert answer.case == "too_slow"  # with the whole time again, the second attempt would have died like the first


def test_a_link_to_itself_costs_itself_only(tmp_path: Path) -> None:
    from consolidator.inbox import Gathering

    (tmp_path / "环.xlsx").symlink_to("环.xlsx")
    (tmp_path / "甲镇.xlsx").write_bytes(FORM)
    collection = Gathering(tmp_path).collection()

    assert [each.file for each in collection.submissions] == ["甲镇.xlsx"]
    assert [(each.file, each.refusal.case) for each in collection.aside] == [("环.xlsx", "not_regular")]


def test_a_number_that_no_spreadsheet_holds_is_written_as_a_text() -> None:
    from decimal import Decimal

    assert as_number("1" + "0" * 5000) is None
    assert not fits_excel(Decimal("1e308"))
    assert as_number("1" + "0" * 14) == 10**14


def test_no_csv_field_is_longer_than_readers_take() -> None:
    assert for_csv("长" * 100_000) == "长" * 100_000
    assert len(for_csv("=" + "长" * 1_000_000)) <= csv.field_size_limit()
    assert for_csv("=" + "长" * 100_000).startswith("'=")
