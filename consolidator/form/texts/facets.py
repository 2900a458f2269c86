"""What the rule language's functions of texts give: the numbers that a cell spells, and whether something holds of it.

In: a facet and what stands in the cells it names. Out: a number, 1 or 0, or None where it cannot be told.
Never: a guess. A text that spells no quantity has no `low`; a value that was withheld leaves `readable` open.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from consolidator.form.choices import ValueType
from consolidator.form.texts.dates import year_month
from consolidator.form.texts.phones import phone_numbers
from consolidator.form.texts.quantities import Basis, quantity
from consolidator.form.texts.wording import bare
from consolidator.spelling import compact, is_dash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from consolidator.rules import Facet

_NOTHING = frozenset("无 没有 暂无 未开通 暂未开通 未建 未建立 未设 未设立 无此项 不涉及 没".split())  # noqa: SIM905
_PLAIN = re.compile(r"\d+(?:\.\d+)?")

READS: Mapping[str, frozenset[ValueType]] = {
    **dict.fromkeys(("low", "high", "yearly_low", "yearly_high", "has_basis"), frozenset({ValueType.QUANTITY})),
    **dict.fromkeys(("year", "month"), frozenset({ValueType.YEAR_MONTH})),
    "readable": frozenset({ValueType.QUANTITY, ValueType.YEAR_MONTH, ValueType.PHONE}),
    **dict.fromkeys(
        ("said", "filled", "mentions", "distinct", "single"), frozenset(kind for kind in ValueType if kind.is_text)
    ),
}
"""The types of indicators that each function can be asked about."""


class Said(NamedTuple):
    """What stands in a cell: its type, its value (None where unusable), the text as typed, whether the row is doubled."""

    type: ValueType
    value: str | None
    raw: str
    doubled: bool = False


def is_nothing(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, 无 and their kin."""
    return is_dash(text) or not bare(text) or bare(text) in _NOTHING


def facet_value(facet: Facet, seen: Callable[[str], Said | None]) -> Decimal | None:
    """The value of `facet` for what is `seen` at each code (None: no cell); 1 and 0 for true and false."""
    cells = {name.code: seen(name.code) for name in facet.names}
    known = {code: cell for code, cell in cells.items() if cell is not None}
    if facet.function in _OF_MANY:
        if offending(facet, seen):
            return Decimal(0)
        return Decimal(1) if len(known) == len(cells) else None
    return _OF_ONE[facet.function](next(iter(known.values())), facet.words) if known else None


def offending(facet: Facet, seen: Callable[[str], Said | None]) -> tuple[str, ...]:
    """The codes on whose account `single` or `distinct` does not hold."""
    known = {name.code: cell for name in facet.names if (cell := seen(name.code)) is not None}
    if facet.function == "single":
        return tuple(code for code, cell in known.items() if cell.doubled)
    if facet.function != "distinct":
        return ()
    texts = {code: bare(cell.raw) for code, cell in known.items() if not is_nothing(cell.raw)}
    counts = Counter(texts.values())
    return tuple(code for code, text in texts.items() if counts[text] > 1)


def is_readable(kind: ValueType, text: str) -> bool:
    """Whether a text spells a value of its type."""
    match kind:
        case ValueType.QUANTITY:
            return quantity(text) is not None
        case ValueType.YEAR_MONTH:
            return year_month(text) is not None
        case ValueType.PHONE:
            return bool(phone_numbers(text))
        case _:
            return True


def _readable(cell: Said, _words: tuple[str, ...]) -> Decimal | None:
    if is_nothing(cell.raw):
        return Decimal(0)
    if cell.doubled:
        return None
    if cell.value is not None:
        return Decimal(is_readable(cell.type, cell.value))
    return None if is_readable(cell.type, cell.raw) else Decimal(0)


def _filled(cell: Said, _words: tuple[str, ...]) -> Decimal:
    return Decimal(not is_nothing(cell.raw))


def _mentions(cell: Said, words: tuple[str, ...]) -> Decimal:
    return Decimal(any(word in compact(cell.raw) for word in words))


def _said(cell: Said, words: tuple[str, ...]) -> Decimal | None:
    """The one number that stands right after one of the words; None for none, for several, for 约 and 万."""
    told = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    found = re.findall(rf"(?:{told})[为达:]?({_PLAIN.pattern}|)([^,;.()]?)", compact(cell.raw))
    if cell.value is None or len(found) != 1:
        return None
    number, after = found[0]
    return Decimal(number) if number and after not in _INEXACT else None


def _low(cell: Said, _words: tuple[str, ...]) -> Decimal | None:
    found = quantity(cell.value or "")
    return found.low if found else None


def _high(cell: Said, _words: tuple[str, ...]) -> Decimal | None:
    found = quantity(cell.value or "")
    return found.high if found else None


def _yearly_low(cell: Said, _words: tuple[str, ...]) -> Decimal | None:
    found = quantity(cell.value or "")
    return found.yearly[0] if found and found.yearly else None


def _yearly_high(cell: Said, _words: tuple[str, ...]) -> Decimal | None:
    found = quantity(cell.value or "")
    return found.yearly[1] if found and found.yearly else None


def _has_basis(cell: Said, _words: tuple[str, ...]) -> Decimal | None:
    found = quantity(cell.value or "")
    return Decimal(found.basis is not Basis.UNSTATED) if found else None


def _year(cell: Said, _words: tuple[str, ...]) -> Decimal | None:
    found = year_month(cell.value or "")
    return Decimal(found.year) if found else None


def _month(cell: Said, _words: tuple[str, ...]) -> Decimal | None:
    found = year_month(cell.value or "")
    return Decimal(found.month) if found else None


_INEXACT = frozenset("万亿千百余多+-~/")
_OF_MANY = frozenset({"single", "distinct"})
_OF_ONE: Mapping[str, Callable[[Said, tuple[str, ...]], Decimal | None]] = {
    "low": _low,
    "high": _high,
    "yearly_low": _yearly_low,
    "yearly_high": _yearly_high,
    "has_basis": _has_basis,
    "year": _year,
    "month": _month,
    "readable": _readable,
    "filled": _filled,
    "mentions": _mentions,
    "said": _said,
}
