"""Layouts nobody planned for: read exactly, or told; in every format that townships send."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.locate import Located, observe
from consolidator.model import Workbook
from consolidator.read import open_workbook
from tests.annual.arrange import WAYS, blank_lines, insert_rows, last_row, side_by_side, with_prose
from tests.annual.pages import HEADS, PUBLISHED, REMARK, RESULTS, Layout, Press, lay_out
from tests.annual.test_published import FORMS, WHOLE, located
from tests.builders import Book
from tests.filings import Page
from tests.formats import save

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.annual.pages import Laid

NEW = FORMS["annual-report-2021"]


def exact(laid: Laid, result: Located) -> None:
    """Every figure at its cell, nothing accused."""
    seen = {
        code: (o.value, o.address.sheet, (o.address.row, o.address.column)) for code, o in result.observations.items()
    }
    expected = {
        code: (Decimal(laid.raw[code]), sheet, (row, column)) for code, (sheet, row, column) in laid.places.items()
    }
    assert {code: seen.get(code) for code in expected} == expected
    assert [(f.code, f.case, dict(f.details)) for f in result.findings if f.severity in {"hard", "soft"}] == []


def units_beside(laid: Laid) -> Laid:
    """`单位：件` at the right of every chapter's title."""
    for page in laid.pages:
        for (row, column), (value, _) in list(page.cells.items()):
            if isinstance(value, str) and value[:2] in ("三、", "四、") and "情况" in value:
                page.put(row, column + 9, "单位：件")
    return laid


def reworded(laid: Laid, before: str, after: str) -> Laid:
    """A head or a label in other words."""
    for page in laid.pages:
        for place, (value, _) in list(page.cells.items()):
            if isinstance(value, str) and value.endswith(before):
                page.put(*place, value.replace(before, after))
    return laid


def retitled(laid: Laid, before: str, after: str) -> Laid:
    """A cell that says just that, in other words."""
    for page in laid.pages:
        for place, (value, _) in list(page.cells.items()):
            if value == before:
                page.put(*place, after)
    return laid


def group_repeated(laid: Laid) -> Laid:
    """法人或其他组织 printed over each of its five columns instead of once over all."""
    page = laid.pages[0]
    (row, column) = next(place for place, (value, _) in page.cells.items() if value == "法人或其他组织")
    page.merges = [merge for merge in page.merges if merge[:2] != (row, column)]
    for number in range(5):
        page.put(row, column + number, "法人或其他组织")
    return laid


def no_remark(laid: Laid) -> Laid:
    """The corner over the labels left empty."""
    page = laid.pages[0]
    for place, (value, _) in list(page.cells.items()):
        if value == REMARK:
            page.put(*place, "项目" if place[0] % 2 else None)
    return laid


def no_titles(laid: Laid) -> Laid:
    """Neither chapter titles nor article lines: the tables alone, one under the other."""
    for page in laid.pages:
        for place, (value, _) in list(page.cells.items()):
            if isinstance(value, str) and (
                (value[:2] in ("二、", "三、", "四、") and "情况" in value) or value.startswith("第二十条")
            ):
                del page.cells[place]
    return laid


def titles_repeated(laid: Laid) -> Laid:
    """The second chapter numbered 一 again, titles reworded as in published reports."""
    words = {
        "二、主动公开政府信息情况": "一、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况": "三、收到和处理政府信息公开的申请情况",
    }
    for page in laid.pages:
        for place, (value, _) in list(page.cells.items()):
            if value in words:
                page.put(*place, words[value])
    return laid


def serials(laid: Laid) -> Laid:
    """A column of serial numbers in front of everything."""
    for page in laid.pages:
        page.cells = {(row, column + 1): cell for (row, column), cell in page.cells.items()}
        page.merges = [(top, left + 1, bottom, right + 1) for top, left, bottom, right in page.merges]
        laid.places = {
            code: (name, row, column + 1) if name == page.name else (name, row, column)
            for code, (name, row, column) in laid.places.items()
        }
        rows = sorted({row for code, (name, row, _) in laid.places.items() if name == page.name and code[0] == "Q"})
        for number, row in enumerate(rows, start=1):
            page.put(row, 1, number)
    return laid


