"""Whether plain values out of a file can be what `codec` writes: the memory lies where others may write too.

In: JSON, the forms that may be seen. Out: plain values, or None. Never: an exception, whatever the text is; code run.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from consolidator.casework.codec import decoded_finding
from consolidator.findings import Outcome, Severity
from consolidator.model import Status
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from consolidator.casework.codec import Plain
    from consolidator.form import Form

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]{1,4})?")
_ROWS, _COLUMNS = 1_048_576, 16_384
_PLACE = 8  # bytes of a row and a column
_MONTHS = 12

_Either = Annotated[int, msgspec.Meta(ge=0, le=1)]
_Row = Annotated[int, msgspec.Meta(ge=1, le=_ROWS)]
_Column = Annotated[int, msgspec.Meta(ge=1, le=_COLUMNS)]
_Year = Annotated[int, msgspec.Meta(ge=1, le=9999)]
_Quarter = Annotated[int, msgspec.Meta(ge=1, le=4)]
_Month = Annotated[int, msgspec.Meta(ge=1, le=_MONTHS)]
_Later = Annotated[int, msgspec.Meta(ge=1)]
_Numbered = tuple[tuple[Annotated[int, msgspec.Meta(ge=0)], str], ...]
_Texts = tuple[str, ...]
_Details = tuple[tuple[str, str, _Either], ...]
_Finding = tuple[str, Severity, str, Outcome, _Texts, str, _Texts, str, str, str, _Details]
_Filer = tuple[str, str, _Row, _Column, str]
_Period = tuple[_Year, _Quarter | None, _Month | None, tuple[_Month, _Later] | None, str, _Row, _Column, str]
_Observed = tuple[_Texts | None, bytes, str, _Numbered, _Numbered, _Numbered, _Numbered]
_Located = tuple[
    str,
    str,
    _Filer | None,
    _Period | None,
    _Observed,
    tuple[_Finding, ...],
    _Either,
    _Either,
    _Filer | None,
    _Period | None,
    tuple[_Filer, ...],
]
_Unlocated = tuple[int, str, str | None, _Located | None, _Texts]
_SIGHTING = msgspec.json.Decoder(tuple[tuple[_Finding, ...], tuple[_Located, ...] | None, _Unlocated | None])
_REFUSAL = msgspec.json.Decoder(tuple[Status, str, str, _Details])
_ODD = (msgspec.DecodeError, ValueError, RecursionError)


def sound_refusal(text: bytes) -> Plain | None:
    """The status, code, case and details of a refusal that this JSON tells of, if it does."""
    return _fitting(_REFUSAL, text)


def sound_sighting(text: bytes, forms: Mapping[str, Form]) -> Plain | None:
    """The sighting of some of these forms that this JSON tells of, if it does, and can be told."""
    plain = _fitting(_SIGHTING, text)
    return plain if plain is not None and _is_sighting(plain, forms) else None


def _fitting(decoder: msgspec.json.Decoder[Any], text: bytes) -> Plain | None:
    try:
        return tuple(decoder.decode(text))
    except _ODD:
        return None


def _is_sighting(plain: Plain, forms: Mapping[str, Form]) -> bool:
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
    form, _, _, period, observations, findings, _, _, _, part, _ = plain
    stated = [each for each in (period, part) if each is not None]
    if form not in forms or not all(_is_span(each[0], each[3]) for each in stated):
        return False
    return _is_observed(observations, forms[form]) and all(map(_tells, findings))


def _is_span(year: int, span: tuple[int, int] | None) -> bool:
    return span is None or span[0] < span[1] < _MONTHS * (10_000 - year)


def _is_observed(plain: Plain, form: Form) -> bool:
    named, packed, numbers, *rest = plain
    count = len(form.indicators) if named is None else len(named)
    if named is not None and not set(named) <= set(form.indicators):
        return False
    if len(packed) != count * _PLACE or not _are_places(packed):
        return False
    if any(number >= count for pairs in rest for number, _ in pairs):
        return False
    return numbers.count(" ") == max(0, count - 1) and _are_numbers(numbers)


def _are_numbers(numbers: str) -> bool:
    """Numbers as they are spelled and nothings, parted by spaces."""
    odd = [number for number in set(numbers.split(" ")) if not number.isdigit()]
    return numbers.isascii() and all(not number or _NUMBER.fullmatch(number) for number in odd)


@lru_cache(maxsize=4096)
def _are_places(packed: bytes) -> bool:
    """Whether all of them are on a sheet: the same ones for all forms on one template."""
    places = struct.unpack(f"<{len(packed) // 4}I", packed)
    return all(1 <= row <= _ROWS for row in places[::2]) and all(1 <= column <= _COLUMNS for column in places[1::2])


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
