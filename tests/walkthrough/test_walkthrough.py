"""The page docs/forms.md takes an office from a blank sheet to a running campaign: every step of it, exactly as printed."""

from __future__ import annotations

import csv
import re
import shlex
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import openpyxl

from tests.cli.commands import Commands
from tests.walkthrough import dibao

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

PAGE = Path(__file__).parents[2] / "docs" / "forms.md"
CHAPTER = re.compile(r"^## A new form in twenty minutes\n(.*?)^## ", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
REMARK = re.compile(r"  # 待确认: .*$", re.MULTILINE)
DEFINITION = Path("dibao-monthly.yaml")


class Done(NamedTuple):
    """A command of the page, how it ended and what it said."""

    words: list[str]
    code: int
    out: str


def chapter() -> str:
    found = CHAPTER.search(PAGE.read_text(encoding="utf-8"))
    assert found
    return found[1]


def edited(text: str, change: str) -> str:
    """The definition after a change as the page prints it: lines with `-` go, lines with `+` come in their place."""
    old = "".join(f"{line[1:]}\n" for line in change.splitlines() if line[0] != "+")
    new = "".join(f"{line[1:]}\n" for line in change.splitlines() if line[0] != "-")
    assert text.count(old) == 1
    return text.replace(old, new)


def says(out: str, line: str) -> bool:
    """Whether a line of the page is printed, `…` standing for anything."""
    pattern = ".*".join(map(re.escape, line.split("…")))
    return any(re.fullmatch(pattern, printed) for printed in out.splitlines())


def steps(consolidator: Commands) -> Iterator[Done]:
    """Do what the page says, block by block, in the folder of the office."""
    out = ""
    for kind, body in BLOCK.findall(chapter()):
        if kind == "sh":
            name, *words = shlex.split(body)
            assert name == "consolidator"
            out = consolidator(*words)
            yield Done(words, consolidator.code, out)
        elif kind == "text":
            assert not [line for line in body.splitlines() if not says(out, line)]
        elif kind == "diff":
            DEFINITION.write_text(edited(DEFINITION.read_text(encoding="utf-8"), body), encoding="utf-8")
        else:
            text = REMARK.sub("", DEFINITION.read_text(encoding="utf-8"))
            DEFINITION.write_text(f"{text}{body}", encoding="utf-8")


def findings(month: int) -> set[tuple[str, str, str]]:
    text = Path(f"{month}月结果", "data", "findings.csv").read_text(encoding="utf-8-sig")
    return {(row["unit_name"], row["code"], row["severity"]) for row in csv.DictReader(StringIO(text))}


def words_of(book: str, sheet: str) -> list[str]:
    opened = openpyxl.load_workbook(book, data_only=True)
    return [str(cell.value) for row in opened[sheet].iter_rows() for cell in row if cell.value is not None]


def test_the_page_takes_an_office_from_a_blank_sheet_to_a_running_campaign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dibao.office(tmp_path)
    monkeypatch.chdir(tmp_path)
    ended = [
        (done.words[: 2 if done.words[0] == "forms" else 1], done.code) for done in steps(Commands(monkeypatch, capsys))
    ]

    assert ended == [(["forms", "new"], 0), (["forms", "check"], 0), (["forms", "show"], 0), (["run"], 1), (["run"], 1)]
    assert "待确认:" not in DEFINITION.read_text(encoding="utf-8")
    assert "本月人数＝上月人数＋新增－退出" in Path("农村低保月报.html").read_text(encoding="utf-8")
    july_is_told_fault_by_fault()
    the_superiors_form_is_of_the_month_and_adds_up_what_can_be_added()
    august_is_compared_with_july()


def july_is_told_fault_by_fault() -> None:
    assert findings(7) == {
        ("丙镇", "S03", "hard"),
        ("丁乡", "R01", "hard"),
        ("丁乡", "R05", "hard"),
        ("丁乡", "D02", "soft"),
        ("戊镇", "K01", "hard"),
    }


def the_superiors_form_is_of_the_month_and_adds_up_what_can_be_added() -> None:
    printed = words_of("7月结果/上报汇总表.xlsx", "汇总表")

    def beside(label: str) -> str:
        return printed[printed.index(label) + 2]

    assert printed[:2] == [dibao.TITLE, "（2026年7月）"]
    assert beside("（二）保障人数") == "510"
    assert Decimal(beside("（一）资金支出")) == Decimal("17.85")
    assert beside("（二）人均补助水平") == "—"
    assert any("全县数请另行计算填报" in text for text in printed)


def august_is_compared_with_july() -> None:
    missing = {(unit, "K01", "hard") for unit in ("丙镇", "丁乡", "戊镇")}
    across = {("甲镇", "D03", "soft"), ("乙乡", "S03", "hard"), ("全县合计", "D03", "info")}

    assert findings(8) == missing | across
    compared = words_of("8月结果/汇总审核表.xlsx", "环比对比表")
    assert any("本期：2026年8月" in text and "上期：2026年7月" in text for text in compared)
