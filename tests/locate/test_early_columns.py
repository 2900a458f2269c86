"""A column more between the labels and the figures is not read, and never passed over without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consolidator.locate import Located, observe
from consolidator.locate.observing import observe_in_full
from consolidator.model import Area, FileFormat, Workbook
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

if TYPE_CHECKING:
    from consolidator.form import Form

LABELS = ("早稻", "晚稻", "合计")
TOP: list[list[object]] = [[f"{TITLE}（2016年度）"], ["填报单位：甲镇"]]
ONE, THREE = form(("数量",)), form(LABELS)


def filed(
    labels: Form, head: list[object], *cells: object, before_unit: bool = True, merges: tuple[Area, ...] = ()
) -> Workbook:
    """A form whose column more, headed `head[0]`, holds `cells`; the others are filled."""
    values = [column.label for column in labels.grids[0].columns]
    extra = [*cells, *[None] * len(ROWS)]
    rows = [*TOP, ["指标", *([*head, "单位"] if before_unit else ["单位", *head]), *values]]
    for number, label in enumerate(ROWS):
        between = [extra[number], "只"] if before_unit else ["只", extra[number]]
        rows.append([label, *between, *(10 * number + place for place in range(len(values)))])
    return Workbook(FileFormat.XLSX, (sheet(rows, *merges),))


def seen(workbook: Workbook, labels: Form) -> Located:
    found = observe(workbook, (labels,))
    assert isinstance(found, tuple)
    assert all(each.number is not None for each in found[0].observations.values())
    assert found == observe_in_full(workbook, (labels,))
    return found[0]


def said(result: Located) -> list[tuple[str, str, str]]:
    return [(each.severity.value, each.code, each.case) for each in result.findings]


@pytest.mark.parametrize("before_unit", [True, False])
@pytest.mark.parametrize("labels", [ONE, THREE], ids=["one column", "three"])
@pytest.mark.parametrize(
    ("head", "cells", "severity"),
    [
        (None, ("见附件", None, "已核"), "note"),
        (None, (7, 7, 9), "soft"),
        (None, (None, None, 9), "soft"),
        ("村数", (7, 7, 9), "note"),
        ("备注", ("见附件",), "note"),
    ],
)
def test_it_is_told(
    head: str | None, cells: tuple[object, ...], severity: str, labels: Form, *, before_unit: bool
) -> None:
    seen(filed(labels, [None], before_unit=before_unit), labels)
    result = seen(filed(labels, [head], *cells, before_unit=before_unit), labels)

    assert said(result) == [(severity, "L05", "early")]


@pytest.mark.parametrize("labels", [ONE, THREE], ids=["one column", "three"])
@pytest.mark.parametrize(
    ("head", "cells"),
    [
        (None, ()),
        (None, ("—", "/")),
        (None, ("只", "只", "只", "只", "头")),
        (None, (1, 2, 3, 4, 5)),
        (None, ("01", "02", "03", "04", "05")),
        ("序号", (7, 9, 4)),
        ("代码", ("01", "02")),
        (None, ROWS),
        ("指标", ("犬", "犬")),
    ],
)
def test_what_is_no_column_more_is_not(head: str | None, cells: tuple[object, ...], labels: Form) -> None:
    assert said(seen(filed(labels, [head], *cells), labels)) == []


def test_a_label_merged_over_it_is_none() -> None:
    merges = tuple(Area(row, 1, row, 2) for row in range(3, 4 + len(ROWS)))

    assert said(seen(filed(THREE, [None], merges=merges), THREE)) == []
