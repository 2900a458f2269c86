"""A blank form of ours that comes back is read by the print of one that came back before, and compared with its marks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.locate import Unlocated
from consolidator.locate.observing import observe_in_full
from consolidator.locate.prints.recall import Recall
from consolidator.model import CellKind, Period, ReportingUnit, Sheet, Workbook
from consolidator.read import open_workbook
from tests.locate.test_recall import of_sheet, with_cell
from tests.template.clerk import fill, own_texts
from tests.template.sheets import blank, form, opened, places, saved

if TYPE_CHECKING:
    from collections.abc import Callable

FORMS = {"gov-info-disclosure-2014": Period(2016), "annual-report-2021": Period(2025)}


@cache
def returned(form_id: str, unit: str, first: int) -> Workbook:
    """A blank form of a unit, filled in with numbers that count from the first one."""
    book = opened(blank(form_id, FORMS[form_id], ReportingUnit(f"64022100{first}", unit, ())))
    numbers = {code: first + place for place, code in enumerate(form(form_id).numeric)}
    texts = {code: text for code, text in own_texts(form(form_id)).items() if code in places(book)}
    fill(book, numbers | texts, unit=unit, period=str(FORMS[form_id].year))
    read = open_workbook(saved(book), "form.xlsx")
    assert isinstance(read, Workbook)
    return read


def met(form_id: str) -> Recall:
    """A memory that has met one of them."""
    recall, book = Recall((form(form_id),), (), None), returned(form_id, "甲镇", 1)
    found = observe_in_full(book, (form(form_id),))
    assert not isinstance(found, Unlocated)
    recall.remember(book, found)
    return recall


@pytest.mark.parametrize("form_id", FORMS)
def test_the_next_blank_form_that_comes_back_is_read_by_the_print_of_the_first(form_id: str) -> None:
    book = returned(form_id, "乙镇", 5)

    seen = met(form_id).seen(book)

    assert seen is not None
    assert (seen,) == observe_in_full(book, (form(form_id),))
    assert seen.filer is not None
    assert seen.filer.text == "乙镇"


def guide_reworded(sheet: Sheet) -> Sheet:
    """The guide with another word in its first text."""
    place, cell = next(each for each in sheet.cells.items() if each[1].kind is CellKind.TEXT)
    return with_cell(sheet, place, replace(cell, text="填报说明（新）"))


CHANGES: dict[str, Callable[[Workbook], Workbook]] = {
    "a name that is lost": lambda book: replace(book, names=dict(list(book.names.items())[1:])),
    "names that changed places": lambda book: replace(
        book, names=dict(zip(book.names, reversed(book.names.values()), strict=True))
    ),
    "another definition": lambda book: replace(book, properties=dict(book.properties) | {"csl.definition": "0" * 64}),
    "another unit": lambda book: replace(book, properties=dict(book.properties) | {"csl.unit_name": "丙镇"}),
    "another period": lambda book: replace(book, properties=dict(book.properties) | {"csl.period": "2014"}),
    "no marks": lambda book: replace(book, properties={}, names={}),
    "another guide": lambda book: of_sheet(book, guide_reworded, 1),
    "no guide": lambda book: replace(book, sheets=book.sheets[:1]),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("form_id", FORMS)
def test_marks_that_say_something_else_are_told_as_in_full(
    form_id: str, change: Callable[[Workbook], Workbook]
) -> None:
    book = change(returned(form_id, "乙镇", 5))

    seen = met(form_id).seen(book)

    assert seen is None or (seen,) == observe_in_full(book, (form(form_id),))
