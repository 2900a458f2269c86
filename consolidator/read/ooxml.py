"""Excel workbooks in Office Open XML (.xlsx, .xlsm, in their transitional and strict dialects).

In: an `Archive`. Out: the sheets, exactly as stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.model import Visibility
from consolidator.read.formulas import base_name
from consolidator.read.grid import Budget
from consolidator.read.limits import damaged
from consolidator.read.markup import scan
from consolidator.read.notes import Comments, read_notes, read_threads
from consolidator.read.package import Relation, SheetEntry, WorkbookPart, relations, workbook_part
from consolidator.read.sheet_xml import BookFacts, SheetScanner
from consolidator.read.strings import Text, read_strings
from consolidator.read.styles import read_styles
from consolidator.read.thinning import thinned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.model import Sheet
    from consolidator.read.archive import Archive
    from consolidator.read.values import Style

_NOT_WORKSHEETS = frozenset({"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})


def read_ooxml(archive: Archive) -> tuple[Sheet, ...]:
    """All worksheets in the order of the tabs; chart, dialog and macro sheets are none."""
    part = workbook_part(archive)
    book = WorkbookPart(archive.limits)
    scan(archive.chunks(part), book)
    related = relations(archive, part)
    facts = BookFacts(
        strings=_strings(archive, related),
        styles=_styles(archive, related),
        date1904=book.date1904,
        workbooks=tuple(_external(archive, related.get(key)) for key in book.externals),
        limits=archive.limits,
        budget=Budget(archive.limits.cells),
    )
    return tuple(_sheet(archive, entry, target, facts) for entry, target in _worksheets(archive, book, related))


def _worksheets(archive: Archive, book: WorkbookPart, related: Mapping[str, Relation]) -> list[tuple[SheetEntry, str]]:
    found = []
    for number, entry in enumerate(book.sheets, start=1):
        relation = related.get(entry.relation)
        if relation is not None and relation.kind in _NOT_WORKSHEETS:
            continue
        target = relation.target if relation is not None else f"xl/worksheets/sheet{number}.xml"
        if target not in archive:
            raise damaged("sheet_missing")
        found.append((entry, target))
    return found


def _part(archive: Archive, related: Mapping[str, Relation], kind: str) -> str | None:
    for relation in related.values():
        if relation.kind == kind and not relation.external and relation.target in archive:
            return relation.target
    return None


def _strings(archive: Archive, related: Mapping[str, Relation]) -> list[Text]:
    part = _part(archive, related, "sharedStrings")
    return read_strings(archive.chunks(part), archive.limits) if part else []


def _styles(archive: Archive, related: Mapping[str, Relation]) -> tuple[Style, ...]:
    part = _part(archive, related, "styles")
    return read_styles(archive.chunks(part), archive.limits) if part else ()


def _external(archive: Archive, relation: Relation | None) -> str:
    """The name of an external workbook, from the relations of the part that stands for it."""
    if relation is None:
        return ""
    for target in relations(archive, relation.target).values():
        if target.kind.startswith(("externalLinkPath", "xlPathMissing", "xlExternalLinkPath")):
            return base_name(target.target)
    return ""


def _sheet(archive: Archive, entry: SheetEntry, part: str, facts: BookFacts) -> Sheet:
    scanner = SheetScanner(facts)
    scan(thinned(archive.chunks(part)), scanner)
    return scanner.grid.sheet(entry.name, Visibility(entry.visibility), _comments(archive, part))


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
