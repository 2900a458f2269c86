"""其中 before the name of a column may stand in its head, over it in a cell of its own, or nowhere."""

from __future__ import annotations

import pytest

from tests.locate.test_columns_of_forms import read

FORM = ("人员数", "其中：医师", "护士")
TWICE = ("人员数", "其中：女", "女")


@pytest.mark.parametrize(
    "lines",
    [
        (("指标", "单位", "人员数", "其中：医师", "护士"),),
        (("指标", "单位", "人员数", "医师", "护士"),),
        (("指标", "单位", "人员数", "其中:医师", "其中：护士"),),
        (("指标", "单位", "人员数", "（其中）医师", "护士"),),
        (("", "", "", "其中：", ""), ("指标", "单位", "人员数", "医师", "护士")),
        (("", "", "", "其中", "其中"), ("指标", "单位", "人员数", "医师", "护士")),
    ],
)
def test_it_makes_no_other_column(lines: tuple[tuple[str, ...], ...]) -> None:
    columns, accused = read(FORM, *lines)

    assert (columns, accused) == ({label: spot for spot, label in enumerate(FORM)}, [])


def test_of_two_columns_that_it_alone_tells_apart_each_keeps_its_own_words() -> None:
    assert read(TWICE, ("指标", "单位", "人员数", "其中：女", "女"))[0] == {
        label: spot for spot, label in enumerate(TWICE)
    }
