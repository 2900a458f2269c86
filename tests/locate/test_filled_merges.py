"""Cells that were merged, and are now taken apart with the same in each (拆分并填充内容)."""

from __future__ import annotations

import pytest

from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

TOP: list[list[object]] = [[f"{TITLE}（2016年度）"], ["填报单位：甲镇"]]


def seen(lines: list[list[object]], labels: tuple[str, ...]) -> Located:
    found = observe(Workbook(FileFormat.XLSX, (sheet([*TOP, *lines]),)), (form(labels),))
    assert isinstance(found, tuple)
    return found[0]


def read(result: Located) -> list[int | None]:
    return [None if each.number is None else int(each.number) for each in result.observations.values()]


def test_columns_that_say_the_same_on_every_row_are_one() -> None:
    heads: list[object] = ["指标", "单位", "早稻", "晚稻", "晚稻", "晚稻"]
    result = seen([heads, *([label, "只", n, 9 + n, 9 + n, 9 + n] for n, label in enumerate(ROWS))], ("早稻", "晚稻"))

    assert read(result) == [number for n in range(len(ROWS)) for number in (n, 9 + n)]
    assert grave(result) == []


@pytest.mark.parametrize(
    ("heads", "labels"),
    [(["早稻", "晚稻", "晚稻"], ("早稻", "晚稻")), (["早稻", "早稻"], ("早稻", "晚稻"))],
    ids=["one row differs", "a column is lacking"],
)
def test_columns_of_one_head_that_may_be_two_stay_undecided(heads: list[str], labels: tuple[str, ...]) -> None:
    last = len(heads) - 1
    alike = [[label, "只", *(5 for _ in heads[:last]), 6 if last > 1 and not n else 5] for n, label in enumerate(ROWS)]
    result = seen([["指标", "单位", *heads], *alike], labels)

    assert ("hard", "L04", "several") in grave(result)
