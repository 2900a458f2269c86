"""Everything observed on one filled form, kept small: thousands of forms are held at once, few of their cells are looked at.

In: a layout that many forms share, and what one form says. Out: `Observation`s, each made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from msgspec import Struct

from consolidator.model.cells import CellAddress, a1
from consolidator.model.submissions import Observation

Spelled = str | tuple[str] | None
"""A value as plain text: a number as it is spelled, a text in a tuple of its own, None where there is none."""


_Values = tuple[Spelled, ...]
_Picker = Callable[[_Values], _Values]


class Layout(Struct, frozen=True, dict=True):
    """Which indicators stand where (row, column): the same for all forms filled in on one template."""

    codes: tuple[str, ...]
    places: tuple[tuple[int, int], ...]

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The number of each indicator, from 0."""
        return {code: number for number, code in enumerate(self.codes)}

    def picking(self, codes: tuple[str, ...]) -> _Picker:
        """Takes values in the order of `codes` out of those of a form with None behind them: what it lacks, and the end, is None."""
        found = self._pickers.get(codes)
        if found is None:
            nothing = len(self.codes)
            places = (*(self.order.get(code, nothing) for code in codes), nothing)
            found = self._pickers[codes] = itemgetter(*places) if codes else itemgetter(slice(-1, None))
        return found

    @cached_property
    def _pickers(self) -> dict[tuple[str, ...], _Picker]:
        return {}

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Where each indicator stands, as an address such as `F7`."""
        return tuple(a1(row, column) for row, column in self.places)


@dataclass(frozen=True, slots=True, eq=False)
class Observed(Mapping[str, Observation]):
    """The observations of one form by indicator code.

    `spelled` are the values, in the order of the layout. What is unusual stands apart by number: `raws` that are not the
    value's own spelling, `hows` other than `label`, `sheets` other than `sheet`.
    """

    layout: Layout
    sheet: str
    spelled: tuple[Spelled, ...]
    raws: Mapping[int, str] = field(default_factory=dict)
    hows: Mapping[int, str] = field(default_factory=dict)
    sheets: Mapping[int, str] = field(default_factory=dict)

    def __getitem__(self, code: str) -> Observation:
        """The observation of an indicator, with its address."""
        return self._observation(code, self.layout.order[code])

    def get(self, code: str, default: Any = None) -> Any:
        """The observation of an indicator; the default where there is none."""
        number = self.layout.order.get(code)  # no exception made and caught, as the mixin's does
        return default if number is None else self._observation(code, number)

    def _observation(self, code: str, number: int) -> Observation:
        spelled = self.spelled[number]
        address = CellAddress(self.sheets.get(number, self.sheet), *self.layout.places[number])
        return Observation(code, _value(spelled), self._raw(number), address, self.hows.get(number, "label"))

    def numbers(self, codes: tuple[str, ...]) -> list[str | None]:
        """The usable number of each indicator as it is spelled; None where there is none."""
        found = self.layout.picking(codes)((*self.spelled, None))
        return [text if isinstance(text, str) else None for text in found[:-1]]

    def __iter__(self) -> Iterator[str]:
        """The codes of the indicators, in the order in which they were read."""
        return iter(self.layout.codes)

    def __len__(self) -> int:
        """How many indicators were found."""
        return len(self.spelled)

    def _raw(self, number: int) -> str:
        raw = self.raws.get(number)
        return spelled_raw(self.spelled[number]) if raw is None else raw


class Columns(NamedTuple):
    """The observations of a form side by side, in their order, in plain words: for whoever writes down a great many."""

    codes: Sequence[str]
    spelled: Sequence[Spelled]
    raws: Sequence[str]
    sheets: Sequence[str]
    cells: Sequence[str]
    hows: Sequence[str]


def in_columns(values: Mapping[str, Observation]) -> Columns:
    """The observations of a form side by side; `cells` are addresses such as `F7`."""
    if not isinstance(values, Observed):
        seen = list(values.values())
        spellings = [spelled(one.value) for one in seen]
        places = [one.address for one in seen]
        names, cells = [at.sheet for at in places], [a1(at.row, at.column) for at in places]
        return Columns(list(values), spellings, [one.raw for one in seen], names, cells, [one.how for one in seen])
    raws = ["" if text is None else text if isinstance(text, str) else text[0] for text in values.spelled]
    sheets, hows = [values.sheet] * len(raws), ["label"] * len(raws)
    for column, unusual in ((raws, values.raws), (sheets, values.sheets), (hows, values.hows)):
        for number, text in unusual.items():
            column[number] = text
    return Columns(values.layout.codes, values.spelled, raws, sheets, values.layout.cells, hows)


def spelled_numbers(values: Mapping[str, Observation], codes: tuple[str, ...]) -> list[str | None]:
    """The usable number of each of the indicators as it is spelled; None where there is none."""
    if isinstance(values, Observed):
        return values.numbers(codes)
    numbers = (seen.number if (seen := values.get(code)) is not None else None for code in codes)
    return [None if number is None else str(number) for number in numbers]


def numbers_in(values: Mapping[str, Observation], codes: tuple[str, ...]) -> list[Decimal | None]:
    """The usable number of each of the indicators; None where there is none."""
    return [None if text is None else _decimal(text) for text in spelled_numbers(values, codes)]


_decimal = lru_cache(maxsize=1 << 16)(Decimal)
"""A county's numbers are small ones, for the most part, and come again and again."""


def spelled(value: Decimal | str | None) -> Spelled:
    """A value as plain text."""
    if value is None:
        return None
    return str(value) if isinstance(value, Decimal) else (value,)


def spelled_raw(spelled: Spelled) -> str:
    """What stands in a cell that says no more than its value."""
    if spelled is None:
        return ""
    return spelled if isinstance(spelled, str) else spelled[0]


def _value(spelled: Spelled) -> Decimal | str | None:
    if spelled is None:
        return None
    return Decimal(spelled) if isinstance(spelled, str) else spelled[0]
