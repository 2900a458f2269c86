"""All cases of one run, and what each room says of them.

In: what each room says of a file, in the pipeline's order. Out: rows for the next room, the records of `data/`.
Never: a file without a case, a finding without an owner.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from consolidator.casework.absences import ABSENCES
from consolidator.casework.case import Case
from consolidator.consolidate import compare_own, is_included, summable
from consolidator.findings import Finding, Severity
from consolidator.locate import Unlocated
from consolidator.model import Period, ReportingUnit, Status, SubmissionRecord
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.casework.codec import Sighting
    from consolidator.form import Form
    from consolidator.inbox import Aside, Attribution, Filing, Register
    from consolidator.locate import Located
    from consolidator.model import CountyTable, ObservedFile, Refusal, Submission, UnitRow

_SEVERITIES = (Severity.HARD, Severity.SOFT, Severity.INFO, Severity.NOTE)
_CELL = re.compile(r"([A-Z]+)(\d+)")


class Docket:
    """All cases of one run."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._cases: list[Case] = []
        self._by_place: dict[tuple[str, str, int], Case] = {}
        self._of_county: list[Finding] = []
        self._own: list[Case] = []

    @property
    def cases(self) -> tuple[Case, ...]:
        """Every case, in the order of the files."""
        return tuple(sorted(self._cases, key=lambda case: (case.file, case.number)))

    @property
    def register(self) -> Register:
        """The roster; without one, whoever filed."""
        return self._register.over(self.units()) if self._register.open_ended else self._register

    def set_aside(self, files: Iterable[Aside]) -> None:
        """Files that were not handed to the reader."""
        for entry in files:
            self._refused(Case(entry.file, entry.sha256), entry.refusal)

    def refuse(self, submission: Submission, refusal: Refusal) -> None:
        """A file that could not be read."""
        self._refused(Case(submission.file, submission.sha256), refusal)

    def _refused(self, case: Case, refusal: Refusal) -> None:
        case.status = refusal.status
        case.reason = f"{refusal.code}.{refusal.case}" if refusal.case else refusal.code
        if refusal.status is not Status.IGNORED:
            case.unit = self._register.named_in(case.file).unit
            case.findings.append(Finding(refusal.code, Severity.HARD, refusal.case, details=refusal.details))
        self._cases.append(case)

    def open(self, submission: Submission, sighting: Sighting) -> None:
        """A file that was read: one case for each filled form in it, or one that says why there is none."""
        seen = sighting.seen
        if isinstance(seen, Unlocated):
            self._unlocated(submission, seen)
            return
        for number, located in enumerate(seen, start=1):
            case = Case(
                submission.file,
                submission.sha256,
                form=located.form.id,
                sheet=located.sheet,
                unit_name=located.filer.text if located.filer else "",
                period=str(located.period.period) if located.period else "",
                values=located.observations,
                findings=[*_concerning(located, sighting.findings, seen), *located.findings],
                located=located,
                number=number,
                size=submission.size,
            )
            self._cases.append(case)
            self._by_place[(case.file, case.form, case.number)] = case

    def _unlocated(self, submission: Submission, seen: Unlocated) -> None:
        case = Case(submission.file, submission.sha256, unit=self._register.named_in(submission.file).unit)
        if seen.other is not None:
            case.status, case.reason = Status.WRONG_VERSION, "L10"
            tables = "、".join(f"“{title}”" for title in seen.tables) or Word("version.whole")
            details = {"tables": tables, "found": seen.other.title, "expected": seen.expected.title}
            case.findings.append(Finding("L10", Severity.HARD, details=details))
            self._name(case, seen)
        else:
            case.status, case.reason = Status.NOT_A_FORM, "L11.unlike"
            details = {
                "expected": seen.expected.title,
                "count": str(len(seen.expected.grid_rows)),
                "found": str(seen.found),
            }
            case.findings.append(Finding("L11", Severity.HARD, "unlike", details=details))
        self._cases.append(case)

    def _name(self, case: Case, seen: Unlocated) -> None:
        """Whose form of another version a file holds, where the file's name does not say."""
        filer = seen.filed.filer if seen.filed is not None else None
        if case.unit is None and filer is not None:
            case.unit_name = filer.text
            found = self._register.find(filer.text)
            stranger = self._register.open_ended and not self._register.is_whole_county(filer.text)
            case.unit = found.unit or (ReportingUnit("", filer.text) if stranger else None)

    def keep_apart(self, file: str) -> None:
        """The county's own report: neither a unit's nor in a total; it is compared with the sum of the others."""
        for case in self._cases:
            if case.file == file and case.located is not None:
                case.status, case.reason, case.located = Status.IGNORED, "B05.county", None
                self._own.append(case)

    def compare(self, table: CountyTable) -> None:
        """What the county's own report says otherwise than the sum of its filers."""
        for case in self._own:
            if case.form == table.form.id:
                case.period = case.period or str(table.period)
                case.findings.extend(compare_own(table, case.values))

    def forms(self) -> frozenset[str]:
        """The ids of the forms that were filed."""
        return frozenset(case.form for case in self._cases if case.form)

    def added(self) -> dict[str, tuple[str, ...]]:
        """The codes whose figures add up, by form."""
        forms = {case.form: case.located.form for case in self._cases if case.located is not None}
        return {name: summable(form) for name, form in forms.items()}

    def filings(self) -> list[Filing]:
        """The filled forms, as they present themselves."""
        return [case.filing() for case in self.cases if case.located is not None]

    def any_period(self) -> Period | None:
        """Some period for files that are checked outside a campaign: the first one stated, None where none is."""
        stated = [Period.parse(case.period) for case in self.cases if case.period]
        return next((period for period in stated if period is not None), None)

    def attribute(self, attributions: Iterable[Attribution], period: Period | None) -> None:
        """Units, periods and settled statuses. A form that does not count is told once, not in all its details."""
        known = self._register
        if known.open_ended:
            attributions = tuple(attributions)
            known = known.over(tuple({entry.unit: None for entry in attributions if entry.unit is not None}))
        for entry in attributions:
            filing = entry.filing
            case = self._by_place[(filing.file, filing.form, filing.number)]
            case.unit = entry.unit
            case.status = entry.status
            case.reason = entry.reason
            case.period = str(entry.period or "")
            if entry.status is not None:
                case.findings = list(entry.findings)
            else:
                case.findings = [*entry.findings, *case.findings]
        for case in self._cases:
            if case.status is not Status.IGNORED and not case.period:
                case.period = str(period or "")
            if case.unit is not None and case.located is None:
                case.unit = known.find(case.unit.name).unit or case.unit

    def files(self) -> frozenset[str]:
        """The paths of all files, whatever became of them."""
        return frozenset(case.file for case in self._cases)

    def countable(self, form: Form) -> tuple[UnitRow, ...]:
        """The rows that the rules of `form` judge: one a unit."""
        return tuple(
            case.row() for case in self.cases if case.form == form.id and case.status is None and case.unit is not None
        )

    def take(self, findings: Iterable[Finding]) -> None:
        """Findings of the rules: to the case of their file, or to the county where they have none."""
        by_file: dict[tuple[str, str], list[Case]] = defaultdict(list)
        for case in self._cases:
            by_file[(case.file, case.form)].append(case)
        for finding in findings:
            if not finding.file:
                self._of_county.append(finding)
                continue
            cases = by_file[(finding.file, finding.form)]
            mine = [case for case in cases if case.unit is not None and case.unit.name == finding.unit_name]
            (mine or cases)[0].findings.append(finding)

    def decide(self, totals: str) -> None:
        """Accepted without a hard finding, rejected with one; included as the campaign's `totals` says."""
        for case in self._cases:
            if case.status is None:
                hard = [finding for finding in case.findings if finding.severity is Severity.HARD]
                case.status = Status.REJECTED if hard else Status.ACCEPTED
                case.reason = ";".join(dict.fromkeys(_reason(finding) for finding in hard))
            case.included = case.unit is not None and is_included(case.status, totals)

    def units(self) -> tuple[ReportingUnit, ...]:
        """Without a roster: whoever filed, by name."""
        found = {case.unit.key: case.unit for case in self._cases if case.unit is not None}
        return tuple(sorted(found.values(), key=lambda unit: unit.name))

    def rows(self, form: Form) -> tuple[UnitRow, ...]:
        """Every case of `form` with a unit, and the files that may have been it but could not be read as a form."""
        return tuple(case.row() for case in self._cases if case.unit is not None and case.form in ("", form.id))

    def findings(self) -> tuple[Finding, ...]:
        """All findings: by unit in the roster's order, the gravest first, then by place; the county's own last."""
        order = {unit.key: number for number, unit in enumerate(self._register.units or self.units())}
        listed = [finding for case in self.cases for finding in case.owned()] + self._of_county
        last = len(order)

        def rank(finding: Finding) -> tuple[object, ...]:
            known = order.get(finding.unit_code or finding.unit_name)
            place = last if known is None else known
            county = not finding.file and finding.code not in ABSENCES
            return (county, place, finding.unit_name, _SEVERITIES.index(finding.severity), *_place(finding))

        return tuple(sorted(listed, key=rank))

    def records(self, tables: Sequence[CountyTable]) -> tuple[SubmissionRecord, ...]:
        """A record for every filed form and every other file, and one for each missing unit."""
        filed = [case.record() for case in self.cases]
        missing = [
            SubmissionRecord(
                file="",
                sha256="",
                unit_code=row.unit.code,
                unit_name=row.unit.name,
                form=table.form.id,
                period=str(table.period),
                status=Status.MISSING,
                included=False,
                hard=1,
                soft=0,
                reason="K01",
            )
            for table in tables
            for row in table.rows
            if row.status is Status.MISSING
        ]
        return (*filed, *missing)

    def observed(self) -> tuple[ObservedFile, ...]:
        """Everything that was read, whatever became of the file."""
        return tuple(case.observed() for case in self.cases if case.values)


def _concerning(located: Located, findings: Iterable[Finding], seen: Sequence[Located]) -> list[Finding]:
    """What the reader noticed about a file, for one of its forms: not what it noticed on another form's sheet."""
    elsewhere = {other.sheet for other in seen} - {located.sheet}
    return [finding for finding in findings if finding.sheet not in elsewhere]


def _reason(finding: Finding) -> str:
    return f"{finding.code}.{finding.case}" if finding.case else finding.code


def _place(finding: Finding) -> tuple[str, str, int, str, str]:
    match = _CELL.match(finding.cells[0]) if finding.cells else None
    return finding.file, finding.sheet, int(match[2]) if match else 0, finding.code, ";".join(finding.indicators)
