"""The output files of one run, each built on the stage and proven there.

In: what a run has to tell, a stage. Out: files on the stage. Never: a file that is shown before all are there.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

from consolidator.write import csv_files, names
from consolidator.write.proof import prove
from consolidator.write.review import write_review
from consolidator.write.run_record import write_run_record
from consolidator.write.superiors import write_superiors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from consolidator.write.plans.claims import Claim, Shown
    from consolidator.write.plans.facts import Facts
    from consolidator.write.saving.swap import Stage

_BLOCK = 1 << 20


def make_review(stage: Stage, facts: Facts) -> None:
    """The county's workbook, which names the output folder in its links."""
    _book(stage, names.book_name("office"), lambda target: write_review(target, facts, stage.out))


def make_others(stage: Stage, facts: Facts) -> None:
    """The workbook that goes up, the files for programs."""
    _book(stage, names.book_name("superiors"), lambda target: write_superiors(target, facts))
    _table(stage, names.VALUES, lambda target: csv_files.write_values(target, facts))
    _table(stage, names.FINDINGS, lambda target: csv_files.write_findings(target, facts))
    _table(stage, names.SUBMISSIONS, lambda target: csv_files.write_submissions(target, facts))


def make_record(stage: Stage, facts: Facts, outputs: Mapping[str, str]) -> None:
    """The record of the run, which names the other `outputs` with their digests."""
    _table(stage, names.RUN, lambda target: write_run_record(target, facts, outputs))


def digests(stage: Stage) -> Mapping[str, str]:
    """The SHA-256 of every file on the stage, as it stands on the disk, in hexadecimal digits by name."""
    return {name: _sha256(stage.path(name)) for name in stage.names}


def _book(stage: Stage, name: str, write: Callable[[BinaryIO], Sequence[Claim | Shown]]) -> None:
    with stage.file(name) as target:
        claims = write(target)
    prove(stage.path(name), claims)


def _table(stage: Stage, name: str, write: Callable[[BinaryIO], None]) -> None:
    with stage.file(name) as target:
        write(target)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
