"""How cells look: fonts, lines and colours by role, as Chinese government tables are set.

Fonts are named, never embedded: a computer without one shows its nearest. 小标宋 for titles, 黑体 for headers, 仿宋 for
the body of a form, 宋体 for lists read on the screen.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from consolidator.terms import catalogue

TITLE_FONT, HEADER_FONT, FORM_FONT, LIST_FONT = (
    catalogue("zh").word("font", key) for key in ("title", "header", "form", "list")
)

BLACK = "#000000"
GRID = "#A6A6A6"
HEADER_FILL = "#E7EDF5"
BAND_FILL = "#F5F8FB"
TOTAL_FILL = "#F2F2F2"
HARD_FILL = "#F8D7DA"
SOFT_FILL = "#FFF2CC"
HARD_INK = "#B42318"
SOFT_INK = "#8A5A00"
QUIET_INK = "#7F7F7F"
INPUT_FILL = "#EAF6EC"
LINK_INK = "#0B57D0"
BAR_HARD = "#C0504D"
BAR_SOFT = "#F0B94A"
BAR_PLAIN = "#4472A8"


class Style(Struct, frozen=True):
    """One look of a cell. `border` 0 none, 1 thin, 2 medium, with `open_sides` above and below only; `size` in points."""

    font: str = LIST_FONT
    size: float = 10
    bold: bool = False
    ink: str = BLACK
    fill: str = ""
    align: str = "left"
    valign: str = "vcenter"
    wrap: bool = False
    border: int = 0
    border_ink: str = GRID
    indent: int = 0
    shape: str = ""
    underline: bool = False
    shrink: bool = False
    quoted: bool = False
    unlocked: bool = False
    open_sides: bool = False

    def but(self, **changes: Any) -> Style:
        """The same look with some changes."""
        return replace(self, **changes)

    def properties(self) -> dict[str, Any]:
        """The look in the words of the workbook library; `shape` is its number format."""
        look: dict[str, Any] = {
            "font_name": self.font,
            "font_size": self.size,
            "bold": self.bold,
            "font_color": self.ink,
            "align": self.align,
            "valign": self.valign,
            "text_wrap": self.wrap,
            "indent": self.indent,
            "shrink": self.shrink,
            "quote_prefix": self.quoted,
            "num_format": self.shape or "General",
        }
        if self.border:
            look |= {"border": self.border, "border_color": self.border_ink}
            look |= {"left": 0, "right": 0} if self.open_sides else {}
        if self.fill:
            look |= {"bg_color": self.fill, "pattern": 1}
        if self.unlocked:
            look["locked"] = False
        if self.underline:
            look["underline"] = 1
        return look


TITLE = Style(font=TITLE_FONT, size=20, align="center")
SUBTITLE = Style(font=FORM_FONT, size=12, align="center")
HINT = Style(size=10, ink="#404040", wrap=True, valign="top")
SECTION = Style(font=HEADER_FONT, size=12, fill=HEADER_FILL)
HEADER = Style(font=HEADER_FONT, size=10, fill=HEADER_FILL, align="center", wrap=True, border=1)
BODY = Style(size=10, wrap=True, border=1)
BODY_CENTRE = BODY.but(align="center")
BODY_NUMBER = BODY.but(align="right", wrap=False, shrink=True)
FORM_HEADER = Style(font=HEADER_FONT, size=10.5, align="center", wrap=True, border=1, border_ink=BLACK)
FORM_BODY = Style(font=FORM_FONT, size=10.5, wrap=True, border=1, border_ink=BLACK)
FORM_LINE = Style(font=FORM_FONT, size=10.5, wrap=True)
FORM_INPUT = FORM_BODY.but(fill=INPUT_FILL, unlocked=True)
FORM_NOTE = Style(font=FORM_FONT, size=9, wrap=True, valign="top")


def as_link(style: Style) -> Style:
    """The same look, shown as a link."""
    return style.but(ink=LINK_INK, underline=True)
