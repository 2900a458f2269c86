"""Many files at once: order, progress, and what the worst file costs (itself, and nothing else)."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from consolidator.model import Refusal, Submission, Workbook
from consolidator.read import open_workbook, read_all
from consolidator.read.limits import Limits
from tests.read.books import xlsx
from tests.read.test_xls import xls

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VICTIM = """
import os, sys, time
sys.path[:] = {path!r}
import consolidator.read.workers.worker as worker
real = worker.open_workbook
TAKEN = []
def fake(content, name, **rest):
    print("noise"); print("noise", file=sys.stderr)
    if content == b"ABORT":
        os.abort()
    if content == b"EXIT":
        os._exit(3)
    for time_of_death in range({{b"ONCE": 1, b"TWICE": 2}}.get(content, 0)):
        seen = os.environ["SEEN"] + str(time_of_death)
        if not os.path.exists(seen):
            os.mkdir(seen)
            os.abort()
    if content == b"SLOW":
        time.sleep(0.6)
    if content == b"HANG":
        time.sleep(600)
    if content == b"LOOP":
        while True: pass
    if content == b"TIRED":
        if TAKEN:
            raise TAKEN[0]("no memory left to load what reads this kind of file")
        content = b"a,b\\nc,d\\n"
    if content in (b"IMPORTS", b"ALLOCATES"):
        TAKEN.append(ImportError if content == b"IMPORTS" else MemoryError)
        content = b"a,b\\nc,d\\n"
    if content == b"BUG":
        raise RuntimeError("strange")
    if content == b"PANIC":
        raise BaseException("panicked")
    if content == b"MEMORY":
        return bytearray(10**12)
    return real(b"a,b\\nc,d\\n" if content in (b"ONCE", b"TWICE", b"SLOW") else content, name, **rest)
worker.open_workbook = fake
worker.serve()
"""


@pytest.fixture
def wild(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Workers in which some contents do the worst."""
    monkeypatch.setattr("consolidator.read.workers.foreman.WORKER", VICTIM)
    monkeypatch.setenv("SEEN", str(tmp_path / "seen"))
    before = threading.active_count()
    yield
    assert threading.active_count() <= before


def form(number: int) -> bytes:
    return xlsx(f'<row r="1"><c r="A1"><v>{number}</v></c></row>')


def submissions(*contents: bytes) -> list[Submission]:
    return [Submission(f"乡镇/{number:03d}.xlsx", "", content) for number, content in enumerate(contents)]


def told(answers: dict[str, Workbook | Refusal]) -> list[str]:
    return [answer.case if isinstance(answer, Refusal) else "read" for answer in answers.values()]


def test_answers_come_in_the_order_of_the_files_with_every_step_reported() -> None:
    files = submissions(*map(form, range(20)), b"%PDF-1.7", b"")
    steps: list[int] = []

    answers = read_all(files, jobs=2, progress=steps.append)

    assert list(answers) == [each.file for each in files]
    assert sum(steps) == len(files)
    assert all(answers[each.file] == open_workbook(each.content, each.file) for each in files)


@pytest.mark.parametrize("jobs", [0, 1, None])
def test_the_number_of_workers_changes_no_answer(jobs: int | None) -> None:
    files = submissions(form(1), xls({(1, 1): 5}), b"{\\rtf")

    assert read_all(files, jobs=jobs) == {each.file: open_workbook(each.content, each.file) for each in files}


def test_nothing_to_read_is_read_at_once() -> None:
    assert read_all([]) == {}


@pytest.mark.usefixtures("wild")
@pytest.mark.parametrize(
    ("content", "case"),
    [
        (b"ABORT", "crashed"),
        (b"EXIT", "crashed"),
        (b"BUG", "crashed"),
        (b"PANIC", "crashed"),
        (b"MEMORY", "too_large"),
        (b"ONCE", "read"),
    ],
)
@pytest.mark.parametrize("place", [0, 11, 28])
def test_the_worst_file_costs_itself_only(content: bytes, case: str, place: int) -> None:
    contents = [form(number) for number in range(30)]
    contents[place] = content

    answers = read_all(submissions(*contents), jobs=1)

    assert told(answers) == ["read"] * place + [case] + ["read"] * (29 - place)


