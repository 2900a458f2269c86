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
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from consolidator.form.compile import CompiledForm
    from consolidator.form.definition import Form
    from consolidator.form.relations import Reach
    from consolidator.form.verdict import Figures
    from consolidator.rules import Values

_LARGEST_EXACT = 2**53


def sweep(form: Form, units: Sequence[Figures], reach: Reach = ALONE) -> Mapping[str, Sequence[int]]:
    """By rule key, the positions in `units` where the rule is not certainly satisfied, in ascending order.

    Rules that need more than the run can `reach` are left out.
    """
    compiled = compile_form(form, reach)
    if not units:
        return {rule.key: () for rule in compiled.rules}
    return {rule: sorted(map(int, labels)) for rule, labels in compiled.to_judge(units_frame(compiled, units)).items()}


def units_frame(compiled: CompiledForm, units: Sequence[Figures]) -> pd.DataFrame:
    """A `frames.UNITS` table: a row a unit, labelled by its position so that no two units share a label.

    NaN stands for no usable value, infinity for a number that float64 would turn into another whole number.
    """
    columns = {code: _column([unit.present for unit in units], code) for code in operands(compiled.form)}
    columns |= {earlier_name(code): _column([unit.previous or {} for unit in units], code) for code in compiled.earlier}
    return pd.DataFrame(columns, index=pd.RangeIndex(len(units), name=UNIT_INDEX))


def _column(units: Sequence[Values], code: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.fromiter((_float(unit.get(code)) for unit in units), dtype=np.float64, count=len(units))


@lru_cache(maxsize=65536)
def _float(value: Decimal | None) -> float:
    if value is None:
        return float("nan")
    number = float(value)
    if not number.is_integer():
        return number
    return number if value == int(number) and abs(number) < _LARGEST_EXACT else float("inf")
