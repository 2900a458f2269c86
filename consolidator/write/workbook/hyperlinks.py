"""The links of one sheet's long lists, as many as a sheet can hold, and the parts of the package that name their targets.

Source of the markup: ECMA-376 part 1 §18.3.1.47 (`hyperlink`), part 2 §9.3 (relationships).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.write.workbook import limits
from consolidator.write.workbook.links import FileLink

if TYPE_CHECKING:
    from collections.abc import Iterator

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class Hyperlinks:
    """Collects the links of a sheet that has `used` ones already."""

    def __init__(self, used: int) -> None:
        self._used = used
        self._elements: list[str] = []
        self._targets: list[str] = []

    def add(self, cell: str, target: FileLink | str, shown: str) -> bool:
        """Link a cell to a file, or to a place in this workbook; whether the sheet can hold one more link."""
        if self._used >= limits.EXCEL_LINKS_A_SHEET:
            return False
        self._used += 1
        if isinstance(target, FileLink):
            self._targets.append(target.uri)
            place = f' location="{_attribute(target.place)}"' if target.place else ""
            self._elements.append(f'<hyperlink ref="{cell}" r:id="rIdL{len(self._targets)}"{place}/>')
        else:
            place, display = _attribute(target), _attribute(shown)
            self._elements.append(f'<hyperlink ref="{cell}" location="{place}" display="{display}"/>')
        return True

    def placed(self, tail: str) -> str:
        """What follows the rows of a sheet, with the links in their place; those that stood there come first."""
        if not self._elements:
            return tail
        links = "".join(self._elements)
        if "</hyperlinks>" in tail:
            return tail.replace("</hyperlinks>", f"{links}</hyperlinks>", 1)
        return tail.replace("<printOptions", f"<hyperlinks>{links}</hyperlinks><printOptions", 1)

    def related(self, relationships: str = "") -> str:
        """The sheet's relationships with the targets of the links; empty where there are none at all."""
        if not self._targets:
            return relationships
        added = "".join(self._relationships())
        return (relationships or _EMPTY).replace("</Relationships>", f"{added}</Relationships>")

    def _relationships(self) -> Iterator[str]:
        for number, target in enumerate(self._targets, start=1):
            uri = _attribute(target)
            yield f'<Relationship Id="rIdL{number}" Type="{_KIND}" Target="{uri}" TargetMode="External"/>'


def _attribute(text: str) -> str:
    """The text between quotes."""
    if text.isalnum():
        return text
    for char, entity in (("&", "&amp;"), ('"', "&quot;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "&#xA;")):
        text = text.replace(char, entity)
    return text
