"""What one file of the sample county of 2025 is: whose annual report, its figures, prose, layout, and what is wrong on purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.annual.arrange import WAYS, on_own_sheets, side_by_side, with_prose
from tests.annual.county import tables_of_both
from tests.annual.pages import COLUMNS, PUBLISHED, RESULTS, Layout, lay_out, question_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sample_workbooks.township import Fault
    from tests.annual.pages import Laid

FORM = PUBLISHED["2021m_测试市_杭州样式_2025"]
LABELS: Mapping[str, str] = {question_code(label): label for label in FORM["matrix"]["三"]["rows"]}
PEOPLE = COLUMNS[:-1]
DISPUTES = {"L1": "行政复议", "L2": "未经复议直接起诉", "L3": "复议后起诉"}
FIRST = "第二十条第（一）项"
_WIDTHS = {1: 14, 2: 12, 3: 44}


@dataclass(frozen=True)
class Report:
    """One filing of the sample county of 2025.

    `documents` are issued, repealed, in force; `decisions` licences, penalties, compulsory measures. `cases` are the
    applications by row and kind of applicant (received, carried over, results); totals and what is carried forward
    follow. `disputes` are upheld, corrected, other, pending by row. `typed` is what stands in a cell where that is
    something else than the figure; None leaves it blank.
    """

    code: str
    name: str
    category: str
    file: str
    proves: str
    documents: tuple[int, int, int] = (0, 0, 0)
    decisions: tuple[int, int, int] = (0, 0, 0)
    fees: str = "0"
    cases: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    disputes: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)
    prose: Mapping[str, str] = field(default_factory=dict)
    closing: tuple[str, ...] = ()
    way: str = "one merged cell beneath"
    layout: Layout = field(default_factory=Layout)
    typed: Mapping[str, str | None] = field(default_factory=dict)
    year: int = 2025
    old: str = ""
    status: str = "accepted"
    faults: tuple[Fault, ...] = ()

    @property
    def kind(self) -> str:
        """The format, by the file's suffix."""
        return self.file.rpartition(".")[2]

    @property
    def unit(self) -> str:
        """The name as it stands in the title."""
        return f"盐池县{self.name.removeprefix('县')}"

    def figures(self) -> dict[str, str]:
        """The true figure of each of the 200 cells, as plain decimal text."""
        found = dict.fromkeys((f"P11.{key}" for key in ("issued", "repealed", "in_force")), "0")
        keys = ("P12.issued", "P12.repealed", "P12.in_force", "P51.decisions", "P61.decisions", "P62.decisions")
        found |= dict(zip(keys, map(str, (*self.documents, *self.decisions)), strict=True))
        found["P81.amount"] = self.fees
        for person in PEOPLE:
            column = {row: self.cases.get(row, {}).get(person, 0) for row in LABELS}
            column["Q37"] = sum(count for row, count in column.items() if row.startswith("Q3"))
            column["Q4"] = column["Q1"] + column["Q2"] - column["Q37"]
            found |= {f"{row}.{person}": str(count) for row, count in column.items()}
        for row in LABELS:
            found[f"{row}.tot"] = str(sum(int(found[f"{row}.{person}"]) for person in PEOPLE))
        for row in DISPUTES:
            results = self.disputes.get(row, (0, 0, 0, 0))
            found |= {f"{row}.{key}": str(n) for key, n in zip(RESULTS, (*results, sum(results)), strict=True)}
        return found

    def counted(self) -> dict[str, str | None]:
        """The figures as a right reading of the file has them: None where the cell is blank."""
        return self.figures() | {code: None for code, raw in self.typed.items() if raw is None}

    def matrix(self, figures: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The tables as they are typed; with other `figures` where they are given."""
        typed = figures or {**self.figures(), **{code: raw or "" for code, raw in self.typed.items()}}
        small = FORM["matrix"]["二"]
        codes = {
            "规章": "P11",
            "行政规范性文件": "P12",
            "行政许可": "P51",
            "行政处罚": "P61",
            "行政强制": "P62",
            "行政事业性收费": "P81",
        }
        heads = {1: ("decisions",), 3: ("issued", "repealed", "in_force")}

        def cells(label: str, count: int) -> list[str]:
            keys = ("amount",) if codes[label] == "P81" else heads[count]
            return [typed[f"{codes[label]}.{key}"] for key in keys]

        return {
            "二": {
                article: {
                    "cols": block["cols"],
                    "rows": [[row[0], *cells(row[0], len(row) - 1)] for row in block["rows"]],
                }
                for article, block in small.items()
            },
            "三": {
                "cols": FORM["matrix"]["三"]["cols"],
                "rows": {label: [typed[f"{code}.{key}"] for key in COLUMNS] for code, label in LABELS.items()},
            },
            "四": {label: [typed[f"{code}.{key}"] for key in RESULTS] for code, label in DISPUTES.items()},
        }

    def laid(self) -> Laid:
        """The report as worksheets."""
        if self.old == "all":
            laid = lay_out("2019m_中村乡_2020", self.layout, unit=self.unit, year=self.year)
        elif self.old:
            laid = tables_of_both((self.old,), unit=self.unit, year=self.year)
        else:
            laid = lay_out(FORM["name"], self.layout, unit=self.unit, year=self.year, matrix=self.matrix())
        if self.way == "side by side":
            laid = side_by_side(laid)
        elif self.way == "own sheets":
            laid = on_own_sheets(laid, self.prose)
        elif self.prose:
            laid = with_prose(laid, WAYS[self.way], self.prose, self.closing)
        laid.pages[0].widths.update(_WIDTHS if self.layout.depth > 1 else {1: 60})
        return laid
