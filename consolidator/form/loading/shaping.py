"""Reads one mapping of a definition file into its shape, or says what is wrong with it.

In: plain values and the path they stand at. Out: a model of `shape`, or None with every mistake noted.
Never: pydantic's own English sentences where the catalogue has one.
"""

from __future__ import annotations

import re
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import ValidationError

from consolidator.form.loading.mistakes import nearest
from consolidator.form.loading.shape import Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from consolidator.form.loading.document import Path
    from consolidator.form.loading.mistakes import Mistakes

_Model = TypeVar("_Model", bound=Shape)

_PROBLEMS: Mapping[str, str] = {
    "string_pattern_mismatch": "name_pattern",
    "string_too_short": "empty",
    "too_short": "empty_list",
    "string_type": "not_text",
    "int_parsing": "not_number",
    "int_from_float": "not_number",
    "int_type": "not_number",
    "decimal_parsing": "not_number",
    "decimal_type": "not_number",
    "finite_number": "not_number",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "bool_parsing": "not_truth",
    "bool_type": "not_truth",
    "list_type": "not_list",
    "tuple_type": "not_list",
    "dict_type": "not_mapping",
    "model_type": "not_mapping",
    "model_attributes_type": "not_mapping",
}
_QUOTED = re.compile(r"'([^']*)'")


def shaped(model: type[_Model], raw: Any, path: Path, mistakes: Mistakes) -> _Model | None:
    """The mapping `raw` as `model`, or None after noting each of its mistakes."""
    try:
        return model.model_validate(raw)
    except ValidationError as problem:
        for error in problem.errors(include_url=False):
            _note(model, error, path, mistakes)
    return None


def _note(model: type[Shape], error: ErrorDetails, path: Path, mistakes: Mistakes) -> None:
    inside, kind = tuple(error["loc"]), error["type"]
    where = (*path, *inside)
    if inside and inside[-1] == "[key]":
        mistakes.key(where[:-1], "name_pattern", found=str(error["input"]))
    elif kind == "missing":
        mistakes.value(where[:-1], "missing_key", name=str(inside[-1]))
    elif kind == "extra_forbidden":
        known = _model_at(model, inside[:-1]).model_fields
        mistakes.key(where, "unknown_key", nearest(str(inside[-1]), known), name=str(inside[-1]))
    elif kind in {"enum", "literal_error"}:
        choices = _QUOTED.findall(str(error.get("ctx", {}).get("expected", "")))
        found = str(error["input"] or "")
        mistakes.value(where, "choice", nearest(found, choices), found=found, choices="、".join(filter(None, choices)))
    elif kind in _PROBLEMS:
        mistakes.value(where, _PROBLEMS[kind], found=_short(error["input"]))
    else:
        mistakes.value(where, "shape", detail=error["msg"])


def _model_at(model: type[Shape], inside: tuple[str | int, ...]) -> type[Shape]:
    """The model of the mapping that lies at `inside` within `model`."""
    for step in inside:
        annotation = model.model_fields[str(step)].annotation
        options = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
        model = next(option for option in options if isinstance(option, type) and issubclass(option, Shape))
    return model


def _short(value: Any) -> str:
    """What stands in the file, short enough for a sentence."""
    return value if isinstance(value, str) else ""
