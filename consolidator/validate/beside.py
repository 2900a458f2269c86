"""The other forms of the same units, which rules across forms look at (表间审核).

In: the rows of another form in the run, by unit. Out: what the same unit says there. Never: a unit guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.form.definition import Form
    from consolidator.model import Observation, ReportingUnit, UnitRow


class Beside(Struct, frozen=True):
    """Another form of the run with the rows that count, by the key of their unit."""

    form: Form
    rows: Mapping[str, UnitRow]


class Other(NamedTuple):
    """Another form as one unit filed it; without a row where the unit did not."""

    form: Form
    row: UnitRow | None

    def seen(self, code: str) -> Observation | None:
        """What was read at an indicator of that form."""
        return self.row.values.get(code) if self.row is not None else None

    def whereabouts(self, code: str, file: str) -> str:
        """An indicator of that form by form, label and place, with its code where the form prints it; the file is named where it is not `file`."""
        label = self.form.names.get(code, "")
        seen = self.seen(code)
        place = f"{seen.address.sheet}!{seen.address.a1}" if seen is not None else ""
        if place and self.row is not None and self.row.file != file:
            place = f"{self.row.file} {place}"
        aside = "，".join(filter(None, (code if self.form.codes_printed else "", place)))
        return f"《{self.form.title}》{label}" + (f"（{aside}）" if aside else "")


def beside(form: Form, rows: Mapping[str, Sequence[UnitRow]], forms: Sequence[Form]) -> dict[str, Beside]:
    """The other forms that `form` names, by their short names: those of `forms`, with the `rows` that count by form id."""
    known = {each.id: each for each in forms}
    return {
        name: Beside(known[other], {row.unit.key: row for row in rows[other]})
        for name, other in form.other_forms.items()
        if other in known
    }


def others_of(unit: ReportingUnit, forms: Mapping[str, Beside]) -> dict[str, Other]:
    """The other forms as one unit filed them, by their short names."""
    return {name: Other(each.form, each.rows.get(unit.key)) for name, each in forms.items()}
