"""`forms`: list the installed forms, show one, check a definition, draft a new one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from consolidator.casework.candidates import Forms
from consolidator.casework.past import lines_of
from consolidator.errors import FormError
from consolidator.form import available, load, load_by_id
from consolidator.form.linting.remarks import Kind, Teller
from consolidator.form.printing.describe import describe

if TYPE_CHECKING:
    from consolidator.cli.console import Console
    from consolidator.form import Form


def list_forms(console: Console) -> int:
    """A line a form: id, title, the years it is in force, how many indicators and rules."""
    for form_id in available():
        form = load_by_id(form_id, console.language)
        console.say(_line(console, form))
    return 0


def show_form(console: Console, name: str, out: Path | None = None) -> int:
    """The form and its rules, to read; in a file, to print and sign."""
    form = _load(name, console)
    if out is not None:
        from consolidator.authoring import write_page  # noqa: PLC0415 - the corridor is heavy

        console.say(console.word("form_page_written", file=str(write_page(form, out, console.language))))
        return 0
    for line in describe(form, console.language):
        console.say(line)
    return 0


def check_form(console: Console, file: Path) -> int:
    """Say that a definition is sound, and what its rules are like when they are taken together.

    Every mistake is raised at once otherwise, and so are rules that no filing can satisfy together.
    """
    form = load(file, console.language)
    if form.predecessors:
        lines_of(Forms.of((str(file),), console.language), (str(file),), console.language)
    from consolidator.form.linting.lint import lint  # noqa: PLC0415 - imports SciPy

    remarks = lint(form)
    teller = Teller(form, file.read_text(encoding="utf-8-sig"), str(file), console.language)
    errors = tuple(teller.told(remark) for remark in remarks if remark.kind.is_error)
    if not errors:
        console.say(console.word("form_sound", line=_line(console, form)))
    skipped = [remark for remark in remarks if remark.kind is Kind.NOT_LINTED]
    advice = [remark for remark in remarks if not remark.kind.is_error and remark not in skipped]
    if not remarks:
        console.say(console.texts.word("lint", "clean"))
    for heading, found in (("advice", advice), ("skipped", skipped)):
        if found:
            console.say(console.texts.text("lint", heading, count=str(len(found))))
        for remark in found:
            console.say(f"  {teller.told(remark)}")
    if errors:
        raise FormError(errors)
    return 0


def new_form(console: Console, file: Path, form_id: str | None, out: Path | None, sheet: str) -> int:
    """Draft a definition from a workbook and say how much of it is to be confirmed."""
    from consolidator.authoring import draft_form  # noqa: PLC0415 - the corridor is heavy

    drafted = draft_form(file, form_id, out, sheet, console.language)
    tables = drafted.plan.tables
    counts = {
        "tables": len(tables),
        "rows": sum(len(table.rows) for table in tables),
        "rules": drafted.rules,
        "doubts": drafted.marks,
    }
    told = {key: str(count) for key, count in counts.items()}
    console.say(console.word("form_drafted", file=str(drafted.path), **told))
    console.say(console.word("form_drafted_next", file=str(drafted.path)))
    if drafted.mistakes:
        raise FormError(drafted.mistakes)
    return 0


def _load(name: str, console: Console) -> Form:
    path = Path(name)
    return load(path, console.language) if path.suffix in {".yaml", ".yml"} else load_by_id(name, console.language)


def _line(console: Console, form: Form) -> str:
    first, last = form.first_year or "", form.last_year or ""
    return console.word(
        "form_line",
        id=form.id,
        title=form.title,
        years=f"{first}–{last}" if first or last else "",
        indicators=str(len(form.numeric)),
        rules=str(len(form.all_rules)),
    )
