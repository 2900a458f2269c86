"""汇总审核表.xlsx: everything, for the county office and for reviewers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

from consolidator.model import REVIEW
from consolidator.write.names import book_name, sheet_name
from consolidator.write.plans.category_plan import CATEGORY, CategoryPlan, parted
from consolidator.write.plans.claims import all_claims
from consolidator.write.plans.comparison_plan import ComparisonPlan
from consolidator.write.plans.detail_plan import DetailPlan
from consolidator.write.plans.form_plan import FormPlan
from consolidator.write.plans.readers import TOPS, Reader, leads
from consolidator.write.sheets.category_sheet import CategorySheet
from consolidator.write.sheets.comparison_sheet import ComparisonSheet, comparison_key
from consolidator.write.sheets.detail_sheet import DetailSheet
from consolidator.write.sheets.filings_sheet import FilingsSheet
from consolidator.write.sheets.finding_lists import FindingList
from consolidator.write.sheets.form_sheet import FormSheet
from consolidator.write.sheets.listing import Teller
from consolidator.write.sheets.notes_sheet import NotesSheet
from consolidator.write.sheets.overview import Overview, Places
from consolidator.write.sheets.rules_sheet import RulesSheet
from consolidator.write.workbook.book import Book, Properties
from consolidator.write.workbook.links import Linker
from consolidator.write.workbook.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from consolidator.write.plans.claims import Claim, Shown
    from consolidator.write.plans.facts import Facts


def plans(facts: Facts, reader: Reader) -> list[tuple[FormPlan, DetailPlan]]:
    """Where everything of each form stands in the two sheets that show it to the reader."""
    return [
        (
            FormPlan(sheet_name("form", number), table.form),
            DetailPlan(
                sheet_name("detail", number),
                table,
                facts.figures[table.form.id],
                lead,
                TOPS[reader],
                prose=reader is Reader.OFFICE,
            ),
        )
        for number, table in enumerate(facts.result.tables)
        for lead in [len(leads(reader, table))]
    ]


def category_plans(laid: list[tuple[FormPlan, DetailPlan]], reader: Reader) -> list[CategoryPlan]:
    """Where the totals by category stand, for the forms that have them."""
    return [
        CategoryPlan(sheet_name("categories", number), detail, leads(reader, detail.table).index(CATEGORY))
        for number, (_, detail) in enumerate(laid)
        if parted(detail.table)
    ]


def comparison_sheets(book: Book, facts: Facts, laid: Sequence[tuple[FormPlan, DetailPlan]]) -> list[ComparisonSheet]:
    """A sheet for each form that has earlier figures, not yet written."""
    comparisons = facts.result.comparisons
    made, taken = [], Counter[str]()
    for form, detail in laid:
        if (comparison := comparisons.get(form.form.id)) is not None:
            key = comparison_key(comparison.period, detail.table.period)
            made.append(ComparisonPlan(sheet_name(key, taken[key]), form, detail, comparison))
            taken[key] += 1
    return [ComparisonSheet(book, facts, plan) for plan in made]


def properties(facts: Facts, title: str) -> Properties:
    """The properties of a workbook of this run."""
    county = next((table.county for table in facts.result.tables), "")
    return Properties(visible(f"{county}{title}"), visible(county), facts.result.record.created)


def write_review(target: BinaryIO, facts: Facts, out: Path) -> tuple[Claim | Shown, ...]:
    """Write the workbook for a reader in the folder `out`; gives the totals it claims, to be proven by reopening."""
    laid = plans(facts, Reader.OFFICE)
    parts = category_plans(laid, Reader.OFFICE)
    linker = Linker(facts.result.inbox, out)
    teller = Teller(facts, linker, {form.form.id: form for form, _ in laid})
    hard = FindingList("hard", facts.hard, teller)
    soft = FindingList("soft", facts.soft, teller, answers=True)
    places = Places(
        hard=sheet_name("hard"),
        soft=sheet_name("soft"),
        notes=sheet_name("notes"),
        rules=sheet_name("rules"),
        first_hard=hard.first_lines(sheet_name("hard")),
        first_soft=soft.first_lines(sheet_name("soft")),
    )
    title = book_name("office").removesuffix(".xlsx")
    book = Book(target, properties(facts, title), facts.word("page", "footer"))
    Overview(facts, places).write(book, sheet_name("overview"))
    for form, detail in laid:
        FormSheet(book, facts, form, detail, comments=True).write()
    for part in parts:
        CategorySheet(facts, part).write(book)
    for _, detail in laid:
        DetailSheet(book, facts, detail, Reader.OFFICE, linker).write()
    compared = comparison_sheets(book, facts, laid)
    for sheet in compared:
        sheet.write()
    FilingsSheet(teller, places.hard).write(book, sheet_name("filings"))
    hard.write(book, places.hard)
    soft.write(book, places.soft)
    NotesSheet(teller).write(book, places.notes)
    RulesSheet(teller).write(book, places.rules)
    book.property(REVIEW, "1")
    book.close()
    return (*all_claims(facts, laid, parts), *(shown for sheet in compared for shown in sheet.shown()))
