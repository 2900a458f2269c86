"""A campaign: many damaged files, read as a run reads them, each judged; the same ones for the same seed."""

from __future__ import annotations

import multiprocessing
import random
import traceback
import warnings
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from consolidator.model import Submission, Workbook
from consolidator.read import open_workbook, read_all
from tests.fuzz.damage import Kind, damaged
from tests.fuzz.seeds import seeds
from tests.fuzz.told import VIOLATIONS, Judgement, Story, Verdict, judged, story

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BATCH = 100


@dataclass(frozen=True)
class Case:
    """One damaged file."""

    number: int
    seed_file: str
    kind: Kind
    content: bytes

    @property
    def name(self) -> str:
        """Its name in the inbox."""
        return f"{self.number:06d}-{self.seed_file}"


@dataclass
class Tally:
    """Verdicts by (seed file, kind of damage), and every violation in words."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take in what another process found."""
        self.counts += other.counts
        self.reasons += other.reasons
        self.violations += other.violations

    def by(self, place: int) -> Counter[tuple[str, str]]:
        """Verdicts by seed file (0) or kind of damage (1)."""
        found: Counter[tuple[str, str]] = Counter()
        for key, count in self.counts.items():
            found[key[place], key[2]] += count
        return found


def case(seed: int, number: int) -> Case:
    """The file of a number: the same for the same seed, whatever else is asked for."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311 - no secret
    files = seeds()
    name = list(files)[number % len(files)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of double names, which are meant
        content, kind = damaged(files[name], chance)
    return Case(number, name, kind, content)


@cache
def whole(name: str) -> Story:
    """What is told of an undamaged file."""
    answer = open_workbook(seeds()[name], name)
    assert isinstance(answer, Workbook)
    found = story(answer)
    assert found is not None
    return found


def examined(seed: int, numbers: Iterable[int]) -> Tally:
    """Read a batch of files in a worker process and judge the answers in this one."""
    cases = [case(seed, number) for number in numbers]
    answers = read_all([Submission(each.name, "", each.content) for each in cases], jobs=1)
    tally = Tally()
    for each in cases:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the second readers warn
            verdict = _verdict(each, answers[each.name])
        tally.counts[each.seed_file, each.kind, verdict.verdict] += 1
        if verdict.verdict in (Verdict.REFUSED, Verdict.DIED):
            tally.reasons[verdict.reason or verdict.verdict] += 1
        if verdict.verdict in VIOLATIONS:
            tally.violations.append(f"{each.number} {each.seed_file} {each.kind}: {verdict.verdict}: {verdict.reason}")
    return tally


def _verdict(each: Case, answer: object) -> Judgement:
    try:
        return judged(whole(each.seed_file), answer, each.content, each.kind)  # type: ignore[arg-type]
    except Exception:  # noqa: BLE001 - whatever it is, it would have ended the run: that is the finding
        return Judgement(Verdict.CRASHED, traceback.format_exc(limit=-3))


def campaign(seed: int, count: int, jobs: int, report: Callable[[int, Tally], None] = lambda *_: None) -> Tally:
    """Examine `count` files in `jobs` processes; `report` is called as they go on."""
    total = Tally()
    batches = [range(start, min(count, start + BATCH)) for start in range(0, count, BATCH)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        done = 0
        for batch, tally in zip(batches, pool.map(examined, [seed] * len(batches), batches), strict=True):
            total.add(tally)
            done += len(batch)
            report(done, total)
    return total
