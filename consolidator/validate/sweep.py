"""The one pandera run over all units. Importing this module imports pandas and pandera.

In: a form and the units' figures. Out: by rule, which units are to be judged in decimals.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from consolidator.form.judging.compile import compile_form, earlier_name, operands
from consolidator.form.relations import ALONE
from consolidator.frames import UNIT_INDEX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.form.definition import Form
    from consolidator.form.judging.compile import CompiledForm
    from consolidator.form.relations import Reach
    from consolidator.validate.evidence import Evidence

_LARGEST_EXACT = 2**53
_MOST_KNOWN = 1 << 16


def sweep(form: Form, units: Sequence[Evidence], reach: Reach = ALONE) -> Mapping[str, Sequence[int]]:
    """By rule key, the positions in `units` where the rule is not certainly satisfied.

    In ascending order. Rules that need more than the run can `reach` are left out.
    """
    compiled = compile_form(form, reach)
    if not units:
        return {rule.key: () for rule in compiled.rules}
    frame = units_frame(compiled, units)
    return {rule: sorted(map(int, labels)) for rule, labels in compiled.to_judge(frame).items()}


def units_frame(compiled: CompiledForm, units: Sequence[Evidence]) -> pd.DataFrame:
    """A `frames.UNITS` table: a row a unit, labelled by its position so that no two units share a label.

    NaN stands for no usable value, infinity for a number that float64 would turn into another whole number.
    """
    codes, earlier = operands(compiled.form), compiled.earlier
    columns = np.empty((len(codes) + len(earlier), len(units)), dtype=np.float64)
    for position, unit in enumerate(units):
        before = unit.previous or {}
        spelled = (
            *unit.operands(codes),
            *(None if before.get(code) is None else str(before[code]) for code in earlier),
        )
        columns[:, position] = list(map(_FLOATS.__getitem__, spelled))
    names = (*codes, *map(earlier_name, earlier))
    return pd.DataFrame(dict(zip(names, columns, strict=True)), index=pd.RangeIndex(len(units), name=UNIT_INDEX))


class _Floats(dict[str | None, float]):
    """Numbers by their spelling, worked out once: a county's are small ones and come again and again."""

    def __missing__(self, spelled: str | None) -> float:
        if len(self) > _MOST_KNOWN:
            self.clear()
        found = self[spelled] = float("nan") if spelled is None else _float(Decimal(spelled))
        return found


_FLOATS = _Floats()


def _float(value: Decimal) -> float:
    number = float(value)
    if not number.is_integer():
        return number
    return number if value == int(number) and abs(number) < _LARGEST_EXACT else float("inf")
