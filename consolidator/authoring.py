"""The second corridor: a form's way from a blank workbook to a definition, and from there to a page to sign and blank forms.

In: paths as the command line gives them. Out: what was written, and where. Never: a judgement of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator import draft, read, write
from consolidator.errors import FormError, UsageError
from consolidator.form import load_text
from consolidator.model import Workbook
from consolidator.terms import catalogue, reason_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from consolidator.draft import Plan
    from consolidator.errors import Mistake
    from consolidator.form import Form
    from consolidator.model import Period, ReportingUnit

_PAGES = frozenset({".html", ".htm"})
_DEFINITIONS = frozenset({".yaml", ".yml"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_NAMELESS = "new-form"


class Drafted(Struct, frozen=True):
    """A definition that was drafted: where it stands, what it is of, and what keeps it from being loaded, if anything.

    `rules` are those that `forms check` counts, of the tree too; `marks` are the lines with something to be confirmed.
    """

    path: Path
    plan: Plan
    rules: int
    marks: int
    mistakes: tuple[Mistake, ...]


def draft_form(file: Path, form_id: str | None, out: Path | None, sheet: str, language: str) -> Drafted:
    """Draft a definition from a form's workbook (one `sheet`, or all that are seen) and write it; `ID.yaml` by default.

    Raises `UsageError`: E10, E41 for a file that cannot be read, E40 where no table is made out, E43 for a target that
    exists or is no definition's, E44 for an id that cannot be one, E45 for a sheet that the workbook has not.
    """
    stem = file.stem if _ID.fullmatch(file.stem) else _NAMELESS
    chosen = form_id or stem
    if not _ID.fullmatch(chosen):
        raise UsageError("E44", found=chosen)
    target = out or file.with_name(f"{chosen}.yaml")
    if target.suffix.lower() not in _DEFINITIONS or target.exists():
        raise UsageError("E43", file=str(target))
    workbook = _opened(file, language)
    names = [each.name for each in workbook.sheets]
    if sheet and sheet not in names:
        raise UsageError("E45", found=sheet, known="、".join(names))
    plan = draft.plan_of(workbook, sheet)
    if plan is None:
        raise UsageError("E40", file=file.name)
    text = draft.written(plan, chosen, file.name, language)
    path = write.save(text.encode(), target)
    mark = "# " + catalogue(language).text("draft", "confirm", what="")
    marks = sum(mark in line for line in text.splitlines())
    try:
        form = load_text(text, str(target), language)
    except FormError as refused:
        return Drafted(path, plan, len(plan.rules), marks, refused.mistakes)
    return Drafted(path, plan, len(form.all_rules), marks, ())


def _opened(file: Path, language: str) -> Workbook:
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise UsageError("E10", file=str(file), reason=reason_of(problem)) from problem
    workbook = read.open_workbook(content, file.name)
    if isinstance(workbook, Workbook):
        return workbook
    reason = catalogue(language).sentence(workbook.code, workbook.case, workbook.details)
    raise UsageError("E41", file=file.name, reason=reason)


def write_page(form: Form, path: Path, language: str) -> Path:
    """The form as a page to print and sign. Raises `UsageError` E42 for a path that is no page's."""
    if path.suffix.lower() not in _PAGES:
        raise UsageError("E42", file=str(path))
    return write.save(write.form_page(form, language), path)


def write_blank_forms(
    form: Form, units: Sequence[ReportingUnit], period: Period | None, out: Path, language: str
) -> tuple[Path, ...]:
    """空白表: a form to be filled in, one for each unit where units are named; the paths written."""
    return write.write_blank_forms(form, out, period=period, units=units, language=language)
