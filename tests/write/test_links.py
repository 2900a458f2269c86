"""A click opens the township's file at the cell, whatever the file and the sheet are called."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidator.write.workbook.links import Linker, absolute_target, location

INBOX, OUT = Path("/county/收件 夹"), Path("/county/结果")
LINKER = Linker(INBOX, OUT)
NAMES = [
    "城关镇.xlsx",
    "乡 镇/a b.xls",
    "100%.xlsx",
    "#1.xlsx",
    "%23.xlsx",
    "a'b.xlsx",
    "a[1].xlsx",
    "x?.et",
    "a&b.xlsx",
]


def target(file: str) -> str:
    link = LINKER.to_file(file, "统计表", "D12")
    assert link is not None
    return link.uri


@pytest.mark.parametrize("name", NAMES)
def test_a_target_leads_from_the_output_folder_to_the_file(name: str) -> None:
    assert (OUT / unquote(target(name))).resolve() == INBOX / name


@given(st.text(st.characters(codec="utf-8", exclude_characters="/\x00", exclude_categories=["C"]), min_size=1))
def test_any_name_that_can_be_shown_survives_the_link(name: str) -> None:
    if name not in {".", ".."} and name.isprintable() and len(name) < 200:
        assert OUT / unquote(target(name)) == OUT / "../收件 夹" / name


def test_chinese_stays_readable_in_a_target() -> None:
    assert target("城关镇.xlsx") == "../收件%20夹/城关镇.xlsx"


@pytest.mark.parametrize("name", ["javascript:alert(1).xlsx", "http:/x.xlsx", "mailto:a.xlsx"])
def test_a_file_beside_the_workbook_is_never_taken_for_an_address(name: str) -> None:
    link = Linker(OUT, OUT).to_file(name, "s", "A1")

    assert link is not None
    assert link.uri.startswith("./")


def test_a_file_inside_an_archive_is_reached_through_the_archive(tmp_path: Path) -> None:
    (tmp_path / "报送.zip").write_bytes(b"PK")
    link = Linker(tmp_path, tmp_path / "out").to_file("报送.zip/城关镇.xlsx", "统计表", "D12")

    assert link is not None
    assert link.uri == "../报送.zip"
    assert link.place == ""


def test_a_name_too_long_for_the_disk_is_no_trouble(tmp_path: Path) -> None:
    assert Linker(tmp_path, tmp_path / "out").to_file("甲" * 400, "统计表", "D12") is not None


@pytest.mark.parametrize("name", ["", "\u202excel.xlsx", "a\ud800.xlsx", "x" * 3_000])
def test_what_cannot_be_linked_is_left_as_text(name: str) -> None:
    assert LINKER.to_file(name, "s", "A1") is None


def test_a_sheet_name_that_no_xml_can_hold_leaves_the_link_to_the_file() -> None:
    link = LINKER.to_file("a.xlsx", "s\x01", "A1")

    assert link is not None
    assert link.place == ""


@pytest.mark.parametrize(
    ("sheet", "place"),
    [("统计表", "'统计表'!D12"), ("a b", "'a b'!D12"), ("it's", "'it''s'!D12"), ("x!y", "'x!y'!D12")],
)
def test_places_are_quoted_as_excel_quotes_them(sheet: str, place: str) -> None:
    assert location(sheet, "D12") == place


def test_another_drive_gets_an_absolute_target() -> None:
    assert absolute_target(PureWindowsPath(r"D:\收件 夹\a#1.xlsx")) == "file:///D:/收件%20夹/a%231.xlsx"
    assert absolute_target(PureWindowsPath(r"\\server\share\a.xlsx")) == "file://server/share/a.xlsx"


def test_paths_without_a_common_root_fall_back_to_the_absolute_target(monkeypatch: pytest.MonkeyPatch) -> None:
    def other_drive(*_: object) -> str:
        raise ValueError

    monkeypatch.setattr("os.path.relpath", other_drive)

    link = Linker(INBOX, OUT).to_file("a b.xlsx")

    assert link is not None
    assert link.uri == "file:///county/收件%20夹/a%20b.xlsx"
