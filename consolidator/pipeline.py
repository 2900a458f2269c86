"""The corridor: the only place that knows the order 收件 → 读表 → 定位 → 审核 → 汇总 → 出表.

In: a `Request` of plain settings. Out: a `Consolidation`, and the paths written. Never: a judgement of its own.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from consolidator import __version__, inbox, read, write
from consolidator.casework import Case, Docket, Forms, Past, filed, stated_by_most
from consolidator.clock import Clock
from consolidator.consolidate import compare, tabulate
from consolidator.errors import UsageError
from consolidator.inbox import Campaign, Collection, Register, attribute, collect, prevailing_period, take_files
from consolidator.locate import observe
from consolidator.model import Consolidation, RunRecord, Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from consolidator.model import Comparison, CountyTable, Period, Refusal, RuleTally, Submission

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
class Plan:
    """What must be sound before anything is opened or written: the definitions, the roster, last year's results."""

    clock: Clock
    forms: Forms
    register: Register
    past: Past | None = None


def prepare(request: Request) -> Plan:
    """Load the definitions, the roster and last year's results. Raises `FormError` or `UsageError` before any submission is opened."""
    clock = Clock()
    with clock.step("definitions"):
        forms = Forms.of(request.campaign.forms, request.language)
        register = load_register(request.campaign)
        plan = Plan(clock, forms, register, Past.of(request.campaign, forms, register, request.language))
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
        forms = filed(plan.forms.at(period), docket)
        previous = plan.past.figures(forms, docket, period) if plan.past else {}
    from consolidator.validate import review, review_total  # noqa: PLC0415 - imports pandas and pandera

    with clock.step("validate"):
        tallies = {}
        for each in forms:
            reviewed = review(each, docket.countable(each), period, previous.get(each.id))
            docket.take(reviewed.findings)
            tallies[each.id] = reviewed.tallies
    with clock.step("consolidate"):
        docket.decide(request.campaign.totals)
        units = register.units or docket.units()
        tables, comparisons = [], {}
        for each in forms:
            table = tabulate(
                each, period, request.campaign.county, units, docket.rows(each), roster=not register.open_ended
            )
            if each.id in previous:
                comparisons[each.id] = compare(table, previous[each.id])
            county, counted, against = table.county, table.coverage.consolidated, comparisons.get(each.id)
            docket.take(review_total(each, table.totals, county, period, counted, comparison=against))
            tables.append(table)
        docket.note_missing(tables)
    return _conclude(request, plan, docket, tuple(tables), tallies, collection, comparisons=comparisons)


def check(files: tuple[Path, ...], forms: Forms) -> tuple[Case, ...]:
    """What is to be said about single files: one township checks its own. Nothing is written.

    Each file is judged by itself: neither its period nor its numbers are compared with those of another.
    """
    collection = take_files(files)
    workbooks = read.read_all(collection.submissions)
    cases = [case for submission in collection.submissions for case in _check(submission, workbooks, forms)]
    docket = Docket(Register((), open_ended=True))
    docket.set_aside(collection.aside)
    return tuple(sorted((*cases, *docket.cases), key=lambda case: (case.file, case.number)))


def _check(submission: Submission, workbooks: dict[str, Workbook | Refusal], forms: Forms) -> tuple[Case, ...]:
    """The cases of one file alone."""
    from consolidator.validate import review  # noqa: PLC0415 - imports pandas and pandera

    alone = Collection((submission,), ())
    docket, period = _locate(alone, workbooks, forms, Register((), open_ended=True), Campaign(), alone=True)
    for each in forms.asked:
        for row in docket.countable(each):
            docket.take(review(each, (row,), period).findings)
    docket.decide("accepted")
    return docket.cases


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
    """Every file's case: its form, its unit, its period. A file that is checked `alone` need not state one."""
    common = campaign.period
    if common is None and not forms.named:
        sound = (workbooks[submission.file] for submission in collection.submissions)
        common = stated_by_most((workbook for workbook in sound if isinstance(workbook, Workbook)), forms)
    docket = _open(collection, workbooks, forms.at(common), register, campaign, common)
    filings = docket.filings()
    period = common or prevailing_period(filings)
    if period is None:
        if not alone:
            raise UsageError("E04")
        period = docket.any_period()
    elif common is None and any(filing.period is None for filing in filings):
        # perhaps two years' sheets, between which it decides
        docket = _open(collection, workbooks, forms.at(period), register, campaign, period)
        filings = docket.filings()
    docket.attribute(attribute(filings, register, period, campaign.pins), period)
    return docket, period


def _open(
    collection: Collection,
    workbooks: dict[str, Workbook | Refusal],
    forms: Forms,
    register: Register,
    campaign: Campaign,
    period: Period | None,
) -> Docket:
    """Every file's case, as far as the file itself tells."""
    docket = Docket(register)
    docket.set_aside(collection.aside)
    for submission in collection.submissions:
        workbook = workbooks[submission.file]
        if not isinstance(workbook, Workbook):
            docket.refuse(submission, workbook)
            continue
        seen = observe(workbook, forms.asked, others=forms.others, period=period, policy=campaign.blank_policy)
        docket.open(submission, workbook, seen)
    return docket


def _conclude(
    request: Request,
    plan: Plan,
    docket: Docket,
    tables: tuple[CountyTable, ...],
    tallies: dict[str, tuple[RuleTally, ...]],
    collection: Collection,
    *,
    comparisons: Mapping[str, Comparison],
) -> Consolidation:
    findings = docket.findings()
    counts = {
        severity: sum(finding.severity == severity for finding in findings)
        for severity in ("hard", "soft", "info", "note")
    }
    record = RunRecord(
        created=plan.clock.now,
        versions={
            "consolidator": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
        forms={table.form.id: table.form.sha256 for table in tables},
        counts={"files": len(collection.submissions) + len(collection.aside), **counts},
        timings=plan.clock.timings,
        settings={
            **_settings(request.campaign, tables[0].period),
            **(plan.past.settings(comparisons.values()) if plan.past else {}),
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
        comparisons=comparisons,
    )


def _settings(campaign: Campaign, period: Period) -> Mapping[str, str]:
    """What the run was asked for, in the words of the run record."""
    return {
        "county": campaign.county,
        "period": str(period),
        "period_from": "campaign" if campaign.period else "files",
        "totals": campaign.totals,
        "blank_policy": campaign.blank_policy or "",
        "deadline": campaign.deadline.isoformat() if campaign.deadline else "",
        "roster": campaign.roster.name if campaign.roster else "",
    }


def refuse_if_taken(out: Path) -> None:
    """Raise `EnvironmentProblem` at once while another run holds `out`; makes nothing."""
    write.refuse_if_taken(out)


def reserve(out: Path) -> AbstractContextManager[Path]:
    """Keep `out` for one run; a second run is refused at once with `EnvironmentProblem`."""
    return write.reserve(out)


def publish(result: Consolidation, out: Path, language: str) -> tuple[Path, ...]:
    """出表: write everything into `out`, all or nothing; the paths written."""
    return write.publish(result, out, language)
