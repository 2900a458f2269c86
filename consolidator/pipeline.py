"""The corridor: the only place that knows the order 收件 → 读表 → 定位 → 审核 → 汇总 → 出表.

In: a `Request` of plain settings. Out: a `Consolidation`, and the paths written. Never: a judgement of its own.
"""

from __future__ import annotations

from contextlib import nullcontext, suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator import read, write
from consolidator.casework.absences import missing_units
from consolidator.casework.candidates import Forms, filed
from consolidator.casework.circumstances import circumstances
from consolidator.casework.conclusion import conclude, run_record
from consolidator.casework.docket import Docket
from consolidator.casework.intake import open_cases
from consolidator.casework.looking import Examiner, Looks
from consolidator.casework.memory import Memory
from consolidator.casework.past import Past
from consolidator.casework.register import load_register
from consolidator.clock import Clock
from consolidator.consolidate import compare, tabulate
from consolidator.errors import UsageError
from consolidator.inbox import (
    Campaign,
    Collection,
    Gathering,
    Register,
    adjustments_of,
    require_folder,
    take_files,
)
from consolidator.interpreters import Standby
from consolidator.model import Consolidation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from consolidator.casework.case import Case
    from consolidator.casework.looking import Engine
    from consolidator.model import Consolidation, Period, Submission


class Request(Struct, frozen=True):
    """What a run is asked to do. Settings given here win over those of the campaign file.

    `engine` has the files read and examined; None: worker processes of this machine, `jobs` of them at most, the first
    of which may already be on `standby`, and one of which stays there. `memory` knows what was seen in earlier runs, and learns from this one.
    """

    inbox: Path
    campaign: Campaign
    jobs: int | None = None
    language: str = "zh"
    progress: Callable[[str, int, int], None] | None = None
    own: frozenset[Path] = frozenset()
    engine: Engine | None = None
    standby: Standby | None = None
    memory: Memory | None = None


class Plan(Struct, frozen=True):
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
        forms = forms.under(request.campaign.chapters, request.campaign.deadline)
        register = load_register(request.campaign)
        plan = Plan(clock, forms, register, Past.of(request.campaign, forms, register, request.language))
        if forms.named:
            adjustments_of(request.campaign, forms.asked)
    require_folder(request.inbox)
    return plan


def run(request: Request, plan: Plan | None = None) -> Consolidation:
    """Read, judge and add up everything in the inbox, by a `plan` that was prepared before or is prepared now."""
    plan = plan or prepare(request)
    clock, register = plan.clock, plan.register
    docket, period, files = _files(request, plan)
    forms = filed(plan.forms.at(period), docket)
    previous = plan.past.figures(forms, docket, period) if plan.past else {}
    from consolidator.validate import beside, review, review_total  # noqa: PLC0415 - imports pandas and pandera

    with clock.step("validate"):
        tallies = {}
        rows = {each.id: docket.countable(each) for each in forms}
        for each in forms:
            reviewed = review(each, rows[each.id], period, beside(each, rows, forms), previous.get(each.id))
            docket.take(reviewed.findings)
            tallies[each.id] = reviewed.tallies
    with clock.step("consolidate"):
        docket.decide(request.campaign.totals)
        units, county = register.units or docket.units(), request.campaign.county
        adjustments = adjustments_of(request.campaign, forms)
        tables, comparisons = [], {}
        for each in forms:
            roster = not register.open_ended
            table = tabulate(each, period, county, units, docket.rows(each), adjustments, roster=roster)
            if each.id in previous:
                comparisons[each.id] = compare(table, previous[each.id])
            counted, against = table.coverage.consolidated, comparisons.get(each.id)
            docket.take(review_total(each, table.totals, table.county, period, counted, comparison=against))
            docket.compare(table)
            tables.append(table)
        docket.take(missing_units(tables))
    earlier = plan.past.settings(comparisons.values()) if plan.past else {}
    record = run_record(request.campaign, tuple(tables), clock, files, earlier)
    return conclude(request.inbox, docket, tuple(tables), tallies, comparisons, record)


def _files(request: Request, plan: Plan) -> tuple[Docket, Period, int]:
    """Every file's case, the period, and how many files there are; their bytes are let go, and the processes that read."""
    clock, standby = plan.clock, request.standby or Standby()
    engine = request.engine or partial(read.read_all, jobs=request.jobs, standby=standby)
    looks = Looks(engine, plan.forms, request.memory)
    with nullcontext() if request.standby else standby:
        with clock.step("read"):
            collection = _look(looks, plan, request)
        with clock.step("locate"):
            docket, period = open_cases(collection, looks, plan.forms, plan.register, request.campaign)
            assert period is not None  # noqa: S101 - a run without one has ended in an error
        standby.dismiss(but=1)  # which may write
    return docket, period, len(collection.submissions) + len(collection.aside)


