"""Blank forms on the disk: one, or one for each unit of a roster (空白表).

In: a form, the units, a place. Out: the paths. Never: a file replaced that is there already and differs; a clerk may have
filled it in.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from consolidator.errors import UsageError
from consolidator.terms import catalogue
from consolidator.write.saving.disk import replace, settle, there
from consolidator.write.saving.trouble import translated
from consolidator.write.workbook.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from consolidator.form.definition import Form
    from consolidator.model import Period, ReportingUnit

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')  # by Windows, whose clerks get the files
_LONGEST = 80  # characters of a part of a name; a whole name may have 255 bytes
_NAMED = 3  # files that a refusal names
_ENDING = ".xlsx"


def write_blank_forms(
    form: Form,
    out: Path,
    *,
    period: Period | None = None,
    units: Sequence[ReportingUnit] = (),
    language: str = "zh",
) -> tuple[Path, ...]:
    """Write one blank form into `out` (a file that ends in .xlsx, or a folder), or one a unit into the folder `out`.

    Each file appears whole or not at all. One that is there already with the same content is left alone; where any other
    is, nothing is written and UsageError E50 names it. Raises EnvironmentProblem where the disk refuses.
    """
    from consolidator.write.blanks.blank_book import blank_book  # noqa: PLC0415 - start-up stays light

    texts = catalogue(language)
    path = out.absolute()
    named = not units and path.suffix.lower() == _ENDING
    folder = path.parent if named else path
    books: dict[Path, bytes] = {}
    for name, unit in zip(_names(form, period, units), units, strict=True):
        books[folder / name] = blank_book(form, texts, period, unit)
    if not units:
        name = path.name if named else texts.text("template", "file", title=_safe(form.title))
        books[folder / name] = blank_book(form, texts, period)
    with translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
        written = {path: content for path, content in books.items() if not _kept(path, content)}
        others = [path for path in written if there(path)]
        if others:
            shown = texts.word("mark", "comma").join(path.name for path in others[:_NAMED])
            raise UsageError("E50", folder=str(folder), names=shown, count=str(len(others)))
        for path, content in written.items():
            _save(path, content)
    return tuple(books)


def _names(form: Form, period: Period | None, units: Sequence[ReportingUnit]) -> list[str]:
    """A file name for each unit, which all differ wherever capitals and forbidden characters do not count."""
    taken: set[str] = set()
    found = []
    for number, unit in enumerate(units, start=1):
        parts = [unit.name, str(period) if period else "", form.title]
        name = "_".join(_safe(part) for part in parts if part)
        for more in (unit.code, str(number)):
            if name.casefold() in taken and more:
                name = "_".join((_safe(unit.name), _safe(more), *(_safe(part) for part in parts[1:] if part)))
        taken.add(name.casefold())
        found.append(f"{name}{_ENDING}")
    return found


def _safe(text: str) -> str:
    """The text as a part of a file name that every system takes."""
    return _FORBIDDEN.sub("-", visible(text)).strip(" .")[:_LONGEST] or "-"


def _kept(path: Path, content: bytes) -> bool:
    """Whether the file is there already, with this very content."""
    return there(path) and path.is_file() and path.read_bytes() == content


def _save(path: Path, content: bytes) -> None:
    """Put the file in its place in one step, when it is whole on the disk."""
    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("xb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        replace(beside, path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
    settle(path.parent)
