"""Other forms that a definition names: which indicators they have, where their definitions are installed.

In: a form's id. Out: the types of its indicators by code; nothing of its rules, which may name the first form in turn.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from consolidator.form.loading.document import read_document
from consolidator.form.loading.mistakes import Mistakes
from consolidator.form.loading.skeleton import listed, read_tables
from consolidator.form.loading.tree import cell_code
from consolidator.resources import folder
from consolidator.terms import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from consolidator.form.choices import ValueType


def types_of(form_id: str) -> Mapping[str, ValueType] | None:
    """The types of the other form's indicators by code; None where no definition of it comes with the program."""
    path = folder("schemas") / f"{form_id}.yaml"
    if not path.is_file():
        return None
    return _types(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _types(path: Path, _changed: int) -> Mapping[str, ValueType]:
    document = read_document(path.read_text(encoding="utf-8-sig"))
    tables = read_tables(listed(document.content, "tables"), Mistakes(path.name, document, LANGUAGES[0])).tables
    return MappingProxyType(
        {
            cell_code(row.code, column.key): column.over(row).type
            for table in tables
            for row in table.rows
            for column in table.columns
        }
    )
