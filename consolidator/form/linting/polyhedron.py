"""Whether any filing fulfils some conditions: a small linear program, and a search through the cases of `or`.

In: conditions of `form.linear`, what values each indicator may have. Out: such a filing, or None where there is none.
Never: a guess. Where a search grows too long it raises `UndecidedError`. SciPy is imported here alone, by whoever lints.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd, inf, lcm
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec import Struct
from scipy.optimize import Bounds, LinearConstraint, milp

from consolidator.form.linting.linear import All, Any, Atom, variables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.form.linting.linear import Condition

_MOST_PROGRAMS = 400
_MOST_BRANCHES = 2000  # of one program with whole numbers
SLACK = 1e-6
"""By which a computed point may miss a condition and still count as fulfilling it."""

_SOLVED, _IMPOSSIBLE = 0, 2


class UndecidedError(RuntimeError):
    """The search was given up: nothing is known."""


class Domain(NamedTuple):
    """What an indicator's value may be: only a whole number, also below zero."""

    whole: bool
    signed: bool


ANYTHING = Domain(whole=False, signed=True)
"""Of an indicator of another form, of which nothing is known here."""


class _Case(Struct, frozen=True):
    """Atoms that must all hold, and choices not made yet."""

    atoms: tuple[Atom, ...]
    choices: tuple[Any, ...]

    def with_(self, found: Condition) -> _Case:
        if isinstance(found, Atom):
            return _Case((*self.atoms, found), self.choices)
        if isinstance(found, Any):
            if len(found.parts) == 1:
                return self.with_(found.parts[0])
            return _Case(self.atoms, (*self.choices, found))
        case = self
        for part in found.parts:
            case = case.with_(part)
        return case


class Filings:
    """All filings that the domains allow; a domain that is not given is `ANYTHING`."""

    def __init__(self, domains: Mapping[str, Domain]) -> None:
        self._domains = domains
        self._left = 0
        self._raised = frozenset[str]()

    def fulfilling(self, conditions: Iterable[Condition]) -> Mapping[str, float] | None:
        """A filing that fulfils all the conditions, by code (0 for a code that is left out); None where none does."""
        self._left, self._raised = _MOST_PROGRAMS, frozenset[str]()
        return self._search(_Case((), ()).with_(All(tuple(conditions))))

    def lively(self, conditions: Iterable[Condition], codes: Iterable[str]) -> Mapping[str, float]:
        """A filing that fulfils all the conditions with many of some figures above 0, where one is soon found."""
        self._left, self._raised = _MOST_PROGRAMS, frozenset(codes)
        return self._search(_Case((), ()).with_(All(tuple(conditions)))) or {}

    def _search(self, case: _Case) -> Mapping[str, float] | None:
        self._left -= 1
        if self._left < 0:
            raise UndecidedError
        point = self._solved(case.atoms)
        if point is None:
            return None
        open_ = next((choice for choice in case.choices if not _fulfilled(choice, point)), None)
        if open_ is None:
            return point
        rest = _Case(case.atoms, tuple(choice for choice in case.choices if choice is not open_))
        for part in sorted(open_.parts, key=_size):
            found = self._search(rest.with_(part))
            if found is not None:
                return found
        return None

    def _solved(self, atoms: Sequence[Atom]) -> Mapping[str, float] | None:
        """A point in the polyhedron of the atoms. What is strict holds by a margin, which is made as large as it can."""
        tight = [_whole(atom) if self._all_whole(atom) else atom for atom in dict.fromkeys(atoms)]
        if any(not atom.terms and (atom.constant > 0 or (atom.strict and atom.constant == 0)) for atom in tight):
            return None
        tight = [atom for atom in tight if atom.terms]
        codes = sorted({code for atom in tight for code, _ in atom.terms})
        return self._program(tight, codes) if codes else {}

    def _program(self, atoms: Sequence[Atom], codes: Sequence[str]) -> Mapping[str, float] | None:
        """The linear program: a column a code, one for the margin, one for each figure that is to be more than 0."""
        place = {code: number for number, code in enumerate(codes)}
        raised = [code for code in codes if code in self._raised]
        width = len(codes) + 1 + len(raised)
        matrix = np.zeros((len(atoms) + len(raised), width))
        for line, atom in enumerate(atoms):
            for code, factor in atom.terms:
                matrix[line, place[code]] = float(factor)
            matrix[line, len(codes)] = float(atom.strict)
        for number, code in enumerate(raised):  # between 0 and 1, and no more than the figure
            matrix[len(atoms) + number, [place[code], len(codes) + 1 + number]] = (-1.0, 1.0)
        domains = [self._domains.get(code, ANYTHING) for code in codes]
        margin = any(atom.strict for atom in atoms)
        lower = [-inf if domain.signed else 0.0 for domain in domains] + [0.0] * (1 + len(raised))
        upper = [inf] * len(codes) + [float(margin)] + [1.0] * len(raised)
        found = milp(
            c=np.array([0.0] * len(codes) + [-1.0] * (1 + len(raised))),
            constraints=LinearConstraint(matrix, -inf, [-float(atom.constant) for atom in atoms] + [0.0] * len(raised)),
            integrality=np.array([int(domain.whole) for domain in domains] + [0] * (1 + len(raised))),
            bounds=Bounds(np.array(lower), np.array(upper)),
            options={"node_limit": _MOST_BRANCHES},
        )
        if found.status == _IMPOSSIBLE:
            return None
        if found.status != _SOLVED or found.x is None:
            raise UndecidedError
        if margin and found.x[len(codes)] <= SLACK:
            return None
        return dict(zip(codes, map(float, found.x), strict=False))

    def _all_whole(self, atom: Atom) -> bool:
        return all(self._domains.get(code, ANYTHING).whole for code, _ in atom.terms)


@lru_cache(maxsize=16384)
def _whole(atom: Atom) -> Atom:
    """The same for whole numbers, with whole factors; `A < B` is `A <= B - 1`."""
    if not atom.terms:
        return atom
    common = lcm(*(factor.denominator for _, factor in atom.terms))
    divisor = gcd(*((factor * common).numerator for _, factor in atom.terms))
    scale = Fraction(common, divisor)
    limit = -atom.constant * scale  # whole terms <= limit, or < limit
    most = limit.numerator // limit.denominator
    if atom.strict and limit.denominator == 1:
        most -= 1
    return Atom(tuple((code, factor * scale) for code, factor in atom.terms), Fraction(-most))


def _fulfilled(found: Condition, point: Mapping[str, float]) -> bool:
    if isinstance(found, All):
        return all(_fulfilled(part, point) for part in found.parts)
    if isinstance(found, Any):
        return any(_fulfilled(part, point) for part in found.parts)
    total = float(found.constant) + sum(float(factor) * point.get(code, 0.0) for code, factor in found.terms)
    return total < -SLACK if found.strict else total <= SLACK


def _size(found: Condition) -> int:
    return len(variables(found))
