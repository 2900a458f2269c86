"""Last year's results (`--previous`): opened before anything else is, settled once this year's units are known.

In: a path to an output folder, a `values.csv` or a workbook of an earlier run. Out: a `PastRun`, then `Settled` figures.
Raises `UsageError` naming the file and what to do. Never: a judgement on a figure.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator import form, inbox, read
from consolidator.errors import FormError, Mistake, UsageError
from consolidator.form.loading.lineage import check_lineage, continued
from consolidator.inbox import Line, PastRun
from consolidator.model import Workbook
from consolidator.terms import catalogue, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from consolidator.casework.candidates import Forms
    from consolidator.casework.docket import Docket
    from consolidator.form import Form
    from consolidator.inbox import Campaign, Register, Settled
    from consolidator.model import Comparison, Period, Previous

_VALUES, _SUBMISSIONS = "values.csv", "submissions.csv"
_DELIMITED = frozenset({".csv", ".txt"})


class Past(Struct, frozen=True):
    """An earlier run, and with which earlier forms each form of this one may be compared."""

    run: PastRun
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, campaign: Campaign, forms: Forms, register: Register, language: str) -> Past | None:
        """The earlier run that a campaign names. Raises `UsageError` or `FormError` for all that can be told already."""
        if campaign.previous is None:
            return None
        past = cls(open_past(campaign.previous), lines_of(forms, campaign.forms, language))
        if campaign.period is not None and forms.named:
            past.settle(forms.asked, register, campaign.period)
        elif campaign.period is not None:
            inbox.refuse_later(past.run, campaign.period)
        return past

    def figures(self, forms: Sequence[Form], docket: Docket, period: Period) -> Mapping[str, Previous]:
        """The earlier figures by form id for the units of this run; what is to be said of them goes to the `docket`."""
        settled = self.settle(forms, docket.register, period)
        docket.take(settled.findings)
        return settled.previous

    def settings(self, comparisons: Iterable[Comparison]) -> Mapping[str, str]:
        """Where the earlier figures came from, for the record of the run."""
        periods = ";".join(sorted({str(comparison.period) for comparison in comparisons}))
        return {"previous": self.run.file, "previous_period": periods, "previous_sha256": self.run.sha256}

    def settle(self, forms: Sequence[Form], register: Register, period: Period) -> Settled:
        """The earlier figures of the `forms` for the units of `register`. Raises as `inbox.settle`."""
        ids = {each.id for each in forms}
        return inbox.settle(self.run, [line for line in self.lines if line.form.id in ids], register, period)


def source_of(path: Path) -> Path:
    """The file in which an earlier run's figures are: `path` itself, or the best one of the folder that it is."""
    if not path.is_dir():
        return path
    books = (catalogue("zh").word("book", key) for key in ("office", "superiors"))
    for name in (f"data/{_VALUES}", _VALUES, *books):
        if (path / name).is_file():
            return path / name
    raise UsageError("E60", folder=str(path))


def open_past(path: Path) -> PastRun:
    """The figures of an earlier run. Raises `UsageError` where there are none at `path`."""
    source = source_of(path)
    content = _content(source)
    if source.suffix.lower() in _DELIMITED:
        beside = source.with_name(_SUBMISSIONS)
        fates = _content(beside) if beside.is_file() else None
        filings = inbox.filings_from_csv(content, source.name, fates)
    else:
        workbook = read.open_workbook(content, source.name, limits=read.RESULTS)
        if not isinstance(workbook, Workbook):
            raise UsageError("E61", file=source.name)
        filings = inbox.filings_from_workbook(workbook, source.name)
    return PastRun(source.name, hashlib.sha256(content).hexdigest(), filings)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise UsageError("E10", file=str(path), reason=reason_of(problem)) from problem


def lines_of(forms: Forms, names: Sequence[str], language: str) -> tuple[Line, ...]:
    """Every form of the run with itself, then with the forms it goes on with, the nearest first.

    `names` are the forms as the campaign names them: an earlier definition may lie beside one that is a file. Raises
    `FormError` where a definition names a predecessor that is nowhere, or codes that it does not have.
    """
    files = {Path(name).stem: Path(name) for name in names if name.endswith((".yaml", ".yml"))}
    return tuple(line for each in forms.asked for line in _lines(each, forms, files.get(each.id), language))


def _lines(each: Form, forms: Forms, file: Path | None, language: str) -> Iterator[Line]:
    yield Line(each, each, continued(each, each))
    shown = str(file) if file is not None else f"{each.id}.yaml"
    known = {other.id: other for other in (*forms.others, *forms.asked)}
    for predecessor in each.predecessors:
        beside = file.with_name(f"{predecessor.form}{file.suffix}") if file is not None else None
        earlier = known.get(predecessor.form)
        if earlier is None and beside is not None and beside.is_file():
            earlier = form.load(beside, language)
        if earlier is None:
            problem = catalogue(language).text("mistake", "unknown_predecessor", name=predecessor.form)
            raise FormError((Mistake(shown, *predecessor.places[""], problem),))
        check_lineage(each, earlier, shown, language)
        yield Line(each, earlier, continued(each, earlier))
