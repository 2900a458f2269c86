"""The same form in every layout and format that townships use: every value exact, at its cell, and not a word about it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidator import form
from consolidator.locate import observe
from consolidator.model import Period, Workbook
from consolidator.read import open_workbook
from sample_workbooks.printed_form import CODES, NUMBERS, PRINTED
from tests.builders import Filing, Layout, Line, broken_lines, full_width, half_width, lay_out
from tests.formats import save

LAYOUTS = {
    "plain": Layout(),
    "starts at C5": Layout(top=5, left=3),
    "attachment line and extra titles": Layout(above=("附件1", "平罗县人民政府办公室", "内部资料")),
    "serial numbers": Layout(serial=True),
    "remarks": Layout(remarks=True),
    "serial numbers and remarks": Layout(serial=True, remarks=True, top=3, left=2),
    "notes sheet in front": Layout(notes=("填表说明", "一、本表由各乡镇填报。", "二、计量单位为条、件、次的填整数。")),
    "empty sheets behind": Layout(spare_sheets=("Sheet2", "Sheet3")),
    "page breaks": Layout(breaks=(20, 45, 53)),
    "page breaks with the header again": Layout(breaks=(20, 45), repeat_header=True),
    "title not merged": Layout(merged_title=False),
    "half-width punctuation": Layout(print_label=half_width),
    "full-width digits in labels": Layout(print_label=full_width),
    "line breaks and spaces in labels": Layout(print_label=broken_lines),
    "indented by spaces": Layout(indent="spaces"),
    "indented over two columns": Layout(indent="columns"),
    "indented over two columns with serial numbers": Layout(indent="columns", serial=True, left=2),
    "two panels side by side": Layout(panels=2),
    "three panels side by side": Layout(panels=3, unit_column=False),
    "no unit column": Layout(unit_column=False),
    "narrow blank columns": Layout(spacers=True),
    "sheet renamed": Layout(sheet="甲镇 2016（报）"),
    "numbers as text": Layout(numbers_as_text=True),
    "sign-off in one line": Layout(sign_off_in_one_line=True),
}
SIGNED = dict.fromkeys(("单位负责人", "审核人", "填报人", "联系电话", "填报日期"), "某某某")
POINTS = {code: number for number, code in enumerate(NUMBERS, start=11)}


@cache
def the_form() -> form.Form:
    return form.load_by_id("gov-info-disclosure-2014", "zh")


def filing(values: dict[str, int] = POINTS) -> Filing:
    lines = tuple(Line(label, unit, values.get(code), level=level) for code, level, label, unit in PRINTED)
    return Filing(lines, filer="平罗县姚伏镇", sign_off=SIGNED)


def seen(content: bytes, name: str) -> object:
    workbook = open_workbook(content, name)
    assert isinstance(workbook, Workbook), workbook
    (located,) = observe(workbook, (the_form(),), period=Period(2016))
    return located


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xls", "et", "ods", "xlsb"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_usual_layout_is_read_without_a_word(layout: Layout, kind: str) -> None:
    book = lay_out(filing(), layout)

    located = seen(save(book, kind), f"姚伏镇.{kind}")

    read = {
        o.indicator: (o.value, o.address.sheet, o.address.a1)
        for o in located.observations.values()
        if o.indicator in POINTS
    }
    assert read == {code: (Decimal(POINTS[code]), book.sheet, book.address(CODES.index(code))) for code in NUMBERS}
    told = ["L03 chosen"] if layout.notes else []  # that the form is on the second sheet
    assert [f"{finding.code} {finding.case}" for finding in located.findings] == told


@given(
    values=st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 10**9), min_size=1),
    top=st.integers(1, 9),
    left=st.integers(1, 6),
    serial=st.booleans(),
    remarks=st.booleans(),
    unit_column=st.booleans(),
    indent=st.sampled_from(["", "spaces", "columns"]),
    breaks=st.sets(st.integers(1, 66), max_size=4),
    repeat_header=st.booleans(),
)
def test_any_mixture_of_layouts_gives_the_same_values(values: dict[str, int], **layout: object) -> None:
    whole = dict.fromkeys(NUMBERS, 0) | values
    book = lay_out(filing(whole), Layout(**{**layout, "breaks": tuple(layout["breaks"])}))

    located = seen(save(book, "xlsx"), "姚伏镇.xlsx")

    assert {o.indicator: o.value for o in located.observations.values() if o.indicator in whole} == whole
