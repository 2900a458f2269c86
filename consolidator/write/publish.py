"""Write the outputs of one run, prove them, and swap them in (出表)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

from consolidator.terms import catalogue
from consolidator.write import names
from consolidator.write.facts import Facts
from consolidator.write.lock import reserve
from consolidator.write.swap import Stage, sweep
from consolidator.write.trouble import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from consolidator.model import Consolidation
    from consolidator.write.claims import Claim, Shown

_BLOCK = 1 << 20


def publish(result: Consolidation, out: Path, language: str = "zh") -> tuple[Path, ...]:
    """Write both workbooks, the CSV files and the run record into `out`; gives their absolute paths.

    All files are built and proven before the first one is replaced; on any failure the previous ones stay whole. The
    same run gives the same bytes. Raises EnvironmentProblem: E30 disk full, E31 a file open in another program, E32 no
    permission, E33 another run under way, E34 anything else the system refuses; UnprovenTotalError where a total is not
    the sum of its parts, which is a bug.
    """
    facts = Facts(result, catalogue(language))
    with reserve(out) as folder, translated(folder):
        sweep(folder)
        stage = Stage(folder)
        try:
            _books(stage, facts)
            _tables(stage, facts)
            return stage.swap()
        finally:
            stage.clear()


def _books(stage: Stage, facts: Facts) -> None:
    from consolidator.write.proof import prove  # noqa: PLC0415 - start-up stays light
    from consolidator.write.review import write_review  # noqa: PLC0415
    from consolidator.write.superiors import write_superiors  # noqa: PLC0415

    writers: Mapping[str, Callable[[BinaryIO], tuple[Claim | Shown, ...]]] = {
        names.book_name("office"): lambda target: write_review(target, facts, stage.out),
        names.book_name("superiors"): lambda target: write_superiors(target, facts),
    }
    for name, write in writers.items():
        with stage.file(name) as target:
            claims = write(target)
        prove(stage.path(name), claims)


def _tables(stage: Stage, facts: Facts) -> None:
    from consolidator.write import csv_files  # noqa: PLC0415 - start-up stays light
    from consolidator.write.run_record import write_run_record  # noqa: PLC0415

    for name, write in (
        (names.VALUES, csv_files.write_values),
        (names.FINDINGS, csv_files.write_findings),
        (names.SUBMISSIONS, csv_files.write_submissions),
    ):
        with stage.file(name) as target:
            write(target, facts)
    written = (names.book_name("office"), names.book_name("superiors"), names.VALUES, names.FINDINGS, names.SUBMISSIONS)
    outputs = {name: _sha256(stage.path(name)) for name in written}
    with stage.file(names.RUN) as target:
        write_run_record(target, facts, outputs)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
