"""The figures of filings, line by line, and what is found of them: which filing is the sum of which.

In: attributed filings, and the codes of the figures that add up, by form. Out: columns of numbers, `Sum`s.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from consolidator.model.observed import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.inbox.filings import Attribution

    Added = Mapping[str, tuple[str, ...]]

NOTHING = Decimal(0)
LEAST = 3
"""Filings, of which one may be the sum of the others; figures that must be alike."""
CERTAIN, LIKELY = 10_000, 100
"""What the figures multiply to, at least, for their being sums to be no accident, or to be worth a question."""


class Sum(NamedTuple):
    """A filing, the case of what is to be said of it, and the others whose sum it is, or seems to be."""

    entry: Attribution
    case: str
    parts: Sequence[Attribution]


class Figures:
    """The figures of filings, line by line, each taken once."""

    def __init__(self, entries: Sequence[Attribution], added: Added | None) -> None:
        self._codes = added if added is not None else _every_code(entries)
        self._known: dict[int, list[Decimal]] = {}

    def codes(self, form: str) -> tuple[str, ...]:
        """The codes of the lines."""
        return self._codes.get(form, ())

    def of(self, entry: Attribution) -> list[Decimal]:
        """One filing's figures in the order of the codes; 0 where there is none."""
        known = self._known.get(id(entry))
        if known is None:
            numbers = numbers_in(entry.filing.values, self.codes(entry.filing.form))
            known = self._known[id(entry)] = [number or NOTHING for number in numbers]
        return known


def _every_code(entries: Iterable[Attribution]) -> Added:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        found[entry.filing.form].update(dict.fromkeys(entry.filing.values))
    return {form: tuple(codes) for form, codes in found.items()}


def weight_of(figures: Iterable[Decimal]) -> int:
    """How little of an accident it is that so many figures agree; 0 for too few."""
    some = [abs(number) for number in figures if number]
    weight = 1
    for number in some if len(some) >= LEAST else ():
        weight = min(weight * max(int(number), 1), CERTAIN)
    return weight
