"""Which of several units is, by its name, the one above the others: the county beside its towns, a town beside its villages.

In: attributed filings of one form. Out: `Sum`s of those whose form may hold what the others filed.
Never: a county counted beside its towns in silence; a 开发区, a 林场 or a county-level 市 beside counties refused.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from consolidator.inbox.figures import NOTHING, Sum
from consolidator.inbox.ranks import named

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from consolidator.inbox.figures import Figures
    from consolidator.inbox.filings import Attribution
    from consolidator.inbox.ranks import Named

_CERTAIN, _LIKELY, _POSSIBLE = 3, 2, 1
_LEAST = 3  # lines with figures, from which on their being nearly a sum says anything


def above(around: Sequence[Attribution], open_ones: Collection[int], figures: Figures) -> list[Sum]:
    """Filings among those of `open_ones` (by identity) whose unit lies above most of the units around, or holds some of them."""
    by_unit = {entry.unit.key: entry for entry in around if entry.unit is not None}
    names = {key: named(entry.unit.name) for key, entry in by_unit.items() if entry.unit is not None}
    files = Counter(entry.filing.file for entry in by_unit.values())
    alone = {key for key, entry in by_unit.items() if files[entry.filing.file] == 1}
    order = _Order(names, alone)
    found = []
    for key, entry in by_unit.items():
        if id(entry) in open_ones:
            strength, keys = order.below(key)
            parts = [by_unit[each] for each in keys]
            case = _case(strength, figures, entry, [part for part in parts if id(part) in open_ones])
            if case:
                found.append(Sum(entry, case, parts))
    return found


class _Order:
    """Names of units, each once, and who lies in whom."""

    def __init__(self, names: Mapping[str, Named], alone: Collection[str]) -> None:
        self._names = names
        self._alone = alone
        self._held = _held(names)
        self._kinds = Counter(map(_kind, names.values()))
        self._kinds_alone = Counter(_kind(names[key]) for key in alone)
        self._samples = {_kind(name): name for name in names.values()}

    def below(self, key: str) -> tuple[int, list[str]]:
        """How surely a unit lies above others of them, and above which."""
        me, others = self._names[key], len(self._names) - 1
        held = self._held.get(key, [])
        if not me.own:
            if 2 * len(held) > others:
                return _CERTAIN, held
            places = [each for each in held if me.is_over(self._names[each]) and self._names[each].is_region]
            if places:
                return _CERTAIN, places
        over = {kind for kind, name in self._samples.items() if me.is_over(name)}
        if 2 * sum(self._kinds[kind] for kind in over) > others:
            return self._by_level(key, over)
        over |= {kind for kind, name in self._samples.items() if me.may_be_over(name)}
        if 2 * sum(self._kinds[kind] for kind in over) > others:
            return _POSSIBLE, self._of(over, key)
        return 0, []

    def _by_level(self, key: str, over: Collection[tuple[int, int, bool]]) -> tuple[int, list[str]]:
        """Above most of the others by level: surely, if nobody else is on its own level who may be above some of them."""
        me, below = self._names[key], self._of(over, key)
        if me.own:
            return _POSSIBLE, below
        if self._peers(me) == 1:
            return (_LIKELY if me.is_doubtful or len(below) == 1 else _CERTAIN), below
        apart = [each for each in below if each in self._alone]
        return (_LIKELY, apart) if 2 * len(apart) > len(self._names) - 1 else (0, [])

    def _peers(self, me: Named) -> int:
        """How many, with this one, are on its level, or may be."""
        level = [kind for kind, name in self._samples.items() if name.is_region and not me.is_over(name)]
        return sum(self._kinds[kind] for kind in level if not self._samples[kind].is_over(me))

    def _of(self, kinds: Collection[tuple[int, int, bool]], key: str) -> list[str]:
        return [each for each, name in self._names.items() if each != key and _kind(name) in kinds]


def _kind(name: Named) -> tuple[int, int, bool]:
    return name.highest, name.lowest, name.office


def _held(names: Mapping[str, Named]) -> dict[str, list[str]]:
    """By unit: the others whose full names begin with its region."""
    regions = {name.bare: key for key, name in names.items() if name.is_region}
    lengths = sorted({len(bare) for bare in regions})
    found: dict[str, list[str]] = {}
    for key, name in names.items():
        for length in lengths:
            over = regions.get(name.bare[:length])
            if over is not None and names[over].holds(name):
                found.setdefault(over, []).append(key)
    return found


def _case(strength: int, figures: Figures, entry: Attribution, parts: Sequence[Attribution]) -> str:
    """What is to be said of a unit that lies so surely above others: nothing, a question, or that it is not counted."""
    if not strength or not (parts or strength == _CERTAIN):
        return ""
    lines = [
        (mine, rest)
        for mine, *rest in zip(figures.of(entry), *map(figures.of, parts), strict=True)
        if mine or any(rest)
    ]
    nearly = len(lines) >= _LEAST and 4 * sum(5 * mine >= 4 * sum(rest, NOTHING) for mine, rest in lines) >= 3 * len(
        lines
    )
    if strength == _POSSIBLE:
        return "may_be_above" if nearly and len(parts) > 1 else ""
    if strength == _LIKELY:
        return "above" if nearly and len(parts) > 1 else "may_be_above"
    return (
        "above" if 2 * sum(mine >= max(rest, default=NOTHING) for mine, rest in lines) >= len(lines) else "may_be_above"
    )
