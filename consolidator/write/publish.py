"""Write the outputs of one run, prove them, and swap them in (出表)."""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO

from consolidator.terms import catalogue
from consolidator.write import names
from consolidator.write.facts import Facts
from consolidator.write.lock import reserve
from consolidator.write.swap import Stage, sweep
from consolidator.write.trouble import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from consolidator.model import Consolidation
    from consolidator.write.aside import Entrust
    from consolidator.write.claims import Claim, Shown

_BLOCK = 1 << 20
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


def publish(result: Consolidation, out: Path, language: str = "zh", entrust: Entrust | None = None) -> tuple[Path, ...]:
    """Write both workbooks, the CSV files and the run record into `out`; gives their absolute paths.

    All files are built and proven before the first one is replaced; on any failure the previous ones stay whole. The
    same run gives the same bytes, whether another process is there to be entrusted with some of it or not. Raises
    EnvironmentProblem: E30 disk full, E31 a file open in another program, E32 no permission, E33 another run under way,
    E34 anything else the system refuses; UnprovenTotalError where a total is not the sum of its parts, which is a bug.
    """
    facts = Facts(result, catalogue(language))
    with reserve(out) as folder, translated(folder):
        sweep(folder)
        stage = Stage(folder)
        try:
            _write(stage, facts, entrust)
            return stage.swap()
        finally:
            stage.clear()


def _write(stage: Stage, facts: Facts, entrust: Entrust | None) -> None:
    from consolidator.write import csv_files  # noqa: PLC0415 - start-up stays light
    from consolidator.write.aside import Aside, is_worth_it, nobody  # noqa: PLC0415
    from consolidator.write.review import write_review  # noqa: PLC0415
    from consolidator.write.run_record import write_run_record  # noqa: PLC0415
    from consolidator.write.superiors import write_superiors  # noqa: PLC0415

    shared = entrust if entrust is not None and is_worth_it(facts.result) else nobody
    with shared(Aside(facts.result, facts.texts.language)) as fetch:
        _book(stage, names.book_name("office"), lambda target: write_review(target, facts, stage.out))
        done: Mapping[str, bytes] = fetch() or {}
    _book(stage, names.book_name("superiors"), lambda target: write_superiors(target, facts), done)
    _table(stage, names.VALUES, lambda target: csv_files.write_values(target, facts), done)
    _table(stage, names.FINDINGS, lambda target: csv_files.write_findings(target, facts))
    _table(stage, names.SUBMISSIONS, lambda target: csv_files.write_submissions(target, facts))
    outputs = {name: _sha256(stage.path(name)) for name in stage.names}
    _table(stage, names.RUN, lambda target: write_run_record(target, facts, outputs))


def _book(
    stage: Stage, name: str, write: Callable[[BinaryIO], Sequence[Claim | Shown]], done: Mapping[str, bytes] = _NOTHING
) -> None:
    """A workbook, proven as it stands on the disk, unless it was written and proven elsewhere."""
    from consolidator.write.proof import prove  # noqa: PLC0415 - start-up stays light

    if name in done:
        _put(stage, name, done[name])
        return
    with stage.file(name) as target:
        claims = write(target)
    prove(stage.path(name), claims)


def _table(stage: Stage, name: str, write: Callable[[BinaryIO], None], done: Mapping[str, bytes] = _NOTHING) -> None:
    """A file without totals to prove, unless it was written elsewhere."""
    if name in done:
        _put(stage, name, done[name])
        return
    with stage.file(name) as target:
        write(target)


def _put(stage: Stage, name: str, content: bytes) -> None:
    """A file that another process has made, as it made it."""
    from consolidator.write.claims import UnprovenTotalError  # noqa: PLC0415 - start-up stays light

    with stage.file(name) as target:
        target.write(content)
    if stage.path(name).read_bytes() != content:
        raise UnprovenTotalError(f"{name} is not on the disk as it was made")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
