"""上报汇总表.xlsx: the form as printed, the units' figures, charts; no error, path or telephone number goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from consolidator.model import COLUMNS
from consolidator.write.names import book_name, sheet_name
from consolidator.write.plans.claims import all_claims
from consolidator.write.plans.readers import Reader
from consolidator.write.review import category_plans, comparison_sheets, plans, properties
from consolidator.write.sheets.category_sheet import CategorySheet
from consolidator.write.sheets.chart_sheet import ChartSheet
from consolidator.write.sheets.detail_sheet import DetailSheet
from consolidator.write.sheets.form_sheet import FormSheet
from consolidator.write.workbook.book import Book

if TYPE_CHECKING:
    from consolidator.write.plans.claims import Claim, Shown
    from consolidator.write.plans.facts import Facts


def write_superiors(target: BinaryIO, facts: Facts) -> tuple[Claim | Shown, ...]:
    """Write the workbook that goes up; gives the totals it claims, to be proven by reopening."""
    laid = plans(facts, Reader.SUPERIORS)
    parts = category_plans(laid, Reader.SUPERIORS)
    title = book_name("superiors").removesuffix(".xlsx")
    book = Book(target, properties(facts, title), facts.word("page", "footer"))
    for form, detail in laid:
        FormSheet(book, facts, form, detail, comments=False).write()
    for part in parts:
        CategorySheet(facts, part).write(book)
    for _, detail in laid:
        DetailSheet(book, facts, detail, Reader.SUPERIORS).write()
    compared = comparison_sheets(book, facts, laid)
    for sheet in compared:
        sheet.write()
    if not all(form.codes_printed for form in facts.forms.values()):
        book.property(COLUMNS, "hidden")
    ChartSheet(facts, tuple(detail for _, detail in laid)).write(book, sheet_name("charts"))
    book.close()
    return (*all_claims(facts, laid, parts), *(shown for sheet in compared for shown in sheet.shown()))