def _look(looks: Looks, plan: Plan, request: Request) -> Collection:
    """The files of the inbox, each looked into as soon as it is there, with the period as far as it is known."""
    with plan.clock.step("collect"):
        gathering = Gathering(request.inbox, request.own)
    done = 0

    def advance(finished: int) -> None:
        nonlocal done
        done += finished
        if request.progress is not None:
            request.progress("read", done, gathering.expected)

    period, policy = request.campaign.period, request.campaign.blank_policy
    files = plan.clock.each("collect", _complete(gathering, request.campaign.county_report))
    looks.look(files, Examiner.of(plan.forms.at(period), period, policy), advance)
    return gathering.collection()


def _complete(gathering: Gathering, own: str) -> Iterator[Submission]:
    """The files that are gathered; once all are there, what judges is imported. Raises `UsageError` where the county's own report is named and is not among them."""
    found = not own
    for submission in gathering:
        found = found or submission.file == own
        yield submission
    if not found:
        raise UsageError("E19", file=own)
    Thread(target=_warm_up, daemon=True).start()  # no sooner: each of thousands of files would be a change of threads


def _warm_up() -> None:
    """Import what judges while files are read; whatever goes wrong here comes up again where it is needed."""
    with suppress(Exception):
        import consolidator.validate.sweep  # noqa: F401, PLC0415 - imports pandas and pandera


def check(files: tuple[Path, ...], forms: Forms, standby: Standby | None = None) -> tuple[Case, ...]:
    """What is to be said about single files: one township checks its own. Nothing is written.

    Each file is judged by itself: neither its period nor its numbers are compared with those of another.
    """
    collection = take_files(files)
    looks = Looks(partial(read.read_all, standby=standby), forms)
    looks.look(collection.submissions, Examiner.of(forms, None, None))
    cases = [case for submission in collection.submissions for case in _check(submission, looks, forms)]
    docket = Docket(Register((), open_ended=True))
    docket.set_aside(collection.aside)
    return tuple(sorted((*cases, *docket.cases), key=lambda case: (case.file, case.number)))


def _check(submission: Submission, looks: Looks, forms: Forms) -> tuple[Case, ...]:
    """The cases of one file alone."""
    from consolidator.validate import beside, review  # noqa: PLC0415 - imports pandas and pandera

    alone = Collection((submission,), ())
    docket, period = open_cases(alone, looks, forms, Register((), open_ended=True), Campaign(), alone=True)
    rows = {each.id: found for each in forms.asked if (found := docket.countable(each))}
    held = tuple(each for each in forms.asked if each.id in rows)
    for each in held:
        for row in rows[each.id]:
            docket.take(review(each, (row,), period, beside(each, rows, held)).findings)
    docket.decide("accepted")
    return docket.cases


def refuse_if_taken(out: Path) -> None:
    """Raise `EnvironmentProblem` at once while another run holds `out`; makes nothing."""
    write.refuse_if_taken(out)


def reserve(out: Path) -> AbstractContextManager[Path]:
    """Keep `out` for one run; a second run is refused at once with `EnvironmentProblem`."""
    return write.reserve(out)


def recollect(out: Path, language: str) -> Memory:
    """What earlier runs into `out` saw in the files; an empty memory where there is none or another program's."""
    return Memory(write.recollect(out), f"{circumstances()} {language}")


def on_cluster(address: str, inbox: Path) -> Engine:
    """Files are read by the workers of a Dask cluster, which see the inbox under the same path."""
    from consolidator.casework.cluster import Cluster  # noqa: PLC0415 - only where it is asked for

    return Cluster(address, inbox)


def remember(memory: Memory, out: Path) -> None:
    """Keep what this run saw for the next one, where that is something new."""
    content = memory.content()
    if content is not None:
        write.keep(out, content)


def publish(result: Consolidation, out: Path, language: str, standby: Standby | None = None) -> tuple[Path, ...]:
    """出表: write everything into `out`, all or nothing; the paths written. One on `standby` takes part in a large run."""
    return write.publish(result, out, language, standby.entrust if standby else None)
