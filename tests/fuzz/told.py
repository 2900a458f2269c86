"""What the program tells of a file, and whether it tells enough of one that was damaged.

The invariant: a damaged file is refused, or is no form any more, or every value is the one that the whole file has, or
a finding that the whole file has not stands at the value's cell or indicator, or rejects or questions the whole file.

What damage cannot be held against anybody: where no checksum stands in the way (.xls, texts, a zip made anew around
the change), a changed file may simply *be* another file that says another number. Then a second reader that shares no
code with ours must read the same number at the same address; for plain text, the number must be spelled in the file.
"""

from __future__ import annotations

import email
import io
import re
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Context, Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import openpyxl
import python_calamine
from openpyxl.utils.cell import coordinate_to_tuple

from consolidator.findings import Severity
from consolidator.form import load_by_id
from consolidator.locate import Unlocated, observe
from consolidator.model import Refusal, Workbook
from tests.fuzz.damage import HALF_COPIED, REWRITTEN, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consolidator.findings import Finding

FORM = load_by_id("gov-info-disclosure-2014")
_SHOWN = Context(prec=15)
_HEAVY = (Severity.HARD, Severity.SOFT)


class Verdict(StrEnum):
    """One for every input. The last group must stay empty."""

    REFUSED = "refused"
    NO_FORM = "no form any more"
    SAME = "same values"
    TOLD = "other values, told"
    LEGITIMATE = "other values that the file really says"

    CRASHED = "bug in a reader"
    DIED = "reader died (refused, told)"
    SLOW = "too slow (refused, told)"
    SILENT = "other values in silence"
    LOST = "a finding lost"


VIOLATIONS = frozenset({Verdict.CRASHED, Verdict.SILENT, Verdict.LOST, Verdict.SLOW})


@dataclass(frozen=True)
class Story:
    """Values and headings of the form by name, where they stand, and the findings."""

    values: dict[str, tuple[str, str]]
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def story(workbook: Workbook) -> Story | None:
    """What is told of a workbook; None where it holds no form."""
    seen = observe(workbook, (FORM,))
    if isinstance(seen, Unlocated):
        return None
    values: dict[str, tuple[str, str]] = {}
    places: dict[str, tuple[str, str]] = {}
    for located in seen:
        for code, observation in located.observations.items():
            values[code] = (str(observation.value), observation.raw)
            places[code] = (observation.address.sheet, observation.address.a1)
        values["filer"] = (located.filer.text if located.filer else "", "")
        values["period"] = (str(located.period.period) if located.period else "", "")
    findings = tuple(finding for located in seen for finding in located.findings)
    return Story(values, places, (*workbook.findings, *findings))


@dataclass(frozen=True)
class Judgement:
    """The verdict on one damaged file, and what speaks for it."""

    verdict: Verdict
    reason: str = ""


def judged(whole: Story, answer: Workbook | Refusal, content: bytes, kind: Kind) -> Judgement:
    """The verdict on the answer to a file that was `whole` before `kind` of damage made it `content`."""
    if isinstance(answer, Refusal):
        return _refused(answer)
    now = story(answer)
    if now is None:
        return Judgement(Verdict.NO_FORM)
    new = [finding for finding in now.findings if _key(finding) not in set(map(_key, whole.findings))]
    nothing = ("None", "")
    other = [
        name
        for name in whole.values | now.values
        if whole.values.get(name, nothing)[0] != now.values.get(name, nothing)[0]
    ]
    silent = [name for name in other if not _told(name, now, new)]
    if not silent:
        lost = _lost(whole, now, new)
        if lost and _protected(content, kind):
            return Judgement(Verdict.LOST, ", ".join(lost))
        return Judgement(Verdict.TOLD if other else Verdict.SAME)
    reason = "; ".join(f"{name}: {whole.values.get(name)} -> {now.values.get(name)}" for name in silent[:4])
    if _protected(content, kind) or not all(_really(name, now, content) for name in silent):
        return Judgement(Verdict.SILENT, reason)
    return Judgement(Verdict.LEGITIMATE, reason)


