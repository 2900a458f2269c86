"""What is wrong with a form on purpose, and what makes a fast reader give up.

In: the number of a form. Out: its `Plant`. Every tenth form has a fault, every fortieth one is hard to read; which,
is a matter of its number alone, so that every size has its share of each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.figures import PARTS
from benchmarks.templates import DESIGNS, ROW_HIDDEN, ROW_MISSING, Design, ErrorValue, Uncalculated

if TYPE_CHECKING:
    from benchmarks.figures import Figure
    from benchmarks.templates import Typed

PERIOD = "（2016年度）"
_FAULT_EVERY, _FAULT_AT = 10, 7
_HARD_EVERY, _HARD_AT = 40, 5


@dataclass(frozen=True, slots=True)
class Plant:
    """What one form looks like. `fault` and `fallback` are empty for an everyday form.

    `counts` tells whether its figures belong to the county's total as they were meant.
    """

    design: Design
    fault: str = ""
    fallback: str = ""
    period: str = PERIOD
    suffix: str = "xlsx"

    @property
    def counts(self) -> bool:
        """Whether nothing is wrong with the figures."""
        return self.fault in {"", "text_number", "full_width", "thousands"} and self.fallback in {
            "",
            "hidden_row",
            "xls",
        }


FAULTS = (
    "wrong_sum", "text_number", "approximate", "blank", "wrong_year", "missing_row", "of_which", "full_width",
    "with_unit", "thousands",
)  # fmt: skip
FALLBACKS = ("error_cell", "uncalculated", "hidden_row", "xls")


def plant(number: int, *, faults: bool = True) -> Plant:
    """What the form of a number is."""
    everyday = DESIGNS[number % len(DESIGNS)]
    if not faults:
        return Plant(everyday)
    if number % _FAULT_EVERY == _FAULT_AT:
        turn = number // _FAULT_EVERY
        fault = FAULTS[turn % len(FAULTS)]
        if fault == "missing_row":
            return Plant(ROW_MISSING[turn // len(FAULTS) % len(ROW_MISSING)], fault)
        return Plant(everyday, fault, period="（2015年度）" if fault == "wrong_year" else PERIOD)
    if number % _HARD_EVERY == _HARD_AT:
        turn = number // _HARD_EVERY
        fallback = FALLBACKS[turn % len(FALLBACKS)]
        if fallback == "hidden_row":
            return Plant(ROW_HIDDEN[turn // len(FALLBACKS) % len(ROW_HIDDEN)], fallback=fallback)
        return Plant(everyday, fallback=fallback, suffix="xls" if fallback == "xls" else "xlsx")
    return Plant(everyday)


def typed(figures: dict[str, Figure], plant: Plant) -> dict[str, Typed]:
    """What stands in the cells of a form with these figures."""
    cells: dict[str, Typed] = dict(figures)
    fault = plant.fault or plant.fallback
    if fault == "wrong_sum":
        cells["C1"] = figures["C1"] + 3
    elif fault == "of_which":
        cells["A1a"] = figures["A1"] + 2
    elif fault == "blank":
        cells["B24"] = None
    elif fault == "error_cell":
        cells["F"] = ErrorValue()
    elif fault == "uncalculated":
        cells |= dict.fromkeys(PARTS, Uncalculated())
    else:
        cells |= _as_text(figures, fault)
    return cells


def _as_text(figures: dict[str, Figure], fault: str) -> dict[str, Typed]:
    """A number typed as a text."""
    value = figures["H3"]
    if fault == "text_number":
        return {"H3": str(value), "H31": str(figures["H31"])}
    if fault == "approximate":
        return {"F": f"约{44 + int(figures['F'])}"}
    if fault == "full_width":
        return {"H3": str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))}
    if fault == "with_unit":
        return {"F": f"{figures['F']}件"}
    return {"A22": f"{figures['A22']:,}"} if fault == "thousands" else {}
