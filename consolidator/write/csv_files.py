"""The three CSV files for programs: UTF-8 with BOM, CRLF, columns as in `consolidator.frames` (RFC 4180).

A province has hundreds of thousands of values; most of their fields repeat, and are made safe once.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from consolidator import frames
from consolidator.model.observed import in_columns
from consolidator.write.workbook.text import for_csv, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from consolidator.model.observed import Spelled
    from consolidator.write.plans.facts import Facts

_LIST = ";"
_QUOTED = re.compile(r'[",\r\n]')


def write_values(target: BinaryIO, facts: Facts) -> None:
    """`values.csv`: every value read from every file, whatever became of the file."""
    _write(target, frames.OBSERVATIONS, _values(facts))


def write_findings(target: BinaryIO, facts: Facts) -> None:
    """`findings.csv`: every finding in its final order, with its sentence."""
    _write(target, frames.FINDINGS, map(_line, _findings(facts)))


def write_submissions(target: BinaryIO, facts: Facts) -> None:
    """`submissions.csv`: every file of the inbox and every missing unit."""
    _write(target, frames.SUBMISSIONS, map(_line, _submissions(facts)))


def _write(target: BinaryIO, columns: Sequence[str], lines: Iterable[str]) -> None:
    """Write the header and the lines; one text may hold several."""
    target.write(BOM_UTF8 + _line(columns).encode())
    target.writelines(line.encode() for line in lines)


def _line(fields: Iterable[str]) -> str:
    return ",".join(map(_field, fields)) + "\r\n"


@lru_cache(maxsize=1 << 15)
def _field(text: str) -> str:
    """The text as a field: safe for a spreadsheet, in quotes where it has to be."""
    shown = for_csv(text)
    if not _QUOTED.search(shown):
        return shown
    doubled = shown.replace('"', '""')
    return f'"{doubled}"'


def _values(facts: Facts) -> Iterator[str]:
    for file in facts.result.observations:
        owner = ",".join(map(_field, (file.unit_code, file.unit_name, file.form, file.period)))
        path = _field(file.file)
        codes, spelled, raws, sheets, cells, hows = in_columns(file.values)
        values = [text if isinstance(text, str) and "E" not in text else _value(text) for text in spelled]
        told = [value if raw == value else _field(raw) for value, raw in zip(values, raws, strict=True)]
        tabs = {sheet: _field(sheet) for sheet in sheets}
        yield "".join(
            [
                f"{owner},{code},{value},{raw},{path},{tabs[sheet]},{cell},{how}\r\n"
                for code, value, raw, sheet, cell, how in zip(codes, values, told, sheets, cells, hows, strict=True)
            ]
        )


def _value(spelled: Spelled) -> str:
    """The value as a field; the digits of a number need no care."""
    if not isinstance(spelled, str):
        return _field(spelled[0]) if spelled else ""
    return plain(Decimal(spelled)) if "E" in spelled else spelled


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
