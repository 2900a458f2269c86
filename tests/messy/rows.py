"""A row of the catalogue as a table of cases: what is typed, and what must come of it in every format.

In: `Case`s. Out: one run per row, with one unit a case and format, and the check that all of it is as the row says.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import Struct, field

from consolidator.findings import Outcome as Verdict
from tests.messy.cells import KINDS, Odd, save
from tests.messy.county import FIGURES, Outcome, book_of, judge, line_of, put

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

HARD = "hard"


class Case(Struct, frozen=True):
    """One cell: what is put in it, the value that is taken (None: none), and what is told, as `severity code case`.

    `code` is an indicator without rules (举报投诉 in 件, unless given). `quoted` is the cell's text as the findings
    must quote it (by default what was typed), by format. `kinds` are the formats that can hold it.
    """

    typed: Any
    value: str | None
    told: tuple[str, ...] = ()
    code: str = "F"
    kinds: tuple[str, ...] = KINDS
    quoted: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How a test of the case is called."""
        odd = self.typed
        return ascii(odd.digits or odd.value or odd.formula if isinstance(odd, Odd) else odd)

    def quote(self, kind: str) -> str:
        """The text that the findings must quote, in a format."""
        if kind in self.quoted:
            return self.quoted[kind]
        typed = self.typed.value if isinstance(self.typed, Odd) else self.typed
        return "" if typed is None else str(typed)


def kept(typed: Any, value: str | int, *notes: str, **more: Any) -> Case:
    """The value is taken; only notes are written, or nothing."""
    return Case(typed, str(value), tuple(f"note {note}" for note in notes), **more)


def refused(typed: Any, told: str, **more: Any) -> Case:
    """No value, a hard finding, the unit rejected."""
    return Case(typed, None, (f"hard {told}",), **more)


def asked(typed: Any, *told: str, **more: Any) -> Case:
    """No value, a soft finding, the unit not rejected."""
    return Case(typed, None, tuple(f"soft {each}" for each in told), **more)


class Row(Struct):
    """All cases of one row; the run over them is made once, when the first test asks for it."""

    cases: tuple[Case, ...]
    settings: dict[str, object] = field(default_factory=dict)
    _outcome: Outcome | None = None

    @property
    def each(self) -> pytest.MarkDecorator:
        """Parametrises a test by case and format."""
        entries = [(number, kind) for number, case in enumerate(self.cases) for kind in case.kinds]
        names = [f"{self.cases[number].name}-{kind}" for number, kind in entries]
        return pytest.mark.parametrize(("number", "kind"), entries, ids=names)

    def outcome(self, new_folder: Callable[[], Path]) -> Outcome:
        """The run over all cases in all their formats."""
        if self._outcome is None:
            files = {}
            for number, case in enumerate(self.cases):
                for kind in case.kinds:
                    filer = _filer(number, kind)
                    files[f"{filer}.{kind}"] = save(put(book_of(filer), case.code, case.typed), kind)
            units = [name.partition(".")[0] for name in files]
            self._outcome = judge(new_folder(), files, units, **self.settings)
        return self._outcome

    def holds(self, number: int, kind: str, new_folder: Callable[[], Path]) -> None:
        """Check one case in one format: value, findings with their cell and quotation, status, neighbours."""
        case, outcome = self.cases[number], self.outcome(new_folder)
        file = f"{_filer(number, kind)}.{kind}"
        address = book_of("x").address(line_of(case.code))
        seen = outcome.observation(file, case.code)

        findings = [f for f in outcome.findings(file) if f.outcome is not Verdict.UNDECIDED]
        waiting = [f for f in outcome.findings(file) if f.outcome is Verdict.UNDECIDED]
        assert outcome.accused(file) == sorted(case.told)
        assert all(seen.value is None and case.code in f.indicators for f in waiting)
        assert seen.value == (None if case.value is None else Decimal(case.value))
        assert seen.raw == case.quote(kind)
        assert seen.address.a1 == address
        for finding in findings:
            assert (finding.cells, finding.observed) == ((address,), case.quote(kind))
            assert finding.indicators == (case.code,)
            assert (finding.file, finding.sheet) == (file, "Sheet1")
        assert outcome.status(file) == ("rejected" if any(told.startswith(HARD) for told in case.told) else "accepted")
        assert outcome.records[file].included is (outcome.status(file) == "accepted")
        others = {code: value for code, value in FIGURES.items() if code != case.code}
        assert {code: value for code, value in outcome.figures(file).items() if code != case.code} == others

    def adds_up(self, new_folder: Callable[[], Path]) -> None:
        """The county's total is the sound filing's figure and the values of the accepted ones, nothing else."""
        outcome = self.outcome(new_folder)
        for code in {case.code for case in self.cases}:
            taken = [
                Decimal(case.value) if case.code == code else Decimal(FIGURES[code])
                for case in self.cases
                for _ in case.kinds
                if not any(told.startswith(HARD) for told in case.told)
                and (case.code != code or case.value is not None)
            ]
            assert outcome.total(code) == sum(taken, Decimal(FIGURES[code]))


def _filer(number: int, kind: str) -> str:
    return f"{kind}{number:02}号镇"
