"""A second page under heads of its own, in another order or with other units of measure; rows doubled where nobody sees them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from consolidator.form import Form, load_text
from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

TOP: list[list[object]] = [[TITLE], ["（2016年度）"], ["填报单位：甲镇"]]
ON_FIRST = 3  # rows on the first page
CROPS = form(("早稻", "晚稻", "合计"))
COSTS = (
    """\
id: costs-2020
title: 犬只登记统计表
authority: 县公安局
blank_policy: missing
headlines: []
filer: {label: 填报单位}
tables:
  - id: main
    title: 犬只登记统计表
    label_headers: [指标]
    columns:
      - {key: c0, label: 件数}
      - {key: c1, label: 金额, type: money, decimals: 2, unit_of_measure: 万元}
    rows:
"""
    + "".join(
        f"      - {{code: A{number}, level: 1, type: count, unit_of_measure: 件, label: {label}}}\n"
        for number, label in enumerate(ROWS)
    )
    + "rules: []\n"
)


def costs() -> Form:
    return load_text(COSTS, "costs-2020.yaml", "zh")


def paged(labels: Form, first: tuple[str, ...], second: tuple[str, ...]) -> Located:
    rows = [[label, *(10 * n + place for place in range(1, len(first) + 1))] for n, label in enumerate(ROWS)]
    filled = [*TOP, ["指标", *first], *rows[:ON_FIRST], ["指标", *second], *rows[ON_FIRST:]]
    found = observe(Workbook(FileFormat.XLSX, (sheet(filled),)), (labels,))
    assert isinstance(found, tuple)
    return found[0]


def withheld(result: Located, key: str) -> list[int]:
    """The rows of a column without a value."""
    codes = (f"A{number}.{key}" for number in range(len(ROWS)))
    return [number for number, code in enumerate(codes) if result.observations[code].number is None]


@pytest.mark.parametrize(
    ("first", "second", "unread"),
    [
        (("早稻", "晚稻", "合计（万只）"), ("合计", "早稻", "晚稻"), [0, 1, 2]),
        (("早稻", "晚稻", "合计"), ("合计（万只）", "早稻", "晚稻"), [3, 4]),
        (("早稻", "晚稻", "合计（万只）"), ("早稻", "晚稻", "合计"), [0, 1, 2, 3, 4]),
    ],
)
def test_the_unit_of_a_head_is_not_that_of_another_column_on_the_next_page(
    first: tuple[str, ...], second: tuple[str, ...], unread: list[int]
) -> None:
    result = paged(CROPS, first, second)

    assert [withheld(result, key) for key in ("c0", "c1", "c2")] == [[], [], unread]
    assert {code for _, code, _ in grave(result)} == {"U01"}


@pytest.mark.parametrize(
    ("first", "second", "unread"),
    [
        (("件数", "金额（元）"), ("件数", "金额"), [0, 1, 2, 3, 4]),
        (("件数", "金额"), ("件数", "金额（元）"), [0, 1, 2, 3, 4]),
        (("件数", "金额（元）"), ("件数", "金额（万元）"), [0, 1, 2]),
        (("件数", "金额（元）"), ("金额（万元）", "件数"), [0, 1, 2]),
        (("件数", "金额（万元）"), ("金额（元）", "件数"), [3, 4]),
    ],
)
def test_each_page_has_the_unit_of_money_of_its_own_head(
    first: tuple[str, ...], second: tuple[str, ...], unread: list[int]
) -> None:
    result = paged(costs(), first, second)

    assert (withheld(result, "c0"), withheld(result, "c1")) == ([], unread)
    assert {code for _, code, _ in grave(result)} == {"U01"}


@pytest.mark.parametrize(("hidden", "case"), [(frozenset(), "doubled"), (frozenset({6}), "doubled_hidden")])
def test_of_a_row_that_stands_twice_the_hidden_one_is_named(hidden: frozenset[int], case: str) -> None:
    rows = [[label, 10 * n + 1, 10 * n + 2, 10 * n + 3] for n, label in enumerate(ROWS)]
    filled = [*TOP, ["指标", "早稻", "晚稻", "合计"], rows[0], [ROWS[0], 7, 8, 9], *rows[1:]]
    found = observe(Workbook(FileFormat.XLSX, (replace(sheet(filled), hidden_rows=hidden),)), (CROPS,))
    assert isinstance(found, tuple)
    (told,) = (each for each in found[0].findings if each.code == "S04")

    assert (told.case, told.cells) == (case, ("A5", "A6"))
    assert told.details.get("rows", "") == "、".join(map(str, hidden))
