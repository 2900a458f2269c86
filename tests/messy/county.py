"""A small county: one sound filing, and beside it whatever else lies in the inbox; what the run makes of them.

Every filing has figures of its own that satisfy all rules, so that a finding can only come from the mess.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.inbox import Campaign
from consolidator.model import Period, Status
from consolidator.pipeline import Request, run
from consolidator.terms import catalogue
from sample_workbooks.printed_form import CODES, NUMBERS, PRINTED
from tests.builders import Filing, Layout, Line, lay_out
from tests.filings import SIGN_OFF
from tests.messy.cells import save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from decimal import Decimal
    from pathlib import Path

    from consolidator.findings import Finding
    from consolidator.model import Consolidation, Observation, SubmissionRecord
    from tests.filings import Book, Value

FORM = "gov-info-disclosure-2014"
COUNTY = "平罗县"
SOUND = "陶乐镇"
SOUND_FILE = "陶乐镇.xlsx"
SIGNED = dict(zip(SIGN_OFF, ("王一", "李二", "赵三", "0952-0000000", "2017年1月5日"), strict=True))
FIGURES: dict[str, int] = dict.fromkeys(NUMBERS, 0) | {
    "A1": 30, "A1a": 1, "A1b": 2, "A22": 25, "A24": 12, "B1": 2, "B23": 2, "B25": 1, "C1": 3, "C13": 3, "C2": 3,
    "C21": 3, "C3": 3, "C32": 3, "D": 1, "D1": 1, "F": 4, "H1": 1, "H2": 5, "H3": 3, "H31": 1, "H32": 2, "H4": 6,
    "I1": 7, "I2": 2, "I3": 40,
}  # fmt: skip
SENTENCE = "主要侧重财政、民政、土地、教育等几个方面，其中财政占比50%、民政占比30%、土地占比20%。"


def filing(filer: str, values: Mapping[str, Value] | None = None, **changes: object) -> Filing:
    """A filing that satisfies every rule, but for the values given."""
    given: dict[str, Value] = {**FIGURES, "C4t": SENTENCE, **(values or {})}
    lines = tuple(Line(label, unit, given.get(code), level=level) for code, level, label, unit in PRINTED)
    return replace(Filing(lines, filer=filer, sign_off=SIGNED), **changes)  # type: ignore[arg-type]


def line_of(code: str) -> int:
    """Number of the printed line of a code, from 0."""
    return CODES.index(code)


def book_of(
    filer: str, values: Mapping[str, Value] | None = None, layout: Layout | None = None, **changes: object
) -> Book:
    """A sound filing, but for the values given, laid out."""
    return lay_out(filing(filer, values, **changes), layout or Layout())


def put(book: Book, code: str, value: object) -> Book:
    """The book with the value cell of `code` replaced, in place."""
    page = next(page for page in book.pages if page.name == book.sheet)
    page.cells[book.places[line_of(code)]] = (value, "number")  # type: ignore[assignment]
    return book


@dataclass(frozen=True)
class Outcome:
    """What a run made of the inbox, by file."""

    result: Consolidation

    @cached_property
    def records(self) -> dict[str, SubmissionRecord]:
        """The record of each file; of a file with several forms the first."""
        return {record.file: record for record in reversed(self.result.submissions)}

    @cached_property
    def _findings(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.result.findings:
            found.setdefault(finding.file, []).append(finding)
        return found

    @cached_property
    def _values(self) -> dict[str, Mapping[str, Observation]]:
        return {entry.file: entry.values for entry in self.result.observations}

    def status(self, file: str) -> str:
        """What became of a file."""
        return self.records[file].status.value

    def findings(self, file: str) -> list[Finding]:
        """Everything that is said of a file; each sentence can be told in both languages."""
        found = self._findings.get(file, [])
        for finding in found:
            for language in ("zh", "en"):
                forms = {table.form.id: table.form for table in self.result.tables}
                assert catalogue(language).message(finding, forms)
        return found

    def told(self, file: str) -> list[str]:
        """Severity, code and case of everything that is said of a file."""
        return sorted(f"{f.severity.value} {f.code} {f.case}".strip() for f in self.findings(file))

    def accused(self, file: str) -> list[str]:
        """What is told of a file beside the rules that wait for a value that was not taken."""
        waiting = {
            f"{f.severity.value} {f.code} {f.case}".strip() for f in self.findings(file) if f.outcome == "undecided"
        }
        return [told for told in self.told(file) if told not in waiting]

    def finding(self, file: str, code: str, case: str = "") -> Finding:
        """The only finding of this code and case."""
        (found,) = (f for f in self.findings(file) if f.code == code and f.case == case)
        return found

    def values(self, file: str) -> dict[str, Decimal | str | None]:
        """The values of a file by indicator code."""
        return {code: observation.value for code, observation in self._values[file].items()}

    def figures(self, file: str) -> dict[str, Decimal | str | None]:
        """The values of a file without its texts."""
        values = self.values(file)
        return {code: values[code] for code in FIGURES if code in values}

    def observation(self, file: str, code: str) -> Observation:
        """One value with its address."""
        return self._values[file][code]

    def total(self, code: str) -> Decimal | None:
        """The county's total."""
        return self.result.tables[0].totals[code].value

    def sentence(self, file: str, code: str) -> str:
        """The Chinese sentence of the first finding of `code`."""
        found = next(finding for finding in self.findings(file) if finding.code == code)
        return catalogue("zh").message(found, {table.form.id: table.form for table in self.result.tables})

    def missing(self) -> set[str]:
        """Units that are told to have sent nothing."""
        return {record.unit_name for record in self.result.submissions if record.status is Status.MISSING}


@cache
def _sound() -> bytes:
    return save(book_of(SOUND), "xlsx")


def judge(
    folder: Path,
    files: Mapping[str, bytes | Callable[[Path], object]],
    units: Iterable[str] | None = None,
    *,
    jobs: int | None = 0,
    sound: bool = True,
    **settings: object,
) -> Outcome:
    """Run the pipeline over the sound filing and `files`; the sound filing must come out untouched.

    A callable makes its own entry at the path it is given. `units` join the sound one in the roster. Without `sound`
    there is no such filing, for runs over another form.
    """
    inbox = folder / "收件"
    good = {SOUND_FILE: _sound()} if sound else {}
    for name, content in {**good, **files}.items():
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(content):
            content(path)
        else:
            path.write_bytes(content)
    roster = None
    if units is not None:
        roster = folder / "名录.csv"
        lines = [f"{number:03},{name}" for number, name in enumerate(dict.fromkeys((SOUND, *units)), start=1)]
        roster.write_text("\n".join(["单位代码,单位名称", *lines]), encoding="utf-8")
    campaign = Campaign(county=COUNTY, period=Period(2016), forms=(FORM,), roster=roster)
    outcome = Outcome(run(Request(inbox, replace(campaign, **settings), jobs=jobs)))  # type: ignore[arg-type]
    if sound:
        assert_sound(outcome)
    return outcome


def assert_sound(outcome: Outcome) -> None:
    """The sound filing is accepted, complete, and nothing is said of it."""
    assert outcome.told(SOUND_FILE) == []
    assert outcome.status(SOUND_FILE) == "accepted"
    assert outcome.figures(SOUND_FILE) == FIGURES
    assert outcome.values(SOUND_FILE)["C4t"] == SENTENCE
