"""Plausible figures for the 58 numbers of the 2014 form, which satisfy every rule of it.

In: a seed. Out: figures by row code. A form without planted faults gives no finding of a rule.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from sample_workbooks.printed_form import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

Figure = int | float

CHANNELS = ("A21", "A22", "A23", "A24", "A25")
ANSWERS = ("B21", "B22", "B23", "B24", "B25")
WAYS = ("C11", "C12", "C13", "C14")
REPLIES = ("C31", "C32", "C33", "C34", "C35", "C36", "C37", "C38")
GROUNDS = ("C34a", "C34b", "C34c", "C34d", "C34e", "C34f")
REVIEWS = ("D1", "D2", "D3")
LAWSUITS = ("E1", "E2", "E3")

PARTS: dict[str, Sequence[str]] = {
    "C1": WAYS,
    "C2": ("C21", "C22"),
    "C3": REPLIES,
    "C34": GROUNDS,
    "D": REVIEWS,
    "E": LAWSUITS,
    "H3": ("H31", "H32"),
}
"""Totals of the form and the rows that add up to them."""


def figures(seed: int) -> dict[str, Figure]:
    """The figures of one form, every code with a number; the same ones for the same seed."""
    source = Random(seed)  # noqa: S311 - figures, not secrets
    made: dict[str, Figure] = dict.fromkeys(NUMBERS, 0)
    _disclosure(made, source)
    _answers(made, source)
    if source.random() < 0.8:  # noqa: PLR2004 - most offices receive applications
        _applications(made, source)
    made["F"] = source.randrange(6)
    made["H1"], made["H2"] = source.randrange(2), source.randrange(1, 5)
    made["H31"], made["H32"] = source.randrange(1, 4), source.randrange(9)
    made["H3"] = made["H31"] + made["H32"]
    made["H4"] = source.randrange(1, 2000) / 100
    made["I1"], made["I2"] = source.randrange(1, 9), source.randrange(4)
    made["I3"] = made["I2"] * source.randrange(5, 90)
    return made


def _disclosure(made: dict[str, Figure], source: Random) -> None:
    channels = [source.randrange(most) for most in (20, 400, 150, 200, 60)]
    made.update(zip(CHANNELS, channels, strict=True))
    made["A1"] = source.randint(max(channels), sum(channels))
    made["A1a"] = source.randint(0, min(9, int(made["A1"])))
    made["A1b"] = made["A1a"] + source.randrange(4)


def _answers(made: dict[str, Figure], source: Random) -> None:
    ways = [source.randrange(most) for most in (3, 3, 40, 20, 30)]
    made.update(zip(ANSWERS, ways, strict=True))
    made["B1"] = source.randint(1, sum(ways)) if sum(ways) else 0
    made["B21a"] = source.randint(0, ways[0])
    made["B22a"] = source.randint(0, ways[1])


def _applications(made: dict[str, Figure], source: Random) -> None:
    received = _split(made, WAYS, source.randrange(1, 40), source)
    late = source.randint(0, min(2, received))
    made["C1"] = made["C2"] = made["C3"] = received
    made["C21"], made["C22"] = received - late, late
    _split(made, REPLIES, received, source)
    _split(made, GROUNDS, int(made["C34"]), source)
    made["D"] = _split(made, REVIEWS, source.randrange(3), source)
    made["E"] = _split(made, LAWSUITS, source.randrange(2), source)
    made["G"] = source.randrange(300) / 100


def _split(made: dict[str, Figure], parts: Sequence[str], total: int, source: Random) -> int:
    """Deal `total` out over the parts; gives it back."""
    for _ in range(total):
        made[source.choice(parts)] += 1
    return total
