"""What a blank form carries so that it is known again: properties of the file, and how the names of its cells begin.

Nothing here is to be trusted: whoever reads a file judges whether its marks hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME_PREFIX = "csl_"
"""How the defined name of a cell begins that is to be filled in; no cell address begins so."""

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
PROPERTY_NAMES = tuple(_PROPERTIES.values())
"""All properties of a blank form; those without a value are left out."""


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
