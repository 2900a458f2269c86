"""Which of several units is, by its name, the one above the others: the county beside its towns, a town beside its villages.

In: attributed filings of one form. Out: `Sum`s of those whose form may hold what the others filed.
Never: a county counted beside its towns in silence; a 开发区, a 林场 or a county-level 市 beside counties refused.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from consolidator.inbox.figures import CERTAIN, LEAST, NOTHING, Sum, weight_of
from consolidator.inbox.ranks import named

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from decimal import Decimal

    from consolidator.inbox.figures import Figures
    from consolidator.inbox.filings import Attribution
    from consolidator.inbox.ranks import Named

Kind = tuple[int, int, bool, bool]
_FEW = 3  # units of which one may by accident be as large as the others
_SEVERAL = 5  # lines with figures that are no accident
_CERTAIN, _LIKELY, _POSSIBLE = 3, 2, 1


def above(around: Sequence[Attribution], open_ones: Collection[int], figures: Figures) -> list[Sum]:
    """Filings among those of `open_ones` (by identity) whose unit lies above most of the units around, or holds some of them."""
    by_unit = {entry.unit.key: entry for entry in around if entry.unit is not None}
    names = {key: named(entry.unit.name) for key, entry in by_unit.items() if entry.unit is not None}
    files = Counter(entry.filing.file for entry in by_unit.values())
    alone = {key for key, entry in by_unit.items() if files[entry.filing.file] == 1}
    order = _Order(names, alone)
    columns: dict[int, _Columns] = {}
    found = []
    for key, entry in by_unit.items():
        strength, keys = order.below(key) if id(entry) in open_ones else (0, ())
        if not strength:
            continue
        if id(keys) not in columns:
            counted = [by_unit[each] for each in keys if id(by_unit[each]) in open_ones]
            columns[id(keys)] = _Columns(keys, len(counted), list(map(figures.of, counted)))
        case = _case(strength, figures.of(entry), columns[id(keys)], within=key in columns[id(keys)].members)
        if case:
            found.append(Sum(entry, case, [by_unit[each] for each in keys if each != key]))
    return found


def nearly_all(group: Sequence[Attribution], figures: Figures) -> list[Sum]:
    """The one filing in which nearly every figure is near the sum of all the others', by whatever name it goes."""
    if len(group) <= _FEW:
        return []
    whole = [sum(line, NOTHING) for line in zip(*map(figures.of, group), strict=True)]
    found = [entry for entry in group if _is_near(figures.of(entry), whole)]
    return [Sum(found[0], "may_be_above", [each for each in group if each is not found[0]])] if len(found) == 1 else []


def _is_near(mine: Sequence[Decimal], whole: Sequence[Decimal]) -> bool:
    """Whether most figures are between three quarters and four thirds of the rest of the whole."""
    lines = [(own, both - own) for own, both in zip(mine, whole, strict=True) if both]
    near = sum(4 * own >= 3 * rest and 3 * own <= 4 * rest for own, rest in lines)
    return len(lines) >= _SEVERAL and 5 * near >= 4 * len(lines)


class _Columns:
    """What some units filed, line by line: the sum and the largest figure. It keeps the list of the units alive."""

    def __init__(self, keys: Sequence[str], count: int, figures: Sequence[Sequence[Decimal]]) -> None:
        self.keys, self.members = keys, frozenset(keys)
        self.count = count
        self.sums = [sum(line, NOTHING) for line in zip(*figures, strict=True)]
        self.tops = [max(line) for line in zip(*figures, strict=True)]


class _Order:
    """Names of units, each once, and who lies in whom."""

    def __init__(self, names: Mapping[str, Named], alone: Collection[str]) -> None:
        self._names = names
        self._alone = alone
        self._held = _held(names)
        self._kinds = Counter(map(_kind, names.values()))
        self._lists: dict[frozenset[Kind], Sequence[str]] = {}
        self._samples = {_kind(name): name for name in names.values()}

    def below(self, key: str) -> tuple[int, Sequence[str]]:
        """How surely a unit lies above others of them, and above which."""
        me, others = self._names[key], len(self._names) - 1
        held = self._held.get(key, [])
        if not me.own:
            if 2 * len(held) > others:
                return (_CERTAIN if me.is_region else _LIKELY), held
            places = [each for each in held if me.is_over(self._names[each]) and self._names[each].is_region]
            if places:
                return _CERTAIN, places
            if len(held) > 1 and not me.is_region:
                return _POSSIBLE, held
        if me.gathers:
            gathered = {kind for kind, name in self._samples.items() if not name.gathers}
            return (_LIKELY, self._of(gathered)) if self._are_most(gathered) else (0, [])
        over = {kind for kind, name in self._samples.items() if me.is_over(name)}
        if self._are_most(over):
            return self._by_level(key, over)
        over |= {kind for kind, name in self._samples.items() if me.may_be_over(name)}
        return (_POSSIBLE, self._of(over)) if self._are_most(over) else (0, [])

    def _are_most(self, kinds: Collection[Kind]) -> bool:
        """Whether units of these kinds are more than half of the others; a unit's own kind is none of them."""
        return 2 * sum(self._kinds[kind] for kind in kinds) > len(self._names) - 1

    def _by_level(self, key: str, over: Collection[Kind]) -> tuple[int, Sequence[str]]:
        """Above most of the others by level: surely, if nobody else is on its own level who may be above some of them."""
        me, below = self._names[key], self._of(over)
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

    def _of(self, kinds: Collection[Kind]) -> Sequence[str]:
        """The units of these kinds, of one kind's own the unit itself too: one list for all who ask."""
        wanted = frozenset(kinds)
        found = self._lists.get(wanted)
        if found is None:
            found = self._lists[wanted] = [each for each, name in self._names.items() if _kind(name) in wanted]
        return found


def _kind(name: Named) -> Kind:
    return name.highest, name.lowest, name.office, name.gathers


def _held(names: Mapping[str, Named]) -> dict[str, list[str]]:
    """By unit: the others whose full names begin with its own."""
    regions = {name.bare: key for key, name in names.items()}
    lengths = sorted({len(bare) for bare in regions})
    found: dict[str, list[str]] = {}
    for key, name in names.items():
        for length in lengths:
            over = regions.get(name.bare[:length])
            if over is not None and names[over].holds(name):
                found.setdefault(over, []).append(key)
    return found


def _case(strength: int, mine: Sequence[Decimal], parts: _Columns, *, within: bool) -> str:
    """What is to be said of a unit that lies so surely above others: nothing, a question, or that it is not counted.

    `within` tells that its own figures are among those of the parts.
    """
    several = parts.count - within > 1
    if not parts.count:
        return "above" if strength == _CERTAIN else ""
    lines = [
        (own, whole - own if within else whole, top)
        for own, whole, top in zip(mine, parts.sums, parts.tops, strict=True)
        if own or whole
    ]
    if strength == _CERTAIN:
        return "above" if 2 * sum(own >= top for own, _, top in lines) >= len(lines) else "may_be_above"
    if several and all(own == whole for own, whole, _ in lines) and weight_of(mine) >= CERTAIN:
        return "sum"
    nearly = several and len(lines) >= LEAST
    nearly = nearly and 4 * sum(5 * own >= 4 * whole for own, whole, _ in lines) >= 3 * len(lines)
    if strength == _POSSIBLE:
        return "may_be_above" if nearly else ""
    return "above" if nearly else "may_be_above"
