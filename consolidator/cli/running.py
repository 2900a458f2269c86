"""`run` and `demo`: from the words of the command line to the outputs and a summary."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.cli.wishes import Wishes
from consolidator.errors import EnvironmentProblem, UsageError
from consolidator.findings import Outcome, Severity
from consolidator.inbox import Campaign, load_campaign
from consolidator.model import Period, remarks
from consolidator.pipeline import (
    Request,
    on_cluster,
    prepare,
    publish,
    recollect,
    refuse_if_taken,
    remember,
    reserve,
    run,
)
from consolidator.resources import folder
from consolidator.terms import reason_of

if TYPE_CHECKING:
    from consolidator.cli.console import Console
    from consolidator.interpreters import Standby
    from consolidator.model import Consolidation, CountyTable
    from consolidator.pipeline import Plan

_DEMO = "consolidator-demo"
_NAMES = 8  # names told in one line of the summary


def run_folder(console: Console, wishes: Wishes, standby: Standby) -> int:
    """Run the inbox, write the outputs, print the summary; the exit code."""
    campaign = _campaign(console, wishes)
    out = wishes.folder(console.word("out_folder"))
    _refuse_inside(out, wishes.inbox)
    _refuse_entangled(campaign, out, wishes.inbox)
    own = frozenset(path.resolve() for path in (campaign.roster, campaign.source, campaign.previous) if path)
    progress = console.progress()
    request = Request(wishes.inbox, campaign, wishes.jobs, console.language, progress, own, standby=standby)
    if wishes.cluster is not None:
        request = replace(request, engine=on_cluster(wishes.cluster, wishes.inbox))
    refuse_if_taken(out)
    plan = prepare(request)
    try:
        with reserve(out):
            result = _with_memory(request, plan, out)
            written = publish(result, out, console.language, standby)
    finally:
        console.finish()
    if wishes.as_json:
        console.say(_as_json(result, written))
    else:
        _summarise(console, result, out)
    return exit_code(result)


def _with_memory(request: Request, plan: Plan, out: Path) -> Consolidation:
    """The run with what earlier runs saw; its own sightings are kept for the next one, and not held while books are written."""
    memory = recollect(out, request.language)
    result = run(replace(request, memory=memory), plan)
    remember(memory, out)
    return result


def exit_code(result: Consolidation) -> int:
    """1 when a hard finding stands or a unit is missing, else 0."""
    return int(any(finding.severity is Severity.HARD for finding in result.findings))


def run_demo(console: Console, out: Path | None, standby: Standby) -> int:
    """Run the sample county that travels with the program; 0 when that worked."""
    target = (out or Path.cwd() / _DEMO).absolute()
    try:
        target.mkdir(parents=True, exist_ok=True)
        if not os.access(target, os.W_OK):
            raise PermissionError
    except OSError:
        target = Path(tempfile.mkdtemp(prefix=f"{_DEMO}-"))
    county = target / "county-2016"
    try:
        shutil.copytree(folder("sample_workbooks") / "county-2016", county, dirs_exist_ok=True)
    except OSError as problem:
        raise EnvironmentProblem("E09", path=str(county), reason=reason_of(problem)) from problem
    console.note(console.word("demo", folder=str(county)))
    wishes = Wishes(county / "inbox", campaign=county / "campaign.toml", out=target / console.word("out_folder"))
    run_folder(console, wishes, standby)
    return 0


def _campaign(console: Console, wishes: Wishes) -> Campaign:
    """The campaign file's settings with the command line's over them."""
    source = wishes.campaign
    if source is None and (wishes.inbox / "campaign.toml").is_file():
        source = wishes.inbox / "campaign.toml"
        console.note(console.word("campaign_found", file=str(source)))
    campaign = load_campaign(source) if source is not None else Campaign()
    if wishes.period is not None:
        period = Period.parse(wishes.period)
        if period is None:
            raise UsageError("E06", found=wishes.period)
        campaign = replace(campaign, period=period)
    if wishes.forms:
        campaign = replace(campaign, forms=wishes.forms)
    if wishes.roster is not None:
        campaign = replace(campaign, roster=wishes.roster)
    if wishes.previous is not None:
        campaign = replace(campaign, previous=wishes.previous)
    return campaign


def _refuse_inside(out: Path, inbox: Path) -> None:
    """The outputs of one run must not become the inputs of the next."""
    if inbox.is_dir() and out.resolve().is_relative_to(inbox.resolve()):
        raise UsageError("E07", out=str(out), inbox=str(inbox))


def _refuse_entangled(campaign: Campaign, out: Path, inbox: Path) -> None:
    """Last year's results must neither be replaced by this year's nor be read as forms."""
    if campaign.previous is None:
        return
    previous = campaign.previous.resolve()
    folder = previous if previous.is_dir() else previous.parent
    if out.resolve() in {folder, folder.parent if folder.name == "data" else folder}:
        raise UsageError("E64", out=str(out))
    if previous.is_dir() and previous.is_relative_to(inbox.resolve()):
        raise UsageError("E65", previous=str(campaign.previous), inbox=str(inbox))


def _summarise(console: Console, result: Consolidation, out: Path) -> None:
    for remark in remarks(result, str(result.inbox)):
        console.say(remark.told(console.texts))
    for table in result.tables:
        console.say(_headline(console, table))
        for line in _names(console, table):
            console.say(line)
    console.say(_counts(console, result))
    if result.record.settings["period_from"] == "files":
        console.say(console.word("period_inferred", period=result.tables[0].period.chinese))
    if result.comparisons:
        source = result.record.settings
        console.say(console.word("previous_taken", file=source["previous"], period=source["previous_period"]))
    console.say(console.word("written", folder=str(out)))
    books = console.texts.words["book"]
    console.say(console.word("for_reviewer", path=str(out / books["office"])))
    console.say(console.word("for_superior", path=str(out / books["superiors"])))
    console.say(console.word("for_programs", path=str(out / "data")))


def _counts(console: Console, result: Consolidation) -> str:
    """How many files and findings; what could not be judged is no advice and is counted apart."""
    waiting = sum(found.outcome is Outcome.UNDECIDED for found in result.findings if found.severity is Severity.INFO)
    counts = {**result.record.counts, "info": result.record.counts["info"] - waiting}
    return console.word("counts", **{key: str(value) for key, value in counts.items()})


def _headline(console: Console, table: CountyTable) -> str:
    coverage = table.coverage
    required = console.word("unknown_required") if coverage.required is None else str(coverage.required)
    return console.word(
        "headline",
        county=table.county,
        period=table.period.chinese if console.language == "zh" else str(table.period),
        form=table.form.title,
        required=required,
        received=str(coverage.received),
        consolidated=str(coverage.consolidated),
    )


def _names(console: Console, table: CountyTable) -> list[str]:
    lines = []
    if table.coverage.missing:
        names = console.texts.listed(table.coverage.missing[:_NAMES])
        more = "…" if len(table.coverage.missing) > _NAMES else ""
        lines.append(console.word("missing", count=str(len(table.coverage.missing)), names=names + more))
    if table.coverage.left_out:
        told = [
            console.word("left_out_unit", name=name, status=console.texts.word("status", status))
            for name, status in table.coverage.left_out[:_NAMES]
        ]
        more = "…" if len(table.coverage.left_out) > _NAMES else ""
        lines.append(
            console.word("left_out", count=str(len(table.coverage.left_out)), names=console.texts.listed(told) + more)
        )
    if table.adjustments:
        lines.append(console.word("adjusted", count=str(len(table.adjustments))))
    return lines


def _as_json(result: Consolidation, written: tuple[Path, ...]) -> str:
    content = {
        "counts": dict(result.record.counts),
        "forms": [
            {
                "form": table.form.id,
                "period": str(table.period),
                "county": table.county,
                "required": table.coverage.required,
                "received": table.coverage.received,
                "consolidated": table.coverage.consolidated,
                "missing": list(table.coverage.missing),
                "left_out": [{"unit": name, "status": status.value} for name, status in table.coverage.left_out],
                "totals": {
                    code: None if total.value is None else str(total.value) for code, total in table.totals.items()
                },
                "adjustments": [
                    {"indicator": entry.indicator, "amount": str(entry.amount), "reason": entry.reason, "by": entry.by}
                    for entry in table.adjustments
                ],
            }
            for table in result.tables
        ],
        "written": [str(path) for path in written],
        "exit_code": exit_code(result),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)
