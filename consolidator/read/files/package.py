"""The parts of an Office Open XML package and how they point at each other.

In: an `Archive`. Out: relations, and the workbook part with its sheets in order.
Source: ECMA-376 part 2 (packages), part 1, 18.2 (workbook).
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from msgspec import Struct

from consolidator.model import Visibility
from consolidator.read.files.markup import Attributes, Scanner, register, scan, truth
from consolidator.read.files.names import MAIN_SPACES, OFFICE_RELATIONS, PACKAGE_RELATIONS
from consolidator.read.files.remembered import of_part
from consolidator.read.limits import damaged, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.read.files.archive import Archive
    from consolidator.read.limits import Limits

_NOT_WORKSHEETS = frozenset({"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"})


class Relation(NamedTuple):
    """One relation of a part: its kind (the last word of its type), and the part or file it points at."""

    kind: str
    target: str
    external: bool


class _Relations(Scanner):
    def __init__(self, limits: Limits, folder: str) -> None:
        super().__init__(limits)
        self.found: dict[str, Relation] = {}
        self._folder = folder
        register(self.starts, PACKAGE_RELATIONS, {"Relationship": self._relation})

    def _relation(self, attributes: Attributes) -> None:
        target = attributes.get("Target", "")
        external = attributes.get("TargetMode", "").lower() == "external"
        if not external:
            target = posixpath.normpath(posixpath.join("/", self._folder, unquote(target).replace("\\", "/")))
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = Relation(kind, target, external)


def relations(archive: Archive, part: str) -> dict[str, Relation]:
    """The relations of a part by their id; none where it has none."""
    folder, _, name = part.lstrip("/").rpartition("/")
    where = posixpath.join(folder, "_rels", f"{name}.rels")
    if where not in archive:
        return {}
    return of_part(archive, where, ("relations", folder), lambda chunks: _relations(chunks, archive.limits, folder))


def _relations(chunks: Iterable[bytes], limits: Limits, folder: str) -> dict[str, Relation]:
    found = _Relations(limits, folder)
    scan(chunks, found)
    return found.found


def part_of_kind(archive: Archive, related: Mapping[str, Relation], kind: str) -> str | None:
    """The first part that a relation of this kind points at, if any; one that is pointed at must be there."""
    for relation in related.values():
        if relation.kind == kind and not relation.external:
            if relation.target not in archive:
                raise damaged("part_missing")
            return relation.target
    return None


class SheetEntry(Struct, frozen=True):
    """A sheet as the workbook part lists it."""

    name: str
    visibility: Visibility
    relation: str


class WorkbookPart(Scanner):
    """What `xl/workbook.xml` says."""

    def __init__(self, limits: Limits) -> None:
        """Begin with an empty workbook."""
        super().__init__(limits)
        self.sheets: list[SheetEntry] = []
        self.date1904 = False
        self.full_calculation = False
        self.externals: list[str] = []
        self._in_sheets = False
        starts = {
            "sheets": self._open_sheets,
            "sheet": self._sheet,
            "workbookPr": self._properties,
            "externalReference": self._external,
            "calcPr": self._calculation,
        }
        register(self.starts, MAIN_SPACES, starts)
        register(self.ends, MAIN_SPACES, {"sheets": self._close_sheets})

    def _open_sheets(self, _: Attributes) -> None:
        self._in_sheets = True

    def _close_sheets(self) -> None:
        self._in_sheets = False

    def _sheet(self, attributes: Attributes) -> None:
        if not self._in_sheets:
            return
        state = attributes.get("state", "visible")
        visibility = next((each for each in Visibility if each.lower() == state.lower()), Visibility.VISIBLE)
        self.sheets.append(SheetEntry(attributes.get("name", ""), visibility, related(attributes)))
        if len(self.sheets) > self.limits.sheets:
            raise too_large("sheets", self.limits.sheets)

    def _properties(self, attributes: Attributes) -> None:
        self.date1904 = truth(attributes.get("date1904"))

    def _external(self, attributes: Attributes) -> None:
        self.externals.append(related(attributes))

    def _calculation(self, attributes: Attributes) -> None:
        self.full_calculation = truth(attributes.get("fullCalcOnLoad"))


def related(attributes: Attributes) -> str:
    """The `r:id` of an element, in either dialect."""
    for space in OFFICE_RELATIONS:
        if (value := attributes.get(f"{space} id")) is not None:
            return value
    return attributes.get("id", "")


def workbook_part(archive: Archive) -> str:
    """The name of the workbook part: as the package says, else where it usually lies."""
    for relation in relations(archive, "").values():
        if relation.kind == "officeDocument" and not relation.external and relation.target in archive:
            return relation.target
    return "xl/workbook.bin" if "xl/workbook.bin" in archive else "xl/workbook.xml"


def worksheets(
    archive: Archive, entries: Sequence[SheetEntry], related: Mapping[str, Relation], usual: str
) -> list[tuple[SheetEntry, str]]:
    """The worksheets among the sheets, each with its part; chart, dialog and macro sheets are none.

    A sheet without a relation is looked for under its `usual` name; one whose part is missing is a sign of damage.
    """
    found = []
    for number, entry in enumerate(entries, start=1):
        relation = related.get(entry.relation)
        if relation is not None and relation.kind in _NOT_WORKSHEETS:
            continue
        target = relation.target if relation is not None else usual.format(number)
        if target not in archive:
            raise damaged("sheet_missing")
        found.append((entry, target))
    return found
