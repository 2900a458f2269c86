"""One blank form as a workbook: the form's sheet, 填报说明, and the hidden identity.

In: a form, perhaps the unit and the period. Out: bytes; the same ones every time, for nothing in them tells when.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from consolidator.model import Identity
from consolidator.write.blanks.blank_checks import BlankChecks
from consolidator.write.blanks.blank_plan import BlankPlan
from consolidator.write.blanks.blank_sheet import BlankSheet
from consolidator.write.blanks.guide_sheet import GuideSheet
from consolidator.write.names import sheet_name
from consolidator.write.workbook.book import Book, Properties

if TYPE_CHECKING:
    from consolidator.form.definition import Form
    from consolidator.model import Period, ReportingUnit
    from consolidator.terms import Catalogue

_SOME_YEAR = 2000


def blank_book(form: Form, texts: Catalogue, period: Period | None = None, unit: ReportingUnit | None = None) -> bytes:
    """The workbook to be filled in by one unit, or by anybody where none is named."""
    target = io.BytesIO()
    created = datetime(period.year if period else form.first_year or _SOME_YEAR, 1, 1)  # noqa: DTZ001 - no clock in it
    properties = Properties(form.title, unit.name if unit else "", created)
    book = Book(target, properties, texts.word("page", "footer"))
    checks = BlankChecks(BlankPlan(sheet_name("blank"), form), texts)
    guide = GuideSheet(checks, texts, sheet_name("guide"))
    BlankSheet(book, checks.plan, checks, texts, unit, period).write(guide.violated())
    guide.write(book)
    for name, value in _identity(form, period, unit).properties().items():
        book.property(name, value)
    book.close()
    return target.getvalue()


def _identity(form: Form, period: Period | None, unit: ReportingUnit | None) -> Identity:
    return Identity(
        form=form.id,
        definition=form.sha256,
        period=str(period) if period else "",
        unit_code=unit.code if unit else "",
        unit_name=unit.name if unit else "",
    )
