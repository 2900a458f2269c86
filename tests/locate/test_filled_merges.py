"""Cells that were merged, and are now taken apart with the same in each (拆分并填充内容)."""

from __future__ import annotations

import pytest

from consolidator.form import load_text
from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import FORM, ROWS, TITLE, form
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


def lines_of(label: str, *figures: list[object]) -> list[list[object]]:
    return [[label, "只", *each] for each in figures]


def test_rows_merged_over_several_lines_that_were_taken_apart_are_read_at_their_first_line() -> None:
    heads: list[object] = ["指标", "单位", "早稻", "晚稻"]
    rows = [line for n, label in enumerate(ROWS) for line in lines_of(label, *([[n, 9 + n]] * 3))]
    result = seen([heads, *rows], ("早稻", "晚稻"))

    assert read(result) == [number for n in range(len(ROWS)) for number in (n, 9 + n)]
    assert [each.address.a1 for each in result.observations.values()][:4] == ["C4", "D4", "C7", "D7"]
    assert grave(result) == []


def test_a_blank_row_on_several_lines_is_a_blank_row() -> None:
    others = [[label, "只", n] for n, label in enumerate(ROWS)]
    result = seen([["指标", "单位", "数量"], *others[:-1], *lines_of(ROWS[-1], [None], [None])], ("数量",))

    assert read(result) == [0, 1, 2, 3, None]
    assert grave(result) == [("soft", "N01", "blank")]


def test_lines_of_one_label_with_other_figures_or_apart_from_each_other_stay_undecided() -> None:
    heads: list[object] = ["指标", "单位", "数量"]
    others = [[label, "只", n] for n, label in enumerate(ROWS)]
    differing = seen([heads, *lines_of(ROWS[0], [5], [6]), *others[1:]], ("数量",))
    apart = seen([heads, *others, [ROWS[0], "只", 0]], ("数量",))

    assert ("hard", "S04", "doubled") in grave(differing)
    assert ("hard", "S04", "doubled") in grave(apart)
    assert read(differing)[0] is read(apart)[0] is None


def test_a_parent_that_was_merged_over_the_lines_of_its_parts_is_read_at_its_own_line() -> None:
    labels = ("登记犬只数", "其中：大型犬", "免疫犬只数", "其中：大型犬")
    rows = [
        f"      - {{code: A{n}, level: {1 + n % 2}, {f'parent: A{n - 1}, relation: of-which, ' if n % 2 else ''}"
        f"type: count, unit_of_measure: 只, label: {label}}}"
        for n, label in enumerate(labels)
    ]
    text = FORM.format(title=TITLE, columns="      - {key: c0, label: 数量}", rows="\n".join(rows))
    lines = [["指标", None, "单位", "数量"], ["登记犬只数", None, "只", 9], ["登记犬只数", "其中：大型犬", "只", 4]]
    lines += [["免疫犬只数", None, "只", 7], ["免疫犬只数", "其中：大型犬", "只", 3]]
    workbook = Workbook(FileFormat.XLSX, (sheet([*TOP, *lines]),))
    found = observe(workbook, (load_text(text, "dogs-2020.yaml", "zh"),))
    assert isinstance(found, tuple)

    assert (read(found[0]), grave(found[0])) == ([9, 4, 7, 3], [])
