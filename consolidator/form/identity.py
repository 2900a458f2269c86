"""The hidden identity of a blank form: whose it is and for when, and a defined name for every cell to be filled in.

In: a form, or the marks found in a returned file. Out: names and properties, or an `Identity`. Never: trust; whoever
reads a file judges whether its marks hold.

A name is `csl_` and the indicator's code: no cell address begins so (`A1`, `C34` and `R11` are addresses), and every
character of a code may stand in a name. Names do not tell capitals apart; codes that differ in them alone get none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.definition import Form

NAME_PREFIX = "csl_"
"""How the defined names of a blank form begin."""

PROPERTY_PREFIX = "csl."
"""How the properties of a blank form begin."""

MARK = "csl.form"
"""The property that makes a file one of ours: the id of its form."""

_SCHEME = "1"
_PROPERTIES = {
    "scheme": "csl.scheme",
    "form": MARK,
    "definition": "csl.definition",
    "period": "csl.period",
    "unit_code": "csl.unit_code",
    "unit_name": "csl.unit_name",
}
PROPERTY_NAMES = tuple(_PROPERTIES.values())
"""The properties of a blank form; those without a value are left out."""


@dataclass(frozen=True, slots=True)
class Identity:
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


def cell_names(form: Form) -> dict[str, str]:
    """The defined name of every indicator's cell, by the indicator's code."""
    capitals = Counter(code.casefold() for code in form.indicators)
    return {code: f"{NAME_PREFIX}{code}" for code in form.indicators if capitals[code.casefold()] == 1}
