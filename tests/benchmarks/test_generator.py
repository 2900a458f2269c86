"""Generated inboxes are what they claim to be: varied, faulty to a tenth, the same bytes every time."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from benchmarks.figures import PARTS, figures
from benchmarks.generate import generate
from benchmarks.places import place
from benchmarks.plants import FALLBACKS, FAULTS, Plant, plant, typed
from benchmarks.templates import DESIGNS, ROW_HIDDEN, ROW_MISSING, Design, Words, plain_book, template
from consolidator.model import Workbook
from consolidator.read import open_workbook
from tests.formats import to_xls

if TYPE_CHECKING:
    from pathlib import Path

WORDS = Words("清水县城关镇", "（2016年度）", "0000-00000001", "征地补偿")


def opened(design: Design, fault: str = "", fallback: str = "") -> Workbook:
    cells = typed(figures(1), Plant(design, fault, fallback))
    workbook = open_workbook(template(design).fill(cells, WORDS), "一.xlsx")
    assert isinstance(workbook, Workbook)
    return workbook


def test_a_form_of_the_old_format_holds_the_same_figures() -> None:
    cells = typed(figures(1), Plant(DESIGNS[0]))
    old = open_workbook(to_xls(plain_book(cells, WORDS)), "一.xls")
    assert isinstance(old, Workbook)
    numbers = [cell.number for sheet in old.sheets for cell in sheet.cells.values() if cell.number is not None]

    assert sorted(numbers) == sorted(Decimal(str(figure)) for figure in figures(1).values())


def test_an_inbox_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    first, second = (generate("county", tmp_path / name) for name in ("first", "second"))
    names = sorted(path.relative_to(first.inbox) for path in first.inbox.rglob("*") if path.is_file())

    assert len(names) == first.files
    assert [(first.inbox / name).read_bytes() for name in names] == [
        (second.inbox / name).read_bytes() for name in names
    ]


def test_a_tenth_has_faults_of_every_kind_and_some_are_hard_to_read() -> None:
    plants = [plant(number) for number in range(3_000)]
    faults, fallbacks = (Counter(getattr(each, part) for each in plants) for part in ("fault", "fallback"))

    assert {faults[name] for name in FAULTS} == {30}
    assert sum(fallbacks[name] for name in FALLBACKS) == 75
    assert min(fallbacks[name] for name in FALLBACKS) > 15


def test_the_smallest_inbox_has_a_fault_and_a_form_that_is_hard_to_read() -> None:
    plants = [plant(number) for number in range(13)]

    assert [each.fault for each in plants if each.fault] == ["wrong_sum"]
    assert [each.fallback for each in plants if each.fallback] == ["error_cell"]


def test_no_two_units_of_a_nation_share_a_name_or_a_code() -> None:
    places = [place(number) for number in range(40_000)]

    assert len({each.full for each in places}) == len({each.code for each in places}) == 40_000


@pytest.mark.parametrize("seed", range(50))
def test_figures_add_up_where_the_form_wants_it(seed: int) -> None:
    made = figures(seed)

    assert all(made[total] == sum(made[part] for part in parts) for total, parts in PARTS.items())


@pytest.mark.parametrize("design", [*DESIGNS, *ROW_MISSING, *ROW_HIDDEN], ids=range(12))
def test_every_design_holds_the_unit_and_its_figures(design: Design) -> None:
    texts = [cell.text for sheet in opened(design).sheets for cell in sheet.cells.values()]

    assert any("清水县城关镇" in text for text in texts)
    assert any("2016年度" in text for text in texts)
    assert not any("§" in text or text.startswith("7700") for text in texts)


def test_designs_are_written_by_different_programs() -> None:
    cells = typed(figures(1), Plant(DESIGNS[0]))
    contents = {design.writer: template(design).fill(cells, WORDS) for design in DESIGNS}

    assert b"xl/sharedStrings.xml" in contents["shared"]
    assert b"xl/sharedStrings.xml" not in contents["inline"]
    assert b"docProps/app.xml" in contents["openpyxl"]


def test_an_error_value_and_an_uncalculated_formula_are_really_there() -> None:
    error = [cell for sheet in opened(DESIGNS[0], fallback="error_cell").sheets for cell in sheet.cells.values()]
    waiting = [cell for sheet in opened(DESIGNS[0], fallback="uncalculated").sheets for cell in sheet.cells.values()]

    assert any(cell.text == "#DIV/0!" for cell in error)
    assert sum(bool(cell.formula) for cell in waiting) == len(PARTS)


def test_a_hidden_row_is_hidden_and_a_missing_row_is_gone() -> None:
    (hidden,) = opened(ROW_HIDDEN[0], fallback="hidden_row").sheets
    (whole,) = opened(DESIGNS[0]).sheets
    (missing,) = opened(ROW_MISSING[0], fault="missing_row").sheets

    assert hidden.hidden_rows
    assert max(row for row, _ in whole.cells) - max(row for row, _ in missing.cells) == 1
