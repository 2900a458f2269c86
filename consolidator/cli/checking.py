"""`check`: a township checks its own files; nothing is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from consolidator.casework.candidates import Forms
from consolidator.casework.register import is_roster
from consolidator.findings import Finding, Outcome, Severity
from consolidator.model import Status
from consolidator.pipeline import check

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.casework.case import Case
    from consolidator.cli.console import Console
    from consolidator.form import Form
    from consolidator.interpreters import Standby


def check_files(
    console: Console, files: tuple[Path, ...], forms: tuple[str, ...], standby: Standby, *, as_json: bool
) -> int:
    """Print what is to be said about each file; 1 when anything is mandatory."""
    definitions = Forms.of(forms, console.language)
    cases = check(files, definitions, standby)
    known = {form.id: form for form in definitions.asked}
    if as_json:
        console.say(json.dumps([_as_json(console, case, known) for case in cases], ensure_ascii=False, indent=2))
    else:
        for case in cases:
            _print(console, case, known)
    return int(any(finding.severity is Severity.HARD for case in cases for finding in case.findings))


def _print(console: Console, case: Case, forms: dict[str, Form]) -> None:
    status = console.texts.word("status", case.status) if case.status else ""
    console.say(console.word("check_file", file=case.file, status=status))
    if case.status is Status.IGNORED:
        console.say(
            console.word("check_ignored", sentence=console.texts.bare_sentence(*case.reason.partition(".")[::2]))
        )
    elif not case.findings:
        console.say(console.word("check_clean"))
    for severity in Severity:
        for finding in case.owned():
            if finding.severity is severity and finding.outcome is not Outcome.UNDECIDED:
                console.say(_line(console, finding, forms))
    undecided = sum(finding.outcome is Outcome.UNDECIDED for finding in case.findings)
    if undecided:
        console.say(console.word("check_undecided", count=str(undecided)))
    if case.status is Status.NOT_A_FORM and is_roster(case.file):
        console.say(console.word("check_roster", file=case.file))
    console.say()


def _line(console: Console, finding: Finding, forms: dict[str, Form]) -> str:
    place = f"{finding.sheet} {console.texts.listed(finding.cells)}".strip() if finding.cells else finding.sheet
    return console.word(
        "check_line",
        severity=console.texts.word("severity", finding.severity),
        code=finding.code,
        message=console.texts.message(finding, forms),
        place=f"[{place}]" if place else "",
    )


def _as_json(console: Console, case: Case, forms: dict[str, Form]) -> dict[str, object]:
    return {
        "file": case.file,
        "status": case.status.value if case.status else "",
        "form": case.form,
        "findings": [
            {
                "severity": finding.severity.value,
                "outcome": finding.outcome.value,
                "code": finding.code,
                "sheet": finding.sheet,
                "cells": list(finding.cells),
                "observed": finding.observed,
                "expected": finding.expected,
                "difference": finding.difference,
                "message": console.texts.message(finding, forms),
            }
            for finding in case.owned()
        ],
    }
