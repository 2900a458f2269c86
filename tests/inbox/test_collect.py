from __future__ import annotations

import io
import os
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from consolidator.errors import UsageError
from consolidator.inbox import Gathering, load_campaign, roster_from_csv, unpack
from consolidator.model import Period, Workbook
from consolidator.read import read_all

if TYPE_CHECKING:
    from pathlib import Path


def test_every_file_is_a_submission_or_set_aside_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "子 文件夹").mkdir()
    (tmp_path / "子 文件夹" / "甲镇.xlsx").write_bytes(b"PK")
    (tmp_path / "~$甲镇.xlsx").write_bytes(b"lock")
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "名录.xlsx").write_bytes(b"roster")

    found = Gathering(tmp_path, frozenset({(tmp_path / "名录.xlsx").resolve()})).collection()

    assert [submission.file for submission in found.submissions] == ["子 文件夹/甲镇.xlsx"]
    assert {entry.file: entry.refusal.case for entry in found.aside} == {
        "~$甲镇.xlsx": "lock_file",
        "空.xlsx": "empty",
        "Thumbs.db": "system",
        "名录.xlsx": "own",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_links_and_pipes_are_never_followed(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    (tmp_path / "secret.xlsx").write_bytes(b"PK")
    (inbox / "link.xlsx").symlink_to(tmp_path / "secret.xlsx")
    os.mkfifo(inbox / "pipe.xlsx")
    (inbox / "folder.xlsx").mkdir()

    found = Gathering(inbox).collection()

    assert not found.submissions
    assert {entry.file: entry.refusal.case for entry in found.aside} == {
        "link.xlsx": "not_regular",
        "pipe.xlsx": "not_regular",
        "folder.xlsx": "not_regular",
    }


def test_of_very_many_files_the_rest_stay_on_the_disk_until_they_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        (tmp_path / f"{number}.csv").write_text(f"项目,数\n件,{number}\n", encoding="utf-8")
    held = Gathering(tmp_path).collection()
    monkeypatch.setattr(sys.modules["consolidator.inbox.collect"], "MOST_HELD", held.submissions[0].size * 2)
    found = Gathering(tmp_path).collection()
    (tmp_path / "2.csv").write_text("另一份", encoding="utf-8")
    (tmp_path / "3.csv").unlink()

    assert [bool(each.content) for each in found.submissions] == [True, True, False, False]
    assert [(each.sha256, each.size) for each in found.submissions] == [
        (each.sha256, each.size) for each in held.submissions
    ]
    expected = [type(answer) for answer in read_all(held.submissions[:2]).values()]
    assert expected == [Workbook, Workbook]
    for jobs in (0, 1):
        *read, changed, gone = read_all(found.submissions, jobs=jobs).values()
        assert [type(answer) for answer in read] == expected
        assert (changed.case, gone.case) == ("changing", "absent")


def test_a_file_left_on_the_disk_is_read_as_if_it_had_been_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.csv").write_text(f"项目,数\n件,{number}\n", encoding="utf-8")
    held = read_all(Gathering(tmp_path).collection().submissions)
    monkeypatch.setattr(sys.modules["consolidator.inbox.collect"], "MOST_HELD", 0)

    assert read_all(Gathering(tmp_path).collection().submissions) == held


def test_a_file_for_an_inbox_is_told_where_it_can_be_checked(tmp_path: Path) -> None:
    (tmp_path / "甲镇.xlsx").touch()

    with pytest.raises(UsageError, match="E03"):
        Gathering(tmp_path / "甲镇.xlsx").collection()


def test_a_missing_inbox_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="E01"):
        Gathering(tmp_path / "nothing").collection()


def test_a_campaign_is_read_with_paths_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(
        'county = "某县"\nperiod = "2016"\nforms = ["a", "b.yaml"]\nroster = "名录.xlsx"\n', encoding="utf-8"
    )

    campaign = load_campaign(file)

    assert campaign.period == Period(2016)
    assert campaign.roster == tmp_path / "名录.xlsx"
    assert campaign.forms == ("a", str(tmp_path / "b.yaml"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("county = ", "E11"),
        ('contry = "x"', "E12"),
        ('period = "last year"', "E13"),
        ('totals = "all"', "E13"),
        ('blank_policy = "nought"', "E13"),
        ('blank_policy = ["zero"]', "E13"),
        ('chapters = { a = "required" }', "E13"),
        ('deadline = "soon"', "E13"),
        ('[[pin]]\nunit = "x"', "E13"),
    ],
)
def test_a_wrong_campaign_is_told_before_anything_runs(tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError, match=code):
        load_campaign(file)


def test_a_roster_may_be_text_in_any_usual_encoding() -> None:
    text = "单位代码,单位名称,别名,类别\n01,甲镇,甲镇政府；甲,乡镇\n,乙局,,\n"

    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16 tabs"):
        written = text.replace(",", "\t") if "tabs" in encoding else text
        units = roster_from_csv(written.encode(encoding.split()[0]), "名录.csv")
        assert [(unit.code, unit.name, unit.aliases) for unit in units] == [
            ("01", "甲镇", ("甲镇政府", "甲")),
            ("", "乙局", ()),
        ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("代码,名称\n1,甲\n", "E14"),
        ("单位代码,单位名称\n01,\n", "E15"),
        ("单位代码,单位名称\n01,甲\n01,乙\n", "E16"),
        ("单位代码,单位名称\n01,甲\n02,甲\n", "E16"),
        ("单位代码,单位名称\n01,甲镇\n02,甲 镇\n", "E16"),
        ("单位代码,单位名称\n01,甲镇（开发区）\n02,甲镇(开发区)\n", "E16"),
        ("单位代码,单位名称,别名\n01,甲镇,\n02,乙镇,甲镇\n", "E23"),
        ("单位代码,单位名称,别名\n01,甲镇,乙 镇\n02,乙镇,\n", "E23"),
        ("单位代码,单位名称\n", "E17"),
        ("单位代码,单位名称\n01," + "甲" * 140_000, "E18"),
    ],
)
def test_an_unusable_roster_names_its_fault(text: str, code: str) -> None:
    with pytest.raises(UsageError, match=code):
        roster_from_csv(text.encode(), "名录.csv")


