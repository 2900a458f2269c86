"""The contract of the command line and of the outputs, through a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from filelock import FileLock

from sample_workbooks.printed_form import NUMBERS
from tests.builders import lay_out
from tests.e2e.reopening import rows_of
from tests.e2e.runs import COUNTY, ROOT, consolidator, county_run
from tests.formats import to_xlsx
from tests.locate.grids import filing

EPOCH = {"SOURCE_DATE_EPOCH": "1484000000"}
FILES = {
    "汇总审核表.xlsx",
    "上报汇总表.xlsx",
    "data/values.csv",
    "data/findings.csv",
    "data/submissions.csv",
    "data/run.json",
}


def county(folder: Path) -> Path:
    return Path(shutil.copytree(COUNTY, folder / "county-2016"))


def run(folder: Path, out: str = "out", *more: str, **environment: str) -> dict[str, bytes]:
    done = consolidator(
        "run", folder / "inbox", "--campaign", folder / "campaign.toml", "--out", folder / out, *more, **environment
    )
    assert done.returncode == 1, done.stderr
    return contents(folder / out)


def contents(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_the_same_inputs_give_the_same_bytes_whatever_their_order_and_dates(tmp_path: Path) -> None:
    first = run(county(tmp_path / "one"), **EPOCH)
    again = run(tmp_path / "one" / "county-2016", "out2", **EPOCH)
    shuffled = tmp_path / "two" / "county-2016"
    (shuffled / "inbox").mkdir(parents=True)
    for path in sorted((COUNTY / "inbox").rglob("*"), reverse=True):
        if path.is_file():
            target = shuffled / path.relative_to(COUNTY)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
            os.utime(target, (1_000_000_000, 1_000_000_000))
    for name in ("campaign.toml", "roster.xlsx"):
        shutil.copy(COUNTY / name, shuffled / name)

    assert set(first) == FILES
    assert first == again
    assert first == run(shuffled, **EPOCH)


def test_the_inbox_is_left_as_it_was(tmp_path: Path) -> None:
    folder = county(tmp_path)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}

    run(folder)

    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before
    assert {path for path in (folder / "inbox").rglob("*") if path.is_file()} <= set(before)


def test_every_file_and_every_missing_unit_has_its_row(tmp_path: Path) -> None:
    inbox, out = county_run(tmp_path)
    rows = rows_of(out / "data" / "submissions.csv")
    listed = [row["file"] for row in rows if row["file"]]

    assert sorted(listed) == sorted(p.relative_to(inbox).as_posix() for p in inbox.rglob("*") if p.is_file())
    assert [row["unit_name"] for row in rows if row["status"] == "missing"] == ["红崖子乡"]


def test_the_parts_add_up_to_every_written_total(tmp_path: Path) -> None:
    _, out = county_run(tmp_path)
    included = {row["file"] for row in rows_of(out / "data" / "submissions.csv") if row["included"] == "true"}
    parts: dict[str, float] = {}
    for row in rows_of(out / "data" / "values.csv"):
        if row["file"] in included and row["value"] and row["indicator"] not in ("C4", "C4t"):
            parts[row["indicator"]] = parts.get(row["indicator"], 0) + float(row["value"])

    for name in ("汇总审核表.xlsx", "上报汇总表.xlsx"):
        cached = openpyxl.load_workbook(out / name, data_only=True)["汇总表"]
        formulas = openpyxl.load_workbook(out / name)["汇总表"]
        written = [
            cached[cell.coordinate].value
            for row in formulas.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.value.startswith("=SUM(")
        ]
        assert [round(float(value), 6) for value in written] == [round(value, 6) for value in parts.values()]
        assert len(written) == 58


def test_the_summary_can_be_had_as_json(tmp_path: Path) -> None:
    folder = county(tmp_path)
    done = consolidator(
        "run", folder / "inbox", "--campaign", folder / "campaign.toml", "--out", tmp_path / "out", "--json"
    )

    summary = json.loads(done.stdout)

    assert (summary["forms"][0]["required"], summary["forms"][0]["consolidated"]) == (13, 8)
    assert summary["exit_code"] == done.returncode == 1
    assert all(Path(path).exists() for path in summary["written"])


def test_the_summary_and_the_outputs_speak_english_when_asked(tmp_path: Path) -> None:
    folder = county(tmp_path)
    done = consolidator(
        "--lang", "en", "run", folder / "inbox", "--campaign", folder / "campaign.toml", "--out", tmp_path / "out"
    )

    assert "Required 13" in done.stdout or "required 13" in done.stdout.lower()
    messages = [row["message"] for row in rows_of(tmp_path / "out" / "data" / "findings.csv") if row["code"] == "R08"]
    assert messages
    assert all(message.isascii() or "”" in message for message in messages)


def test_a_sound_folder_ends_with_zero(tmp_path: Path) -> None:
    inbox = tmp_path / "收件 夹"
    inbox.mkdir()
    shutil.copy(COUNTY / "inbox" / "城关镇2016年政府信息公开情况统计表.xlsx", inbox / "城关镇 报表 #1 100%.xlsx")

    done = consolidator("run", inbox, "--out", tmp_path / "结果 1", "--period", "2016")

    assert done.returncode == 0, done.stdout + done.stderr
    assert [row["status"] for row in rows_of(tmp_path / "结果 1" / "data" / "submissions.csv")] == ["accepted"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "no-such-folder"], "no-such-folder"),
        (["run", ".", "--period", "lately"], "lately"),
        (["run", ".", "--form", "no-such-form"], "no-such-form"),
        (["run", ".", "--campaign", "none.toml"], "none.toml"),
        (["run", ".", "--roster", "none.xlsx"], "none.xlsx"),
        (["run", ".", "--out", "./inside"], "inside"),
        (["explain", "Q99"], "Q99"),
        (["forms", "show", "no-such-form"], "no-such-form"),
        (["run"], "INBOX"),
    ],
)
def test_a_wrong_command_is_told_in_one_sentence(tmp_path: Path, words: list[str], said: str) -> None:
    done = consolidator(*words, cwd=tmp_path)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_form_with_mistakes_is_told_before_any_file_is_opened(tmp_path: Path) -> None:
    definition = tmp_path / "form.yaml"
    definition.write_text("id: x\ntitel: y\n", encoding="utf-8")

    done = consolidator("run", tmp_path / "no-such-folder", "--form", definition)

    assert done.returncode == 2
    assert "form.yaml:" in done.stderr
    assert "no-such-folder" not in done.stderr


def test_a_township_checks_its_own_file_and_nothing_is_written(tmp_path: Path) -> None:
    file = county(tmp_path) / "inbox" / "高庄乡（盖章版）.xlsx"
    before = sorted(tmp_path.rglob("*"))

    done = consolidator("check", file, cwd=tmp_path)

    assert done.returncode == 1
    assert "R08" in done.stdout
    assert "E26" in done.stdout
    assert sorted(tmp_path.rglob("*")) == before


def test_a_gbk_console_shows_what_it_can_and_never_crashes(tmp_path: Path) -> None:
    done = consolidator("forms", "show", "gov-info-disclosure-2014", PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_the_demo_runs_and_says_where_the_workbooks_are(tmp_path: Path) -> None:
    done = consolidator("demo", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "应报 13" in done.stdout
    assert (tmp_path / "consolidator-demo" / "汇总结果" / "汇总审核表.xlsx").exists()
    assert consolidator("demo", cwd=tmp_path).returncode == 0


def test_a_second_run_on_the_same_output_is_refused_at_once(tmp_path: Path) -> None:
    folder = county(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    with FileLock(out / ".lock"):
        done = consolidator("run", folder / "inbox", "--campaign", folder / "campaign.toml", "--out", out)

    assert done.returncode == 3
    assert str(out) in done.stderr
    assert [path.name for path in out.iterdir()] == [".lock"]


@pytest.mark.parametrize(
    "loading", ["click", "consolidator.cli.main", "consolidator.terms", "consolidator.interpreters"]
)
def test_interrupted_while_it_loads_the_program_ends_without_a_word(loading: str) -> None:
    interrupting = f"""
