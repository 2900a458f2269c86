"""Excel workbooks in Office Open XML (.xlsx, .xlsm, in their transitional and strict dialects).

In: an `Archive`. Out: the sheets, exactly as stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.read.cells.formulas import base_name
from consolidator.read.cells.grid import Budget
from consolidator.read.cells.placeholders import without_placeholders
from consolidator.read.excel.notes import Comments, read_notes, read_threads
from consolidator.read.excel.regular import regular_grid
from consolidator.read.excel.sheet_xml import BookFacts, SheetScanner
from consolidator.read.excel.strings import Text, read_strings, regular_strings
from consolidator.read.excel.styles import read_styles
from consolidator.read.excel.thinning import thinned
from consolidator.read.files.markup import scan
from consolidator.read.files.package import (
    Relation,
    SheetEntry,
    WorkbookPart,
    part_of_kind,
    relations,
    workbook_part,
    worksheets,
)
from consolidator.read.files.remembered import of_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from consolidator.model import Sheet
    from consolidator.read.cells.values import Style
    from consolidator.read.files.archive import Archive
    from consolidator.read.limits import Limits


def read_ooxml(archive: Archive) -> tuple[Sheet, ...]:
    """All worksheets in the order of the tabs; chart, dialog and macro sheets are none."""
    part = workbook_part(archive)
    book = of_part(archive, part, "workbook", lambda chunks: _book(chunks, archive.limits))
    related = relations(archive, part)
    facts = BookFacts(
        strings=_strings(archive, related),
        styles=_styles(archive, related),
        date1904=book.date1904,
        workbooks=tuple(_external(archive, related.get(key)) for key in book.externals),
        limits=archive.limits,
        budget=Budget(archive.limits.cells),
    )
    listed = worksheets(archive, book.sheets, related, "xl/worksheets/sheet{}.xml")
    sheets = tuple(_sheet(archive, entry, target, facts) for entry, target in listed)
    return without_placeholders(sheets) if book.full_calculation else sheets


def _book(chunks: Iterable[bytes], limits: Limits) -> WorkbookPart:
    book = WorkbookPart(limits)
    scan(chunks, book)
    return book


def _strings(archive: Archive, related: Mapping[str, Relation]) -> list[Text]:
    part = part_of_kind(archive, related, "sharedStrings")
    if part is None:
        return []
    content = archive.small(part)
    found = regular_strings(content, archive.limits) if content is not None else None
    return read_strings(archive.chunks(part), archive.limits) if found is None else found


def _styles(archive: Archive, related: Mapping[str, Relation]) -> tuple[Style, ...]:
    part = part_of_kind(archive, related, "styles")
    return of_part(archive, part, "styles", lambda chunks: read_styles(chunks, archive.limits)) if part else ()


def _external(archive: Archive, relation: Relation | None) -> str:
    """The name of an external workbook, from the relations of the part that stands for it."""
    if relation is None:
        return ""
    for target in relations(archive, relation.target).values():
        if target.kind.startswith(("externalLinkPath", "xlPathMissing", "xlExternalLinkPath")):
            return base_name(target.target)
    return ""


def _sheet(archive: Archive, entry: SheetEntry, part: str, facts: BookFacts) -> Sheet:
    content = archive.small(part)
    grid = regular_grid(content, facts) if content is not None else None
    if grid is None:
        scanner = SheetScanner(facts)
        scan(thinned(archive.chunks(part)), scanner)
        grid = scanner.grid
    return grid.sheet(entry.name, entry.visibility, _comments(archive, part))


def _comments(archive: Archive, part: str) -> Comments:
    found: Comments = {}
    threads: Comments = {}
    for relation in relations(archive, part).values():
        if relation.external or relation.target not in archive:
            continue
        if relation.kind == "comments":
            found |= read_notes(archive.chunks(relation.target), archive.limits)
        elif relation.kind == "threadedComment":
            threads |= read_threads(archive.chunks(relation.target), archive.limits)
    return found | threads
