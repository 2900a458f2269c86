"""Whether plain values out of a file can be what `codec` writes: the memory lies where others may write too.

In: plain values, the forms that may be seen. Out: yes or no. Never: an exception, whatever the values are.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from consolidator.casework.codec import decoded_finding
from consolidator.findings import Outcome, Severity
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from consolidator.casework.codec import Plain
    from consolidator.form import Form

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]{1,4})?")
_ROWS, _COLUMNS = 1_048_576, 16_384
_PLACE = 8  # bytes of a row and a column


class _Many(NamedTuple):
    """Any number of these in a tuple."""

    shape: Any


class _Maybe(NamedTuple):
    """This or None."""

    shape: Any


class Row:
    """A tuple of so many fields: types, sets of values, other rows, `_Many` or `_Maybe` of them."""

    def __init__(self, *shapes: Any) -> None:
        """Work out once which types its fields may have, and which of them need a look inside."""
        self._types = frozenset(product(*map(_types, shapes)))
        self._inside = tuple((number, shape) for number, shape in enumerate(shapes) if shape.__class__ is not type)

    def fits(self, value: Any) -> bool:
        """Whether a value has this shape."""
        if value.__class__ is not tuple or tuple(map(type, value)) not in self._types:
            return False
        return all(_fits(value[number], shape) for number, shape in self._inside)


def _types(shape: Any) -> tuple[type, ...]:
    if shape.__class__ is type:
        return (shape,)
    if isinstance(shape, _Maybe):
        return (*_types(shape.shape), type(None))
    return tuple({type(each) for each in shape}) if isinstance(shape, frozenset) else (tuple,)


def _fits(value: Any, shape: Any) -> bool:
    """Whether a value whose type is right is right inside."""
    kind = shape.__class__
    if kind is _Maybe:
        return value is None or shape.shape.__class__ is type or _fits(value, shape.shape)
    if kind is _Many:
        if shape.shape is str:
            return set(map(type, value)) <= {str}
        return not value or all(shape.shape.fits(each) for each in value)
    return value in shape if kind is frozenset else bool(shape.fits(value))


_SEVERITIES = frozenset(each.value for each in Severity)
_OUTCOMES = frozenset(each.value for each in Outcome)
_EITHER = frozenset({0, 1})
_TEXTS, _NUMBERED, _DETAILS = _Many(str), _Many(Row(int, str)), _Many(Row(str, str, _EITHER))
_ADDRESS = (str, int, int)
_FINDING = Row(str, _SEVERITIES, str, _OUTCOMES, _TEXTS, str, _TEXTS, str, str, str, _DETAILS)
_FILER = Row(str, *_ADDRESS, str)
_PERIOD = Row(int, _Maybe(int), _Maybe(int), _Maybe(Row(int, int)), *_ADDRESS, str)
_OBSERVATIONS = Row(_Maybe(_TEXTS), bytes, str, _NUMBERED, _NUMBERED, _NUMBERED, _NUMBERED)
_LOCATED = Row(
    str, str, _Maybe(_FILER), _Maybe(_PERIOD), _OBSERVATIONS, _Many(_FINDING), _EITHER, _EITHER, _Maybe(_FILER)
)
_UNLOCATED = Row(int, str, _Maybe(str), _Maybe(_LOCATED), _Many(str))
_SIGHTING = Row(_Many(_FINDING), _Maybe(_Many(_LOCATED)), _Maybe(_UNLOCATED))
REFUSAL = Row(str, str, str, _DETAILS)
"""Of a refusal: status, code, case, details."""
ENTRY = Row(str, tuple)
"""Of anything that is remembered: its kind, and what it is."""


def is_sighting(plain: Plain, forms: Mapping[str, Form]) -> bool:
    """Whether these plain values are a sighting of some of these forms, and can be told."""
    if not _SIGHTING.fits(plain):
        return False
    findings, located, unlocated = plain
    if (located is None) == (unlocated is None):
        return False
    if unlocated is not None:
        _, expected, other, filed, _ = unlocated
        if expected not in forms or (other is not None and other not in forms):
            return False
        located = (filed,) if filed else ()
    return all(_is_located(each, forms) for each in located) and all(map(_tells, findings))


def _is_located(plain: Plain, forms: Mapping[str, Form]) -> bool:
    form, _, filer, period, observations, findings, _, _, titled = plain
    if form not in forms:
        return False
    stands = all(each is None or _on_a_sheet(*each[2:4]) for each in (filer, titled))
    dated = period is None or (_on_a_sheet(*period[5:7]) and _is_period(*period[:4]))
    return stands and dated and _is_observed(observations, forms[form]) and all(map(_tells, findings))


def _on_a_sheet(row: int, column: int) -> bool:
    return 1 <= row <= _ROWS and 1 <= column <= _COLUMNS


def _is_period(year: int, quarter: int | None, month: int | None, span: tuple[int, int] | None) -> bool:
    if not (1 <= year <= 9999 and quarter in (None, 1, 2, 3, 4) and month in (None, *range(1, 13))):  # noqa: PLR2004
        return False
    first, last = span or (1, 2)
    return 1 <= first <= 12 and first < last < 12 * (10000 - year)  # noqa: PLR2004


def _is_observed(plain: Plain, form: Form) -> bool:
    named, packed, numbers, *rest = plain
    count = len(form.indicators) if named is None else len(named)
    if named is not None and not set(named) <= set(form.indicators):
        return False
    if len(packed) != count * _PLACE or not _are_places(packed):
        return False
    if not all(0 <= number < count for pairs in rest for number, _ in pairs):
        return False
    return numbers.count(" ") == max(0, count - 1) and _are_numbers(numbers)


def _are_numbers(numbers: str) -> bool:
    """Numbers as they are spelled and nothings, parted by spaces."""
    odd = [number for number in numbers.split(" ") if number and not number.isdigit()]
    return numbers.isascii() and all(map(_NUMBER.fullmatch, odd))


@lru_cache(maxsize=4096)
def _are_places(packed: bytes) -> bool:
    """Whether all of them are on a sheet: the same ones for all forms on one template."""
    places = struct.unpack(f"<{len(packed) // 4}I", packed)
    return all(map(_on_a_sheet, places[::2], places[1::2]))


def _tells(plain: Plain) -> bool:
    """Whether a finding has its sentence in the catalogue, and the words named in it."""
    finding = decoded_finding(plain)
    return can_be_told(lambda: catalogue("zh").sentence(finding.code, finding.case, finding.details))


def can_be_told(sentence: Callable[[], str]) -> bool:
    """Whether a sentence can be made."""
    try:
        sentence()
    except (KeyError, ValueError, TypeError, AttributeError, IndexError):
        return False
    return True