def notes_below(laid: Laid) -> Laid:
    """Notes and a sign-off under the last table."""
    page = laid.pages[-1]
    row = last_row(page) + 1
    page.put(row, 1, "注：总计为自然人与法人或其他组织之和。")
    page.put(row + 1, 1, "填报人：张三")
    page.put(row + 1, 4, "联系电话：0000-0000000")
    page.put(row + 2, 1, "填报日期：2026年1月8日")
    return laid


def blank_columns(laid: Laid) -> Laid:
    """An empty column between the labels and the figures of chapter 三."""
    page = laid.pages[0]
    rows = {row for code, (_, row, _) in laid.places.items() if code[0] == "Q"}
    first = min(column for code, (_, _, column) in laid.places.items() if code[0] == "Q")
    for (row, column), cell in sorted(page.cells.items(), key=lambda entry: -entry[0][1]):
        if min(rows) - 3 <= row <= max(rows) and column >= first:
            del page.cells[row, column]
            page.cells[row, column + 1] = cell
    page.merges = [
        (t, left + 1, b, right + 1) if min(rows) - 3 <= t <= max(rows) and left >= first else (t, left, b, right)
        for t, left, b, right in page.merges
    ]
    laid.places = {
        code: (name, row, column + (row in rows and code[0] == "Q"))
        for code, (name, row, column) in laid.places.items()
    }
    return laid


def page_breaks(laid: Laid) -> Laid:
    """The header of chapter 三 printed anew in the middle of it."""
    page = laid.pages[0]
    rows = sorted(row for code, (_, row, _) in laid.places.items() if code.endswith(".np"))
    top = rows[0] - 3
    insert_rows(laid, 0, rows[12], 3)
    for (row, column), cell in list(page.cells.items()):
        if top <= row < rows[0]:
            page.cells[rows[12] + row - top, column] = cell
    page.merges += [
        (t + rows[12] - top, left, b + rows[12] - top, right)
        for t, left, b, right in page.merges
        if top <= t < rows[0] and left > 3
    ]
    return laid


def spread(laid: Laid) -> Laid:
    """Every column three wide and merged, as a table pasted from Word is."""
    for page in laid.pages:
        inner = {(r, c) for t, left, b, right in page.merges for r in range(t, b + 1) for c in range(left, right + 1)}
        page.merges = [(t, 3 * left - 2, b, 3 * right) for t, left, b, right in page.merges]
        page.merges += [
            (row, 3 * column - 2, row, 3 * column) for row, column in page.cells if (row, column) not in inner
        ]
        page.cells = {(row, 3 * column - 2): cell for (row, column), cell in page.cells.items()}
        laid.places = {
            code: (name, row, 3 * column - 2 if name == page.name else column)
            for code, (name, row, column) in laid.places.items()
        }
    return laid


def upright_headings(laid: Laid) -> Laid:
    """The merged sub-headings written from top to bottom, a character a line."""
    page = laid.pages[0]
    for place, (value, _) in list(page.cells.items()):
        if isinstance(value, str) and (value == "三、本年度办理结果" or (value[:1] == "（" and len(value) <= 8)):
            page.put(*place, "\n".join(value))
    return laid


def column_numbers(laid: Laid) -> Laid:
    """A line of column numbers between the heads of chapter 三 and its first row."""
    _, first, column = laid.places["Q1.np"]
    insert_rows(laid, 0, first, 1)
    for number in range(7):
        laid.pages[0].put(first, column + number, number + 1)
    return laid


def no_lines_between(laid: Laid) -> Laid:
    """The header of chapter 三 right under the table above it, without a title or a blank line."""
    page = laid.pages[0]
    last = max(row for code, (name, row, _) in laid.places.items() if name == page.name and code[0] == "P")
    header = min(row for (row, _), (value, _) in page.cells.items() if value in (REMARK, "自然人"))
    for column in [column for row, column in page.cells if last < row < header]:
        for row in range(last + 1, header):
            page.cells.pop((row, column), None)
    page.merges = [merge for merge in page.merges if not last < merge[0] < header]
    insert_rows(laid, 0, header, last + 1 - header)
    return laid


