"""The one pandera run over all units. Importing this module imports pandas and pandera.

In: a form and the units' figures. Out: by rule, which units are to be judged in decimals.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from consolidator.form.compile import compile_form, earlier_name, operands
from consolidator.form.relations import ALONE
from consolidator.frames import UNIT_INDEX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from consolidator.form.compile import CompiledForm
    from consolidator.form.definition import Form
    from consolidator.form.relations import Reach
    from consolidator.form.verdict import Figures

_LARGEST_EXACT = 2**53


def sweep(form: Form, units: Iterable[Figures], count: int, reach: Reach = ALONE) -> Mapping[str, Sequence[int]]:
    """By rule key, the positions in `units`, of which there are `count`, where the rule is not certainly satisfied.

    In ascending order. Rules that need more than the run can `reach` are left out.
    """
    compiled = compile_form(form, reach)
    if not count:
        return {rule.key: () for rule in compiled.rules}
    frame = units_frame(compiled, units, count)
    return {rule: sorted(map(int, labels)) for rule, labels in compiled.to_judge(frame).items()}


def units_frame(compiled: CompiledForm, units: Iterable[Figures], count: int) -> pd.DataFrame:
    """A `frames.UNITS` table: a row a unit, labelled by its position so that no two units share a label.

    NaN stands for no usable value, infinity for a number that float64 would turn into another whole number.
    """
    codes, earlier = operands(compiled.form), compiled.earlier
    columns = np.empty((len(codes) + len(earlier), count), dtype=np.float64)
    for position, unit in enumerate(units):
        previous = unit.previous or {}
        columns[:, position] = [
            *(_float(unit.present.get(code)) for code in codes),
            *map(_float, map(previous.get, earlier)),
        ]
    names = (*codes, *map(earlier_name, earlier))
    return pd.DataFrame(dict(zip(names, columns, strict=True)), index=pd.RangeIndex(count, name=UNIT_INDEX))


@lru_cache(maxsize=65536)
def _float(value: Decimal | None) -> float:
    if value is None:
        return float("nan")
    number = float(value)
    if not number.is_integer():
        return number
    return number if value == int(number) and abs(number) < _LARGEST_EXACT else float("inf")
