"""The corridor: the only place that knows the order 收件 → 读表 → 定位 → 审核 → 汇总 → 出表.

In: a `Request` of plain settings. Out: a `Consolidation`, and the paths written. Never: a judgement of its own.
"""

from __future__ import annotations

import platform
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from consolidator import __version__, form, inbox, read, write
from consolidator.casework import Case, Docket
from consolidator.clock import Clock
from consolidator.consolidate import tabulate
from consolidator.errors import UsageError
from consolidator.inbox import Campaign, Register, attribute, collect, prevailing_period, take_files
from consolidator.locate import Unlocated, observe
from consolidator.model import Consolidation, RunRecord, Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager

    from consolidator.form import Form
    from consolidator.inbox import Collection
    from consolidator.model import CountyTable, Period, Refusal, RuleTally

_LIBRARIES = ("lark", "numpy", "openpyxl", "pandas", "pandera", "python-calamine", "xlrd", "xlsxwriter")


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked to do. Settings given here win over those of the campaign file."""

    inbox: Path
    campaign: Campaign
    jobs: int | None = None
    language: str = "zh"
    progress: Callable[[str, int, int], None] | None = None
    own: frozenset[Path] = frozenset()


def load_forms(names: Sequence[str], language: str = "zh") -> tuple[Form, ...]:
    """The forms of a campaign by id or definition file; all installed ones where none is named.

    Raises `FormError` with every mistake of a definition, `UsageError` for an unknown id.
    """
    chosen = names or tuple(form.available())
    return tuple(
        form.load(Path(name), language) if name.endswith((".yaml", ".yml")) else form.load_by_id(name, language)
        for name in dict.fromkeys(chosen)
    )


def load_register(campaign: Campaign) -> Register:
    """The roster as a `Register`; an open-ended one without a roster. Raises `UsageError` for an unusable roster."""
    path = campaign.roster
    if path is None:
        return Register((), campaign.county, open_ended=True)
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise UsageError("E10", file=str(path), reason=problem.strerror or "") from problem
    if path.suffix.lower() in {".csv", ".txt"}:
        return Register(inbox.roster_from_csv(content, path.name), campaign.county)
    workbook = read.open_workbook(content, path.name)
    if not isinstance(workbook, Workbook) or not workbook.sheets:
        raise UsageError("E18", file=path.name)
    return Register(inbox.roster_from_sheet(workbook.sheets[0], path.name), campaign.county)


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a run: those `asked` for and the `others` that are known; where none is named, all are candidates."""

    asked: tuple[Form, ...]
    others: tuple[Form, ...]
    named: bool

    @classmethod
    def of(cls, names: Sequence[str], language: str) -> Forms:
        """The forms by id or definition file. Raises as `load_forms`."""
        asked = load_forms(names, language)
        known = {each.id for each in asked}
        others = tuple(form.load_by_id(name, language) for name in form.available() if name not in known)
        return cls(asked, others, bool(names))

    def at(self, period: Period | None) -> Forms:
        """The forms to ask for where the period is known: those in force, where no form was named."""
        if self.named or period is None:
            return self
        asked = tuple(each for each in self.asked if each.in_force(period.year))
        others = tuple(each for each in self.asked if not each.in_force(period.year))
        return Forms(asked, others, named=False) if asked else self


@dataclass(frozen=True, slots=True)
class Plan:
    """What must be sound before anything is opened or written: the definitions and the roster."""

    clock: Clock
    forms: Forms
    register: Register


def prepare(request: Request) -> Plan:
    """Load the definitions and the roster. Raises `FormError` or `UsageError` before any submission is opened."""
    clock = Clock()
    with clock.step("definitions"):
        forms = Forms.of(request.campaign.forms, request.language)
        plan = Plan(clock, forms, load_register(request.campaign))
    if not request.inbox.is_dir():
        raise UsageError("E01", folder=str(request.inbox))
    return plan


def run(request: Request, plan: Plan | None = None) -> Consolidation:
    """Read, judge and add up everything in the inbox, by a `plan` that was prepared before or is prepared now."""
    plan = plan or prepare(request)
    clock, register = plan.clock, plan.register
    with clock.step("collect"):
        collection = collect(request.inbox, request.own)
    with clock.step("read"):
        workbooks = _read(collection, request)
    with clock.step("locate"):
        docket, period = _locate(collection, workbooks, plan.forms, register, request.campaign)
        forms = _filed(plan.forms.at(period), docket)
    from consolidator.validate import review, review_total  # noqa: PLC0415 - imports pandas and pandera

    with clock.step("validate"):
        tallies = {}
        for each in forms:
            reviewed = review(each, docket.countable(each), period)
            docket.take(reviewed.findings)
            tallies[each.id] = reviewed.tallies
    with clock.step("consolidate"):
        docket.decide(request.campaign.totals)
        units = register.units or docket.units()
        tables = []
        for each in forms:
            table = tabulate(
                each, period, request.campaign.county, units, docket.rows(each), roster=not register.open_ended
            )
            docket.take(review_total(each, table.totals, table.county, period, table.coverage.consolidated))
            tables.append(table)
        docket.note_missing(tables)
    return _conclude(request, docket, tuple(tables), tallies, clock, collection)