@pytest.mark.parametrize(
    ("before", "after", "meant"),
    [
        ("本年处理决定数量", "本年处理决定数量（万件）", lambda code: code.endswith(".decisions")),
        ("法人或其他组织", "法人或其他组织（万件）", lambda code: code.endswith((".ent", ".res", ".ngo", ".law", ".oth"))),
        ("情况", "情况（单位：万件）", lambda code: True),
    ],
)  # fmt: skip
def test_a_scale_in_a_head_or_a_title_withholds_the_counts_under_it(
    before: str, after: str, meant: Callable[[str], bool]
) -> None:
    laid = reworded(lay_out(WHOLE, Layout()), before, after)
    numeric = {code for code in laid.places if NEW.indicators[code].row.unit_of_measure != "万元"}
    filled = {code for code in numeric if Decimal(laid.raw[code])}

    result = located(laid, NEW.id)

    withheld = {code for code in laid.places if result.observations[code].value is None}
    assert withheld == {code for code in filled if meant(code)} != set()
    assert {(f.code, f.case) for f in result.findings if f.severity in {"hard", "soft"}} <= {
        ("U01", "scale"), ("U01", "scale_many"),
    }  # fmt: skip


APPLICATIONS = "三、收到和处理政府信息公开申请情况"


@pytest.mark.parametrize("remark", ["（2024年）", "（上半年）", "（截至2024年底）", "（上年）", "（第四季度）"])
@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("二、主动公开政府信息情况", ("P",)),
        (APPLICATIONS, ("Q",)),
        ("四、政府信息公开行政复议、行政诉讼情况", ("L",)),
        ("第二十条第（五）项", ("P51",)),
        ("申请人情况", ("Q",)),
        ("法人或其他组织", (".ent", ".res", ".ngo", ".law", ".oth")),
        ("行政诉讼", ("L2", "L3")),
        ("三、本年度办理结果", ("Q3",)),
        ("（三）不予公开", ("Q33",)),
    ],
)
def test_a_title_a_group_or_a_heading_of_another_period_is_told_and_nothing_under_it_is_read(
    title: str, meant: tuple[str, ...], remark: str
) -> None:
    laid = retitled(lay_out(WHOLE, Layout()), title, title + remark)

    result = located(laid, NEW.id)

    left_out = {code for code in laid.places if result.observations[code].value is None}
    assert left_out == {code for code in laid.places if code.startswith(meant) or code.endswith(meant)}
    assert {(f.severity.value, f.code, f.case) for f in result.findings if f.severity in {"hard", "soft"}} == {
        ("hard", "S04", "other_period_over")
    }


@pytest.mark.parametrize("words", ["三、2024年{}", "2024年度{}", "三、上半年{}", "三、{}：2024年"])
def test_another_period_in_the_words_of_a_title_counts_as_one_behind_it(words: str) -> None:
    laid = retitled(lay_out(WHOLE, Layout()), APPLICATIONS, words.format(APPLICATIONS[2:]))

    result = located(laid, NEW.id)

    assert all((o.value is None) == (code[0] == "Q") for code, o in result.observations.items() if code in laid.places)


@pytest.mark.parametrize(
    "remark",
    [
        "（2025年）",
        "（2025年1-12月）",
        "（截至2025年12月31日）",
        "（单位：件）",
        "（含上年结转）",
        "（全年）",
        "（2024年修订）",
    ],
)
@pytest.mark.parametrize(
    "title",
    ["二、主动公开政府信息情况", APPLICATIONS, "第二十条第（五）项", "申请人情况", "法人或其他组织", "行政诉讼", "三、本年度办理结果",
     "自然人", "四、结转下年度继续办理", "二、上年结转政府信息公开申请数量"],
)  # fmt: skip
def test_a_title_or_head_that_says_the_reports_own_year_or_what_it_includes_changes_nothing(
    title: str, remark: str
) -> None:
    laid = retitled(lay_out(WHOLE, Layout()), title, title + remark)

    exact(laid, located(laid, NEW.id))


