"""What a right run must say of the sample county: every file's status, every planted fault, the county's totals."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sample_workbooks.printed_form import CODES, NUMBERS
from sample_workbooks.townships_2016 import REGISTER
from sample_workbooks.yaofu_2016 import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sample_workbooks.township import Fault, Township
    from tests.builders import Book

YAOFU_FIGURES = {code: int(value) for code, (_, _, value) in zip(CODES, PUBLISHED, strict=True) if code in NUMBERS}
YAOFU_FAULTS = (("R19", ("E",)), ("F05", ("C4",)), ("S01", ()))
BY_HAND = {
    "A1": "2340",  # 623 + 412 + 256 + 218 + 189 + 174 + 305 + 163
    "C1": "15",  # 0 + 8 + 0 + 0 + 1 + 2 + 3 + 1
    "E": "4",  # 3 + 1
    "H3": "29",  # 6 + 5 + 3 + 2 + 3 + 4 + 4 + 2
    "H4": "152800.9",  # 0 + 3.5 + 1.2 + 0.8 + 0.65 + 2 + 2.75 + 152790
    "I3": "515",  # 120 + 86 + 42 + 60 + 35 + 58 + 74 + 40
}
"""County totals of a few rows, added up by hand: 姚伏, 城关, 黄渠桥, 宝丰, 头闸, 陶乐, 崇岗, 通伏."""


def totals(townships: Iterable[Township]) -> dict[str, str]:
    """The county's total of each of the 58 numeric rows over the accepted units, as plain decimal text."""
    accepted = [township for township in townships if township.status == "accepted"]
    sums = {}
    for code in NUMBERS:
        figures = [township.figure(code) for township in accepted]
        parts = [Fraction(str(figure)) for figure in figures if figure is not None]
        sums[code] = f"{float(sum(parts, Fraction(YAOFU_FIGURES[code]))):.6f}".rstrip("0").rstrip(".")
    wrong = {code: (sums[code], value) for code, value in BY_HAND.items() if sums[code] != value}
    if wrong:
        msg = f"totals differ from those added up by hand: {wrong}"
        raise ValueError(msg)
    return sums


def expected_toml(
    townships: Sequence[Township], books: Mapping[str, Book], yaofu: str, others: Mapping[str, str]
) -> str:
    """`expected.toml`: units, `[[file]]` with status, `[[finding]]` with code and cells, `[totals]`."""
    statuses = {township.file: (township.code, township.status) for township in townships}
    statuses |= {yaofu: ("05", "accepted")} | {name: ("", status) for name, status in others.items()}
    parts = ["# Written by sample_workbooks/build_county_2016.py. What a right run must say of this county.", ""]
    parts += ["[coverage]", f"required = {len(REGISTER)}", 'missing = ["13"]']
    parts.append(f"consolidated = {sum(status == 'accepted' for _, status in statuses.values())}")
    parts += file_lines(statuses)
    for township in townships:
        for fault in township.faults:
            parts += finding_lines(township.file, township.code, fault.code, fault.case, fault.severity)
            parts += _places(fault, township, books[township.file])
    for code, rows in YAOFU_FAULTS:
        parts += finding_lines(yaofu, "05", code, "", "soft")
        cells = [books[yaofu].address(CODES.index(row)) for row in rows]
        parts += [f"indicators = {toml_list(rows)}", f"cells = {toml_list(cells)}"]
    parts += [*finding_lines("", "13", "K01", "", "hard"), "indicators = []", "cells = []"]
    parts += ["", "[totals]", *(f'{code} = "{value}"' for code, value in totals(townships).items())]
    return "\n".join(parts) + "\n"


def file_lines(statuses: Mapping[str, tuple[str, str]]) -> list[str]:
    """A `[[file]]` for every file with its unit and status, in the order of the names."""
    lines = []
    for name, (unit, status) in sorted(statuses.items()):
        fields = {"file": name, "unit": unit, "status": status}
        lines += ["", "[[file]]", *(f"{key} = {toml_text(value)}" for key, value in fields.items())]
    return lines


def write_all(folder: Path, contents: Iterable[tuple[str, bytes]]) -> None:
    """Write the files of a county, each under its path below `folder`."""
    for name, content in contents:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def finding_lines(file: str, unit: str, code: str, case: str, severity: str) -> list[str]:
    """One `[[finding]]` without its places."""
    fields = {"file": file, "unit": unit, "code": code, "case": case, "severity": severity}
    return ["", "[[finding]]", *(f"{key} = {toml_text(value)}" for key, value in fields.items())]


def _places(fault: Fault, township: Township, book: Book) -> list[str]:
    """`cells` is left out where no one cell is at fault (a deleted row, a header)."""
    lines = [f"indicators = {toml_list(fault.indicators)}"]
    if fault.part:
        cells = [book.address(township.rows.index(row), fault.part) for row in fault.indicators]
        lines.append(f"cells = {toml_list(cells)}")
    return lines


def toml_text(value: str) -> str:
    """A text as TOML writes it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def toml_list(values: Iterable[str]) -> str:
    """A list of texts as TOML writes it."""
    return "[" + ", ".join(map(toml_text, values)) + "]"


def readme(townships: Sequence[Township], yaofu: str, copy: str, lock: str, notice: str) -> str:
    """The county's README: what each file proves."""
    rows = [(township.file, township.status, township.proves) for township in townships]
    rows += [
        (yaofu, "accepted", "姚伏镇 2016 年真实公开的统计表，原样照录：半角与全角括号混用、分页空行、签字栏空白"),
        (copy, "duplicate", "城关镇报表的相同副本"),
        (lock, "ignored", "Excel 打开文件时留下的临时文件"),
        (notice, "not_a_form", "县办自己的通知，不是电子表格"),
        ("（红崖子乡）", "missing", "名录里有，收件夹里没有：未报"),
    ]
    table = "\n".join(f"| `{file}` | {status} | {proves} |" for file, status, proves in sorted(rows))
    return README.format(table=table, files=len(rows) - 1)


README = """\
# 示例县：平罗县 2016 年度

一个县的收件夹，就像经办人打开时看到的那样。`inbox/` 里有 {files} 个文件；`roster.xlsx` 是填报单位名录（13 个乡镇），
`campaign.toml` 是本次汇总的设置，`expected.toml` 列出每个文件的结论、每处差错所在的单元格和全县合计，测试据此核对。

只有姚伏镇的数字是真实公开的；其余乡镇的地名是真的，数字、人名和电话都是编造的。全部由
`sample_workbooks/build_county_2016.py` 生成，请改脚本，不要直接改文件。

A county's inbox as a clerk would find it. Only 姚伏镇's figures are real (as published); the other places are real, their
figures and people are invented. `expected.toml` says what a right run must find. Built by the script; do not edit by hand.

| 文件 | 结论 | 说明什么 |
|---|---|---|
{table}

运行：`consolidator run sample_workbooks/county-2016/inbox --campaign sample_workbooks/county-2016/campaign.toml`
"""