def check(files: tuple[Path, ...], forms: Forms) -> tuple[Case, ...]:
    """What is to be said about single files: one township checks its own. Nothing is written."""
    collection = take_files(files)
    workbooks = read.read_all(collection.submissions)
    register = Register((), open_ended=True)
    docket, period = _locate(collection, workbooks, forms, register, Campaign(), alone=True)
    from consolidator.validate import review  # noqa: PLC0415 - imports pandas and pandera

    for each in forms.asked:
        for row in docket.countable(each):
            docket.take(review(each, (row,), period).findings)
    docket.decide("accepted")
    return docket.cases


def _filed(forms: Forms, docket: Docket) -> tuple[Form, ...]:
    """The forms that get a table: the named ones; else those that somebody filed, at least one."""
    if forms.named:
        return forms.asked
    filed = docket.forms()
    return tuple(each for each in forms.asked if each.id in filed) or forms.asked[:1]


def _read(collection: Collection, request: Request) -> dict[str, Workbook | Refusal]:
    total = len(collection.submissions)
    done = 0

    def advance(finished: int) -> None:
        nonlocal done
        done += finished
        if request.progress is not None:
            request.progress("read", done, total)

    return read.read_all(collection.submissions, jobs=request.jobs, progress=advance)


def _locate(
    collection: Collection,
    workbooks: dict[str, Workbook | Refusal],
    forms: Forms,
    register: Register,
    campaign: Campaign,
    *,
    alone: bool = False,
) -> tuple[Docket, Period]:
    """Every file's case: its form, its unit, its period."""
    docket = Docket(register)
    docket.set_aside(collection.aside)
    sound = {
        submission: workbook
        for submission in collection.submissions
        if isinstance(workbook := workbooks[submission.file], Workbook)
    }
    common = campaign.period if forms.named or alone else campaign.period or _stated_by_most(sound.values(), forms)
    for submission in collection.submissions:
        refusal = workbooks[submission.file]
        if not isinstance(refusal, Workbook):
            docket.refuse(submission, refusal)
            continue
        workbook = sound[submission]
        expected = common or (_stated_by_most((workbook,), forms) if alone else None)
        wanted = forms.at(expected)
        seen = observe(
            workbook, wanted.asked, others=wanted.others, period=campaign.period, policy=campaign.blank_policy
        )
        docket.open(submission, workbook, seen)
    filings = docket.filings()
    period = common or prevailing_period(filings)
    if period is None:
        if not alone and filings:
            raise UsageError("E04")
        period = docket.any_period()
    docket.attribute(attribute(filings, register, period, campaign.pins), period)
    return docket, period


def _stated_by_most(workbooks: Iterable[Workbook], forms: Forms) -> Period | None:
    """The period that most workbooks state, whichever of the candidate forms they hold; None with named forms."""
    if forms.named:
        return None
    counts: Counter[Period] = Counter()
    for workbook in workbooks:
        seen = observe(workbook, forms.asked)
        if not isinstance(seen, Unlocated):
            counts.update(located.period.period for located in seen if located.period is not None)
    ranked = counts.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None


def _conclude(
    request: Request,
    docket: Docket,
    tables: tuple[CountyTable, ...],
    tallies: dict[str, tuple[RuleTally, ...]],
    clock: Clock,
    collection: Collection,
) -> Consolidation:
    findings = docket.findings()
    counts = {
        severity: sum(finding.severity == severity for finding in findings)
        for severity in ("hard", "soft", "info", "note")
    }
    campaign = request.campaign
    record = RunRecord(
        created=clock.now,
        versions={
            "consolidator": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
        forms={table.form.id: table.form.sha256 for table in tables},
        counts={"files": len(collection.submissions) + len(collection.aside), **counts},
        timings=clock.timings,
        settings={
            "county": campaign.county,
            "period": str(tables[0].period),
            "period_from": "campaign" if campaign.period else "files",
            "totals": campaign.totals,
            "blank_policy": campaign.blank_policy or "",
            "deadline": campaign.deadline.isoformat() if campaign.deadline else "",
            "roster": campaign.roster.name if campaign.roster else "",
        },
    )
    return Consolidation(
        inbox=request.inbox.resolve(),
        tables=tables,
        submissions=docket.records(tables),
        findings=findings,
        tallies=tallies,
        record=record,
        observations=docket.observed(),
    )


def reserve(out: Path) -> AbstractContextManager[Path]:
    """Keep `out` for one run; a second run is refused at once with `EnvironmentProblem`."""
    return write.reserve(out)


def publish(result: Consolidation, out: Path, language: str) -> tuple[Path, ...]:
    """出表: write everything into `out`, all or nothing; the paths written."""
    return write.publish(result, out, language)
