"""Findings: problems in what was sent, as values with an address (审核问题).

A finding names a code of the catalogue and the details of its sentence; it holds no sentence itself, so that one
run can be told in Chinese or in English.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """How much a finding weighs. HARD rejects the unit's form; SOFT asks for an explanation; the rest inform."""

    HARD = "hard"  # 强制
    SOFT = "soft"  # 核实
    INFO = "info"  # 提示
    NOTE = "note"  # 规范化处理记录


class Outcome(StrEnum):
    """How a rule came out. UNDECIDED: an operand has no usable value. Notes carry SATISFIED."""

    SATISFIED = "satisfied"
    VIOLATED = "violated"
    UNDECIDED = "undecided"


class Finding(Struct, frozen=True):
    """One problem or note.

    `cells` are addresses such as `D12`, in the order of `indicators` where both are given. `observed` is what stands
    in the cell; for a rule whose left side is one indicator, that indicator's value, otherwise the operands' values in
    the order of `cells`, joined by `;`. `expected` and `difference` are texts, empty where they make no sense.
    `details` fill the sentence of (`code`, `case`). File, unit, form and period are added by `owned`.
    """

    code: str
    severity: Severity
    case: str = ""
    outcome: Outcome = Outcome.VIOLATED
    indicators: tuple[str, ...] = ()
    sheet: str = ""
    cells: tuple[str, ...] = ()
    observed: str = ""
    expected: str = ""
    difference: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    unit_code: str = ""
    unit_name: str = ""
    form: str = ""
    period: str = ""

    @property
    def fingerprint(self) -> str:
        """A short stable name: the same problem of the same unit has it again in the next run.

        Neither the values nor the file's name are part of it, nor, where indicators are named, the cells.
        """
        place = (";".join(self.indicators),) if self.indicators else (self.sheet, ";".join(self.cells))
        unit = self.unit_code or self.unit_name or self.file
        key = (self.code, self.case, unit, self.form, self.period, *place)
        return hashlib.sha256("\x1f".join(key).encode("utf-8", "replace")).hexdigest()[:12]

    def owned(self, *, file: str, unit_code: str, unit_name: str, form: str, period: str) -> Finding:
        """The same finding with its owner filled in."""
        return replace(self, file=file, unit_code=unit_code, unit_name=unit_name, form=form, period=period)
