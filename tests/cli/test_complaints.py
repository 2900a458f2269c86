"""What is wrong with a command, a campaign file or a disk is said in the language of the run, never in a library's English."""

from __future__ import annotations

import errno
import os
import re
from typing import TYPE_CHECKING

import pytest

from consolidator.errors import UsageError
from consolidator.inbox import load_campaign
from consolidator.terms import LANGUAGES, catalogue, reason_of
from consolidator.write.saving.lock import reserve
from tests.e2e.runs import COUNTY
from tests.e2e.runs import consolidator as process

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = re.compile(r"\b(?:Usage|Error|Missing|Invalid|such|value|Try|Did|argument|directory|file|Errno|denied)\b")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run"], "少写了 INBOX。"),
        (["check"], "少写了 FILES...。"),
        (["forms", "show"], "少写了 ID|FILE。"),
        (["run", "x", "--foo"], "没有“--foo”这个选项。是不是 --form、--out？"),
        (["run", "x", "--jobs", "abc"], "--jobs 不能是“abc”，应是 0 或正整数。"),
        (["run", "x", "--jobs", "-2"], "--jobs 不能是“-2”，应是 0 或正整数。"),
        (["runn"], "没有“runn”这个命令。是不是 run？"),
        (["汇总"], "没有“汇总”这个命令。"),
        (["forms", "lst"], "没有“lst”这个命令。是不是 list？"),
        (["run", "我的", "文件夹"], "多写了“文件夹”。名称里有空格的，请用引号括起来。"),
        (["run", "x", "--period"], "--period 后面要写一个值。"),
        (["check", "--json=1", "x"], "--json 后面不能写值。"),
        (["--lang", "fr", "forms"], "--lang 不能是“fr”，只能是：zh、en。"),
        (["run", "没有的文件夹"], "找不到收件夹“没有的文件夹”。"),
    ],
)
def test_a_command_that_is_wrong_is_told_in_chinese(words: list[str], said: str, consolidator) -> None:
    consolidator(*words)

    assert consolidator.code == 2
    assert consolidator.err.startswith(said)
    assert not ENGLISH.search(consolidator.err)


def test_the_same_is_told_in_english_where_that_is_asked_for() -> None:
    done = process("run", "x", "--jobs", "abc", "--lang", "en")

    assert done.stderr.startswith("--jobs cannot be “abc”; it is 0 or a positive whole number.\nUsage: ")


@pytest.mark.parametrize(
    ("text", "case", "reason", "place"),
    [
        ('county = "甲\n', "at", "string", ("1", "12")),
        ("county = 甲县\n", "at", "value", ("1", "10")),
        ('县 = "甲"\n', "at", "statement", ("1", "1")),
        ('county "甲"\n', "at", "equals", ("1", "8")),
        ('period = "2016" forms = []\n', "at", "newline", ("1", "17")),
        ('county = "a"\ncounty = "b"\n', "at", "twice", ("2", "13")),
        ('roster = "D:\\名录.xlsx"\n', "at", "backslash", ("1", "15")),
        ('forms = ["a"\n', "end", "unclosed", None),
        ("deadline = 2017-02-30\n", "at", "date", ("1", "12")),
        ("[[pin]\n", "at", "bracket", ("1", "6")),
    ],
)
def test_a_mistake_in_a_campaign_file_is_told_with_line_column_and_reason(
    text: str, case: str, reason: str, place: tuple[str, str] | None, tmp_path: Path
) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError) as caught:
        load_campaign(file)

    details = caught.value.details
    assert (caught.value.code, details["case"], details["reason"]) == ("E11", case, f"toml.{reason}")
    assert place is None or (details["line"], details["column"]) == place


def test_a_campaign_file_in_another_encoding_says_what_to_do(tmp_path: Path, consolidator) -> None:
    (tmp_path / "收件").mkdir()
    (tmp_path / "campaign.toml").write_text('county = "平罗县"', encoding="gb18030")

    consolidator("run", tmp_path / "收件", "--campaign", tmp_path / "campaign.toml")

    assert consolidator.err.rstrip().endswith("不是 UTF-8 编码。请用记事本打开，另存为 UTF-8 编码后再运行。")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_system_refuses_is_told_in_the_language_of_the_sentence(language: str) -> None:
    texts = catalogue(language)
    for number in (errno.EACCES, errno.ENOENT, errno.ENOSPC, errno.EISDIR, errno.EPERM, errno.EROFS):
        problem = OSError(number, os.strerror(number))
        told = texts.sentence("E10", details={"file": "x", "reason": reason_of(problem)})
        assert texts.words["system"][errno.errorcode[number]] in told
        assert os.strerror(number) not in told
    assert set(texts.words["system"]) <= set(errno.errorcode.values())
    assert reason_of(OSError(errno.EPIPE, "the pipe is gone")) == "the pipe is gone"


def test_a_roster_that_is_not_there_is_told_in_chinese(tmp_path: Path, consolidator) -> None:
    consolidator("run", tmp_path, "--roster", tmp_path / "没有.xlsx")

    assert "没有这个文件或文件夹" in consolidator.err
    assert not ENGLISH.search(consolidator.err)


def test_a_second_run_is_told_what_it_can_do(tmp_path: Path) -> None:
    with reserve(tmp_path / "out"):
        done = process("run", COUNTY / "inbox", "--campaign", COUNTY / "campaign.toml", "--out", tmp_path / "out")

    assert done.returncode == 3
    assert "关掉那个窗口，或用 --out 指定别的文件夹" in done.stderr


def test_checking_what_is_no_form_says_what_it_is(tmp_path: Path) -> None:
    lock = tmp_path / "~$甲镇.xlsx"
    lock.write_bytes(b"\x05owner")

    done = process("check", COUNTY / "roster.xlsx", lock)

    assert "这个文件是填报单位名录，不是报表" in done.stdout
    assert "报表是文件名里没有“~$”的那一个" in done.stdout
    assert "没有发现问题" not in done.stdout


def test_help_says_of_itself_what_it_does_in_the_language_asked_for():
    for words in (["--help"], ["forms", "--help"], ["forms", "new", "-h"], ["run", "-h"]):
        assert "显示本说明。" in process(*words).stdout
        assert "Show this help." in process("--lang", "en", *words).stdout
