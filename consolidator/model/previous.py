"""Figures of the period before, and the two periods side by side (上期、同比).

Codes are those of the present form throughout: where the form changed between the periods, the earlier codes were
translated before these values were made.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.model.periods import Period
    from consolidator.model.results import Total


class EarlierUnit(Struct, frozen=True):
    """A unit that was in the earlier totals, by its name of then, with its values by code.

    `key` is that of the present unit that it is (`ReportingUnit.key`), empty where that is not known. A code without a
    certain value is not in `values`.
    """

    name: str
    key: str
    values: Mapping[str, Decimal | str]


class Previous(Struct, frozen=True, dict=True):
    """One form's figures of an earlier period.

    `form` is the id of the form they were filed on, `file` names where they were taken from. `codes` are the numeric
    codes that can be compared. `settled` tells that the source says which units were in its totals; otherwise all its
    units are taken to be.
    """

    form: str
    period: Period
    file: str
    codes: frozenset[str]
    units: tuple[EarlierUnit, ...]
    settled: bool = True

    @cached_property
    def _by_key(self) -> Mapping[str, Mapping[str, Decimal]]:
        return {
            unit.key: {code: value for code, value in unit.values.items() if isinstance(value, Decimal)}
            for unit in self.units
            if unit.key
        }

    def of(self, key: str) -> Mapping[str, Decimal]:
        """The numbers of a present unit in the earlier period by code; none where it had none."""
        return self._by_key.get(key, {})


class Comparison(Struct, frozen=True):
    """One form's totals of an earlier period beside the present ones.

    `totals` are the earlier totals of the codes that can be compared. `counted` units were in them. `only_now` and
    `only_before` name the units that are in one period's totals alone: where there are any, the totals are of unlike
    groups. `own_form` tells that both periods were filed on the same form.
    """

    period: Period
    file: str
    totals: Mapping[str, Total]
    counted: int
    only_now: tuple[str, ...]
    only_before: tuple[str, ...]
    settled: bool = True
    own_form: bool = True

    @property
    def alike(self) -> bool:
        """Whether the same units are in the totals of both periods."""
        return not self.only_now and not self.only_before

    @property
    def numbers(self) -> Mapping[str, Decimal]:
        """The earlier totals that lack no unit, by code; none at all where the totals are of unlike groups."""
        if not self.alike:
            return {}
        return {
            code: total.value for code, total in self.totals.items() if total.value is not None and not total.lacking
        }
