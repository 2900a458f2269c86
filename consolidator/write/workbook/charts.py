"""Native bar charts of units: findings stacked by weight, one indicator's values; flat, few colours, values on the bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from consolidator.write.workbook.styles import GRID, HEADER_FONT, LIST_FONT

if TYPE_CHECKING:
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page

UNITS_SHOWN = 25
"""More bars than this cannot be read; the sheet says how many are not shown."""

PIXELS_A_BAR = 24
_FRAME_PIXELS = 96
_WHOLE_STEPS = 8


def chart_height(bars: int) -> int:
    """Height in pixels in which so many bars can be read."""
    return _FRAME_PIXELS + PIXELS_A_BAR * bars


class Series(Struct, frozen=True):
    """One set of bars: its `name`, its colour, and where its values stand on the sheet (0-based column)."""

    name: str
    column: int
    colour: str
    shape: str = "0;-0;;"  # zero gets no label
    ink: str = "#333333"


class BarChart(Struct, frozen=True):
    """Bars for the lines `first` to `last` of the sheet; the names are in column `names`."""

    title: str
    names: int
    first: int
    last: int
    series: tuple[Series, ...]
    longest: float
    """Length of the longest bar, so that small counts get whole steps on the axis."""

    def draw(self, book: Book, page: Page, at: tuple[int, int], size: tuple[int, int]) -> None:
        """Put the chart on the page at (row, column), so many pixels wide and high."""
        chart = book.chart("bar", "stacked" if len(self.series) > 1 else "")
        for series in self.series:
            chart.add_series(self._series(page, series))
        chart.set_title({"name": self.title, "name_font": _font(11, HEADER_FONT), "overlay": False})
        chart.set_y_axis(
            {
                "reverse": True,
                "interval_unit": 1,
                "num_font": _font(9),
                "line": {"color": GRID},
                "major_tick_mark": "none",
            }
        )
        chart.set_x_axis(
            {
                "visible": len(self.series) > 1,  # beside a single bar its value says enough
                "num_font": _font(8),
                "min": 0,
                "major_gridlines": {"visible": len(self.series) > 1, "line": {"color": "#E3E3E3", "width": 0.5}},
                "line": {"none": True},
                "label_position": "high",
                "num_format": "General",
                **({"major_unit": 1} if self.longest <= _WHOLE_STEPS else {}),
            }
        )
        if len(self.series) == 1:
            chart.set_legend({"none": True})
        chart.set_size({"width": size[0], "height": size[1]})
        chart.set_chartarea({"border": {"color": "#D9D9D9"}})
        page.sheet.insert_chart(*at, chart, {"x_offset": 2, "y_offset": 4, "object_position": 1})

    def _series(self, page: Page, series: Series) -> dict[str, Any]:
        return {
            "name": series.name,
            "categories": [page.name, self.first, self.names, self.last, self.names],
            "values": [page.name, self.first, series.column, self.last, series.column],
            "fill": {"color": series.colour},
            "border": {"none": True},
            "gap": 45,
            "data_labels": {"value": True, "num_format": series.shape, "font": _font(9) | {"color": series.ink}},
        }


def _font(size: float, name: str = LIST_FONT) -> dict[str, Any]:
    return {"name": name, "size": size, "bold": False, "color": "#333333"}
