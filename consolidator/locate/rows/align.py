"""Decide which row of the form each label on the sheet stands for: by its words, its parent and its order.

Labels that stand once in the form decide alone. Labels that repeat (（二）被依法纠错数 stands under both 行政复议 and
行政诉讼) are decided by the nearest earlier row that belongs to one of the possible parents.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.form.definition import Row
    from consolidator.locate.rows.match import Item


class Alignment(Struct, frozen=True):
    """`items` by row code, in reading order (more than one: doubled); `undecided` stand for no row with certainty.

    `moved` are codes of rows that stand out of the form's order.
    """

    items: Mapping[str, tuple[Item, ...]]
    undecided: tuple[Item, ...] = ()
    moved: frozenset[str] = field(default_factory=frozenset)


def align(items: Sequence[Item], rows: Mapping[str, Row]) -> Alignment:
    """Assign every item to a row of the form."""
    families = _families(rows)
    placed: dict[str, list[Item]] = defaultdict(list)
    trail: list[str] = []
    decisions: list[tuple[Item, str | None]] = []
    for item in items:
        code = _decide(item, families, rows, trail, placed)
        decisions.append((item, code))
        if code is not None:
            placed[code].append(item)
            trail.append(code)
    doubtful = _doubtful(decisions)
    return Alignment(
        items={
            code: found for code, every in placed.items() if (found := tuple(i for i in every if i not in doubtful))
        },
        undecided=tuple(item for item, _ in decisions if item in doubtful),
        moved=_out_of_order([code for item, code in decisions if code and item not in doubtful], tuple(rows)),
    )


def _doubtful(decisions: Sequence[tuple[Item, str | None]]) -> frozenset[Item]:
    """Items that stand for no row with certainty: where one of several equal labels is undecided, so are its likes.

    The one without a parent may be the very row that another was taken for.
    """
    open_codes = {code for item, decided in decisions if decided is None for code in item.codes}
    return frozenset(
        item for item, decided in decisions if decided is None or (len(item.codes) > 1 and decided in open_codes)
    )


def _families(rows: Mapping[str, Row]) -> Mapping[str, frozenset[str]]:
    """For each row: its parent and everything under that parent."""
    members: dict[str, set[str]] = defaultdict(set)
    for code, row in rows.items():
        ancestor = row.parent
        while ancestor:
            members[ancestor].add(code)
            ancestor = rows[ancestor].parent
    return {
        code: frozenset({row.parent, *members[row.parent]}) if row.parent else frozenset(rows)
        for code, row in rows.items()
    }


def _decide(
    item: Item,
    families: Mapping[str, frozenset[str]],
    rows: Mapping[str, Row],
    trail: Sequence[str],
    placed: Mapping[str, Sequence[Item]],
) -> str | None:
    if len(item.codes) == 1:
        return item.codes[0]
    for earlier in reversed(trail):
        fitting = [code for code in item.codes if earlier in families[code] and earlier != code]
        if not fitting and earlier in item.codes:
            return earlier  # the same label twice under one parent: doubled
        parents = {rows[code].parent for code in fitting}
        if len(parents) == 1:
            unused = [code for code in fitting if code not in placed]
            return (unused or fitting)[0]
    return None


def _out_of_order(trail: Sequence[str], order: Sequence[str]) -> frozenset[str]:
    """Codes outside the longest run of rows that keeps the form's order."""
    position = {code: number for number, code in enumerate(order)}
    sequence = [position[code] for code in dict.fromkeys(trail)]
    tails: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for number, value in enumerate(sequence):
        slot = bisect_left([sequence[index] for index in tails], value)
        before.append(tails[slot - 1] if slot else -1)
        tails[slot : slot + 1] = [number]
    last = tails[-1] if tails else -1
    while last >= 0:
        chain.append(sequence[last])
        last = before[last]
    return frozenset(order[value] for value in set(sequence) - set(chain))
