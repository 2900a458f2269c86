"""Both workbooks and the CSV files, reopened after a run over hostile words: every formula and every link is ours."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import unquote

import openpyxl
import pytest

from consolidator.form import available, load_by_id
from consolidator.model import column_code
from tests.hostile.outputs import BOOKS, parts, tree
from tests.hostile.texts import MARK

if TYPE_CHECKING:
    from pathlib import Path

    from tests.hostile.conftest import Run

PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(?:core|app|custom)\.xml|xl/workbook\.xml|xl/styles\.xml"
    r"|xl/sharedStrings\.xml|xl/theme/theme1\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml"
    r"|xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/comments\d*\.xml|xl/drawings/vmlDrawing\d+\.vml|xl/drawings/drawing\d+\.xml"
    r"|xl/drawings/_rels/(?:vmlD|d)rawing\d+\.(?:vml|xml)\.rels|xl/charts/chart\d+\.xml|xl/tables/table\d+\.xml|xl/media/image\d+\.png"
    r"|xl/metadata\.xml|xl/richData/.*"
)
OURS = re.compile(
    r"SUM\(分乡镇明细表!\$?[A-Z]+\$?\d+:\$?[A-Z]+\$?\d+\)|SUM\([^()\"!'\[\]]+\)|分乡镇明细表!\$?[A-Z]+\$?\d+"
)
ALLOWED = frozenset(
    [
        "worksheet",
        "sheetPr",
        "pageSetUpPr",
        "tabColor",
        "dimension",
        "sheetViews",
        "sheetView",
        "pane",
        "selection",
        "sheetFormatPr",
        "cols",
        "col",
        "sheetData",
        "row",
        "c",
        "v",
        "f",
        "is",
        "t",
        "mergeCells",
        "mergeCell",
        "hyperlinks",
        "hyperlink",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "oddHeader",
        "oddFooter",
        "evenFooter",
        "evenHeader",
        "rowBreaks",
        "colBreaks",
        "brk",
        "drawing",
        "legacyDrawing",
        "autoFilter",
        "filterColumn",
        "customFilters",
        "customFilter",
        "filters",
        "filter",
        "conditionalFormatting",
        "cfRule",
        "formula",
        "dataValidations",
        "dataValidation",
        "formula1",
        "formula2",
        "outlinePr",
        "ignoredErrors",
        "ignoredError",
        "sheetProtection",
        "tableParts",
        "tablePart",
        "cfvo",
        "dataBar",
        "color",
        "colorScale",
        "iconSet",
        "extLst",
        "ext",
        "r",
        "rPr",
    ]
)
LEADING = "=+-@\t\r＝＋－＠"


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest, spoken_run: Run) -> Path:
    return spoken_run.out / str(request.param)


def formulas(book: Path) -> list[str]:
    found = []
    for name, data in parts(book).items():
        if name.startswith("xl/worksheets/sheet"):
            found += [each.text or "" for each in tree(data).iter() if each.tag.endswith("}f")]
    return found


def test_the_run_was_one_with_hostile_words_in_it(spoken_run: Run) -> None:
    assert spoken_run.done.returncode == 1, spoken_run.done.stderr
    assert "Traceback" not in spoken_run.done.stderr
    assert any(MARK in row["raw"] for row in spoken_run.values)
    assert sum(MARK in data.decode("utf-8", "replace") for data in parts(spoken_run.out / BOOKS[0]).values())


def test_every_formula_is_ours(book: Path) -> None:
    found = formulas(book)

    assert found
    assert [formula for formula in found if not OURS.fullmatch(formula)] == []


def test_every_part_and_every_element_of_a_sheet_is_on_the_list(book: Path) -> None:
    found = parts(book)

    assert [name for name in found if not PARTS.fullmatch(name)] == []
    for name, data in found.items():
        if name.startswith("xl/worksheets/sheet"):
            assert {each.tag.rpartition("}")[2] for each in tree(data).iter()} - ALLOWED == set()
        elif name.endswith((".xml", ".rels", ".vml")):
            tree(data)


def test_every_link_leads_to_a_file_of_the_inbox_or_into_the_workbook(spoken_run: Run, book: Path) -> None:
    for name, data in parts(book).items():
        if not name.endswith(".rels"):
            continue
        for relation in tree(data):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                assert "://" not in target
                continue
            assert relation.get("Type", "").endswith("/hyperlink")
            assert "://" not in target
            path = posixpath.normpath(posixpath.join(spoken_run.out.as_posix(), unquote(target.partition("#")[0])))
            assert path.startswith(f"{spoken_run.planted.inbox.as_posix()}/"), target


def test_no_name_connection_or_validation_comes_from_a_file(book: Path) -> None:
    opened = openpyxl.load_workbook(book)
    names = [str(name) for name in opened.defined_names] + [str(n) for sheet in opened for n in sheet.defined_names]

    codes = {code for form_id in available() for code in load_by_id(form_id).indicators}
    assert {name for name in names if column_code(name) not in codes} <= {
        "Print_Titles",
        "Print_Area",
        "_xlnm.Print_Titles",
        "_xlnm.Print_Area",
        "_xlnm._FilterDatabase",
    }
    for sheet in opened:
        assert MARK not in "".join(str(rule.formula1) for rule in sheet.data_validations.dataValidation)


def test_words_of_files_stand_as_texts(book: Path) -> None:
    seen = 0
    for sheet in openpyxl.load_workbook(book):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and MARK in cell.value:
                    seen += 1
                    assert cell.data_type == "s"
                    assert cell.quotePrefix or cell.value[0] not in LEADING
    assert seen or book.name == BOOKS[1]


def test_no_field_of_a_csv_begins_like_a_formula(spoken_run: Run) -> None:
    for name in ("values", "findings", "submissions"):
        for row in spoken_run.rows(name):
            for field in row.values():
                assert not field or field[0] not in LEADING or re.fullmatch(r"[+-]?\d+(?:\.\d+)?", field), field


def test_nothing_was_written_outside_the_output_folder(spoken_run: Run) -> None:
    assert spoken_run.untouched
    around = {path.name for path in spoken_run.planted.inbox.parent.iterdir()}
    assert around == {"收件", "名录.csv", "外面.xlsx", "out", "facts.json"}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_sees_no_other_formula(book: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, check=True, capture_output=True)
    text = (tmp_path / f"{book.stem}.fods").read_text(encoding="utf-8")
    seen = re.findall(r'table:formula="of:=([^"]*)"', text)

    assert len(seen) == len(formulas(book))
    assert [
        formula
        for formula in seen
        if not re.fullmatch(r"SUM\(\[[^\"()]*\]\)|\[\$?(?:分乡镇明细表)?\.[$A-Z0-9]+\]", formula)
    ] == []
    assert [
        link for link in re.findall(r'xlink:href="([^"]*)"', text) if re.match(r"(?:javascript|http|ms-|mailto)", link)
    ] == []
