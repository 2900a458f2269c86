"""A cluster reads what this machine would have read: the same answers, whatever becomes of its workers."""

from __future__ import annotations

import hashlib
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest

from consolidator.casework import cluster
from consolidator.casework.candidates import Forms
from consolidator.casework.cluster import Cluster, Errand, perform
from consolidator.casework.looking import Examiner
from consolidator.cli.main import cli
from consolidator.errors import EnvironmentProblem, UsageError
from consolidator.interpreters import Standby
from consolidator.model import Period, Submission
from consolidator.read import read_all
from tests.builders import Book, Layout, lay_out
from tests.formats import to_xlsx
from tests.locate.grids import FORM_ID, filing, numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

COUNT = 150  # more than one task


class Here(Executor):
    """An executor that does everything at once; `broken` tasks fail as on a cluster whose workers all died."""

    def __init__(self, broken: tuple[int, ...] = ()) -> None:
        self.tasks = 0
        self._broken = broken

    def submit(self, task: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        done: Future[Any] = Future()
        if self.tasks in self._broken:
            done.set_exception(RuntimeError("the workers died"))
        else:
            done.set_result(task(*args, **named))
        self.tasks += 1
        return done


@pytest.fixture(autouse=True)
def dismissed() -> Iterator[None]:
    yield
    cluster._STANDBY.dismiss()


def examiner() -> Examiner:
    return Examiner.of(Forms.of((FORM_ID,), "zh"), Period(2016), None)


def form(number: int) -> bytes:
    page = lay_out(filing(numbered() | {"A1": number}, filer=f"平罗县{number}镇"), Layout()).pages[0]
    return to_xlsx(Book([page], "", {}, {}))


def filled(folder: Path, count: int) -> tuple[Submission, ...]:
    made = []
    for number in range(count):
        content = form(number)
        (folder / f"{number}镇.xlsx").write_bytes(content)
        made.append(Submission(f"{number}镇.xlsx", hashlib.sha256(content).hexdigest(), content))
    return tuple(made)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Submission, ...]]:
    folder = tmp_path_factory.mktemp("inbox")
    return folder, filled(folder, COUNT)


def asked(inbox: Path, submissions: tuple[Submission, ...], executor: Here) -> tuple[dict[str, Any], list[int]]:
    told: list[int] = []
    engine = Cluster("tcp://nowhere:1", inbox, lambda _: nullcontext(executor))
    return engine(submissions, examine=examiner(), progress=told.append), told


@pytest.mark.parametrize("broken", [(), (1,), (0, 1)], ids=["all is well", "one task fails", "all tasks fail"])
def test_a_cluster_answers_as_this_machine_does(
    inbox: tuple[Path, tuple[Submission, ...]], broken: tuple[int, ...]
) -> None:
    folder, submissions = inbox
    executor = Here(broken)
    answers, told = asked(folder, submissions, executor)

    assert answers == read_all(submissions, examine=examiner(), jobs=0)
    assert list(answers) == [each.file for each in submissions]
    assert sum(told) == COUNT
    assert executor.tasks == 2


def test_a_file_that_changed_or_is_not_there_is_read_from_its_bytes(tmp_path: Path) -> None:
    changed, gone, inner = filled(tmp_path, 3)
    (tmp_path / changed.file).write_bytes(b"another")
    (tmp_path / gone.file).unlink()
    inner = Submission("收件.zip/2镇.xlsx", inner.sha256, inner.content)
    answers, _ = asked(tmp_path, (changed, gone, inner), Here())

    assert answers == read_all((changed, gone, inner), examine=examiner(), jobs=0)


def test_the_process_that_read_for_one_task_reads_for_the_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    standby = Standby()
    monkeypatch.setattr(cluster, "_STANDBY", standby)
    engine = Cluster("tcp://nowhere:1", tmp_path, lambda _: nullcontext(Here()))
    with standby:
        files = filled(tmp_path, COUNT)
        engine(files[:3], examine=examiner())
        (first,) = standby._waiting
        engine(files, examine=examiner())

        assert standby._waiting == [first]


def test_another_version_on_the_cluster_reads_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    submissions = filled(tmp_path, 1)
    monkeypatch.setattr(cluster, "perform", lambda *_, **__: "0.1 elsewhere")
    with pytest.raises(UsageError, match="E72"):
        asked(tmp_path, submissions, Here())

    errand = Errand("甲镇.xlsx", "", "", b"")
    monkeypatch.undo()
    assert perform([errand], examine=examiner(), asked_by="0.1 elsewhere") == cluster.circumstances()


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    with pytest.raises(EnvironmentProblem, match="E71"):
        Cluster("tcp://127.0.0.1:9", tmp_path)(filled(tmp_path, 1), examine=examiner(), progress=None)


def test_without_dask_its_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(UsageError, match="E70"):
        Cluster("tcp://127.0.0.1:9", tmp_path)(filled(tmp_path, 1), examine=examiner(), progress=None)


def test_the_command_line_names_the_cluster() -> None:
    run = cli.commands["run"]  # type: ignore[attr-defined]
    assert "--cluster" in {option for each in run.params for option in each.opts}
