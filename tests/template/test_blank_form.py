"""A blank form: locked but for its inputs, with prompts that Excel shows, sums and warnings that stay silent when blank."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.form import BlankPolicy, ValueType, available
from consolidator.form.printing.identity import cell_names
from consolidator.form.printing.sums import plain_sums
from consolidator.model import Period, ReportingUnit, identity_of
from consolidator.terms import catalogue
from consolidator.write.blanks.blank_book import blank_book
from tests.template.sheets import Reckoner, blank, form, opened, places

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

FORMS = available()
UNIT = ReportingUnit("640221101", "甲镇")
FUNCTIONS = {"AND", "OR", "NOT", "IF", "IFERROR", "COUNT", "COUNTIF", "SUM", "MAX", "MIN", "ABS", "ROUND"}


def questions(sheet: Worksheet) -> dict[str, DataValidation]:
    return {str(each.sqref): each for each in sheet.data_validations.dataValidation}


def formulas(content: bytes) -> list[str]:
    book = opened(content)
    cells = [c.value for s in book.worksheets for row in s.iter_rows() for c in row if c.data_type == "f"]
    rules = [
        text for s in book.worksheets for each in s.conditional_formatting for r in each.rules for text in r.formula
    ]
    return [*(str(each).removeprefix("=") for each in cells), *rules]


@pytest.mark.parametrize("form_id", FORMS)
def test_every_number_has_a_cell_to_fill_in_or_a_sum(form_id: str) -> None:
    book = opened(blank(form_id))
    found = places(book)
    sums = plain_sums(form(form_id))

    assert set(found) == set(form(form_id).indicators) - form(form_id).loose  # prose is not filled in here
    for code, (sheet, address) in found.items():
        cell = book[sheet][address]
        assert (cell.data_type == "f") == (code in sums), code
        assert cell.protection.locked == (code in sums), code
        assert cell.data_type == "f" or cell.value is None


@pytest.mark.parametrize("form_id", FORMS)
def test_labels_are_locked_without_a_password_and_widths_stay_free(form_id: str) -> None:
    for sheet in opened(blank(form_id, Period(2016), UNIT)).worksheets:
        protection = sheet.protection
        assert protection.sheet
        assert protection.password is None
        locked = (protection.formatColumns, protection.formatRows, protection.sort, protection.autoFilter)
        assert not any(locked)
        texts = [c for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and "_" not in c.value]
        assert all(cell.protection.locked for cell in texts)


@pytest.mark.parametrize("form_id", FORMS)
def test_prompts_and_answers_keep_to_the_limits_of_excel(form_id: str) -> None:
    book = opened(blank(form_id))
    asked = questions(book.worksheets[0])

    assert set(asked) >= {address for _, address in places(book).values()}
    for each in asked.values():
        for text, most in ((each.promptTitle, 32), (each.prompt, 255), (each.errorTitle, 32), (each.error, 255)):
            assert len((text or "").encode("utf-16-le")) // 2 <= most
        assert each.promptTitle
        assert each.prompt


@pytest.mark.parametrize("form_id", FORMS)
def test_formulas_are_legal_in_every_language_of_excel(form_id: str) -> None:
    found = formulas(blank(form_id))

    assert found
    for formula in found:
        bare = re.sub(r'"(?:[^"]|"")*"', '""', formula)
        assert len(formula) < 8192
        assert set(re.findall(r"([A-Za-z.]+)\(", bare)) <= FUNCTIONS
        assert bare.count("(") == bare.count(")")
        assert not re.search(r"[，；（）]", re.sub(r"'[^']*'", "", bare))
        assert all(len(text) <= 255 for text in re.findall(r'"((?:[^"]|"")*)"', formula))


def test_counts_take_whole_numbers_and_money_takes_decimals() -> None:
    book = opened(blank("gov-info-disclosure-2014"))
    found, asked = places(book), questions(book.worksheets[0])
    count, money = asked[found["A1"][1]], asked[found["G"][1]]

    assert (count.type, count.formula1, count.operator) == ("whole", "0", None)
    assert (money.type, money.formula1) == ("decimal", "0")
    assert "条" in count.prompt
    assert "万元" in money.error
    assert count.errorStyle in (None, "stop")


def test_signed_values_may_be_negative() -> None:
    own = form("annual-report-2021")
    table = own.grids[0]
    signed = replace(table, columns=tuple(replace(column, signed=True) for column in table.columns))
    book = opened(
        blank_book(
            replace(own, tables=tuple(signed if each is table else each for each in own.tables)), catalogue("zh")
        )
    )

    assert questions(book.worksheets[0])[places(book)["P12.issued"][1]].formula1 == "-999999999999999"


def test_names_cannot_be_taken_for_cells() -> None:
    names = cell_names(form("annual-report-2021"))

    assert names["Q1.np"] == "csl_Q1.np"
    assert all(re.fullmatch(r"csl_[A-Za-z0-9_.]+", name) for name in names.values())


def test_codes_that_differ_in_capitals_alone_get_no_name() -> None:
    own = form("gov-info-disclosure-2014")
    table = own.tables[0]
    twin = replace(table.rows[1], code="a1", label="另一项")
    names = cell_names(replace(own, tables=(replace(table, rows=(*table.rows, twin)),)))

    assert not {"a1", "A1"} & set(names)
    assert "A1a" in names


def test_the_identity_tells_form_definition_period_and_unit() -> None:
    book = opened(blank("gov-info-disclosure-2014", Period(2016), UNIT))
    found = identity_of({each.name: each.value for each in book.custom_doc_props.props})

    assert found is not None
    assert (found.form, found.definition) == ("gov-info-disclosure-2014", form("gov-info-disclosure-2014").sha256)
    assert (found.period, found.unit_code, found.unit_name) == ("2016", "640221101", "甲镇")
    assert b'hidden="1"' in zipfile.ZipFile(io.BytesIO(blank("gov-info-disclosure-2014"))).read("xl/workbook.xml")


def test_unit_and_period_stand_in_the_heading_where_they_are_known() -> None:
    known = opened(blank("gov-info-disclosure-2014", Period(2016), UNIT)).worksheets[0]
    open_ = opened(blank("gov-info-disclosure-2014")).worksheets[0]

    assert [known[cell].value for cell in ("A2", "A4", "B4")] == ["（2016年度）", "填报单位（盖章）：", "甲镇"]
    assert known["B4"].protection.locked
    assert [open_[cell].value for cell in ("A2", "B2", "A4", "B4")] == ["报告期：", None, "填报单位（盖章）：", None]
    assert not open_["B2"].protection.locked
    assert not open_["B4"].protection.locked


def test_a_table_printed_across_is_laid_out_across() -> None:
    book = opened(blank("annual-report-2021"))
    found, sheet = places(book), book.worksheets[0]
    row = int(re.sub(r"\D", "", found["L1.upheld"][1]))

    assert {re.sub(r"\D", "", found[code][1]) for code in found if code.startswith("L")} == {str(row)}
    assert sheet[f"B{row - 2}"].value == "行政复议"
    assert sheet[f"L{row - 1}"].value == "结果维持"


@pytest.mark.parametrize("form_id", FORMS)
def test_a_blank_form_warns_of_nothing(form_id: str) -> None:
    sheet = opened(blank(form_id)).worksheets[0]
    own = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" and "!" not in cell.value]

    assert bool(own) == bool(form(form_id).numeric)
    assert {Reckoner(sheet, {}).reckon(cell.value[1:]) for cell in own} <= {""}


def test_a_violated_rule_is_named_beside_its_row() -> None:
    book = opened(blank("gov-info-disclosure-2014"))
    sheet, found = book.worksheets[0], {code: cell for code, (_, cell) in places(book).items()}
    row = found["A1a"][1:]
    said = Reckoner(sheet, {found["A1a"]: 1200.0, found["A1"]: 900.0}).reckon(sheet[f"D{row}"].value[1:])

    assert said.startswith("【R01】主动公开规范性文件数")
    assert "R04" not in said  # its other number is not there yet


def test_a_soft_rule_that_escalates_turns_red_where_it_does() -> None:
    book = opened(blank("gov-info-disclosure-2014"))
    sheet, found = book.worksheets[0], {code: cell for code, (_, cell) in places(book).items()}
    mine = [
        rule.formula[0]
        for each in sheet.conditional_formatting
        if found["C34a"] in str(each.sqref).split()
        for rule in sorted(each.rules, key=lambda rule: rule.priority)
    ]
    parts = {found[f"C34{letter}"]: 1.0 for letter in "abcdef"}
    red, yellow = next((one, two) for one, two in permutations(mine, 2) if two in one)
    assert mine.index(red) < mine.index(yellow)

    def shown(total: float) -> tuple[bool, bool]:
        reckoner = Reckoner(sheet, {**parts, found["C34"]: total, found["C31"]: 0.0, found["C3"]: 99.0})
        return reckoner.reckon(red), reckoner.reckon(yellow)

    assert shown(6.0) == (False, False)
    assert shown(9.0) == (False, True)
    assert shown(3.0) == (True, True)


def test_results_of_formulas_are_stored_so_that_a_reader_who_cannot_reckon_finds_them() -> None:
    part = zipfile.ZipFile(io.BytesIO(blank("annual-report-2021"))).read("xl/worksheets/sheet1.xml").decode()
    cells = re.findall(r"<c ([^>]*)><f>", part)

    assert cells
    assert all('t="str"' in cell for cell in cells)


@pytest.mark.parametrize("form_id", FORMS)
def test_the_same_form_gives_the_same_bytes(form_id: str) -> None:
    assert blank_book(form(form_id), catalogue("zh")) == blank_book(form(form_id), catalogue("zh"))


def test_blanks_that_mean_zero_show_a_sum_at_its_first_part() -> None:
    own = replace(form("gov-info-disclosure-2014"), blank_policy=BlankPolicy.ZERO)
    book = opened(blank_book(own, catalogue("zh")))
    sheet, found = book.worksheets[0], {code: cell for code, (_, cell) in places(book).items()}
    formula = sheet[found["C1"]].value[1:]

    assert Reckoner(sheet, {found["C11"]: 3.0}).reckon(formula) == 3


def test_a_soft_sum_is_left_to_the_township() -> None:
    own = form("gov-info-disclosure-2014")

    assert "C34" not in plain_sums(own)  # six reasons may overlap: the rule only asks
    assert plain_sums(own)["C1"] == ("C11", "C12", "C13", "C14")


def test_no_sum_is_reckoned_from_itself() -> None:
    sums = plain_sums(form("annual-report-2021"))

    assert "Q37.tot" in sums
    for code in sums:
        waiting = list(sums[code])
        while waiting:
            part = waiting.pop()
            assert part != code
            waiting += sums.get(part, ())


def guide_lines(form: str) -> str:
    """The numbered lines over the rules of a guide."""
    texts = [str(row[0].value or "") for row in opened(blank(form)).worksheets[1].iter_rows()]
    return "\n".join(text for text in texts if re.match(r"\d+．", text))


@pytest.mark.parametrize(
    ("form", "said", "unsaid"),
    [
        ("gov-info-disclosure-2014", ["填 0", "阿拉伯数字", "灰色的合计", "变红", "“万元”的，不要按“元”填", "文字格"], ["年月", "电话"]),
        ("platform-2016", ["文字格", "“2015.06”", "“30-40条/月”", "带区号", "汇总时审核"], ["填 0", "阿拉伯", "合计", "灰色", "变红"]),
        ("annual-report-2019", ["填 0", "灰色的合计"], ["万元", "文字格"]),
    ],
)  # fmt: skip
def test_the_guide_speaks_of_the_values_that_the_form_asks_for(form: str, said: list[str], unsaid: list[str]) -> None:
    lines = guide_lines(form)

    assert re.findall(r"(?m)^(\d+)．", lines) == [str(n + 1) for n in range(lines.count("\n") + 1)]
    assert all(text in lines for text in said), lines
    assert not any(text in lines for text in unsaid), lines


def test_every_rule_stands_in_the_guide_with_its_state() -> None:
    guide = opened(blank("gov-info-disclosure-2014")).worksheets[1]
    texts = {str(cell.value): cell for row in guide.iter_rows() for cell in row if cell.value}

    assert guide.title == "填报说明"
    for rule in form("gov-info-disclosure-2014").all_rules:
        state = guide.cell(texts[rule.id].row, 5).value
        assert rule.title["zh"] in texts
        assert state == "汇总时审核" or "COUNTIF" in state


def test_a_form_of_texts_has_prompts_and_no_formula() -> None:
    own = form("gov-info-disclosure-2014")
    rows = tuple(replace(r, type=ValueType.TEXT) if r.type is not ValueType.HEADING else r for r in own.tables[0].rows)
    texts = replace(own, tables=(replace(own.tables[0], rows=rows),), rules=(), text_rules=())
    book = opened(blank_book(texts, catalogue("en")))

    assert questions(book.worksheets[0])[places(book)["A1"][1]].type in (None, "none")
