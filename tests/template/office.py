"""An office program without a screen: opens a filled form, works on it as a clerk would, saves it in many formats.

The work is a Basic macro of LibreOffice in a profile of its own, so that rows, names, merges and formulas move as they do
under a clerk's hands.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
FORMATS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xlsm": "Calc MS Excel 2007 VBA XML",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "fods": "OpenDocument Spreadsheet Flat XML",
    "html": "HTML (StarCalc)",
    "csv": "Text - txt - csv (StarCalc)",
    "xml": "MS Excel 2003 XML",
    "dif": "DIF",
    "slk": "SYLK",
}
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Clerk" script:language="StarBasic">
{code}
</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Clerk"/></library:library>
"""
_CODE = """
Sub Work(source As String, folder As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  sheet = doc.Sheets.getByIndex(0)
  sheet.unprotect("")
  {steps}
  doc.calculateAll()
  {stores}
  doc.close(True)
End Sub
Sub Store(doc, url As String, filter As String)
  On Error Resume Next
  Dim save(1) As New com.sun.star.beans.PropertyValue
  save(0).Name = "FilterName" : save(0).Value = filter
  save(1).Name = "FilterOptions" : save(1).Value = "44,34,76,1"
  doc.storeToURL(url, save())
End Sub
"""


@dataclass(frozen=True)
class Rows:
    """Rows of a sheet, from 0, both ends included."""

    first: int
    last: int


def insert_rows(at: int, count: int) -> str:
    return f"sheet.Rows.insertByIndex({at}, {count})"


def insert_column(at: int) -> str:
    return f"sheet.Columns.insertByIndex({at}, 1)"


def move(rows: Rows, last_column: int, to: int) -> str:
    """Cut whole rows up to a column and paste them further down."""
    return (
        f"area = sheet.getCellRangeByPosition(0, {rows.first}, {last_column}, {rows.last}).RangeAddress : "
        f"sheet.moveRange(sheet.getCellByPosition(0, {to}).CellAddress, area)"
    )


def sort(rows: Rows, last_column: int, by: int) -> str:
    """Sort whole rows by a column, the largest first."""
    return f"""
  Dim fields(0) As New com.sun.star.table.TableSortField
  fields(0).Field = {by} : fields(0).IsAscending = False
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields" : how(0).Value = fields()
  how(1).Name = "ContainsHeader" : how(1).Value = False
  sheet.getCellRangeByPosition(0, {rows.first}, {last_column}, {rows.last}).sort(how())
"""


def rename(name: str) -> str:
    return f'sheet.Name = "{name}" : doc.Sheets.insertNewByName("自查", 1)'


def work(source: Path, steps: list[str], folder: Path) -> dict[str, bytes]:
    """Take the steps on the file, reckon, save in every format there is; the files by format."""
    assert PROGRAM is not None
    folder.mkdir()
    profile = folder / "profile"
    start = [PROGRAM, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=120)
    library = profile / "user" / "basic" / "Standard"
    stores = "\n  ".join(f'Store(doc, folder & "/{ending}.{ending}", "{name}")' for ending, name in FORMATS.items())
    code = _CODE.format(steps="\n  ".join(steps), stores=stores).replace("&", "&amp;").replace("<", "&lt;")
    (library / "Clerk.xba").write_text(_MODULE.format(code=code), encoding="utf-8")
    (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    call = f'macro:///Standard.Clerk.Work("{source.as_uri()}","{folder.as_uri()}")'
    subprocess.run([*start, call], check=True, capture_output=True, timeout=240)
    files = {ending: folder / f"{ending}.{ending}" for ending in FORMATS}
    return {ending: path.read_bytes() for ending, path in files.items() if path.exists()}