import os, runpy, signal, sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background may ignore it

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == {loading!r}:
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
sys.argv = ["consolidator", "forms", "list"]
runpy.run_module("consolidator", run_name="__main__")
"""
    done = subprocess.run([sys.executable, "-c", interrupting], cwd=ROOT, capture_output=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_help_is_told_in_the_language_asked_for() -> None:
    assert "Usage" in consolidator("--lang", "en", "run", "--help").stdout
    assert not re.search(r"[\u4e00-\u9fff]", consolidator("--lang", "en", "run", "--help").stdout)
    assert re.search(r"[\u4e00-\u9fff]", consolidator("run", "--help").stdout)


def test_without_any_form_the_period_must_be_named(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()

    assert consolidator("run", inbox, "--out", tmp_path / "out").returncode == 2
    assert consolidator("run", inbox, "--out", tmp_path / "out", "--period", "2016").returncode == 0


def test_files_checked_together_are_each_judged_alone(tmp_path: Path) -> None:
    files = []
    for name, period, a1 in (
        ("甲.xlsx", "（2015年度）", 5),
        ("乙.xlsx", "（2016年度）", 6),
        ("丙.xlsx", "（2016年度）", 7),
    ):
        values = {**dict.fromkeys(NUMBERS, 0), "A1": a1, "A22": a1, "H3": 1, "H31": 1}
        files.append(tmp_path / name)
        files[-1].write_bytes(to_xlsx(lay_out(filing(values=values, period=period))))

    done = consolidator("check", *files, "--json")

    assert [(case["status"], case["findings"]) for case in json.loads(done.stdout)] == [("accepted", [])] * 3
    assert done.returncode == 0


def test_a_checked_file_without_a_period_is_told_so_and_none_is_invented(tmp_path: Path) -> None:
    sound = {**dict.fromkeys(NUMBERS, 0), "A1": 5, "A22": 5, "H3": 1, "H31": 1}
    files = [tmp_path / "甲.xlsx", tmp_path / "2016年度乙.xlsx"]
    for file in files:
        file.write_bytes(to_xlsx(lay_out(filing(values=sound, period=""))))

    done = consolidator("check", *files)

    assert done.stdout.count("S03 表头没有写明报告期，涉及报告年度的审核关系无法判定。请在表头补填报告期") == 2
    assert "本期" not in done.stdout
    assert "1900" not in consolidator("check", *files, "--json").stdout
    assert done.returncode == 0


def test_a_folder_is_checked_file_by_file_and_archives_are_unpacked(tmp_path: Path) -> None:
    sound = to_xlsx(lay_out(filing(values={**dict.fromkeys(NUMBERS, 0), "A1": 5, "A22": 5, "H3": 1, "H31": 1})))
    (tmp_path / "填好的表" / "二").mkdir(parents=True)
    (tmp_path / "填好的表" / "二" / "甲.xlsx").write_bytes(sound)
    with zipfile.ZipFile(tmp_path / "填好的表" / "一.zip", "w") as archive:
        archive.writestr("乙.xlsx", sound)

    done = consolidator("check", "填好的表", "--json", cwd=tmp_path)

    cases = {case["file"]: case["status"] for case in json.loads(done.stdout)}
    assert cases == {
        "填好的表/一.zip": "ignored",
        "填好的表/一.zip/乙.xlsx": "accepted",
        "填好的表/二/甲.xlsx": "accepted",
    }
    assert done.returncode == 0


def test_an_empty_folder_is_no_file_to_check(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()

    done = consolidator("check", "空", cwd=tmp_path)

    assert done.returncode == 1
    assert "文件夹" in done.stdout


def test_a_file_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    done = consolidator("check", tmp_path / "没有.xlsx")

    assert done.returncode == 1
    assert "没有.xlsx”不存在" in done.stdout
