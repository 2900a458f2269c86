"""Good filings among everything hostile and broken: the good ones exact, each bad one told, nothing else harmed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from consolidator.model import Status
from consolidator.write.workbook.text import for_csv
from tests.hostile.folder import GOOD, figures

if TYPE_CHECKING:
    from tests.hostile.conftest import Run

pytestmark = pytest.mark.slow
STATUSES = {str(status) for status in Status} - {"missing"}
SET_ASIDE = {"unreadable", "encrypted", "not_a_form"}
MIB_IN_KIB = 1024


def test_the_run_ends_by_itself_and_without_a_traceback(hostile: Run) -> None:
    assert hostile.done.returncode == 1
    assert "Traceback" not in hostile.done.stderr + hostile.done.stdout
    assert {path.name for path in hostile.out.iterdir()} >= {"汇总审核表.xlsx", "上报汇总表.xlsx", "data"}


def test_no_worker_takes_512_mib_and_no_file_ten_seconds(hostile: Run) -> None:
    assert 0 < hostile.took["worker"] < 512 * MIB_IN_KIB
    assert 0 < hostile.took["slowest"] < 10


def test_the_inbox_is_as_it_was(hostile: Run) -> None:
    assert hostile.untouched


def test_good_filings_come_out_exact(hostile: Run) -> None:
    found = {row["unit_name"]: row for row in hostile.submissions if row["status"] == "accepted"}
    values: dict[str, dict[str, str]] = {}
    for row in hostile.values:
        values.setdefault(row["file"], {})[row["indicator"]] = row["value"]
    told = {row["file"] for row in hostile.findings}

    for number, (unit, file) in enumerate(hostile.planted.good.items()):
        assert (found[unit]["file"], found[unit]["included"]) == (file, found[unit]["included"])
        assert {code: int(values[file][code]) for code in figures(number)} == figures(number)
        assert file not in told
    assert set(found) == set(hostile.planted.good)


def test_every_entry_of_the_inbox_has_its_row(hostile: Run) -> None:
    listed = Counter(row["file"] for row in hostile.submissions)
    inbox = hostile.planted.inbox
    entries = [
        path.relative_to(inbox).as_posix() for path in inbox.rglob("*") if not path.is_dir() or path.is_symlink()
    ]
    readable = [name for name in entries if name.isprintable() and max(name) < "\udc80"]

    assert not [name for name in readable if not listed[for_csv(name)]]
    assert not [row for row in hostile.submissions if row["status"] not in STATUSES]
    assert len([file for file in listed if "/" not in file]) >= len([name for name in entries if "/" not in name])


def test_every_bad_file_has_its_own_status_and_finding(hostile: Run) -> None:
    rows = {row["file"]: row for row in hostile.submissions}
    findings = {row["file"] for row in hostile.findings}
    wrong = []
    for file, expected in hostile.planted.bad.items():
        row = rows.get(for_csv(file))
        if not file.startswith("恶意/") or row is None:
            continue
        status = row["status"]
        if expected in SET_ASIDE | {"ignored"} and status != expected:
            wrong.append((file, expected, status, row["reason"]))
        if expected in ("good", "read") and status in SET_ASIDE:
            wrong.append((file, expected, status, row["reason"]))
        if status in SET_ASIDE and file not in findings:
            wrong.append((file, "a finding", "none"))
        if status not in ("accepted", "ignored") and not row["reason"]:
            wrong.append((file, "a reason", "none"))
    assert not wrong, wrong


def test_readable_files_with_lies_in_them_give_exact_values(hostile: Run) -> None:
    values: dict[str, dict[str, str]] = {}
    for row in hostile.values:
        values.setdefault(row["file"], {})[row["indicator"]] = row["value"]
    expected = {code: str(value) for code, value in {**figures(0), "I3": 40}.items()}
    for file, kind in hostile.planted.bad.items():
        if kind == "good":
            assert {code: values[file][code] for code in expected} == expected, file


def test_no_bug_of_ours_is_met(hostile: Run) -> None:
    """A reader that dies is told as such; an exception of our own would stand there with its name."""
    assert not [row for row in hostile.findings if "Error" in row["message"] or "Exception" in row["message"]]


def test_three_hundred_good_forms_are_the_same_with_and_without_them(hostile: Run, calm: Run) -> None:
    from tests.hostile.outputs import form_sheet

    good = set(hostile.planted.good.values())
    assert len(good) == len(GOOD)
    with_them = [row for row in hostile.values if row["file"] in good]
    assert with_them == calm.values
    assert form_sheet(hostile.out) == form_sheet(calm.out)
