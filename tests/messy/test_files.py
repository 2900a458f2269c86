"""MESSY F9 (without a roster), F12–F18 and F20: what is done to the file, its name, its place; copies, versions, names of units, periods."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from msoffcrypto.format.ooxml import OOXMLFile

from consolidator.pipeline import publish
from tests.messy.cells import save
from tests.messy.county import FIGURES, SIGNED, SOUND, SOUND_FILE, book_of, judge
from tests.read.books import zipped
from tests.read.test_refusals import compound

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    NewFolder = Callable[[], Path]

GOOD = save(book_of("甲镇"), "xlsx")


def encrypted(content: bytes, password: str) -> bytes:
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, buffer)
    return buffer.getvalue()


def old_encrypted(content: bytes) -> bytes:
    """An .xls whose records say that they are encrypted (RC4, as WPS does): the record stands after the first one."""
    start = at = content.index(b"\x09\x08\x10\x00") + 20
    secret = struct.pack("<HH", 0x2F, 54) + struct.pack("<HHH", 1, 1, 1) + bytes(range(48))
    while at - start < len(secret) + 4:
        at += 4 + struct.unpack_from("<H", content, at + 2)[0]
    rest = at - start - len(secret)
    return content[:start] + secret + struct.pack("<HH", 0xE2, rest - 4) + bytes(rest - 4) + content[at:]


# ── F12 ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("甲镇.xlsx", encrypted(GOOD, "123456")),
        ("甲镇.xls", encrypted(GOOD, "平罗2016")),
        ("甲镇.xls", old_encrypted(save(book_of("甲镇"), "xls"))),
        ("甲镇.et", old_encrypted(save(book_of("甲镇"), "xls"))),
        ("甲镇.xlsx", compound("EncryptedPackage")),
        ("甲镇.ods", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"\x93\x12", "META-INF/manifest.xml": "<manifest:encryption-data/>"})),
    ],
)  # fmt: skip
def test_f12_a_password_is_told_from_damage(name: str, content: bytes, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {name: content}, ["甲镇"])

    assert outcome.status(name) == "encrypted"
    assert outcome.told(name) == ["hard B02"]
    assert "请去除密码后重报" in outcome.sentence(name, "B02")
    assert outcome.records[name].unit_name == "甲镇"
    assert outcome.missing() == set()


def test_f12_a_damaged_file_is_not_called_encrypted(new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx": GOOD[:-100], "乙镇.xls": save(book_of("乙镇"), "xls")[:9000]}, jobs=1)

    assert {outcome.status("甲镇.xlsx"), outcome.status("乙镇.xls")} == {"unreadable"}
    assert outcome.told("甲镇.xlsx") == outcome.told("乙镇.xls") == ["hard B01 damaged"]


def test_f12_the_password_that_every_program_tries_is_no_password(new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx": encrypted(GOOD, "VelvetSweatshop")})

    assert outcome.told("甲镇.xlsx") == []
    assert outcome.figures("甲镇.xlsx") == FIGURES


# ── F13 ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "kind", "told"),
    [
        ("甲镇.et", "xls", []),
        ("甲镇.XLS", "xls", []),
        ("甲镇.xlsx", "xls", ["note B10"]),
        ("甲镇.xls", "xlsx", ["note B10"]),
        ("甲镇.et", "xlsx", ["note B10"]),
        ("甲镇.xlsx", "ods", ["note B10"]),
        ("甲镇.xls", "xlsb", ["note B10"]),
        ("甲镇", "xlsx", ["note B10"]),
        ("甲镇.doc", "xls", ["note B10"]),
    ],
)
def test_f13_files_are_read_by_content_not_by_name(
    name: str, kind: str, told: list[str], new_folder: NewFolder
) -> None:
    outcome = judge(new_folder(), {name: save(book_of("甲镇"), kind)})

    assert outcome.told(name) == told
    assert outcome.status(name) == "accepted"
    assert outcome.figures(name) == FIGURES


# ── F14 ──────────────────────────────────────────────────────────────────────


def rows() -> list[list[str]]:
    cells = book_of("甲镇").pages[0].cells
    last = max(row for row, _ in cells)
    return [
        ["" if (value := cells.get((row, column), ("", ""))[0]) is None else str(value) for column in (1, 2, 3)]
        for row in range(1, last + 1)
    ]


def html(encoding: str = "utf-8") -> bytes:
    lines = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows())
    return f'<html><head><meta charset="{encoding}"></head><body><table>{lines}</table></body></html>'.encode(encoding)


def csv(separator: str = ",", encoding: str = "utf-8-sig") -> bytes:
    quoted = ([f'"{text}"' if separator in text else text for text in row] for row in rows())
    return "\r\n".join(separator.join(row) for row in quoted).encode(encoding)


def spreadsheetml() -> bytes:
    def cell(text: str) -> str:
        return f'<Cell><Data ss:Type="{"Number" if text.isdigit() else "String"}">{text}</Data></Cell>'

    lines = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows())
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="表"><Table>{lines}</Table></Worksheet></Workbook>'
    ).encode()


def mht() -> bytes:
    import quopri

    body = quopri.encodestring(html())
    return (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        + body
        + b"\r\n--b--\r\n"
    )


EXPORTS = {
    "html": html(),
    "html-gbk": html("gb18030"),
    "csv": csv(),
    "csv-gbk": csv(encoding="gb18030"),
    "tabs": csv("\t", "gb18030"),
    "tabs-utf16": csv("\t", "utf-16"),
    "spreadsheetml": spreadsheetml(),
    "mht": mht(),
}


@pytest.mark.parametrize("extension", ["xls", "xlsx"])
@pytest.mark.parametrize("export", EXPORTS)
def test_f14_what_web_systems_export_is_read_with_a_note(export: str, extension: str, new_folder: NewFolder) -> None:
    file = f"甲镇.{extension}"
    outcome = judge(new_folder(), {file: EXPORTS[export]})

    assert outcome.told(file) == ["note B11"]
    assert f"扩展名是 .{extension}" in outcome.sentence(file, "B11")
    assert outcome.status(file) == "accepted"
    assert outcome.figures(file) == FIGURES


# ── F16 ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("copy", ["甲镇(1).xlsx", "甲镇 - 副本.xlsx", "微信/甲镇(2).xlsx", "甲镇-最终版2(1).xlsx"])
def test_f16_an_identical_copy_is_kept_once(copy: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx": GOOD, copy: GOOD}, ["甲镇"])

    assert (outcome.status("甲镇.xlsx"), outcome.status(copy)) == ("accepted", "duplicate")
    assert outcome.told(copy) == ["note S10 identical"]
    assert outcome.total("F") == FIGURES["F"] * 2


def test_f16_a_copy_in_another_format_is_kept_once(new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx": GOOD, "甲镇.xls": save(book_of("甲镇"), "xls")}, ["甲镇"])

    statuses = {outcome.status("甲镇.xlsx"), outcome.status("甲镇.xls")}
    assert statuses == {"accepted", "duplicate"}
    assert outcome.total("F") == FIGURES["F"] * 2


@pytest.mark.parametrize(
    "second", ["甲镇-最终.xlsx", "甲镇-最终版2(1).xlsx", "补报/甲镇.xlsx", "甲镇人民政府2016年度.xls"]
)
def test_f16_different_versions_are_refused_and_their_differences_listed(second: str, new_folder: NewFolder) -> None:
    kind = second.rpartition(".")[2]
    changed = save(book_of("甲镇", {"F": 9, "I1": 8}), kind)
    outcome = judge(new_folder(), {"甲镇.xlsx": GOOD, second: changed}, ["甲镇"])
    told = [f for file in ("甲镇.xlsx", second) for f in outcome.findings(file) if f.code == "S02"]
    sentence = outcome.sentence(told[0].file, "S02")

    assert {outcome.status("甲镇.xlsx"), outcome.status(second)} == {"conflict"}
    assert [(f.severity.value, f.case, f.indicators) for f in told] == [("hard", "conflict", ("F", "I1"))]
    assert "举报投诉数量 " in sentence
    assert f"“{second}”" in sentence
    assert "9" in sentence
    assert outcome.total("F") == FIGURES["F"]


def test_f16_a_chosen_version_that_is_not_there_is_told(new_folder: NewFolder) -> None:
    pins = (("甲镇", "甲镇（修改稿）.xlsx"), ("001", "甲镇.xlsx"), ("乙镇", "没有.xlsx"))
    outcome = judge(new_folder(), {"夹/甲镇.xlsx": GOOD}, ["甲镇"], pins=pins)

    told = [
        (found.severity.value, found.unit_name, found.details["kept"])
        for found in outcome.findings("")
        if found.code == "S12"
    ]
    assert told == [("soft", "甲镇", "甲镇（修改稿）.xlsx"), ("soft", "乙镇", "没有.xlsx")]
    assert outcome.status("夹/甲镇.xlsx") == "accepted"


def test_f16_the_size_of_the_versions_is_shown(new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx": GOOD, "甲镇2.xlsx": save(book_of("甲镇", {"F": 9}), "xlsx")}, ["甲镇"])
    sentence = next(outcome.sentence(file, "S02") for file in ("甲镇.xlsx", "甲镇2.xlsx") if outcome.findings(file))

    assert f"{len(GOOD) / 1024:.1f} KB" in sentence


# ── F17 ──────────────────────────────────────────────────────────────────────

ROSTER = "单位代码,单位名称,别名\n001,{sound},\n002,甲镇,{aliases}\n003,乙乡,\n"


@pytest.mark.parametrize(
    ("written", "aliases"),
    [
        ("甲镇", ""),
        ("甲镇人民政府", ""),
        ("平罗县甲镇", ""),
        ("平罗县甲镇人民政府", ""),
        ("甲镇党政办", ""),
        ("甲镇党政综合办公室", ""),
        (" 甲　镇 ", ""),
        ("甲镇（盖章）", ""),
        ("甲镇(公章)", ""),
        ("甲鎮", "甲鎮"),
        ("甲镇便民服务中心", "甲镇为民办；甲镇便民服务中心"),
        ("宁夏回族自治区平罗县甲镇", ""),
    ],
)
def test_f17_the_variants_of_a_name_are_one_unit_in_silence(written: str, aliases: str, new_folder: NewFolder) -> None:
    folder = new_folder()
    roster = folder / "roster.csv"
    roster.write_text(ROSTER.format(sound=SOUND, aliases=aliases), encoding="utf-8")
    outcome = judge(folder, {"报表.xlsx": save(book_of(written), "xlsx")}, roster=roster)

    assert outcome.told("报表.xlsx") == []
    assert outcome.records["报表.xlsx"].unit_name == "甲镇"
    assert outcome.missing() == {"乙乡"}


@pytest.mark.parametrize("written", ["甲鎮", "甲真", "甲乡", "甲镇中学", "丙镇", "甲", "甲镇甲村"])
def test_f17_an_unknown_name_is_refused_never_matched_by_likeness(written: str, new_folder: NewFolder) -> None:
    folder = new_folder()
    roster = folder / "roster.csv"
    roster.write_text(ROSTER.format(sound=SOUND, aliases=""), encoding="utf-8")
    outcome = judge(folder, {"报表.xlsx": save(book_of(written), "xlsx")}, roster=roster)

    assert outcome.status("报表.xlsx") == "unknown_unit"
    assert outcome.told("报表.xlsx") == ["hard S02 unknown"]
    assert "“别名”栏" in outcome.sentence("报表.xlsx", "S02")
    assert outcome.total("F") == FIGURES["F"]


# ── F18 ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "xlsb"])
@pytest.mark.parametrize("period", ["（2015年度）", "（2017年）", "二〇一五年度"])
def test_f18_another_periods_form_is_refused(kind: str, period: str, new_folder: NewFolder) -> None:
    file = f"甲镇.{kind}"
    outcome = judge(new_folder(), {file: save(book_of("甲镇", period=period), kind)})
    finding = outcome.finding(file, "S03", "wrong_period")

    assert outcome.status(file) == "wrong_period"
    assert outcome.told(file) == ["hard S03 wrong_period"]
    assert (finding.observed, finding.expected) == (period, "2016年度")
    assert outcome.total("F") == FIGURES["F"]


@pytest.mark.parametrize(
    "period",
    [
        "（2016年上半年）",
        "（2016年1—6月）",
        "统计期间：2016年1月1日至2016年6月30日",
        "2016年前三季度",
        "（2015-2016年度）",
        "2015年度    填报日期：2016年1月13日",
        "填报日期：2016年1月13日    2015年度",
        "2016年Q3",
        "报告期：2016-Q3",
        "2016年H1",
        "2016年（上）",
        "2016年中报",
        "截止2016年6月30日",
        "统计截止日期：2016年6月30日",
        "2016年1月1号至6月30号",
        "2016年7月、8月、9月",
    ],
)
def test_f18_a_part_of_the_year_and_more_than_the_year_are_other_periods(period: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx": save(book_of("甲镇", period=period), "xlsx")})

    assert outcome.status("甲镇.xlsx") == "wrong_period"
    assert outcome.told("甲镇.xlsx") == ["hard S03 wrong_period"]
    assert outcome.total("F") == FIGURES["F"]


@pytest.mark.parametrize(
    "period",
    [
        "（2016年1—12月）", "2016年1月1日至12月31日", "（2016年全年）", "截至2016年12月31日",
        "2016年度    填报日期：2017年1月13日", "截止2016年12月31日", "2016年元月至12月", "2016年1月1号至12月31号",
    ],
)  # fmt: skip
def test_f18_the_whole_year_in_other_words_is_the_year(period: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx": save(book_of("甲镇", period=period), "xlsx")})

    assert (outcome.status("甲镇.xlsx"), outcome.told("甲镇.xlsx")) == ("accepted", [])


@pytest.mark.parametrize("period", ["（上半年）", "报告期：1—6月", "（第三季度）", "月份：6", "（6月）", "六月份"])
def test_f18_a_part_of_a_year_is_none_of_the_whole_one_whichever_it_is(period: str, new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲镇.xlsx": save(book_of("甲镇", period=period), "xlsx")})

    assert outcome.status("甲镇.xlsx") == "wrong_period"
    assert outcome.told("甲镇.xlsx") == ["hard S03 wrong_part"]


@pytest.mark.parametrize("title", ["{}（第三季度）", "{}（7月）", "第三季度{}"])
def test_f18_a_quarter_or_month_in_the_title_is_another_period(title: str, new_folder: NewFolder) -> None:
    book = book_of("甲镇", period="2016年度")
    page = book.pages[0]
    place, (text, style) = next(each for each in page.cells.items() if "统计表" in str(each[1][0]))
    page.cells[place] = (title.format(text), style)
    outcome = judge(new_folder(), {"甲镇.xlsx": save(book, "xlsx")})

    assert outcome.status("甲镇.xlsx") == "wrong_period"
    assert outcome.told("甲镇.xlsx") == ["hard S03 wrong_period"]


@pytest.mark.parametrize("period", ["2016年第三季度    填报日期：2016年10月8日", "2016-Q3", "2016年7月、8月、9月"])
def test_f18_this_quarter_in_other_words_is_this_quarter(period: str, new_folder: NewFolder) -> None:
    from consolidator.model import Period

    files = {"甲镇.xlsx": save(book_of("甲镇", period=period), "xlsx")}
    outcome = judge(new_folder(), files, sound=False, period=Period(2016, quarter=3))

    assert (outcome.status("甲镇.xlsx"), outcome.told("甲镇.xlsx")) == ("accepted", [])


def test_f18_another_quarters_form_is_refused(new_folder: NewFolder) -> None:
    from consolidator.model import Period

    files = {
        "甲镇.xlsx": save(book_of("甲镇", period="2016年第2季度"), "xlsx"),
        "乙镇.xlsx": save(book_of("乙镇", period="2016年三季度"), "xlsx"),
    }
    outcome = judge(new_folder(), files, sound=False, period=Period(2016, quarter=3))

    assert outcome.status("甲镇.xlsx") == "wrong_period"
    assert outcome.status("乙镇.xlsx") == "accepted"


# ── F20 ──────────────────────────────────────────────────────────────────────


def archive(files: dict[str, bytes], *, gbk: bool = False) -> bytes:
    """A zip; with `gbk` names are written in that code page, as old Chinese tools do, without saying so."""
    buffer = io.BytesIO()
    plain = {name: f"{number:03}".ljust(len(name.encode("gb18030")), "x") for number, name in enumerate(files)}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(plain[name] if gbk else name, content)
    content = buffer.getvalue()
    for name, stand_in in plain.items() if gbk else ():
        content = content.replace(stand_in.encode(), name.encode("gb18030"))
    return content


@pytest.mark.parametrize("gbk", [True, False])
def test_f20_forms_in_an_archive_are_read_under_their_path(gbk: bool, new_folder: NewFolder) -> None:
    packed = archive({"乡镇/甲镇.xlsx": GOOD, "乙镇 报表.xls": save(book_of("乙镇"), "xls")}, gbk=gbk)
    outcome = judge(new_folder(), {"报送.zip": packed}, ["甲镇", "乙镇"])

    assert outcome.status("报送.zip") == "ignored"
    for file in ("报送.zip/乡镇/甲镇.xlsx", "报送.zip/乙镇 报表.xls"):
        assert (outcome.status(file), outcome.told(file)) == ("accepted", [])
        assert outcome.figures(file) == FIGURES
    assert outcome.missing() == set()


def test_f20_archives_in_archives_are_read_too(new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"报送.zip": archive({"片区/一.zip": archive({"甲镇.xlsx": GOOD})})}, ["甲镇"])

    assert outcome.status("报送.zip/片区/一.zip/甲镇.xlsx") == "accepted"


def test_f20_an_archive_that_holds_a_path_twice_loses_neither(new_folder: NewFolder) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("报表.xlsx", GOOD)
        packed.writestr("./报表.xlsx", save(book_of("乙镇", {"F": 9}), "xlsx"))
    outcome = judge(new_folder(), {"报送.zip": buffer.getvalue()}, ["甲镇", "乙镇"])

    assert outcome.missing() == set()
    assert outcome.total("F") == FIGURES["F"] * 2 + 9
    assert len({record.sha256 for record in outcome.result.submissions}) == 4


@pytest.mark.parametrize("kept", [0.5, 0.8, 0.95])
def test_f20_an_archive_that_was_cut_off_is_damaged_and_not_its_last_whole_file(
    kept: float, new_folder: NewFolder
) -> None:
    units = ["甲镇", "乙镇", "丙镇", "丁镇"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        for unit in units:
            packed.writestr(f"{unit}.xlsx", save(book_of(unit), "xlsx"))
    content = buffer.getvalue()

    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_STORED) as packed:
        for number in range(3):
            packed.writestr(f"{number}.zip", content)
    nested = outer.getvalue()
    cut = {"全部.zip": content[: int(len(content) * kept)], "层层.zip": nested[: int(len(nested) * kept)]}

    outcome = judge(new_folder(), cut, units)

    assert [outcome.status(name) for name in cut] == ["unreadable", "unreadable"]
    assert outcome.missing() == set(units)


def test_f20_one_broken_file_in_an_archive_harms_no_other(new_folder: NewFolder) -> None:
    packed = bytearray(archive({"甲镇.xlsx": GOOD, "乙镇.xlsx": save(book_of("乙镇"), "xlsx")}))
    packed[len(GOOD) // 3] ^= 0xFF
    outcome = judge(new_folder(), {"报送.zip": bytes(packed)}, ["甲镇", "乙镇"])

    assert outcome.told("报送.zip/甲镇.xlsx") == ["hard B01 damaged"]
    assert outcome.records["报送.zip/甲镇.xlsx"].unit_name == "甲镇"
    assert outcome.told("报送.zip/乙镇.xlsx") == []
    assert outcome.missing() == set()


def test_f20_nested_folders_with_spaces_and_chinese_are_walked(new_folder: NewFolder) -> None:
    file = "2016 年/第一 批（上午）/甲镇/甲镇.xlsx"
    outcome = judge(new_folder(), {file: GOOD}, ["甲镇"])

    assert outcome.status(file) == "accepted"


def test_f20_names_that_are_not_unicode_are_shown_in_chinese(new_folder: NewFolder) -> None:
    import os

    folder = new_folder()

    def write(path: Path) -> None:
        with open(os.fsencode(path.parent) + b"/" + "甲镇报表.xlsx".encode("gb18030"), "wb") as file:  # noqa: PTH123
            file.write(GOOD)

    outcome = judge(folder, {"-": write}, ["甲镇"])
    written = publish(outcome.result, folder / "out", "zh")

    assert outcome.status("甲镇报表.xlsx") == "accepted"
    assert outcome.status(SOUND_FILE) == "accepted"
    assert all(path.exists() for path in written)


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2017年1月20日", ["soft S13"]),
        ("2017-01-16", ["soft S13"]),
        ("2017年1月15日", []),
        ("2016年12月30日", []),
        ("一月底", []),
    ],
)
def test_f19_a_date_of_filing_after_the_deadline_is_late(date: str, told: list[str], new_folder: NewFolder) -> None:
    outcome = judge(
        new_folder(),
        {"甲镇.xlsx": save(book_of("甲镇", sign_off={**SIGNED, "填报日期": date}), "xlsx")},
        deadline=dt.date(2017, 1, 15),
    )

    assert (outcome.status("甲镇.xlsx"), outcome.told("甲镇.xlsx")) == ("accepted", told)


# ── F9, without a roster ─────────────────────────────────────────────────────


@pytest.mark.parametrize("totals", ["accepted", "received"])
@pytest.mark.parametrize(("more", "case"), [(0, "sum_in_file"), (1, "sum_differs")])
def test_f9_without_a_roster_a_sum_is_not_added_to_its_parts(
    totals: str, more: int, case: str, new_folder: NewFolder
) -> None:
    double = {code: 2 * figure + more * (code == "A22") for code, figure in FIGURES.items()}
    books = {"东": book_of("东村"), "西": book_of("西村"), "汇总": book_of("甲镇", double)}
    pages = [replace(book.pages[0], name=name) for name, book in books.items()]
    content = save(replace(books["东"], pages=pages, sheet="东"), "xlsx")
    outcome = judge(new_folder(), {"甲镇.xlsx": content}, totals=totals)

    assert outcome.total("A22") == 3 * FIGURES["A22"]
    assert outcome.told("甲镇.xlsx") == [f"hard S02 {case}", "note L03 apart", "note L03 apart"]
    assert [row.unit.name for row in outcome.result.tables[0].rows if row.included] == ["东村", "西村", SOUND]
