"""A form under the settings of one collection: whether prose is asked for, and until when reports are to be dated.

In: a form, the campaign's choices. Out: the form as this collection uses it; its definition stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.form.choices import Arrangement

if TYPE_CHECKING:
    from datetime import date

    from consolidator.form.choices import Presence
    from consolidator.form.definition import Form


def settled(form: Form, chapters: Presence | None = None, deadline: date | None = None) -> Form:
    """The form with the campaign's word on its chapters of prose and on the latest day, where it has one."""
    if chapters is None and deadline is None:
        return form
    tables = tuple(
        replace(table, presence=chapters) if chapters and table.arrangement is Arrangement.BENEATH else table
        for table in form.tables
    )
    rules = tuple(
        replace(rule, latest=deadline.isoformat()) if deadline and rule.latest else rule for rule in form.text_rules
    )
    return replace(form, tables=tables, text_rules=rules, deadline=deadline)
