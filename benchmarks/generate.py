"""Inboxes of any size: forms as townships send them, a roster and a campaign file beside.

In: a size and a folder (`python -m benchmarks.generate county FOLDER`). Out: `inbox/`, `roster.xlsx`, `campaign.toml`,
`corrected.xlsx` (the first unit's form with other figures) and `truth.json` (the totals that are meant, what is planted).
The same bytes every time.
"""

from __future__ import annotations

import json
import sys
import warnings
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

from benchmarks.figures import figures
from benchmarks.inboxes import CORRECTED, FILES, TRUTH
from benchmarks.places import TOWNS_A_COUNTY, place
from benchmarks.plants import plant, typed
from benchmarks.templates import Words, plain_book, template
from sample_workbooks.printed_form import NUMBERS
from tests.formats import to_xls

if TYPE_CHECKING:
    from benchmarks.figures import Figure
    from benchmarks.places import Place
    from benchmarks.plants import Plant
    from benchmarks.templates import Design, Template

_REGION = {"county": "清水县", "prefecture": "示范市", "province": "示范省", "nation": "全国"}
_SEED = 2016
_NAMES = ("{place}2016年政府信息公开情况统计表", "{place}统计表", "{place}（2016）", "政府信息公开统计表 {place}")
_CAMPAIGN = """county = "{region}"
period = "2016"
forms = ["gov-info-disclosure-2014"]
roster = "roster.xlsx"
"""


@dataclass(frozen=True, slots=True)
class Inbox:
    """A generated collection."""

    folder: Path
    size: str
    files: int

    @property
    def inbox(self) -> Path:
        """The folder of the forms."""
        return self.folder / "inbox"

    @property
    def campaign(self) -> Path:
        """The campaign file."""
        return self.folder / "campaign.toml"


def generate(size: str, folder: Path, *, faults: bool = True) -> Inbox:
    """Write an inbox of `size` below `folder`, unless it is there already."""
    files = FILES[size]
    target = folder / (size if faults else f"{size}-clean")
    made = Inbox(target, size, files)
    if (target / TRUTH).is_file():
        return made
    totals: dict[str, Decimal] = dict.fromkeys(NUMBERS, Decimal(0))
    planted: dict[str, str] = {}
    names = []
    for number in range(files):
        unit, what = place(number), plant(number, faults=faults)
        names.append(_name(size, number, unit, what))
        meant = _meant(number)
        path = made.inbox / names[-1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_form(number, unit, what, meant))
        if what.counts:
            for code, value in meant.items():
                totals[code] += Decimal(str(value))
        if what.fault or what.fallback:
            planted[names[-1]] = what.fault or what.fallback
    (target / CORRECTED).write_bytes(_form(0, place(0), plant(0), _meant(files)))
    _roster(target / "roster.xlsx", size, files)
    made.campaign.write_text(_CAMPAIGN.format(region=_REGION[size]), encoding="utf-8")
    told = {"totals": {code: str(total) for code, total in totals.items()}, "planted": planted, "first": names[0]}
    (target / TRUTH).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return made


def _meant(number: int) -> dict[str, Figure]:
    return figures(_SEED * 1_000_003 + number)


def _name(size: str, number: int, unit: Place, what: Plant) -> str:
    name = _NAMES[number % len(_NAMES)].format(place=unit.town)
    folder = "" if size == "county" else f"{unit.county}/"
    if size == "nation":
        folder = f"{number // (TOWNS_A_COUNTY * 100) + 1:02d}/{folder}"
    return f"{folder}{name}.{what.suffix}"


def _form(number: int, unit: Place, what: Plant, meant: dict[str, Figure]) -> bytes:
    cells = typed(meant, what)
    topics = "征地补偿、社会救助" if meant["C1"] else "无"
    words = Words(unit.full, what.period, f"0000-{number:08d}", topics)
    if what.suffix == "xls":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # xlwt speaks of Python 2
            return to_xls(plain_book(cells, words))
    return _template(what.design).fill(cells, words)


@cache
def _template(design: Design) -> Template:
    return template(design)


def _roster(path: Path, size: str, files: int) -> None:
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("名录")
    for column, head in enumerate(("单位代码", "单位名称", "别名", "类别")):
        sheet.write_string(0, column, head)
    for number in range(files):
        unit = place(number)
        name = unit.town if size == "county" else unit.full
        for column, text in enumerate((unit.code, name, "", "乡" if unit.town.endswith("乡") else "镇")):
            if text:
                sheet.write_string(number + 1, column, text)
    workbook.close()


if __name__ == "__main__":
    generate(sys.argv[1], Path(sys.argv[2]))
