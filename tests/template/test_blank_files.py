"""Blank forms on the disk: named after their units, whole or not at all, never over a file that may be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from consolidator.cli.main import cli
from consolidator.errors import EnvironmentProblem, UsageError
from consolidator.model import Period, ReportingUnit
from consolidator.write import write_blank_forms
from consolidator.write.saving import disk
from tests.template.sheets import form, opened

if TYPE_CHECKING:
    from pathlib import Path

OWN = "gov-info-disclosure-2014"
UNITS = (ReportingUnit("01", "甲镇"), ReportingUnit("02", "乙乡"))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_one_form_is_named_after_its_title(tmp_path: Path) -> None:
    (written,) = write_blank_forms(form(OWN), tmp_path)

    assert written == tmp_path / "政府信息公开情况统计表（空白表）.xlsx"
    assert names_in(tmp_path) == [written.name]


def test_one_form_goes_to_the_file_that_is_named(tmp_path: Path) -> None:
    assert write_blank_forms(form(OWN), tmp_path / "new" / "表.xlsx") == (tmp_path / "new" / "表.xlsx",)


def test_each_unit_gets_a_form_of_its_own(tmp_path: Path) -> None:
    written = write_blank_forms(form(OWN), tmp_path, period=Period(2016), units=UNITS)

    assert [path.name for path in written] == [
        "甲镇_2016_政府信息公开情况统计表.xlsx",
        "乙乡_2016_政府信息公开情况统计表.xlsx",
    ]
    assert [opened(path.read_bytes()).worksheets[0]["B4"].value for path in written] == ["甲镇", "乙乡"]


def test_names_that_a_system_would_not_take_or_tell_apart_are_changed(tmp_path: Path) -> None:
    units = (ReportingUnit("01", "甲/镇"), ReportingUnit("02", "甲:镇"), ReportingUnit("03", "../上一级"))
    written = write_blank_forms(form(OWN), tmp_path, units=units)

    assert [path.name.partition("_政府")[0] for path in written] == ["甲-镇", "甲-镇_02", "-上一级"]
    assert {path.parent for path in written} == {tmp_path}


def test_the_same_forms_again_are_left_alone(tmp_path: Path) -> None:
    before = [path.stat().st_mtime_ns for path in write_blank_forms(form(OWN), tmp_path, units=UNITS)]

    assert [path.stat().st_mtime_ns for path in write_blank_forms(form(OWN), tmp_path, units=UNITS)] == before


def test_a_file_that_may_be_filled_in_is_never_replaced(tmp_path: Path) -> None:
    first, second = write_blank_forms(form(OWN), tmp_path, units=UNITS)
    first.unlink()
    second.write_bytes(b"filled in")

    with pytest.raises(UsageError, match="E50") as refused:
        write_blank_forms(form(OWN), tmp_path, units=UNITS)

    assert second.name in refused.value.details["names"]
    assert second.read_bytes() == b"filled in"
    assert not first.exists()


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk.os, "replace", refuse)
    with pytest.raises(EnvironmentProblem, match="E30"):
        write_blank_forms(form(OWN), tmp_path)

    assert names_in(tmp_path) == []


def test_the_command_writes_a_folder_of_forms(tmp_path: Path) -> None:
    roster = tmp_path / "名录.csv"
    roster.write_text("单位代码,单位名称\n01,甲镇\n02,乙乡\n", encoding="utf-8")
    arguments = ["template", OWN, "--roster", str(roster), "--period", "2016", "--out", str(tmp_path / "空白表")]
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)

    assert "已写出 2 份空白表" in done.output
    assert len(names_in(tmp_path / "空白表")) == 2


def test_a_period_that_nobody_understands_is_told(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["template", OWN, "--period", "去年", "--out", str(tmp_path)])

    assert isinstance(done.exception, UsageError)
    assert names_in(tmp_path) == []
