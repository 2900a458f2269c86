"""The chapters of prose of an annual report: where they stand, what they are, what they leave alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consolidator.findings import Severity
from tests.annual.arrange import CHAPTERS, OTHERS, OVERVIEW, PROBLEMS, WAYS, on_own_sheets, side_by_side, with_prose
from tests.annual.pages import Laid, Layout, lay_out
from tests.annual.test_published import WHOLE, located, told

if TYPE_CHECKING:
    from consolidator.model import Observation

FORM = "annual-report-2021"
CODES = {OVERVIEW: "T1", PROBLEMS: "T5", OTHERS: "T6"}
LAYOUTS = {
    "as printed": Layout(),
    "one label column, flat heads": Layout(depth=1, merged=False),
    "every chapter on its own sheet": Layout(sheets=True),
    "chapter four in rows": Layout(disputes_in_rows=True),
}


def texts(seen: dict[str, Observation]) -> dict[str, str]:
    return {code: "".join(seen[code].raw.split()) for code in ("T1", "T5", "T6") if code in seen}


def written(chapters: dict[str, str] = dict(CHAPTERS)) -> dict[str, str]:  # noqa: B006 - never changed
    return {CODES[heading]: "".join(text.split()) for heading, text in chapters.items()}


def numbers_of(laid: Laid) -> dict[str, str]:
    return {code: seen.raw for code, seen in located(laid, FORM).observations.items() if code[0] in "PQL"}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_every_chapter_is_read_whole_and_no_figure_moves(way, layout: Layout) -> None:
    laid = with_prose(lay_out(WHOLE, layout), way)

    result = located(laid, FORM)

    assert texts(result.observations) == written()
    assert result.observations["D1"].value == "2026年1月12日"
    assert {code: seen.raw for code, seen in result.observations.items() if code in laid.places} == laid.raw
    assert [f for f in result.findings if f.severity in {Severity.HARD, Severity.SOFT}] == []
    assert result.period is not None
    assert result.period.period.year == 2025


@pytest.mark.parametrize("named", [False, True], ids=["under a heading", "named by the sheet"])
def test_chapters_on_sheets_of_their_own_belong_to_the_form(named: bool) -> None:
    result = located(on_own_sheets(lay_out(WHOLE), named=named), FORM)

    assert texts(result.observations) == written()
    assert result.observations["T5"].address.sheet != result.sheet


def test_a_chapter_beside_the_tables_is_not_mixed_with_them() -> None:
    laid = lay_out(WHOLE, Layout(top=2, left=12))
    page = laid.pages[0]
    row = 4
    for heading, text in CHAPTERS.items():
        page.put(row, 1, heading)
        page.put(row + 1, 1, text)
        page.merges.append((row + 1, 1, row + 9, 9))
        row += 11

    result = located(laid, FORM)

    assert texts(result.observations) == written()
    assert {code: seen.raw for code, seen in result.observations.items() if code in laid.places} == laid.raw


def test_a_workbook_of_tables_alone_is_told_once_and_only_as_information() -> None:
    result = located(lay_out(WHOLE), FORM)

    about = [f for f in result.findings if f.code == "S04"]
    assert [(f.case, f.severity) for f in about] == [("no_chapters", Severity.INFO)]
    assert not {"T1", "T5", "T6"} & set(result.observations)


def test_a_workbook_with_some_chapters_is_told_which_are_missing() -> None:
    result = located(with_prose(lay_out(WHOLE), chapters={PROBLEMS: CHAPTERS[PROBLEMS]}), FORM)

    (finding,) = [f for f in result.findings if f.code == "S04"]
    assert (finding.case, finding.severity, finding.indicators) == ("missing_chapter", Severity.SOFT, ("T1", "T6"))


def test_a_heading_with_nothing_under_it_is_told_unless_a_rule_asks() -> None:
    result = located(with_prose(lay_out(WHOLE), chapters={**CHAPTERS, PROBLEMS: "", OTHERS: ""}), FORM)

    (finding,) = [f for f in result.findings if f.code == "S04"]
    assert (finding.case, finding.indicators) == ("blank_chapter", ("T6",))
    assert result.observations["T5"].value is None


def test_a_chapter_that_stands_twice_with_other_words_is_left_open() -> None:
    laid = on_own_sheets(lay_out(WHOLE), {PROBLEMS: "文字不够规范，今后改进。"})
    page = laid.pages[-1]
    page.put(5, 1, PROBLEMS)
    page.put(6, 1, "更新不够及时，今后改进。")

    result = located(laid, FORM)

    assert ("S04", "doubled_chapter") in told(result)
    assert result.observations["T5"].value is None


def test_a_heading_in_registered_words_is_taken_with_a_note() -> None:
    laid = on_own_sheets(lay_out(WHOLE), {**CHAPTERS})
    laid.pages[-2].cells[1, 1] = ("五、存在的问题及改进措施", "plain")

    result = located(laid, FORM)

    assert ("L02", "") in told(result)
    assert result.observations["T5"].value == CHAPTERS[PROBLEMS]


def test_the_year_of_the_prose_is_not_the_period_of_the_form() -> None:
    chapters = {**CHAPTERS, OVERVIEW: "2024年度，我镇认真贯彻《条例》。"}

    result = located(with_prose(lay_out(WHOLE), chapters=chapters), FORM)

    assert result.period is not None
    assert result.period.period.year == 2025


def test_prose_with_numbered_paragraphs_is_not_cut_at_them() -> None:
    text = "一、制度不够健全。\n二、队伍不够稳定。\n三、形式不够多样。\n四、渠道不够畅通。下一步逐项改进。"

    result = located(with_prose(lay_out(WHOLE), WAYS["several rows beneath"], {**CHAPTERS, PROBLEMS: text}), FORM)

    assert texts(result.observations)["T5"] == "".join(text.split())


def test_instructions_left_under_the_titles_of_tables_are_no_prose() -> None:
    laid = with_prose(lay_out(WHOLE))
    page = laid.pages[0]
    for (row, column), (value, _) in list(page.cells.items()):
        if value in ("三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"):
            page.put(row, column + 3, "该部分以表格形式报告。表格如下:")

    assert texts(located(laid, FORM).observations) == written()


def test_tables_side_by_side_with_prose_above_are_read_exactly() -> None:
    laid = side_by_side(lay_out(WHOLE, Layout(sheets=True)))

    assert numbers_of(with_prose(laid)) == laid.raw
