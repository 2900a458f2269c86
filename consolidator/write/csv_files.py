"""The three CSV files for programs: UTF-8 with BOM, CRLF, columns as in `consolidator.frames`."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from consolidator import frames
from consolidator.write.text import for_csv, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from consolidator.model import Observation
    from consolidator.write.facts import Facts

_LIST = ";"


def write_values(target: BinaryIO, facts: Facts) -> None:
    """`values.csv`: every value read from every file, whatever became of the file."""
    _write(target, frames.OBSERVATIONS, _values(facts))


def write_findings(target: BinaryIO, facts: Facts) -> None:
    """`findings.csv`: every finding in its final order, with its sentence."""
    _write(target, frames.FINDINGS, _findings(facts))


def write_submissions(target: BinaryIO, facts: Facts) -> None:
    """`submissions.csv`: every file of the inbox and every missing unit."""
    _write(target, frames.SUBMISSIONS, _submissions(facts))


def _write(target: BinaryIO, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([for_csv(field) for field in row] for row in rows)
        text.flush()
    finally:
        text.detach()


def _values(facts: Facts) -> Iterator[Sequence[str]]:
    for file in facts.result.observations:
        owner = (file.unit_code, file.unit_name, file.form, file.period)
        for seen in file.values.values():
            place = (file.file, seen.address.sheet, seen.address.a1)
            yield (*owner, seen.indicator, _value(seen), seen.raw, *place, seen.how)


def _value(seen: Observation) -> str:
    if seen.value is None:
        return ""
    return plain(seen.value) if isinstance(seen.value, Decimal) else seen.value


def _findings(facts: Facts) -> Iterator[Sequence[str]]:
    for found in facts.result.findings:
        yield (
            found.fingerprint,
            found.severity.value,
            found.outcome.value,
            found.code,
            found.unit_code,
            found.unit_name,
            found.form,
            found.period,
            _LIST.join(found.indicators),
            found.file,
            found.sheet,
            _LIST.join(found.cells),
            found.observed,
            found.expected,
            found.difference,
            facts.message(found),
        )


def _submissions(facts: Facts) -> Iterator[Sequence[str]]:
    for record in facts.result.submissions:
        yield (
            record.file,
            record.sha256,
            record.unit_code,
            record.unit_name,
            record.form,
            record.period,
            record.status.value,
            str(record.included).lower(),
            str(record.hard),
            str(record.soft),
            record.reason,
        )
