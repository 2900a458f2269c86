"""Whatever a township types, names its file or calls its sheet: it is text, in every file that is written."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.model import CellAddress, Consolidation, Observation, ObservedFile, ReportingUnit
from consolidator.write import publish
from consolidator.write.workbook.text import CELL_LIMIT, for_cell
from tests.write.fabricate import county
from tests.write.reopen import OFFICE, SUPERIORS, rows, texts

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    '=HYPERLINK("http://x.example/","y")',
    "http://x.example/",
    "file:///etc/passwd",
    "mailto:a@x.example",
    "internal:Sheet1!A1",
    "external:c:\\x.xlsx",
    "<r><t>x</t></r>",
    "<r>&broken</r>",
    "<script>alert(1)</script>",
    "_x0041_",
    "\x00\x01\x0b\x1b\x7f",
    "\ud800",
    "\ufffe\uffff",
    "a\u202excod.slx",
    "{=1+1}",
    "1e400",
    "nan",
    "'quoted",
    "x" * 40_000,
    "甲\r\n乙\t丙",
    "&amp;&lt;",
    "＝1+1",
    'DDE("a";"b")',
]


def hostile(run: Consolidation, text: str) -> Consolidation:
    """The text in every place where a township's words can stand."""
    table = run.tables[0]
    rows = list(table.rows)
    seen = Observation("C4", text, text, CellAddress("统计表" + text[:40], 5, 3))
    unusable = replace(rows[1].values["A1"], value=None, raw=text)
    rows[0] = replace(
        rows[0],
        unit=ReportingUnit("1", text[:50], ()),
        file=f"{text}.xlsx",
        sheet=text,
        values={**rows[0].values, "C4": seen},
    )
    rows[9] = replace(rows[9], values={**rows[9].values, "A1": unusable})
    finding = Finding(
        "F01", Severity.HARD, "text", indicators=("A1",), sheet=text, cells=("C6",), observed=text, expected=text,
        details={"label": text, "found": text}, file=f"{text}.xlsx", unit_name=text, form=table.form.id,
    )  # fmt: skip
    note = replace(finding, code="F07", case="full_width", severity=Severity.NOTE)
    records = [replace(run.submissions[0], file=f"{text}.xlsx", unit_name=text), *run.submissions[1:]]
    return replace(
        run,
        tables=(replace(table, rows=tuple(rows), county=text[:50]),),
        findings=(finding, note, replace(finding, severity=Severity.SOFT), *run.findings),
        submissions=tuple(records),
        observations=(ObservedFile(f"{text}.xlsx", "", text, table.form.id, "2016", {"C4": seen}),),
    )


def formulas(workbook: Any) -> list[str]:
    return [
        cell.value
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


@pytest.fixture(scope="module", params=TEXTS, ids=[str(number) for number in range(len(TEXTS))])
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A text, and the output folder of a run that holds it everywhere."""
    out = tmp_path_factory.mktemp("hostile")
    publish(hostile(county(), request.param), out)
    return request.param, out


def test_no_text_becomes_a_formula_a_link_or_markup(attacked: tuple[str, Path]) -> None:
    _, out = attacked
    for book in (OFFICE, SUPERIORS):
        opened = openpyxl.load_workbook(out / book)
        assert all(re.fullmatch(r"=SUM\([^()]+\)|=分乡镇明细表![A-Z]+\d+", formula) for formula in formulas(opened))
        with zipfile.ZipFile(out / book) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        assert not [name for name in parts if re.search(r"externalLink|vbaProject|connections|embeddings", name)]
        targets = re.findall(r'Target="([^"]*)" TargetMode="External"', "".join(parts.values()))
        assert all(target.startswith("../") for target in targets)


def test_what_can_be_shown_is_read_back_as_it_was(attacked: tuple[str, Path]) -> None:
    text, out = attacked
    seen = {one.rstrip(" ") for one in texts(openpyxl.load_workbook(out / SUPERIORS))}

    if len(text) <= CELL_LIMIT:
        assert for_cell(text).rstrip(" ") in seen
    assert text in seen or not text.isprintable() or len(text) > CELL_LIMIT


def test_a_text_that_no_cell_holds_says_its_length_and_is_whole_in_the_csv_files(
    tmp_path: Path,
) -> None:
    text = "公开" * 20_000
    publish(hostile(county(), text), tmp_path)

    for book in (OFFICE, SUPERIORS):
        told = texts(openpyxl.load_workbook(tmp_path / book))
        assert max(map(len, told)) <= CELL_LIMIT
        assert any(one.startswith("公开公开") and one.endswith("…（共 40000 字）") for one in told)
    assert text in {row["value"] for row in rows(tmp_path / "data" / "values.csv")}
    assert text in {row["observed"] for row in rows(tmp_path / "data" / "findings.csv")}


def test_no_csv_field_can_be_run(attacked: tuple[str, Path]) -> None:
    _, out = attacked
    for name in ("values", "findings", "submissions"):
        for row in rows(out / "data" / f"{name}.csv"):
            for field in row.values():
                assert not field or field[0] not in "=+-@\t\r＝＋－＠" or re.fullmatch(r"[+-]?\d+(\.\d+)?", field)


def test_text_that_starts_like_a_formula_is_marked_as_text(tmp_path: Path) -> None:
    publish(hostile(county(), "=1+1"), tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / SUPERIORS)["分乡镇明细表"]
    marked = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1" and cell.quotePrefix]

    assert marked