def _refused(answer: Refusal) -> Judgement:
    if answer.case == "too_slow":
        return Judgement(Verdict.SLOW)
    if answer.case == "crashed":
        reason = answer.details.get("reason", "")
        return Judgement(Verdict.CRASHED if reason else Verdict.DIED, reason)
    return Judgement(Verdict.REFUSED, f"{answer.code}.{answer.case} {answer.details.get('reason', '')}".strip())


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.case, finding.indicators, finding.cells


def _told(name: str, now: Story, new: list[Finding]) -> bool:
    _, cell = now.places.get(name, ("", ""))
    for finding in new:
        about_file = not finding.indicators and not finding.cells
        if (
            name in finding.indicators
            or (cell and cell in finding.cells)
            or (about_file and finding.severity in _HEAVY)
        ):
            return True
    if name in ("filer", "period"):
        return any(finding.code.startswith(("S", "L")) and finding.severity in _HEAVY for finding in new)
    return any(name in finding.indicators and finding.severity is Severity.HARD for finding in now.findings)


def _lost(whole: Story, now: Story, new: list[Finding]) -> list[str]:
    """Indicators of which something grave was told, and now nothing is."""
    kept = set(map(_key, now.findings))
    return [
        f"{finding.code}.{finding.case} of {';'.join(finding.indicators)}"
        for finding in whole.findings
        if finding.severity in _HEAVY
        and finding.indicators
        and _key(finding) not in kept
        and not all(_told(name, now, new) for name in finding.indicators)
    ]


def _protected(content: bytes, kind: Kind) -> bool:
    """Whether the format can tell this damage: half-copied files always, zip archives unless they were made anew."""
    return kind in HALF_COPIED or (content.startswith(b"PK") and kind not in REWRITTEN)


def _really(name: str, now: Story, content: bytes) -> bool:
    """Whether the file really says so: by a second reader, or by its own plain text."""
    value, raw = now.values.get(name, ("", ""))
    if name not in now.places:  # a heading, which the next room compares with the roster
        return True
    return any(_same(value, raw, other) for other in _second_readings(content, *now.places[name])) or _spelled(
        raw, content
    )


def _spelled(text: str, content: bytes) -> bool:
    """Whether a text stands in the file, or in the texts of its parts."""
    if not text:
        return True
    spelled = [text.encode(encoding, "replace") for encoding in ("utf-8", "gb18030", "utf-16-le")]
    return any(each in plain for plain in (content, *_inside(content)) for each in spelled)


def _inside(content: bytes) -> Iterator[bytes]:
    """What a file wraps: the parts of a zip, base64 in a page for mail, the text between tags."""
    if b"multipart/" in content[:400]:
        with suppress(ValueError, LookupError, TypeError, AttributeError):
            yield from [
                bytes(part.get_payload(decode=True) or b"") for part in email.message_from_bytes(content).walk()
            ]
    yield re.sub(rb"<[^>]*>", b"", content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from [archive.read(name) for name in archive.namelist()]
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, NotImplementedError, EOFError):
        return


def _same(value: str, raw: str, other: Any) -> bool:
    if isinstance(other, int | float) and not isinstance(other, bool):
        try:
            return Decimal(raw) == _SHOWN.plus(Decimal(repr(other)))
        except InvalidOperation:
            return False
    text = "" if other is None else str(other)
    return raw.strip() == text.strip() or value == text


def _second_readings(content: bytes, sheet: str, cell: str) -> list[Any]:
    row, column = coordinate_to_tuple(cell)
    found: list[Any] = []
    if content.startswith(b"PK"):
        with suppress(Exception):  # ten classes of errors on broken files: then this reader has no opinion
            found.append(openpyxl.load_workbook(io.BytesIO(content), data_only=True)[sheet].cell(row, column).value)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        found.append(rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else None)
    except BaseException as failure:  # a panic of the Rust code is no Exception
        if isinstance(failure, KeyboardInterrupt):
            raise
    return found


def words(reason: str) -> str:
    """A reason without its numbers, for counting."""
    return re.sub(r"\d+", "#", reason)
