"""A unit of measure that ends a head or a label without brackets: heard as if it stood in them."""

from __future__ import annotations

import pytest

from consolidator.form import load_text
from consolidator.locate import Located, observe
from consolidator.locate.words.appended import in_brackets
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

FORM = """\
id: crops-2026
title: 农作物播种面积
authority: 县农业农村局
blank_policy: missing
filer: {label: 填报单位}
tables:
  - id: main
    title: 农作物播种面积
    label_headers: [作物]
    columns: [%s]
    rows:
"""
LABELS = ("小麦", "玉米", "水稻")
ONE = "{label: 播种面积}"
SEVERAL = "{key: area, label: 播种面积}, {key: crop, label: 产量, unit_of_measure: 吨}"


def filed(
    columns: str, heads: list[object], labels: tuple[str, ...] = LABELS, over: list[object] | None = None
) -> Located:
    """A filing of a form in 亩 under these heads."""
    rows = "".join(
        f"      - {{code: A{number}, level: 1, type: money, decimals: 2, unit_of_measure: 亩, label: {label}}}\n"
        for number, label in enumerate(LABELS, start=1)
    )
    form = load_text(FORM % columns + rows, "crops-2026.yaml", "zh")
    lines = [[label, *range(5, 4 + len(heads))] for label in labels]
    top: list[list[object]] = [
        ["农作物播种面积"],
        ["填报单位：甲镇", None, "2026年度"],
        *([over] if over else []),
        heads,
    ]
    found = observe(Workbook(FileFormat.XLSX, (sheet([*top, *lines]),)), (form,))
    assert isinstance(found, tuple)
    return found[0]


def withheld(result: Located) -> list[str]:
    return [code for code, seen in result.observations.items() if seen.number is None]


WRITTEN = (
    "播种面积/%s",
    "播种面积 单位：%s",
    "播种面积，单位：%s",
    "播种面积（单位：%s）",
    "播种面积（单位/%s）",
    "播种面积：%s",
    "播种面积\n（%s）",
)


@pytest.mark.parametrize("written", WRITTEN)
def test_the_forms_own_unit_after_a_head_is_the_head(written: str) -> None:
    single, several = (
        filed(ONE, ["作物", written % "亩"]),
        filed(SEVERAL, ["作物", written % "亩", written.replace("播种面积", "产量") % "吨"]),
    )

    assert (withheld(single), grave(single)) == ([], [])
    assert (withheld(several), grave(several)) == ([], [])
    assert several.observations["A2.crop"].number == 6


@pytest.mark.parametrize("unit", ["公顷", "万亩", "㎡", "ha"])
@pytest.mark.parametrize("written", WRITTEN)
def test_another_unit_after_a_head_is_heard_as_in_brackets(written: str, unit: str) -> None:
    single, several = filed(ONE, ["作物", written % unit]), filed(SEVERAL, ["作物", written % unit, "产量"])

    assert (withheld(single), grave(single)) == (["A1", "A2", "A3"], [("soft", "U01", "scale")] * 3)
    assert (withheld(several), grave(several)) == ([f"A{n}.area" for n in (1, 2, 3)], [("soft", "U01", "scale")] * 3)


def test_a_label_may_end_in_its_unit_too() -> None:
    result = filed(ONE, ["作物", "播种面积"], ("小麦/亩", "玉米：公顷", "水稻 单位：万亩"))

    assert (withheld(result), grave(result)) == (["A2", "A3"], [("soft", "U01", "scale")] * 2)


@pytest.mark.parametrize("head", ["产量/亩", "产量/人"])
def test_so_much_a_unit_is_a_rate_and_not_read(head: str) -> None:
    result = filed(SEVERAL, ["作物", "播种面积", head])

    assert [code for code in result.observations if code.endswith("crop")] == []
    assert grave(result) == [("hard", "L04", "other_head")]


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("line", ["播种面积单位：亩", "播种面积：亩"])
def test_a_line_that_states_the_unit_over_the_heads_is_no_head(place: int, line: str) -> None:
    for columns, heads in (
        ("{key: area, label: 播种面积}", ["作物", "播种面积"]),
        (SEVERAL, ["作物", "产量", "播种面积"]),
    ):
        result = filed(columns, heads, over=[None] * place + [line])  # type: ignore[arg-type]
        assert (withheld(result), grave(result)) == ([], [])
        assert result.observations["A1.area"].number == len(heads) + 3


def test_a_rate_alone_over_the_figures_is_not_read_either() -> None:
    result = filed(ONE, ["作物", "播种面积/人"])

    assert (dict(result.observations), grave(result)) == ({}, [("hard", "L04", "other_head")])


@pytest.mark.parametrize(
    ("text", "said"),
    [("合同金额/万元", "合同金额(万元)"), ("额度/元", "额度(元)"), ("人/户", "人/户"), ("亩产:公斤/亩", "亩产:公斤/亩"),
     ("台/套", "台/套"), ("其中:户", "其中:户"), ("面积,单位:亩", "面积(亩)")],
)  # fmt: skip
def test_a_rate_a_choice_and_a_line_are_no_name_with_its_unit(text: str, said: str) -> None:
    assert in_brackets(text) == said


def test_a_form_may_print_both_a_figure_and_its_rate() -> None:
    result = filed(
        "{key: crop, label: 产量, unit_of_measure: 吨}, {key: rate, label: 产量/亩, unit_of_measure: 公斤}",
        ["作物", "产量", "产量/亩"],
    )

    assert (withheld(result), grave(result)) == ([], [])
    assert [result.observations[code].number for code in ("A1.crop", "A1.rate")] == [5, 6]
