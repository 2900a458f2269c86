"""`template`: a blank form, or one for each unit of a roster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from consolidator.authoring import write_blank_forms
from consolidator.casework.candidates import load_forms
from consolidator.casework.register import load_register
from consolidator.errors import UsageError
from consolidator.inbox import Campaign
from consolidator.model import Period

if TYPE_CHECKING:
    from consolidator.cli.console import Console


def write_templates(console: Console, form_id: str, roster: Path | None, period: str | None, out: Path | None) -> int:
    """Write the blank forms and say where they are."""
    form = load_forms((form_id,), console.language)[0]
    asked = Period.parse(period) if period is not None else None
    if period is not None and asked is None:
        raise UsageError("E06", found=period)
    units = load_register(Campaign(roster=roster)).units if roster is not None else ()
    target = out or (Path(console.texts.text("template", "folder", title=form.title)) if units else Path.cwd())
    written = write_blank_forms(form, units, asked, target, console.language)
    place = written[0] if len(written) == 1 else written[0].parent
    console.say(console.word("templates_written", count=str(len(written)), path=str(place)))
    return 0
