"""姚伏镇 for 2016, both forms as published: in one file or two, every cell is read and nothing else is said of them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from consolidator.form import load_by_id
from consolidator.model import Period, Status
from consolidator.terms import catalogue
from sample_workbooks.printed_form import NUMBERS
from tests.cli.commands import Commands
from tests.platform.county import consolidate, write
from tests.platform.tables import (
    FIGURES,
    PLATFORM,
    STATISTICS,
    Layout,
    alone,
    cells,
    figure_address,
    filed_by,
    on_one_sheet,
    on_two_sheets,
    sound,
    statistics,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from consolidator.model import Consolidation, UnitRow
    from tests.filings import Book
    from tests.platform.tables import Laid

    Filed = dict[str, Book]

FORMS = {name: load_by_id(name) for name in (STATISTICS, PLATFORM)}
SOFT = {
    (STATISTICS, "R19", ("C51", "C55", "C34")),
    (STATISTICS, "F05", ("C49",)),
    (STATISTICS, "S01", ("A72", "A73", "A74", "A75", "A76")),
}


def in_one_file(laid_out: tuple[Book, Laid]) -> tuple[Filed, Book, Laid]:
    book, laid = laid_out
    return {"姚伏镇": book}, book, laid


def in_two_files() -> tuple[Filed, Book, Laid]:
    book, laid = statistics(), table()
    return {"姚伏镇统计表": book, "姚伏镇平台表": alone(laid)}, book, laid


WAYS: dict[str, Callable[[], tuple[Filed, Book, Laid]]] = {
    "two sheets": lambda: in_one_file(on_two_sheets()),
    "one sheet": lambda: in_one_file(on_one_sheet()),
    "one sheet, one heading": lambda: in_one_file(on_one_sheet(heading=False)),
    "two files": in_two_files,
}


def units(result: Consolidation) -> dict[str, UnitRow]:
    """The row of the only unit by form."""
    assert {len(each.rows) for each in result.tables} == {1}
    return {each.form.id: each.rows[0] for each in result.tables}


def of_units(result: Consolidation, severity: str) -> set[tuple[str, str, tuple[str, ...]]]:
    found = [each for each in result.findings if each.severity == severity and each.file]
    told = {(each.form, each.code, each.cells) for each in found}
    assert len(told) == len(found)
    return told


@pytest.fixture(scope="module", params=WAYS.values(), ids=WAYS.keys())
def filed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Consolidation, Book, Laid]:
    books, book, laid = request.param()
    return consolidate(write(tmp_path_factory.mktemp("county"), **books)), book, laid


def test_nothing_is_rejected_and_every_question_has_its_cell(filed: tuple[Consolidation, Book, Laid]) -> None:
    result, _, laid = filed
    name = laid.address
    registered_twice = (PLATFORM, "W01", (name("wechat.name"), name("app.name")))
    pushed = {(PLATFORM, "W04", (name(f"{kind}.push"),)) for kind in ("wechat", "weibo")}

    assert of_units(result, "hard") == set()
    assert of_units(result, "soft") == SOFT | {registered_twice} | pushed
    assert {row.status for row in units(result).values()} == {Status.ACCEPTED}


def test_every_value_is_read_from_its_cell(filed: tuple[Consolidation, Book, Laid]) -> None:
    result, book, laid = filed
    rows = units(result)
    figures = {code: (seen.number, seen.address.a1) for code, seen in rows[STATISTICS].values.items()}
    texts = {code: (seen.raw, seen.value or "", seen.address.a1) for code, seen in rows[PLATFORM].values.items()}
    month = {code: text.replace(".", "-") for code, text in cells().items() if code.endswith(".start")}

    assert {code: figures[code] for code in NUMBERS} == {
        code: (Decimal(str(FIGURES[code])), figure_address(book, code)) for code in NUMBERS
    }
    assert texts == {code: (text, month.get(code, text), laid.address(code)) for code, text in cells().items()}


def test_the_sentence_across_forms_says_where_the_other_figure_stands(
    filed: tuple[Consolidation, Book, Laid],
) -> None:
    result, book, _ = filed
    sentences = [catalogue("zh").message(each, FORMS) for each in result.findings if each.code == "W04"]

    assert len(sentences) == 2
    assert f"政务微信公开政府信息数（{place_of(result, book, 'A24')}）的 287" in sentences[0]
    assert f"政务微博公开政府信息数（{place_of(result, book, 'A23')}）的 112" in sentences[1]


def place_of(result: Consolidation, book: Book, code: str) -> str:
    rows = units(result)
    place = f"{book.sheet}!{figure_address(book, code)}"
    return place if rows[STATISTICS].file == rows[PLATFORM].file else f"{rows[STATISTICS].file} {place}"


def rules(result: Consolidation) -> Counter[str]:
    return Counter(each.code for each in result.findings if each.code.startswith("W"))


def tally(result: Consolidation, rule: str) -> Any:
    return next(each for each in result.tallies[PLATFORM] if each.rule == rule)


def test_a_table_without_fault_is_not_spoken_of(tmp_path: Path) -> None:
    result = consolidate(write(tmp_path, 姚伏镇=on_two_sheets(sound())[0]))

    assert rules(result) == {}
    assert of_units(result, "soft") == SOFT
    assert (tally(result, "W04").satisfied, tally(result, "W06").satisfied) == (1, 1)


def test_without_the_other_form_in_the_run_a_rule_across_forms_is_not_judged(tmp_path: Path) -> None:
    result = consolidate(write(tmp_path, 姚伏镇平台表=alone(table())))

    assert rules(result) == {"W01": 1}
    assert [tally(result, rule).lacked for rule in ("W01", "W04", "W06")] == [(), (STATISTICS,), (STATISTICS,)]


def test_where_the_unit_did_not_file_the_other_form_it_is_undecided(tmp_path: Path) -> None:
    neighbour = statistics("平罗县崇岗镇")
    result = consolidate(write(tmp_path, 姚伏镇平台表=alone(table()), 崇岗镇=neighbour))
    undecided = [each for each in result.findings if each.outcome == "undecided"]

    assert {each.code for each in undecided} == {"W04", "W06"}
    assert {each.unit_name for each in undecided} == {"平罗县姚伏镇"}
    assert all("disclosure.A24" in each.details["lacking"] for each in undecided)
    assert (tally(result, "W04").undecided, tally(result, "W04").lacked) == (1, ())


FAULTS: dict[str, tuple[dict[str, str], str, str]] = {
    "甲镇": ({"website_start": "2017.01"}, "W02", "hard"),
    "乙镇": ({"website_start": "前年"}, "W02", "hard"),
    "丙镇": ({"hotline_name": "0952-12345"}, "W03", "hard"),
    "丁镇": ({"hotline_name": "0952-6123456、24小时"}, "W03", "hard"),
    "戊镇": ({"website_push": "150次"}, "W04", "soft"),
    "己镇": ({"website_reach": "200-300"}, "W05", "soft"),
    "庚镇": ({"website_interpret": "10-5条/月"}, "W05", "soft"),
    "辛镇": ({"weibo_name": "", "weibo_push": ""}, "W06", "soft"),
    "壬镇": ({"website_sections": "2016年6月关停"}, "W07", "info"),
    "癸镇": ({"website_reach": "访问量2591次，独立访客3000人"}, "W08", "soft"),
}
"""What a township changed in a table without fault, and the one rule that it breaks."""


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    books = {unit: on_one_sheet(sound(**changes))[0] for unit, (changes, _, _) in FAULTS.items()}
    filed = {unit: filed_by(f"平罗县{unit}", book) for unit, book in books.items()}
    return consolidate(write(tmp_path_factory.mktemp("county"), **filed), period=Period(2016))


@pytest.mark.parametrize("unit", FAULTS)
def test_a_fault_has_its_rule_and_no_other(unit: str, faulty: Consolidation) -> None:
    changes, rule, severity = FAULTS[unit]
    found = [each for each in faulty.findings if each.unit_name == f"平罗县{unit}" and each.form == PLATFORM]
    told = [each for each in found if each.severity != "note"]

    assert [(each.code, each.severity) for each in told] == [(rule, severity)]
    sentence = catalogue("zh").message(told[0], FORMS)
    assert "{" not in sentence
    assert next(iter(changes.values())) in sentence or rule == "W07"


def test_a_township_checks_both_of_its_forms_in_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    consolidator = Commands(monkeypatch, capsys)
    write(tmp_path, 姚伏镇=on_one_sheet()[0])

    told = consolidator("check", tmp_path / "姚伏镇.xlsx")

    assert consolidator.code == 0
    assert [told.count(f"{code}") for code in ("W01", "R19", "F05", "S01")] == [1, 1, 1, 1]
    assert told.count("W04") == 2
    assert "统计表!C13" in told


def test_a_table_alone_on_a_sheet_needs_no_title_and_no_other_form(tmp_path: Path) -> None:
    laid = table(Layout(title=""))
    result = consolidate(write(tmp_path, 姚伏镇=alone(laid)))

    assert [each.form.id for each in result.tables] == [PLATFORM]
    assert {code: seen.raw for code, seen in units(result)[PLATFORM].values.items()} == cells()