def test_an_alias_may_repeat_its_own_units_name_or_another_alias() -> None:
    text = "单位代码,单位名称,别名\n01,城关镇,城 关 镇；城关\n02,城关街道,城关\n"

    assert len(roster_from_csv(text.encode(), "名录.csv")) == 2


def archive(*files: tuple[str, bytes], gbk: bool = False) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in files:
            if gbk:
                entry = zipfile.ZipInfo("x" * len(name.encode("gb18030")))
                packed.writestr(entry, content)
            else:
                packed.writestr(name, content)
    content = buffer.getvalue()
    for name, _ in files if gbk else ():
        content = content.replace(b"x" * len(name.encode("gb18030")), name.encode("gb18030"))
    return content


@pytest.mark.parametrize("gbk", [True, False])
def test_forms_inside_an_archive_are_taken_out_with_their_path(tmp_path: Path, gbk: bool) -> None:
    (tmp_path / "报表.zip").write_bytes(archive(("乡镇/甲镇.xlsx", b"PK-workbook"), gbk=gbk))

    found = Gathering(tmp_path).collection()

    assert [(s.file, s.content) for s in found.submissions] == [("报表.zip/乡镇/甲镇.xlsx", b"PK-workbook")]
    assert [(entry.file, entry.refusal.case) for entry in found.aside] == [("报表.zip", "unpacked")]


def test_names_in_an_archive_cannot_climb_out_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(archive(("../../etc/甲镇.xlsx", b"PK")))

    assert [s.file for s in Gathering(tmp_path).collection().submissions] == ["a.zip/etc/甲镇.xlsx"]


def test_a_workbook_is_no_archive_although_it_is_a_zip(tmp_path: Path) -> None:
    (tmp_path / "甲镇.xlsx").write_bytes(archive(("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")))

    assert [s.file for s in Gathering(tmp_path).collection().submissions] == ["甲镇.xlsx"]


def test_a_bomb_in_an_archive_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "MOST_INFLATED", 1000)
    (tmp_path / "bomb.zip").write_bytes(archive(("甲镇.xlsx", b"0" * 5000)))

    found = Gathering(tmp_path).collection()

    assert not found.submissions
    assert [(entry.refusal.status.value, entry.refusal.case) for entry in found.aside] == [("unreadable", "too_large")]
