"""A worker that is started ahead of its work: used once, replaced when it is gone, ended when nobody needed it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from consolidator import interpreters
from consolidator.interpreters import Interpreter, Standby
from consolidator.model import Submission, Workbook
from consolidator.read import read_all
from tests.read.books import xlsx

FILES = [Submission("甲.xlsx", "", xlsx('<row r="1"><c r="A1"><v>1</v></c></row>'))]


def test_the_one_that_waits_is_taken_by_the_first_who_asks() -> None:
    with Standby.started() as standby:
        taken = standby.take()
        assert taken is not None
        assert standby.take() is None
        taken.end()


def test_it_reads_the_files_and_no_other_is_started(monkeypatch) -> None:
    with Standby.started() as standby:
        monkeypatch.setattr(interpreters.subprocess, "Popen", None)

        (answer,) = read_all(FILES, standby=standby).values()

    assert isinstance(answer, Workbook)


def names(workbook: Workbook) -> list[str]:
    return [sheet.name for sheet in workbook.sheets]


def test_one_that_is_done_reads_the_next_files_too_whatever_is_asked_of_them(monkeypatch) -> None:
    with Standby() as standby:
        read_all(FILES, standby=standby)
        monkeypatch.setattr(interpreters.subprocess, "Popen", None)

        assert list(read_all(FILES, examine=names, standby=standby).values()) == [["表"]]
        assert isinstance(*read_all(FILES, standby=standby).values(), Workbook)


def test_one_that_was_ended_over_a_file_is_not_kept(monkeypatch) -> None:
    with Standby() as standby:
        standby.give(Interpreter("import sys; sys.stdin.buffer.read(8)"))  # dies when it is told its terms
        read_all(FILES, standby=standby)

        assert len(standby._waiting) == 1
        assert standby._waiting[0]._process.poll() is None


def test_one_that_died_while_it_waited_is_replaced() -> None:
    with Standby.started() as standby:
        standby._waiting[0].kill()
        standby._waiting[0]._process.wait()

        (answer,) = read_all(FILES, standby=standby).values()

    assert isinstance(answer, Workbook)


def test_nobody_needed_it_and_it_is_gone() -> None:
    with Standby.started() as standby:
        process = standby._waiting[0]._process

    assert process.poll() is not None


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks a process up under /proc")
def test_it_ends_by_itself_when_the_program_is_gone() -> None:
    code = (
        "import os; from consolidator.interpreters import Interpreter, Standby; waiting = Standby.started(); "
        "print(waiting._waiting[0]._process.pid, flush=True); os._exit(1)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    process = Path("/proc", done.stdout.strip())

    for _ in range(200):
        if not process.exists() or process.joinpath("stat").read_text().split()[2] == "Z":
            break
        time.sleep(0.1)
    else:
        pytest.fail("it still runs")


def test_a_system_without_room_for_one_has_none(monkeypatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with Standby.started() as standby:
        assert standby.take() is None
