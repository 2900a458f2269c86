"""Which of several filings is the sum of others: of those of its file, of its folder, of all.

In: attributed filings, and the codes of the figures that add up, by form. Out: `Sum`s with their parts.
Never: a form beside no other in its file taken for a sum because of its name alone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from consolidator.form.texts.sums import is_called_sum, says_sum
from consolidator.inbox.above import above, nearly_all
from consolidator.inbox.figures import CERTAIN, LEAST, LIKELY, NOTHING, Figures, Sum, weight_of
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from consolidator.inbox.figures import Added
    from consolidator.inbox.filings import Attribution, Filing

_UNREAD = 4  # of so many figures one may be open, because a part's could not be read


def sums(entries: Sequence[Attribution], added: Added | None) -> Iterator[Sum]:
    """Sums of the other forms in their file, then of the other files in their folder, then of all others.

    What lies above the others by its name is looked for at each of these places too.
    """
    figures = Figures(entries, added)
    left = {id(entry) for entry in entries if entry.status is None}
    within: set[int] = set()
    seen: set[tuple[int, ...]] = set()
    for place in (_file, _folder, _anywhere):
        groups: defaultdict[tuple[str, str], list[Attribution]] = defaultdict(list)
        for entry in entries:
            if entry.unit is not None:
                groups[entry.filing.form, place(entry.filing)].append(entry)
        for group in groups.values():
            members = tuple(id(entry) for entry in group)
            if len(group) > 1 and members not in seen:
                seen.add(members)
                around = [entry for entry in group if id(entry) not in within]
                told = _told(group, around, left, figures, together=place is _file)
                within.update(id(part) for each in told for part in each.parts if place is not _anywhere)
                yield from told


def _told(
    group: Sequence[Attribution],
    around: Sequence[Attribution],
    left: set[int],
    figures: Figures,
    *,
    together: bool,
) -> list[Sum]:
    """Of one place: sums by their figures, what is above the others of those `around`, and sums of what is left then."""

    def summed() -> list[Sum]:
        here = [entry for entry in group if id(entry) in left]
        return kept(_Group(here, figures).sums(together=together)) if len(here) > 1 else []

    def kept(told: list[Sum]) -> list[Sum]:
        left.difference_update(id(each.entry) for each in told)
        return told

    found = summed()
    higher = kept(above(around, left, figures))
    again = summed() if higher else []
    rest = [entry for entry in group if id(entry) in left]
    return [*found, *higher, *again, *kept(nearly_all(rest, figures) if not (found or higher) else [])]


def _file(filing: Filing) -> str:
    return filing.file


def _folder(filing: Filing) -> str:
    return filing.file.rpartition("/")[0]


def _anywhere(_: Filing) -> str:
    return ""


class _Group:
    """Filings of one form, with their figures."""

    def __init__(self, entries: Sequence[Attribution], figures: Figures) -> None:
        self._entries = entries
        self._codes = figures.codes(entries[0].filing.form)
        self._figures = [figures.of(entry) for entry in entries]

    def sums(self, *, together: bool) -> list[Sum]:
        """Of the forms of one file all that are called sums beside others that are not, else one by its figures."""
        numbers = range(len(self._entries))
        called = [number for number in numbers if together and _is_called(self._entries[number].filing)]
        parts = [number for number in numbers if number not in called]
        if called and parts and any(map(any, self._figures)):
            whole = self._whole(parts)
            return [self._sum(one, parts, "sum_in_file" if self._is(one, whole) else "sum_differs") for one in called]
        return self._by_figures("_in_file" if together else "")

    def _by_figures(self, place: str) -> list[Sum]:
        """The filing in which every figure is the sum of all the others', if there is one."""
        numbers = range(len(self._entries))
        if len(numbers) < LEAST:
            return []
        whole = self._whole(numbers)
        found = [one for one in numbers if self._is(one, whole, 2)]
        if len(found) != 1 or (weight := weight_of(self._figures[found[0]])) < LIKELY:
            return []
        filing = self._entries[found[0]].filing
        names = (filing.sheet, filing.file.rpartition("/")[2], filing.filer)
        certain = weight >= CERTAIN or any(map(says_sum, names))
        others = [number for number in numbers if number != found[0]]
        return [self._sum(found[0], others, ("sum" if certain else "may_be_sum") + place)]

    def _sum(self, number: int, parts: Iterable[int], case: str) -> Sum:
        return Sum(self._entries[number], case, [self._entries[part] for part in parts])

    def _whole(self, numbers: Iterable[int]) -> list[Decimal]:
        return [sum(line, NOTHING) for line in zip(*(self._figures[number] for number in numbers), strict=True)]

    def _is(self, number: int, whole: Sequence[Decimal], times: int = 1) -> bool:
        """Whether so many times a filing's figures are a whole; where somebody's could not be read, nothing is known."""
        left = len(self._codes) // _UNREAD
        odd = []
        for place, (mine, all_of_it) in enumerate(zip(self._figures[number], whole, strict=True)):
            if times * mine != all_of_it:
                odd.append(self._codes[place])
                if len(odd) > left:
                    return False
        return any(self._figures[number]) and all(map(self._is_open, odd))

    def _is_open(self, code: str) -> bool:
        """Whether something is filled in for a code that is no number, on one of the forms."""
        seen = (entry.filing.values.get(code) for entry in self._entries)
        return any(one is not None and one.number is None and one.raw.strip() for one in seen)


def _is_called(filing: Filing) -> bool:
    return any(is_called_sum(fold(name)) for name in (filing.sheet, filing.filer))
