"""What our workbooks carry so that they are known again: properties of a blank form, the names of cells and columns.

Nothing here is to be trusted: whoever reads a file judges whether its marks hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME_PREFIX = "csl_"
"""How the defined name of a cell begins that is to be filled in; no cell address begins so."""

_COLUMN = re.compile(rf"{NAME_PREFIX}of\d+\.(.+)")


def column_name(sheet: int, code: str) -> str:
    """The hidden name of an indicator's column in the detail sheet number `sheet`, where the sheet shows no codes."""
    return f"{NAME_PREFIX}of{sheet}.{code}"


def column_code(name: str) -> str | None:
    """The code of the indicator whose column has this name; None for any other name."""
    match = _COLUMN.fullmatch(name)
    return match[1] if match else None


MARK = "csl.form"
"""The property that makes a file a blank form of ours: the id of its form."""

_SCHEME = "1"
_PROPERTIES = {
    "scheme": "csl.scheme",
    "form": MARK,
    "definition": "csl.definition",
    "period": "csl.period",
    "unit_code": "csl.unit_code",
    "unit_name": "csl.unit_name",
}
COLUMNS = "csl.columns"
"""The property that makes hidden names of columns looked for: a workbook of totals, no blank form."""

REVIEW = "csl.review"
"""The property of the county's own workbook of totals and errors, which is nobody's filing."""

SUMMARY = "csl.summary"
"""The property of the workbook of totals for superiors, which is none of the forms that it adds up."""

PROPERTY_NAMES = (*_PROPERTIES.values(), COLUMNS, REVIEW, SUMMARY)
"""All properties of our workbooks; those without a value are left out."""


class Identity(Struct, frozen=True):
    """What a blank form knows of itself. `definition` is the sha256 of the form's definition; empty texts: not known."""

    form: str
    definition: str
    period: str = ""
    unit_code: str = ""
    unit_name: str = ""

    def properties(self) -> dict[str, str]:
        """The properties that the file carries."""
        values = {"scheme": _SCHEME, **{key: getattr(self, key) for key in _PROPERTIES if key != "scheme"}}
        return {_PROPERTIES[key]: value for key, value in values.items() if value}


def identity_of(properties: Mapping[str, str]) -> Identity | None:
    """The identity that a file's properties state; None where there is none, or one of another scheme than ours."""
    if properties.get(_PROPERTIES["scheme"]) != _SCHEME or not properties.get(MARK):
        return None
    return Identity(**{key: properties.get(name, "") for key, name in _PROPERTIES.items() if key != "scheme"})
