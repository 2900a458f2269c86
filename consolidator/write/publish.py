"""Write the outputs of one run, prove them, and swap them in (出表)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.terms import catalogue
from consolidator.write.plans.facts import Facts
from consolidator.write.saving.lock import reserve
from consolidator.write.saving.swap import Stage, sweep
from consolidator.write.saving.trouble import translated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from consolidator.model import Consolidation
    from consolidator.write.aside import Entrust


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
    from consolidator.write.aside import Aside, is_worth_it, nobody  # noqa: PLC0415 - start-up stays light
    from consolidator.write.outputs import digests, make_others, make_record, make_review  # noqa: PLC0415
    from consolidator.write.plans.claims import UnprovenTotalError  # noqa: PLC0415

    shared = entrust if entrust is not None and is_worth_it(facts.result) else nobody
    with shared(Aside(facts.result, facts.texts.language, stage)) as fetch:
        make_review(stage, facts)
        done: Mapping[str, str] = fetch() or {}
    if done:
        stage.names.extend(done)
    else:
        make_others(stage, facts)
    outputs = digests(stage)
    for name in done:
        if outputs[name] != done[name]:
            raise UnprovenTotalError(f"{name} is not on the disk as it was made")
    make_record(stage, facts, outputs)