@pytest.mark.parametrize("remark", ["（2024年）", "（2026年）"])
@pytest.mark.parametrize("label", ["四、结转下年度继续办理", "二、上年结转政府信息公开申请数量"])
def test_the_year_beside_a_line_carried_over_is_none_of_the_table_under_it(label: str, remark: str) -> None:
    for titled in (lay_out(WHOLE, Layout()), no_titles(lay_out(WHOLE, Layout()))):
        laid = retitled(titled, label, label + remark)

        exact(laid, located(laid, NEW.id))


@pytest.mark.parametrize("remark", ["（计划）", "（同比）", "（占比）"])
def test_a_column_of_plans_or_shares_of_a_report_is_not_read(remark: str) -> None:
    laid = retitled(lay_out(WHOLE, Layout()), "自然人", "自然人" + remark)

    result = located(laid, NEW.id)

    assert not any(code.endswith(".np") for code in result.observations)
    assert [(f.code, f.case) for f in result.findings if f.severity == "hard"] == [("L04", "other_head")]


@pytest.mark.parametrize("line", ["（2024年度）", "某镇2024年政府信息公开工作年度报告"])
def test_a_further_sheet_headed_with_another_year_is_told_and_not_read(line: str) -> None:
    laid = lay_out(WHOLE, Layout(sheets=True))
    insert_rows(laid, 1, 1, 1)
    laid.pages[1].put(1, 1, line)

    result = located(laid, NEW.id)

    assert all((o.value is None) == (code[0] == "Q") for code, o in result.observations.items() if code in laid.places)
    assert [(f.code, f.case, f.sheet, f.cells) for f in result.findings if f.severity in {"hard", "soft"}] == [
        ("S04", "other_period_over", laid.pages[1].name, ("A1",))
    ]


def test_the_year_of_the_first_sheet_judges_the_heads_on_all_of_them() -> None:
    laid = retitled(lay_out(WHOLE, Layout(sheets=True)), "自然人", "自然人（2024年）")

    result = located(laid, NEW.id)

    assert not any(code.endswith(".np") for code in result.observations)
    assert [(f.code, f.case) for f in result.findings if f.severity == "hard"] == [("L04", "other_head")]


@pytest.mark.parametrize("line", ["（2025年度）", "2025年", "某镇2025年政府信息公开工作年度报告", "（2025年1—12月）"])
def test_a_further_sheet_headed_with_the_same_year_is_read(line: str) -> None:
    laid = lay_out(WHOLE, Layout(sheets=True))
    insert_rows(laid, 1, 1, 1)
    laid.pages[1].put(1, 1, line)

    exact(laid, located(laid, NEW.id))


@pytest.mark.parametrize(("name", "asked"), [("2024年申请", True), ("2025年申请", False), ("申请情况", False)])
def test_a_further_sheet_that_only_its_name_dates_otherwise_is_asked_about(name: str, *, asked: bool) -> None:
    laid = lay_out(WHOLE, Layout(sheets=True))
    old = laid.pages[1].name
    laid.pages[1].name = name
    laid.places.update({code: (name, *place[1:]) for code, place in laid.places.items() if place[0] == old})

    result = located(laid, NEW.id)

    exact(laid, replace(result, findings=()))
    assert [(f.code, f.case, f.sheet) for f in result.findings if f.severity in {"hard", "soft"}] == [
        ("S03", "sheet_name", name)
    ] * asked


@pytest.mark.parametrize(
    ("unit", "foreign"), [("乙镇", True), ("甲镇", False), ("甲镇人民政府", False), ("平罗县甲镇", False)]
)
def test_a_further_sheet_of_another_unit_is_told_and_not_read(unit: str, *, foreign: bool) -> None:
    laid = lay_out(WHOLE, Layout(sheets=True))
    for page, name in enumerate(("甲镇", unit)):
        insert_rows(laid, page, 1, 1)
        laid.pages[page].put(1, 1, f"填报单位：{name}")

    result = located(laid, NEW.id)

    unread = {code[0] for code, o in result.observations.items() if code in laid.places and o.value is None}
    assert unread == ({"Q"} if foreign else set())
    assert [(f.code, f.case) for f in result.findings if f.severity in {"hard", "soft"}] == [
        ("S02", "sheets")
    ] * foreign


