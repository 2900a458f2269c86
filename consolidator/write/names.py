"""Names of files and sheets: a contract, the same in every language."""

from __future__ import annotations

import re

from consolidator.terms import catalogue

VALUES = "data/values.csv"
FINDINGS = "data/findings.csv"
SUBMISSIONS = "data/submissions.csv"
RUN = "data/run.json"

_BARE_NAME = re.compile(r"[^\W\d]\w*")


def book_name(key: str) -> str:
    """File name of the workbook for the `office` or for `superiors`."""
    return catalogue("zh").word("book", key)


def sheet_name(key: str, number: int = 0) -> str:
    """Name of a sheet; `number` counts the forms of a run, whose second form stands on `汇总表（2）`."""
    name = catalogue("zh").word("sheet", key)
    return continued(name, number)


def continued(name: str, part: int) -> str:
    """Name of the sheet on which a list goes on that one sheet cannot hold; `part` counts from 0."""
    return f"{name}（{part + 1}）" if part else name


def elsewhere(sheet: str, place: str) -> str:
    """A place in a sheet as another sheet's formula names it."""
    if _BARE_NAME.fullmatch(sheet):
        return f"{sheet}!{place}"
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{place}"