@pytest.mark.usefixtures("wild")
def test_many_bad_files_at_once_are_told_one_by_one() -> None:
    contents = [form(1), b"ABORT", b"EXIT", b"BUG", form(2), b"ABORT", form(3)]

    assert told(read_all(submissions(*map(form, range(30)), *contents), jobs=2))[30:] == [
        "read",
        "crashed",
        "crashed",
        "crashed",
        "read",
        "crashed",
        "read",
    ]


@pytest.mark.usefixtures("wild")
@pytest.mark.parametrize("content", [b"HANG", b"LOOP"])
def test_a_file_that_never_ends_is_stopped(content: bytes) -> None:
    answers = read_all(submissions(form(1), content, form(2)), jobs=1, limits=Limits(seconds=0.5))
    refusal = answers["乡镇/001.xlsx"]

    assert told(answers) == ["read", "too_slow", "read"]
    assert isinstance(refusal, Refusal)
    assert refusal.details == {"seconds": "0.5"}


@pytest.mark.usefixtures("wild")
def test_a_file_in_company_with_which_two_workers_ended_is_tried_once_more_alone() -> None:
    contents = [b"TWICE" if number == 28 else form(number) for number in range(30)]

    assert told(read_all(submissions(*contents), jobs=1)) == ["read"] * 30


@pytest.mark.usefixtures("wild")
@pytest.mark.parametrize("before", [b"IMPORTS", b"ALLOCATES"])
@pytest.mark.parametrize("place", [3, 26])
def test_a_file_pays_nothing_for_the_memory_that_one_before_it_took(before: bytes, place: int) -> None:
    contents = [form(number) for number in range(30)]
    contents[place : place + 2] = [before, b"TIRED"]

    assert told(read_all(submissions(*contents), jobs=1)) == ["read"] * 30


@pytest.mark.usefixtures("wild")
def test_a_small_file_that_takes_longer_than_its_neighbours_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consolidator.read.workers.foreman._SOON", 0.3)

    contents = [b"SLOW" if number in (25, 27) else form(number) for number in range(30)]  # later portions are larger

    assert told(read_all(submissions(*contents), jobs=1)) == ["read"] * 30


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the memory of a process")
def test_memory_is_bounded_for_real() -> None:
    rows = "".join(f'<row r="{row}">{"<c><v>1</v></c>" * 40}</row>' for row in range(1, 10_000))
    answers = read_all(submissions(form(1), xlsx(rows), form(2)), jobs=1, limits=Limits(memory=160 << 20))

    assert told(answers) == ["read", "too_large", "read"]


def test_a_program_that_cannot_start_workers_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with pytest.raises(OSError, match="nowhere"):
        read_all(submissions(form(1)), jobs=1)


def test_an_error_in_the_progress_bar_leaves_no_worker_behind() -> None:
    def broken(_: int) -> None:
        raise KeyboardInterrupt

    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        read_all(submissions(*map(form, range(100))), jobs=2, progress=broken)

    assert threading.active_count() == before


def test_a_worker_needs_no_heavy_library() -> None:
    code = "import consolidator.read.workers.worker, sys; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert not {"pandas", "numpy", "openpyxl", "pandera", "pydantic", "xlrd", "python_calamine"} & set(modules)


def test_a_reader_is_loaded_when_the_first_file_of_its_kind_comes() -> None:
    code = "import consolidator.read.workers.worker, sys; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert not {f"consolidator.read.{each}" for each in ("xls", "xlsb", "ods", "html_tables", "ooxml")} & set(modules)


def cells(workbook: Workbook) -> int:
    """An examiner, as workers unpickle it."""
    if workbook.sheets[0].at(1, 1) is None:
        raise ValueError("nothing stands there")
    return sum(len(sheet.cells) for sheet in workbook.sheets)


@pytest.mark.parametrize("jobs", [0, 2])
def test_workbooks_are_examined_where_they_are_read(jobs: int) -> None:
    empty = xlsx('<row r="1"><c r="B1"><v>1</v></c></row>')
    answers = read_all(submissions(form(1), empty, b"", form(2)), examine=cells, jobs=jobs)

    sound, failed, refused, other = answers.values()
    assert (sound, other) == (1, 1)
    assert isinstance(failed, Refusal)
    assert isinstance(refused, Refusal)
    assert failed.details == {"reason": "ValueError: nothing stands there"}
    assert refused.code == "B05"
