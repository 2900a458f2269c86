"""Look into every file once, where it is read; a second time only where another question may be answered otherwise.

In: submissions, an engine that reads them, the question. Out: a `Sighting` or `Refusal` for every file.
Never: a workbook held here; only what was seen in it comes back.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from msgspec.structs import replace

from consolidator.casework.codec import Plain, Sighting, decoded, encoded
from consolidator.locate import Unlocated
from consolidator.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from consolidator.casework.candidates import Forms
    from consolidator.casework.memory import Memory
    from consolidator.form import BlankPolicy, Form
    from consolidator.model import Period, Submission, Workbook

Answer = Plain | Refusal
"""What comes back for one file."""


class Examiner(Struct, frozen=True, dict=True):
    """The question to every workbook: which of the forms `asked` for it holds, and what stands there.

    It travels to where the workbooks are read, once for each worker; its forms are without their rules, which nobody
    needs there.
    """

    asked: tuple[Form, ...]
    others: tuple[Form, ...]
    period: Period | None
    policy: BlankPolicy | None

    @classmethod
    def of(cls, forms: Forms, period: Period | None, policy: BlankPolicy | None) -> Examiner:
        """The question for the forms of a run."""
        return cls(_unruled(forms.asked), _unruled(forms.others), period, policy)

    def __call__(self, workbook: Workbook) -> Plain:
        """What is seen in the workbook, as plain values."""
        from consolidator.locate import observe  # noqa: PLC0415 - where workbooks are read, and there only

        seen = observe(workbook, self.asked, others=self.others, period=self.period, policy=self.policy)
        return encoded(Sighting(workbook.findings, seen))

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What an answer depends on besides the file: definitions by id and hash, period, policy."""
        return (_named(self.asked), _named(self.others), str(self.period or ""), str(self.policy or ""))


def _unruled(forms: Iterable[Form]) -> tuple[Form, ...]:
    return tuple(replace(form, rules=(), text_rules=()) for form in forms)


def _named(forms: Iterable[Form]) -> tuple[tuple[str, str], ...]:
    return tuple((form.id, f"{form.sha256}{_settings(form)}") for form in forms)


def _settings(form: Form) -> str:
    """What a campaign has decided about a form, beside its definition."""
    prose = "".join(f" {table.id}={table.presence}" for table in form.tables if not table.grid)
    return f"{prose} {form.deadline}" if form.deadline else prose


class Engine(Protocol):
    """Whoever has files read and examined: worker processes of this machine, or a cluster."""

    def __call__(
        self, submissions: Iterable[Submission], *, examine: Examiner, progress: Callable[[int], None] | None
    ) -> Mapping[str, Answer]:
        """The answer for every submission, which come one by one, by its `file`; `progress` is told how many are finished."""


class Looks:
    """What was seen in the files of one run, and under which question."""

    def __init__(self, engine: Engine, forms: Forms, memory: Memory | None = None) -> None:
        """Begin without having seen anything but what `memory` holds; `forms` are all that may be seen."""
        self._engine = engine
        self._memory = memory
        self._forms = {form.id: form for form in (*forms.asked, *forms.others)}
        self._seen: dict[str, tuple[Examiner, Sighting | Refusal]] = {}

    def look(
        self, submissions: Iterable[Submission], examine: Examiner, progress: Callable[[int], None] | None = None
    ) -> dict[str, Sighting | Refusal]:
        """What `examine` sees in every submission, in their order. Submissions may come one by one, and are read as they come."""
        asked: dict[str, Submission] = {}
        unknown = self._unknown(submissions, examine, progress or (lambda _: None), asked)
        first = next(unknown, None)
        if first is not None:  # else the engine is not troubled
            answers = self._engine(chain((first,), unknown), examine=examine, progress=progress)
            if self._memory is not None:
                self._memory.keep(self._memory.question(examine), map(asked.__getitem__, answers), answers)
            for file, answer in answers.items():
                sighting = answer if isinstance(answer, Refusal) else decoded(answer, self._forms)
                self._seen[file] = (examine, sighting)
        return {file: self._seen[file][1] for file in asked}

    def _unknown(
        self,
        submissions: Iterable[Submission],
        examine: Examiner,
        report: Callable[[int], None],
        asked: dict[str, Submission],
    ) -> Iterator[Submission]:
        """The submissions that have to be read; all of them are noted in `asked`."""
        question = self._memory.question(examine) if self._memory is not None else b""
        for each in submissions:
            asked[each.file] = each
            if self._holds(each.file, examine):
                continue
            known = self._memory.recall(question, each, self._forms) if self._memory is not None else None
            if known is None:
                yield each
            else:
                self._seen[each.file] = (examine, known)
                report(1)

    def _holds(self, file: str, examine: Examiner) -> bool:
        """Whether what was seen before answers this question as well.

        A form that alone was recognised in its file is seen again as long as it is asked for, whatever the period; that
        others are no longer asked for changes nothing, since they were not recognised.
        """
        if file not in self._seen:
            return False
        before, sighting = self._seen[file]
        if isinstance(sighting, Refusal) or before.key == examine.key:
            return True
        same = before.policy == examine.policy and _known(before) == _known(examine)
        narrower = set(_named(examine.asked)) <= set(_named(before.asked))
        if isinstance(sighting.seen, Unlocated) or not (same and narrower):
            return False
        first, *more = sighting.seen
        return not more and first.alone and first.form.id in {form.id for form in examine.asked}


def _known(examine: Examiner) -> frozenset[tuple[str, str]]:
    return frozenset((*_named(examine.asked), *_named(examine.others)))