@pytest.mark.parametrize(
    ("year", "own"), [("2025年", True), ("2025年度", True), ("当年", True), ("2024年", False), ("上年", False)]
)
@pytest.mark.parametrize("head", ["本年制发件数", "本年处理决定数量"])
def test_a_head_that_says_the_reports_year_for_this_year_is_read(head: str, year: str, *, own: bool) -> None:
    laid = retitled(lay_out(WHOLE, Layout()), head, year + head[2:])

    result = located(laid, NEW.id)

    if own:
        exact(laid, result)
    else:
        assert ("hard", "L04") in {(f.severity.value, f.code) for f in result.findings}


CHANGES: dict[str, Callable[[Laid], Laid]] = {
    "units beside the titles": units_beside,
    "the group over each column": group_repeated,
    "an empty corner": no_remark,
    "no titles": no_titles,
    "titles in other words": titles_repeated,
    "serial numbers": serials,
    "notes and sign-off below": notes_below,
    "an empty column before the figures": blank_columns,
    "the header anew on a new page": page_breaks,
    "blank lines": blank_lines,
    "no line between two tables": no_lines_between,
    "every column three wide": spread,
    "sub-headings from top to bottom": upright_headings,
    "column numbers under the heads": column_numbers,
}
LAYOUTS = {
    "as printed": Layout(),
    "one label column, flat heads": Layout(depth=1, merged=False),
    "one label column": Layout(depth=1),
    "two label columns": Layout(depth=2),
    "chapter four in rows": Layout(disputes_in_rows=True),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_report_is_read_exactly_however_it_is_laid_out(change: Callable[[Laid], Laid], layout: Layout) -> None:
    if change is group_repeated and not layout.merged:
        pytest.skip("flat heads have no group")
    laid = change(lay_out(WHOLE, layout))

    exact(laid, located(laid, NEW.id))


@pytest.mark.parametrize("layout", [Layout(sheets=True), Layout(sheets=True, depth=1, merged=False)])
def test_tables_side_by_side_are_read_exactly(layout: Layout) -> None:
    laid = side_by_side(lay_out(WHOLE, layout))

    exact(laid, located(laid, NEW.id))


def sheet_by_table(layout: Layout = Layout(sheets=True)) -> Laid:  # noqa: B008 - frozen, so it is safe to share
    """Each of the six tables on a sheet of its own."""
    matrix = PUBLISHED[WHOLE]["matrix"]
    press = Press(layout, "年报")
    press.line("某镇2025年政府信息公开工作年度报告")
    for number, (article, block) in enumerate(matrix["二"].items()):
        if number:
            press.new_sheet(article)
        press.line("二、主动公开政府信息情况")
        press.small(article, block["cols"], block["rows"], HEADS[NEW.id][article[article.index("（") + 1]])
    press.new_sheet("三")
    press.matrix(matrix["三"]["cols"], matrix["三"]["rows"])
    press.new_sheet("四")
    press.disputes(matrix["四"])
    return press.laid


@pytest.mark.parametrize("arrange", [lambda laid: laid, side_by_side], ids=["apart", "side by side"])
def test_six_tables_apart_are_one_form(arrange: Callable[[Laid], Laid]) -> None:
    laid = arrange(sheet_by_table())

    exact(laid, located(laid, NEW.id))


@pytest.mark.parametrize("first", [6, 7, 8, 9, 10])
@pytest.mark.parametrize("in_rows", [True, False])
@pytest.mark.parametrize("depth", [1, 3])
def test_the_small_tables_may_stand_side_by_side_over_the_large_ones(depth: int, first: int, *, in_rows: bool) -> None:
    laid = sheet_by_table(Layout(sheets=True, depth=depth, disputes_in_rows=in_rows))
    joined, row, column = Page("年报"), 0, 0
    for number, page in enumerate(laid.pages):
        if number:
            row, column = (1, first - 1 + 5 * (number - 1)) if number < 4 else (last_row(joined) + 1, 0)
        for (down, right), (value, style) in page.cells.items():
            joined.put(down + row, right + column, value, style)
        joined.merges += [(t + row, left + column, b + row, r + column) for t, left, b, r in page.merges]
        for code, (name, down, right) in laid.places.items():
            if name == page.name:
                laid.places[code] = (joined.name, down + row, right + column)
    laid.pages[:] = [joined]

    exact(laid, located(laid, NEW.id))


def under_disputes(line: Sequence[object], *, above: bool) -> Laid:
    """A line of fifteen cells under the heads of chapter 四, above or below its figures."""
    laid = lay_out(WHOLE, Layout())
    row = laid.places["L1.upheld"][1] + (not above)
    insert_rows(laid, 0, row, 1)
    first = laid.places["L1.upheld"][2]
    for number, value in enumerate(line):
        laid.pages[0].put(row, first + number, value)
    return laid


@pytest.mark.parametrize(
    "line",
    [[f"（{number}）" for number in range(1, 16)], [str(number) for number in range(1, 16)], list("ABCDEFGHIJKLMNO")],
)
def test_column_numbers_under_the_heads_of_chapter_four_are_no_figures(line: Sequence[object]) -> None:
    laid = under_disputes(line, above=True)

    exact(laid, located(laid, NEW.id))


@pytest.mark.parametrize("above", [True, False])
def test_two_lines_of_figures_under_the_heads_of_chapter_four_are_told_once(*, above: bool) -> None:
    result = located(under_disputes([7] * 15, above=above), NEW.id)

    assert [(f.code, f.case) for f in result.findings if f.severity == "hard"] == [("S04", "lines")]
    assert not any(code.startswith("L") for code in result.observations)


def disputes_stacked(*, together: bool, blank: int) -> Laid:
    """Chapter 四 with 行政复议 over 行政诉讼, each with its own heads; the kinds of the latter side by side or not."""
    laid = sheet_by_table()
    page = Page("四")
    heads = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    parts = {"L1": "行政复议", "L2": "行政诉讼：未经复议直接起诉", "L3": "行政诉讼：复议后起诉"}
    row, column = 1, 1
    for code, name in parts.items():
        page.put(row, column, name)
        page.merges.append((row, column, row, column + 4))
        for number, (key, head) in enumerate(zip(RESULTS, heads, strict=True)):
            page.put(row + 1, column + number, head)
            page.put(row + 2, column + number, Decimal(laid.raw[f"{code}.{key}"]))
            laid.places[f"{code}.{key}"] = (page.name, row + 2, column + number)
        if together and code == "L2":
            column += 5
        else:
            row, column = row + 3 + blank, 1
    laid.pages[-1] = page
    return laid


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("blank", [0, 1, 2])
def test_the_parts_of_chapter_four_may_stand_under_one_another(blank: int, *, together: bool) -> None:
    laid = disputes_stacked(together=together, blank=blank)

    exact(laid, located(laid, NEW.id))


def test_a_part_of_chapter_four_that_stands_there_twice_is_not_read() -> None:
    laid = disputes_stacked(together=False, blank=0)
    laid.pages[-1].put(7, 1, "行政诉讼：未经复议直接起诉")

    result = located(laid, NEW.id)

    assert any(f.severity == "hard" for f in result.findings)
    assert all(o.value is None for code, o in result.observations.items() if code.startswith("L2"))


def chapters_beside(offset: int, *, large_first: bool, blank: int, layout: Layout) -> Laid:
    """Chapter 三 beside the small tables, its first line `offset` rows lower (or higher), chapter 四 under both."""
    laid = sheet_by_table(layout)
    large, small = laid.pages[-2], laid.pages[:-2]
    joined, row, shifts = Page("年报"), 0, {}
    for page in small:
        shifts[page.name] = (row + max(0, -offset), 0)
        row += last_row(page) + blank
    width = max(column for page in small for _, column in page.cells)
    shifts[large.name] = (max(0, offset), width + 1)
    if large_first:
        width = max(column for _, column in large.cells)
        shifts |= {page.name: (shifts[page.name][0], width + 1) for page in small} | {large.name: (max(0, offset), 0)}
    shifts[laid.pages[-1].name] = (max(row + max(0, -offset), last_row(large) + max(0, offset)) + 1, 0)
    for page in laid.pages:
        down, right = shifts[page.name]
        for (line, column), (value, style) in page.cells.items():
            joined.put(line + down, column + right, value, style)
        joined.merges += [(t + down, left + right, b + down, r + right) for t, left, b, r in page.merges]
    for code, (name, line, column) in laid.places.items():
        laid.places[code] = (joined.name, line + shifts[name][0], column + shifts[name][1])
    laid.pages[:] = [joined]
    return laid


@pytest.mark.parametrize("large_first", [False, True])
@pytest.mark.parametrize("blank", [0, 1])
@pytest.mark.parametrize("offset", range(-4, 12))
@pytest.mark.parametrize("layout", [Layout(sheets=True), Layout(sheets=True, depth=1, merged=False)])
def test_chapters_side_by_side_are_read_exactly_on_whichever_rows_their_heads_stand(
    layout: Layout, offset: int, *, blank: int, large_first: bool
) -> None:
    laid = chapters_beside(offset, large_first=large_first, blank=blank, layout=layout)

    exact(laid, located(laid, NEW.id))


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "xlsb"])
def test_a_report_with_prose_is_read_exactly_from_every_format(kind: str) -> None:
    laid = with_prose(lay_out(WHOLE), WAYS["several rows beneath"])

    book = open_workbook(save(Book(laid.pages, laid.pages[0].name, {}, {}), kind), f"甲镇.{kind}")

    assert isinstance(book, Workbook)
    (result,) = observe(book, (NEW,))
    exact(laid, result)
    assert str(result.observations["T5"].value).startswith("一、政策解读形式单一")


