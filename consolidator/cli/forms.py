"""`forms`: list the installed forms, show one, check a definition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from consolidator.casework import Forms, lines_of
from consolidator.form import available, load, load_by_id
from consolidator.form.describe import describe

if TYPE_CHECKING:
    from consolidator.cli.console import Console
    from consolidator.form import Form


def list_forms(console: Console) -> int:
    """A line a form: id, title, the years it is in force, how many indicators and rules."""
    for form_id in available():
        form = load_by_id(form_id, console.language)
        console.say(_line(console, form))
    return 0


def show_form(console: Console, name: str) -> int:
    """The form and its rules, to read and to sign."""
    for line in describe(_load(name, console), console.language):
        console.say(line)
    return 0


def check_form(console: Console, file: Path) -> int:
    """Say that a definition is sound; every mistake is raised at once otherwise."""
    form = load(file, console.language)
    if form.predecessors:
        lines_of(Forms.of((str(file),), console.language), (str(file),), console.language)
    console.say(console.word("form_sound", line=_line(console, form)))
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