@pytest.mark.parametrize("blank", ["\u00a00", " 0", "0\u3000", "　0 "])
def test_zeros_typed_with_blanks_are_zeros(blank: str) -> None:
    matrix = PUBLISHED[WHOLE]["matrix"]
    rows = {
        label: [blank if value == "0" else value for value in values] for label, values in matrix["三"]["rows"].items()
    }
    laid = lay_out(WHOLE, Layout(numbers=False), matrix={**matrix, "三": {**matrix["三"], "rows": rows}})

    result = located(laid, NEW.id)

    assert {code: o.value for code, o in result.observations.items()} == {
        code: Decimal(raw.strip()) for code, raw in laid.raw.items()
    }


def test_a_row_right_above_the_header_of_the_next_table_is_still_told() -> None:
    laid = no_lines_between(lay_out(WHOLE, Layout(depth=1)))
    last = max(row for code, (_, row, _) in laid.places.items() if code[0] == "P")
    column = laid.places["P91.amount"][2] if "P91.amount" in laid.places else laid.places["P81.amount"][2]
    insert_rows(laid, 0, last + 1, 1)
    laid.pages[0].put(last + 1, 1, "罚没收入")
    laid.pages[0].put(last + 1, column, 7)

    result = located(laid, NEW.id)

    assert [(f.code, f.case) for f in result.findings if f.severity == "hard"] == [("S04", "extra")]


@pytest.mark.parametrize(("row", "column"), [(6, 1), (23, 1), (28, 3), (44, 2)])
def test_a_row_that_a_matrix_does_not_have_is_told_though_nothing_is_filled_in(row: int, column: int) -> None:
    laid = lay_out(WHOLE, Layout())
    insert_rows(laid, 0, row, 1)
    laid.pages[0].put(row, column, "其他补充情形")

    found = [f for f in located(laid, NEW.id).findings if f.severity in {"hard", "soft"}]

    assert [(f.severity, f.code, f.case, f.details["label"]) for f in found] == [
        ("soft", "S04", "extra_blank", "其他补充情形")
    ]


@pytest.mark.parametrize("remark", ["注：以上各项均为本年数", "（续表）", "续表", "单位：件", "第2页", "——"])
def test_a_remark_between_the_rows_of_a_matrix_is_no_row(remark: str) -> None:
    laid = lay_out(WHOLE, Layout())
    insert_rows(laid, 0, 28, 1)
    laid.pages[0].put(28, 1, remark)

    exact(laid, located(laid, NEW.id))
